"""What an operation is given, as plain values: for the hash by which a second call is known, for
the audit row, and for whoever approves it.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
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
    if value is None or type(value) in _AS_IT_IS or isinstance(value, str | int):
        return value
    if isinstance(value, Model):
        return f"{type(value).__name__}:{to_json(plain_key(value))}"
    if isinstance(value, Enum):
        return canonical(value.value)
    for kind, plain in _PLAIN:
        if isinstance(value, kind):
            return plain(value)
    if isinstance(value, dict):
        return {str(name): canonical(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [canonical(inner) for inner in value]
    if isinstance(value, SaidWhole) or type(value).__module__.startswith("models.base."):
        return str(value)
    if dataclasses.is_dataclass(value):
        return {f.name: canonical(getattr(value, f.name)) for f in dataclasses.fields(value)}
    raise TypeError(f"an operation cannot be called with {type(value).__name__}")


_AS_IT_IS = (str, int, bool)
_PLAIN: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (UUID, lambda uid: uid.hex),
    (date, lambda day: day.isoformat()),
    (Sealed, lambda sealed: _audited(sealed)),
)


def _audited(sealed: Sealed) -> str:
    storable_bytes(sealed.text)
    return sealed.audited


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
