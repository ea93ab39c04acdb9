"""What an operation is given, as plain values: for the hash by which a second call is known, for
the audit row, and for whoever approves it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType
from typing import Any
from uuid import UUID

from peewee import Model

from models.base.canonical import SaidWhole, storable_bytes
from models.base.fields import to_json
from models.base.money import Money
from models.base.quantity import Quantity
from models.trust.sealed import Sealed

# What is written beside the work, and says what it is about.
TOLD = frozenset({"reason", "note", "bag", "text", "title", "name"})
# By one of these a person knows a row.
NAMES = ("number", "label", "title", "name")


def content_hash(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """What a call asks for, as a hash: two calls with the same hash ask for the same.

    Refuses: TextUnstorable.
    """
    asked = storable_bytes([name, canonical(args), canonical(kwargs)])
    return hashlib.sha256(asked).hexdigest()


def canonical(value: Any) -> Any:
    """A value as plain JSON values. Rows are named by class and key; unknown types are a bug."""
    kind: Any = type(value)
    return _plain_of(kind)(value)


@cache
def _plain_of(kind: Any) -> Callable[[Any], Any]:
    """How values of a class become plain, found out once for each class."""
    for kinds, plain in _PLAIN:
        if issubclass(kind, kinds):
            return plain
    if issubclass(kind, SaidWhole) or kind.__module__.startswith("models.base."):
        return str
    if dataclasses.is_dataclass(kind):
        names = [field.name for field in dataclasses.fields(kind)]
        return lambda value: {name: canonical(getattr(value, name)) for name in names}
    raise TypeError(f"an operation cannot be called with {kind.__name__}")


def _same(value: Any) -> Any:
    return value


def _named(row: Model) -> str:
    return f"{type(row).__name__}:{to_json(plain_key(row))}"


def _audited(sealed: Sealed) -> str:
    storable_bytes(sealed.text)
    return sealed.audited


# The first that fits.
_PLAIN: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    ((str, int, NoneType), _same),
    (Model, _named),
    (Enum, lambda value: canonical(value.value)),
    (UUID, lambda uid: uid.hex),
    (date, lambda day: day.isoformat()),
    (Sealed, _audited),
    (dict, lambda value: {str(name): canonical(inner) for name, inner in value.items()}),
    ((list, tuple), lambda value: [canonical(inner) for inner in value]),
)


def plain_key(row: Model) -> Any:
    """The key of a row as a plain value; of a key of several columns a list."""
    # A composite key gives a tuple; its parts may be values of ours (a date).
    return canonical(row._pk)


def told(given: Mapping[str, Any]) -> dict[str, Any]:
    """What people can read of what an operation is given: amounts, quantities, dates, rows by their
    number or name, and what somebody wrote.
    """
    found = {}
    for name, value in given.items():
        if isinstance(value, Money | Quantity | date):
            found[name] = str(value)
        elif isinstance(value, Model):
            found[name] = " ".join(str(getattr(value, n)) for n in NAMES if hasattr(value, n))
        elif isinstance(value, str) and name in TOLD:
            found[name] = value
    return {name: value for name, value in found.items() if value}
