"""The columns behind the fields of a listing: what can be filtered, summed, and compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any, Final

from peewee import CharField, IntegerField

from models.base import clock
from models.base.fields import DayField, MoneyField, QuantityField
from models.listings.listings import SUMMED, Field, Linked, Listing

# How values are read that stand in no column.
WORKED_OUT: Final[Mapping[str, Any]] = {
    "text": CharField(), "number": IntegerField(), "money": MoneyField(),
    "quantity": QuantityField(), "date": DayField(),
}  # fmt: skip


def is_column(listing: Listing, name: str) -> bool:
    """Is there a column of this name in the table?"""
    return listing.row is not None and name in listing.row._meta.fields


def column(listing: Listing, name: str) -> Any:
    """The peewee field behind a field of the listing; one of its kind where it is worked out."""
    assert listing.row is not None, f"{listing.name} has no table"
    given = listing.by_name.get(name)
    if given and given.beside:
        return WORKED_OUT[given.kind]
    return listing.row._meta.fields[(given.column if given else "") or name]


def stored(listing: Listing, name: str, value: Any) -> Any:
    """A value of ours as the column stores it: what a Condition holds."""
    if isinstance(value, Linked):
        return value.key
    return column(listing, name).db_value(value)


def has_column(listing: Listing, each: Field) -> bool:
    """Whether a field can be filtered by: the database has it, as it is read."""
    is_there = bool(each.beside) or is_column(listing, each.column or each.name)
    return is_there and each.kind not in ("secret", "private")


def is_loose(listing: Listing, each: Field) -> bool:
    """A field of the form without a column: a password."""
    return not (each.beside or is_column(listing, each.column or each.name))


def is_summed(field: Field) -> bool:
    """Does the list show the sum of this field?"""
    return field.is_summed and field.kind in SUMMED


def sum_value(listing: Listing, name: str, total: int) -> Any:
    """A sum as a value of the field: Money, Quantity, or a number."""
    return column(listing, name).python_value(total)


def day_edge(listing: Listing, name: str, day: date, *, is_end: bool) -> Any:
    """Where a day begins, or the next one, as the column stores it."""
    return bound(listing, name, day.isoformat(), is_end=is_end)


def bound(listing: Listing, name: str, text: str, *, is_end: bool) -> Any:
    """The first value of a day, or of the day after it, as the column stores it."""
    from models.trust.company import store_zone

    day = date.fromisoformat(text) + timedelta(days=is_end)
    if isinstance(column(listing, name), DayField):
        return day.isoformat()
    return clock.micros(datetime.combine(day, clock_time(), store_zone()))
