"""The columns behind the fields of a listing: what can be filtered, summed, and compared with."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from datetime import time as clock_time
from typing import Any

from models.base import clock
from models.base.fields import DayField
from models.trust.listings import SUMMED, Field, Linked, Listing


def is_column(listing: Listing, name: str) -> bool:
    """Is there a column of this name in the table?"""
    return listing.row is not None and name in listing.row._meta.fields


def column(listing: Listing, name: str) -> Any:
    """The peewee field behind a field of the listing."""
    assert listing.row is not None, f"{listing.name} has no table"
    given = listing.by_name.get(name)
    return listing.row._meta.fields[(given.column if given else "") or name]


def stored(listing: Listing, name: str, value: Any) -> Any:
    """A value of ours as the column stores it: what a Condition holds."""
    if isinstance(value, Linked):
        return value.key
    return column(listing, name).db_value(value)


def has_column(listing: Listing, each: Field) -> bool:
    """Whether a field can be filtered by: it is a column of the table that can be read there."""
    return each.kind not in ("secret", "private") and is_column(listing, each.column or each.name)


def is_loose(listing: Listing, each: Field) -> bool:
    """A field of the form without a column: a password."""
    return not is_column(listing, each.column or each.name)


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
