"""The columns behind the fields of a book: what can be filtered, summed, and compared with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from models.base import clock
from models.base.fields import DayField
from models.trust.books import SUMMED, Book, Field, Linked


def is_column(book: Book, name: str) -> bool:
    """Is there a column of this name in the table?"""
    return book.row is not None and name in book.row._meta.fields


def column(book: Book, name: str) -> Any:
    """The peewee field behind a field of the book."""
    assert book.row is not None, f"{book.name} has no table"
    given = book.by_name.get(name)
    return book.row._meta.fields[(given.column if given else "") or name]


def stored(book: Book, name: str, value: Any) -> Any:
    """A value of ours as the column stores it: what a Condition holds."""
    if isinstance(value, Linked):
        return value.key
    return column(book, name).db_value(value)


def has_column(book: Book, each: Field) -> bool:
    """Whether a field can be filtered by: it is a column of the table that can be read there."""
    return each.kind not in ("secret", "private") and is_column(book, each.column or each.name)


def is_loose(book: Book, each: Field) -> bool:
    """A field of the form without a column: a password."""
    return not is_column(book, each.column or each.name)


def is_summed(field: Field) -> bool:
    """Does the list show the sum of this field?"""
    return field.is_summed and field.kind in SUMMED


def sum_value(book: Book, name: str, total: int) -> Any:
    """A sum as a value of the field: Money, Quantity, or a number."""
    return column(book, name).python_value(total)


def day_edge(book: Book, name: str, day: date, *, is_end: bool) -> Any:
    """Where a day begins, or the next one, as the column stores it."""
    return bound(book, name, day.isoformat(), is_end=is_end)


def bound(book: Book, name: str, text: str, *, is_end: bool) -> Any:
    """The first value of a day, or of the day after it, as the column stores it."""
    from models.trust.company import store_zone

    day = date.fromisoformat(text) + timedelta(days=is_end)
    if isinstance(column(book, name), DayField):
        return day.isoformat()
    return clock.micros(datetime.combine(day, clock_time(), store_zone()))
