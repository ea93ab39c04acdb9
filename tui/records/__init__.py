"""The one list, the one form and the one picker, made from the books of models/trust/books.py."""
