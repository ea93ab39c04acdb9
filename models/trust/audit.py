"""The audit log: append-only, one hash chain a register, values and not ids.

Each row's hash covers the row before it, so altering, deleting, swapping or inserting rows breaks
the chain at a row that can be named. The day's signed head (ledger/day_seal.py) guards the end of
the chain.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from peewee import SQL, BigIntegerField, CharField, CompositeKey, IntegerField, TextField

from models.base import clock
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, JsonField, UidField, to_json
from models.base.hot import Statement, insert
from models.base.migrations import SCHEMA


class Audit(Row):
    """One thing that happened: an operation, a denial, a sign-in, a drawer opened."""

    register = IntegerField()
    seq = IntegerField()
    # The schema under which it was written: what is hashed, and how, follows from it.
    shape = IntegerField()
    # Read newest first, over all registers.
    at = InstantField(index=True)
    day = DayField(null=True)
    user = BigIntegerField(null=True)
    user_name = CharField(max_length=60)
    override_user = BigIntegerField(null=True)
    override_name = CharField(max_length=60, default="")
    reason = TextField(default="")
    verb = CharField(max_length=40)
    uid = UidField(null=True, unique=True)
    content = CharField(max_length=64, default="")
    result = TextField(default="")
    # Named `detail` in code; the JSON text itself is hashed.
    detail = JsonField()
    previous = CharField(max_length=64)
    hash = CharField(max_length=64)

    class Meta:
        primary_key = CompositeKey("register", "seq")
        append_only = True


# Each index is written with each sale: of the verbs only signing in, which a register asks for.
Audit.add_index(Audit.index(Audit.register, Audit.user, where=SQL("\"verb\" = 'sign in'")))


class ChainHead(Row):
    """The end of a register's chain."""

    register = IntegerField(primary_key=True)
    seq = IntegerField()
    hash = CharField(max_length=64)


_COLUMNS = (
    "store register seq shape at day user user_name override_user override_name reason verb uid "
    "content result detail previous hash"
)
_APPEND = insert(Audit, _COLUMNS)
_HEAD = Statement('SELECT "seq", "hash" FROM "chain_head" WHERE "register" = ?')
_NEW_HEAD = insert(ChainHead, "store register seq hash")
_MOVE_HEAD = Statement(
    'UPDATE "chain_head" SET "seq" = ?, "hash" = ? WHERE "register" = ? AND "seq" = ?'
)


def append(
    register: int,
    verb: str,
    *,
    user: int | None,
    user_name: str,
    day: date | None,
    detail: dict[str, Any],
    override_user: int | None = None,
    override_name: str = "",
    reason: str = "",
    uid: str | None = None,
    content: str = "",
    result: str = "",
    at: datetime | None = None,
) -> int:
    """Add a row to the register's chain inside the present transaction; its number in the chain."""
    head = _HEAD.row(register)
    seq, previous = (head[0] + 1, head[1]) if head else (1, "")
    instant = clock.micros(at or clock.now())
    iso = day.isoformat() if day else None
    text = to_json(detail)
    # Names beside the ids: a chain over ids alone would not notice a renamed user.
    hashed = hash_of(
        previous,
        [SCHEMA, store_number(), register, seq, instant, iso, user, user_name, override_user,
         override_name, reason, verb, uid, content, result, text],
    )  # fmt: skip
    _APPEND.run(
        store_number(), register, seq, SCHEMA, instant, iso, user, user_name, override_user,
        override_name, reason, verb, uid, content, result, text, previous, hashed,
    )  # fmt: skip
    if head is None:
        _NEW_HEAD.run(store_number(), register, seq, hashed)
    else:
        assert _MOVE_HEAD.run(seq, hashed, register, seq - 1) == 1
    return seq


def hash_of(previous: str, values: list[Any]) -> str:
    """The hash of a row: SHA-256 over the hash before it and its values as canonical JSON."""
    return hashlib.sha256((previous + to_json(values)).encode()).hexdigest()


_WALK = Statement(
    'SELECT "store", "seq", "shape", "at", "day", "user", "user_name", "override_user", '
    '"override_name", "reason", "verb", "uid", "content", "result", "detail", "previous", "hash" '
    'FROM "audit" WHERE "register" = ? AND "seq" > ? AND "seq" <= ? ORDER BY "seq" LIMIT ?'
)
_HASH_AT = Statement('SELECT "hash" FROM "audit" WHERE "register" = ? AND "seq" = ?')
_LAST = Statement('SELECT coalesce(max("seq"), 0) FROM "audit" WHERE "register" = ?')

# What is wrong with a row of a chain.
ALTERED, MISSING, MISPLACED, CUT = "RowAltered", "RowMissing", "RowMisplaced", "ChainCut"


def walk(
    register: int, *, newest: int | None = None, page: int = 2000
) -> Iterator[list[tuple[int, str]]]:
    """Walk a register's chain; after each page the bad rows in it, as (number, code).

    With `newest` only so many rows at the end. Rows may be added between two pages.
    """
    head, end = _HEAD.row(register), _LAST.row(register)
    assert end is not None
    # Rows that another counter adds meanwhile are not looked at; rows beyond the head are.
    last = max(head[0] if head else 0, int(end[0]))
    done = max(0, last - newest) if newest is not None else 0
    before = _HASH_AT.row(register, done) if done else None
    previous = str(before[0]) if before else ""
    while rows := _WALK.rows(register, done, last, page):
        bad = []
        for row in rows:
            seq, stored_previous, stored = row[1], row[-2], row[-1]
            if seq != done + 1:
                bad.append((done + 1, MISSING))
            elif stored_previous != previous:
                bad.append((seq, MISPLACED))
            if hash_of(stored_previous, [row[2], row[0], register, seq, *row[3:-2]]) != stored:
                bad.append((seq, ALTERED))
            previous, done = stored, seq
        yield bad
    if head is not None and tuple(head) != (done, previous):
        yield [(min(done, head[0]) + 1, CUT)]


def broken_links(register: int) -> Iterator[tuple[int, str]]:
    """Every bad row of a register's chain, as (number, code). None is a sound chain."""
    for bad in walk(register):
        yield from bad
