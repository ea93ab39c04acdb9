"""The one list, the one form and the one picker, made from what models/listings/listings.py has."""
