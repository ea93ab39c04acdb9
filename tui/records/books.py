"""The books of the store, one small file each. `book("goods")` loads the file when it is asked for.

Adding a book: a file with `BOOK = Book(...)`, its name here, and a row in tui/desk/menu.py. Books
of one table stand together in a file with `BOOKS`, by name.
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
    "departments": "people", "people": "people", "person_groups": "people",
    "contacts": "people",
    **dict.fromkeys(
        ("person_category", "person_level", "person_source", "person_status",
         "person_company_type", "person_company_nature", "person_province"),
        "people.person_lists",
    ),
    "registers": "office", "approvals": "office", "audit": "office", "print_jobs": "office",
    "settings": "office",
}  # fmt: skip


def book(name: str) -> Book:
    """The book with this name."""
    room, _, shared = NAMES[name].partition(".")
    module = import_module(f"tui.{room}.{shared or f'{name}_book'}")
    found: Book = module.BOOKS[name] if shared else module.BOOK
    return found
