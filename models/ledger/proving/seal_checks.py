"""What must hold between the books, the audit chains and the signed heads of days.

Numbers 40 to 49.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from models.base import clock
from models.base.fields import store_currency
from models.base.findings import Check, Found, sql_check
from models.base.hot import Statement
from models.base.money import Money
from models.ledger.daily import day_seal
from models.ledger.daily.day_seal import DaySeal
from models.ledger.daily.days import CLOSED
from models.ledger.kinds import kind_names, label
from models.ledger.said import documents_said

_REGISTERS = Statement('SELECT "number" FROM "register" ORDER BY "number"')
_AUDIT = Statement(
    'SELECT "seq", "shape", "day", "user", "at", "detail" FROM "audit" '
    'WHERE "register" = ? AND "seq" > ? ORDER BY "seq" LIMIT 300'
)
_LAST = Statement('SELECT coalesce(max("seq"), 0) FROM "audit" WHERE "register" = ?')
_BOOKED = Statement(
    'SELECT d."number", d."day", d."user", d."at", d."total", e."account_id", e."folio", '
    'e."amount" FROM "document" d LEFT JOIN "entry" e ON e."document_id" = d."key" '
    'WHERE d."register" = ? AND d."kind" = ? AND d."number" BETWEEN ? AND ? '
    'ORDER BY d."number", e."line"'
)
_BEYOND = Statement(
    'SELECT "number" FROM "document" WHERE "register" = ? AND "kind" = ? AND "number" > ? '
    'AND "key" <= ? ORDER BY "number" LIMIT 100'
)
_LAST_KEY = Statement('SELECT coalesce(max("key"), 0) FROM "document" WHERE "register" = ?')
_NEWEST = 500


def _documents_and_chain(quick: bool) -> Iterator[Iterable[Found]]:
    """Every document has its audit row, and the row says what the books say."""
    for (register,) in _REGISTERS.rows():
        reading = _Reading(register)
        # In this order: a document posted in between has its row among those looked at.
        last_key, last = _value(_LAST_KEY, register), _value(_LAST, register)
        done = max(0, last - _NEWEST) if quick else 0
        reading.is_whole = not done
        while rows := _AUDIT.rows(register, done):
            done = int(rows[-1][0])
            yield list(reading.page(rows))
            if done >= last:
                break
        yield list(reading.rest(last_key))


def _value(statement: Statement, *values: Any) -> int:
    row = statement.row(*values)
    assert row is not None
    return int(row[0])


@dataclass(slots=True)
class _Reading:
    """The walk along one register's chain: which document of each kind comes next."""

    register: int
    is_whole: bool = True
    next: dict[str, int] = field(default_factory=dict)

    def page(self, rows: list[tuple[Any, ...]]) -> Iterator[Found]:
        """Compare what some audit rows say with the books."""
        named: dict[str, dict[int, tuple[Any, ...]]] = {}
        for seq, schema, day, user, at, detail in rows:
            for one in documents_said(schema, detail):
                said = named.setdefault(one.kind, {})
                if one.number in said:
                    yield Found(one.label, {"row": seq}, "AuditTwice")
                said[one.number] = (day, user, at, one.total, one.entries, seq)
        for kind, said in named.items():
            yield from self._kind(kind, said)

    def _kind(self, kind: str, said: dict[int, tuple[Any, ...]]) -> Iterator[Found]:
        first, last = min(said), max(said)
        start = self.next.get(kind, 1 if self.is_whole else first)
        booked = self._booked(kind, min(start, first), last)
        for number, (day, user, at, total, entries, seq) in sorted(said.items()):
            where = label(kind, self.register, number)
            if number < start:
                yield Found(where, {"row": seq}, "AuditTwice")
            found = booked.pop(number, None)
            if found is None:
                yield Found(where, {"row": seq}, "DocumentMissing")
            elif found != (day, user, at, total, entries):
                yield Found(
                    where, {"row": seq, **_difference(found, (day, user, at, total, entries))}
                )
        for number in sorted(booked):
            if number >= start:
                yield Found(label(kind, self.register, number), {}, "AuditMissing")
        self.next[kind] = last + 1

    def _booked(self, kind: str, first: int, last: int) -> dict[int, tuple[Any, ...]]:
        found: dict[int, tuple[Any, ...]] = {}
        for number, day, user, at, total, *entry in _BOOKED.rows(self.register, kind, first, last):
            said = found.setdefault(number, (day, user, at, _text(total), []))
            if entry[0] is not None:
                said[4].append(list(entry))
        return found

    def rest(self, last_key: int) -> Iterator[Found]:
        """Documents behind the last one that the chain names."""
        for kind in sorted(kind_names()):
            if not self.is_whole and kind not in self.next:
                continue
            after = self.next.get(kind, 1) - 1
            for (number,) in _BEYOND.rows(self.register, kind, after, last_key):
                yield Found(label(kind, self.register, number), {}, "AuditMissing")


def documents_compared(register: int, seq: int) -> list[Found]:
    """What one audit row says of documents, and the books do not."""
    rows = _AUDIT.rows(register, seq - 1)[:1]
    return list(_Reading(register, is_whole=False).page(rows))


def _text(minor: int) -> str:
    return str(Money(minor, store_currency()))


def _difference(booked: tuple[Any, ...], said: tuple[Any, ...]) -> dict[str, Any]:
    names = ("day", "user", "at", "total", "entries")
    for name, book, audit in zip(names, booked, said, strict=True):
        if book != audit:
            return {"what": name, "books": book, "audit": audit}
    return {}


_DAY_UNSEALED = sql_check(
    42,
    "SealMissing",
    'SELECT b."date" FROM "business_day" b LEFT JOIN "day_seal" s ON s."day" = b."date" '
    f'WHERE (b."state" = \'{CLOSED}\') <> (s."day" IS NOT NULL)',
)

_HASH = Statement('SELECT "hash" FROM "audit" WHERE "register" = ? AND "seq" = ?')
_TOTALS = Statement(
    'SELECT "account", sum("debit"), sum("credit") FROM "day_total" WHERE "day" = ? '
    'GROUP BY "account" ORDER BY "account"'
)


_SEALED = Statement('SELECT "day" FROM "day_seal" ORDER BY "day"')


def _seals(quick: bool) -> Iterator[Iterable[Found]]:
    """Each head is signed by this store's key, follows the one before it, and names rows that are
    in the chains with that hash.
    """
    days = [day for (day,) in _SEALED.rows()]
    # What the first one follows: nothing, or a head that a quick look leaves out.
    after = None if quick and len(days) > 2 else ""
    last: dict[int, int] = {}
    for day in days[-2:] if quick else days:
        seal = DaySeal.get_by_id(day)
        if _is_ours(seal):
            yield [*_body(seal, after), *_heads(seal, last)]
        else:
            yield [Found(day, {"key": seal.key_id}, "SealForged")]
        after = seal.short


def _is_ours(seal: DaySeal) -> bool:
    return seal.key_id == day_seal.key_id() and day_seal.is_signature_right(seal)


def _body(seal: DaySeal, after: str | None) -> Iterator[Found]:
    day, body = seal.day.isoformat(), json.loads(seal.body)
    if (body["day"], body["at"], body["store"]) != (day, clock.micros(seal.at), seal.store):
        yield Found(day, {"says": body["day"]}, "SealOfOtherDay")
    if after is not None and body["after"] != after:
        yield Found(day, {"after": body["after"], "before": after}, "SealOutOfOrder")
    totals = [[account, int(debit), int(credit)] for account, debit, credit in _TOTALS.rows(day)]
    for sealed in body["totals"]:
        if sealed not in totals:
            yield Found(day, {"account": sealed[0]}, "SealTotalsWrong")
    if len(totals) > len(body["totals"]):
        yield Found(day, {"account": ""}, "SealTotalsWrong")


def _heads(seal: DaySeal, last: dict[int, int]) -> Iterator[Found]:
    """The rows that a head names; `last` keeps how far each chain was at the head before."""
    for register, seq, stored in json.loads(seal.body)["registers"]:
        found = _HASH.row(register, seq)
        if found is None or found[0] != stored or seq < last.get(register, 0):
            yield Found(f"{register}:{seq}", {"day": seal.day}, "SealHeadWrong")
        last[register] = max(seq, last.get(register, 0))


SEAL_CHECKS = [
    Check(40, "AuditDisagrees", _documents_and_chain),
    Check(41, "SealWrong", _seals),
    _DAY_UNSEALED,
]
