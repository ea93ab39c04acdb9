"""The books of the store, one small file each. `book("goods")` loads the file when it is asked for.

Adding a book: a file with `BOOK = Book(...)`, its name here, and a row in tui/menu.py.
"""

from __future__ import annotations

from importlib import import_module
from typing import Final

from models.trust.books import Book

NAMES: Final = (
    "goods", "categories", "chart", "units", "tax_rates", "tenders", "companies", "suppliers",
    "users", "roles", "departments", "registers", "approvals", "till_events", "audit",
    "print_jobs", "settings", "bills",
)  # fmt: skip


def book(name: str) -> Book:
    """The book with this name."""
    assert name in NAMES, name
    found: Book = import_module(f"tui.screens.books.{name}").BOOK
    return found
