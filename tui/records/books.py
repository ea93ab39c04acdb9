"""The books of the store, one small file each. `book("goods")` loads the file when it is asked for.

Adding a book: a file with `BOOK = Book(...)`, its name here, and a row in tui/desk/menu.py.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from models.trust.books import Book

NAMES: Final = {
    "goods": "goods", "categories": "goods", "units": "goods", "tax_rates": "goods",
    "bills": "shop",
    "tenders": "money", "till_events": "money",
    "companies": "people", "suppliers": "people", "users": "people", "roles": "people",
    "departments": "people",
    "registers": "office", "approvals": "office", "audit": "office", "print_jobs": "office",
    "settings": "office",
}  # fmt: skip


def book(name: str) -> Book:
    """The book with this name."""
    found: Book = import_module(f"tui.{NAMES[name]}.{name}_book").BOOK
    return found
