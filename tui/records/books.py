"""The books of the store, one small file each: `book("goods")` loads it when it is asked for. The
rooms declare them.
"""

from __future__ import annotations

from collections.abc import Mapping

from models.base.named import load
from models.trust.books import Book
from tui.desk.trade_screens import declared


def book_names() -> list[str]:
    """The names of all books."""
    return [name for name, _ in declared("books")]


def book(name: str) -> Book:
    """The book with this name."""
    found = load(dict(declared("books"))[name])
    one: Book = found[name] if isinstance(found, Mapping) else found
    return one
