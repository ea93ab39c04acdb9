"""Six signs on each slip: its place in the register's audit chain, kept outside of the store.

They are the beginning of the hash of the row that says what the slip says. Whoever writes the log
anew, even with the store's keys, meets the paper in the hands of customers. `prove_slip` is what
`deskbell verify --slip` asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from models.base.findings import Finding, Found
from models.base.hot import Statement
from models.ledger.daily.day_seal import DaySeal
from models.ledger.daily.shift_life import close_shift
from models.ledger.daily.shifts import CLOSED, Shift
from models.ledger.kinds import Z
from models.ledger.proving.part_checks import parts_compared
from models.ledger.proving.seal_checks import documents_compared
from models.trust import audit
from models.trust.trades import declared

SIGNS = 6
_NUMBER = 47

_OF_DOCUMENT = Statement(
    'SELECT a."hash" FROM "document" d JOIN "audit" a ON a."at" = d."at" '
    'AND a."register" = d."register" WHERE d."key" = ? AND a."uid" IS NOT NULL'
)


def signs_of(document: int | None) -> str:
    """The signs for the slip of a posted document; empty for all that is none."""
    row = None if document is None else _OF_DOCUMENT.row(document)
    return str(row[0])[:SIGNS].upper() if row else ""


_PLACE_OF_DOCUMENT = Statement(
    'SELECT a."register", a."seq", a."hash" FROM "document" d JOIN "audit" a ON a."at" = d."at" '
    'AND a."register" = d."register" WHERE d."kind" = ? AND d."register" = ? AND d."number" = ? '
    'AND a."uid" IS NOT NULL'
)
_PLACE_OF_CLOSE = Statement(
    'SELECT a."register", a."seq", a."hash" FROM "audit" a WHERE a."at" = ? AND a."register" = ? '
    f"AND a.\"verb\" = '{close_shift.__name__}'"
)

# What stands on the paper: S01-000042 or S01000042, Z01-00001, or the date of a day.
_PRINTED = re.compile(r"([A-Z]+)(\d{2,}?)-?(\d{5,6}|(?<=-)\d+)")


def prove_slip(number: str, signs: str) -> list[Finding]:
    """Whether the paper and the books agree: nothing, or what does not."""
    plain, given = number.strip().upper(), re.sub(r"[^0-9A-F]", "", signs.upper())
    return [
        Finding(_NUMBER, found.code, found.where, found.fields) for found in _proved(plain, given)
    ]


def _proved(number: str, signs: str) -> Iterator[Found]:
    place = _day(number) or _shift(number) or _document(number)
    if place is None:
        yield Found(number, {}, "SlipUnknown")
        return
    register, seq, stored = place
    if len(signs) < SIGNS or not stored.upper().startswith(signs):
        books = stored[: max(len(signs), SIGNS)].upper()
        yield Found(number, {"paper": signs, "books": books}, "SlipSigns")
    if seq:
        yield from _row_compared(register, seq)


def _row_compared(register: int, seq: int) -> Iterator[Found]:
    """What is wrong with one row of a log and the documents that it names."""
    for place, code in audit.row_faults(register, seq):
        yield Found(f"{register}:{place}", {}, code)
    for found in documents_compared(register, seq):
        yield found._replace(code=found.code or "AuditDisagrees")
    for found in parts_compared(register, seq):
        yield found._replace(code=found.code or "PartsAltered")


def _day(number: str) -> tuple[int, int, str] | None:
    try:
        seal = DaySeal.get_or_none(DaySeal.day == date.fromisoformat(number))
    except ValueError:
        return None
    return (0, 0, seal.short) if seal else None


def _shift(number: str) -> tuple[int, int, str] | None:
    found = _PRINTED.fullmatch(number)
    if not found or found[1] != Z:
        return None
    shift = Shift.get_or_none(
        Shift.state == CLOSED, Shift.register == int(found[2]), Shift.number == int(found[3])
    )
    if shift is None:
        return None
    return _place(_PLACE_OF_CLOSE.row(Shift.closed_at.db_value(shift.closed_at), shift.register))


def _document(number: str) -> tuple[int, int, str] | None:
    found = _PRINTED.fullmatch(number)
    kinds = [kind.name for kind in declared("documents") if found and kind.prefix == found[1]]
    if not found or not kinds:
        return None
    return _place(_PLACE_OF_DOCUMENT.row(kinds[0], int(found[2]), int(found[3])))


def _place(row: tuple[Any, ...] | None) -> tuple[int, int, str] | None:
    return (int(row[0]), int(row[1]), str(row[2])) if row else None
