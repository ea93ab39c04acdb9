"""Listings: what one kind of record is, as data, and its rows as a person may see them."""
