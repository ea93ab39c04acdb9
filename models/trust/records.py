"""What every operation that saves a record does: the version check, texts on one line, links that
are there, and old and new values.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

from models.base.clock import micros
from models.base.database import Row
from models.base.hot import Statement
from models.base.refusals import Refusal
from models.base.texts import one_line
from models.trust.operation import row_result

R = TypeVar("R", bound=Row)


class RecordChanged(Refusal):
    """Somebody else changed this record in the meantime; `listing` is what it is in, in words."""


class RecordTaken(Refusal):
    """Another record of this listing has this name or number."""


class RecordInUse(Refusal):
    """Something points at this record, so it stays."""


class NameMissing(Refusal):
    """A record needs a name."""

    about = ("name",)


class TextTooLong(Refusal):
    """The text is longer than its field."""


class LinkUnknown(Refusal):
    """The record that was chosen is gone."""


def first_wrong(**checks: bool) -> str:
    """The first field whose check fails, to be named by a refusal; "" when all are right."""
    return next((name for name, is_right in checks.items() if not is_right), "")


def text_of(name: str, value: str | None, most: int) -> str:
    """A text on one line, not too long. Refuses: TextTooLong."""
    text = one_line(value or "")
    if len(text) > most:
        raise TextTooLong(field=name, most=most, length=len(text))
    return text


def linked_row(rows: type[R], name: str, key: Any) -> R | None:
    """The row that a link field names, or None for none. Refuses: LinkUnknown."""
    if key is None:
        return None
    found: R | None = rows.get_or_none(rows._meta.primary_key == key)
    if found is None:
        raise LinkUnknown(field=name)
    return found


def row_at(rows: type[R], key: Any, version: int, listing: str, *, name: Any = "") -> R:
    """The row as the person saw it. Refuses: RecordChanged when somebody else was faster, with the
    `listing` in words and the name that the row has, or was to get.
    """
    found: R | None = rows.get_or_none(rows._meta.primary_key == key)
    if found is None or found.version != version:
        raise RecordChanged(listing=listing, name=name or getattr(found, "name", ""))
    return found


# Not by an index over results, which each sale would have to keep: `since` is minutes ago.
_SAVED = Statement(
    'SELECT "user_name", "register" FROM "audit" WHERE "at" >= ? AND "result" = ? '
    'ORDER BY "at" DESC LIMIT 1'
)


def saved_by(table: type[Row], key: Any, *, since: datetime) -> tuple[str, int] | None:
    """Who saved a record last, by name, and at which register; None where nobody did since then, or
    it was changed by what saves more than one record.
    """
    row = _SAVED.row(micros(since), row_result(table, key))
    return None if row is None else (str(row[0]), int(row[1]))


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
