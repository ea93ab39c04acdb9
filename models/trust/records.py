"""What every operation that saves a record does: the version check, and old and new values."""

from __future__ import annotations

from typing import Any, TypeVar

from models.base.database import Row
from models.base.refusals import Refusal

R = TypeVar("R", bound=Row)


def row_at(rows: type[R], key: Any, version: int, changed: type[Refusal], **fields: Any) -> R:
    """The row as the person saw it. Refuses with `changed` when somebody else was faster."""
    found: R | None = rows.get_or_none(rows._meta.primary_key == key)
    if found is None or found.version != version:
        raise changed(**fields)
    return found


def put(row: Row, **values: Any) -> dict[str, list[Any]]:
    """Store the values in the row and count its version up; old and new of what changed."""
    changes = {}
    for name, value in values.items():
        before = getattr(row, name)
        if before != value:
            changes[name] = [_named(before), _named(value)]
            setattr(row, name, value)
    row.version += 1
    row.save()
    return changes


def _named(value: Any) -> Any:
    """A row is named in the audit log as people name it."""
    return getattr(value, "name", value) if isinstance(value, Row) else value
