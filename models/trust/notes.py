"""What people write freely, often next to money: no card number gets into any of it.

Looked at where an operation begins, for all of its texts and for those inside of rows and values
that it is given, and where the cells of an import are read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from types import NoneType
from typing import Any
from uuid import UUID

from models.base.card_numbers import holds_card_number, refuse_card_number
from models.base.money import Money
from models.base.quantity import Quantity

# What parameters, columns and fields are called in which people write freely.
NOTES = frozenset(
    {
        "reason", "note", "notes", "title", "bag", "reference", "last_four", "body", "text",
        "waives_fee", "wants", "product_kinds", "product_used", "family", "income", "likes",
        "health", "tags", "called", "squeeze",
    }
)  # fmt: skip
# Rows of an import: their cells were looked at one by one, and a row with a card number is refused.
_READ_BEFORE = "block"


def refuse_card_in(given: Mapping[str, Any]) -> None:
    """Look at what an operation is given by name; the texts of each row of it are looked at
    together. Refuses: CardNumberRefused.
    """
    found = list[dict[str, str]]()
    _gather(given, found)
    for notes in found:
        refuse_card_number(**notes)


def is_card_in_note(name: str, value: object) -> bool:
    """Is it the column of a note, and does a card number stand in its cell?"""
    return name in NOTES and isinstance(value, str) and holds_card_number(value)


def _gather(given: Mapping[str, Any], found: list[dict[str, str]]) -> None:
    """The notes of a mapping, and those of each mapping and each row inside of it."""
    notes = {
        name: value for name, value in given.items()
        if value and name in NOTES and isinstance(value, str)
    }  # fmt: skip
    if notes:
        found.append(notes)
    for name, value in given.items():
        if type(value) not in _PLAIN and name != _READ_BEFORE:
            _gather_inside(value, found)


def _gather_inside(value: object, found: list[dict[str, str]]) -> None:
    if names := _fields_of(type(value)):
        _gather({name: getattr(value, name) for name in names}, found)
    elif isinstance(value, Mapping):
        _gather(value, found)
    elif isinstance(value, list | tuple):
        rows: Iterable[object] = value
        for each in rows:
            if type(each) not in _PLAIN:
                _gather_inside(each, found)


# Nothing is written inside of these; most of what an operation is given is one of them.
_PLAIN = frozenset({int, str, bool, Money, Quantity, date, datetime, UUID, NoneType})


_known: dict[type, tuple[str, ...]] = {}


def _fields_of(kind: type) -> tuple[str, ...]:
    """The fields of a class of values, asked for once; none for another class."""
    if kind not in _known:
        _known[kind] = tuple(each.name for each in fields(kind)) if is_dataclass(kind) else ()
    return _known[kind]
