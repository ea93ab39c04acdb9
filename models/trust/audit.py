"""The audit log: append-only, one hash chain a register, values and not ids.

Each row's hash covers the row before it, so altering, deleting, swapping or inserting rows breaks
the chain at a row that can be named. The hashes are keyed with a key of the folder keys/, and so is
the seal of the chain's end: whoever has the file alone cannot compute them anew. The day's signed
head (ledger/daily/day_seal.py), the slips and the manifests of backups keep heads outside of the
file.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from peewee import SQL, BigIntegerField, CharField, CompositeKey, IntegerField, TextField

# Whoever writes is told here, so that what he writes is counted too.
from models.base import (
    clock,
    tallies,  # noqa: F401
    watching,
)
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, JsonField, UidField, iso, to_json
from models.base.hot import Statement, insert
from models.base.migrations import SCHEMA
from models.trust import keyring


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


# Verbs that are asked for again.
SIGN_IN, BACKUP_PROVED = "sign in", "backup proved"
# What a sign-in tells of the tallies: how often each was written.
TALLIES = "tallies"

# Each index is written with each sale: of the verbs only signing in, which a register asks for.
Audit.add_index(Audit.index(Audit.register, Audit.user, where=SQL(f"\"verb\" = '{SIGN_IN}'")))


class ChainHead(Row):
    """The end of a register's chain, sealed with the store's key."""

    register = IntegerField(primary_key=True)
    seq = IntegerField()
    hash = CharField(max_length=64)
    seal = CharField(max_length=16)


_COLUMNS = (
    "store register seq shape at day user user_name override_user override_name reason verb uid "
    "content result detail previous hash"
)
_APPEND = insert(Audit, _COLUMNS)
_HEAD = Statement('SELECT "seq", "hash" FROM "chain_head" WHERE "register" = ?')
_NEW_HEAD = insert(ChainHead, "store register seq hash seal")
_MOVE_HEAD = Statement(
    'UPDATE "chain_head" SET "seq" = ?, "hash" = ?, "seal" = ? WHERE "register" = ? AND "seq" = ?'
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
    """Add a row to the register's chain inside the present transaction; its number in the chain.

    The name `told` in a detail is the log's own: whoever gives it is a mistake of the program.
    """
    if "told" in detail:
        raise TypeError(f"{verb}: `told` in a detail is kept for the rows that a work wrote")
    head = _HEAD.row(register)
    seq, previous = (head[0] + 1, head[1]) if head else (1, "")
    instant = clock.micros(at or clock.now())
    dated = iso(day) if day else None
    # What this work wrote beside documents (models/base/watching.py).
    if rows := watching.told():
        detail = {**detail, "told": rows}
    text = to_json(detail)
    # Names beside the ids: a chain over ids alone would not notice a renamed user.
    hashed = hash_of(
        previous,
        [SCHEMA, store_number(), register, seq, instant, dated, user, user_name, override_user,
         override_name, reason, verb, uid, content, result, text],
    )  # fmt: skip
    _APPEND.run(
        store_number(), register, seq, SCHEMA, instant, dated, user, user_name, override_user,
        override_name, reason, verb, uid, content, result, text, previous, hashed,
    )  # fmt: skip
    seal = seal_of(register, seq, hashed)
    if head is None:
        _NEW_HEAD.run(store_number(), register, seq, hashed, seal)
    else:
        assert _MOVE_HEAD.run(seq, hashed, seal, register, seq - 1) == 1
    return seq


# Rows of the first schema were hashed without a key.
_KEYED_SINCE = 2


def hash_of(previous: str, values: list[Any]) -> str:
    """The hash of a row: HMAC-SHA-256 over the hash before it and its values as canonical JSON. The
    first value is the schema.
    """
    text = (previous + to_json(values)).encode()
    if values[0] < _KEYED_SINCE:
        return hashlib.sha256(text).hexdigest()
    return hmac.digest(keyring.chain_key(), text, "sha256").hex()


def seal_of(register: int, seq: int, hashed: str) -> str:
    """The seal of a chain's end: without the key nobody can say that it ends earlier."""
    text = f"{store_number()} {register} {seq} {hashed}"
    return hmac.digest(keyring.chain_key(), text.encode(), "sha256").hex()[:16]


_WALK = Statement(
    'SELECT "store", "seq", "shape", "at", "day", "user", "user_name", "override_user", '
    '"override_name", "reason", "verb", "uid", "content", "result", "detail", "previous", "hash" '
    'FROM "audit" WHERE "register" = ? AND "seq" > ? AND "seq" <= ? ORDER BY "seq" LIMIT ?'
)
_HASH_AT = Statement('SELECT "hash", "shape" FROM "audit" WHERE "register" = ? AND "seq" = ?')
_SEALED = Statement('SELECT "seq", "hash", "seal" FROM "chain_head" WHERE "register" = ?')
_LAST = Statement('SELECT coalesce(max("seq"), 0) FROM "audit" WHERE "register" = ?')

# What is wrong with a row of a chain.
ALTERED, MISSING, MISPLACED, UNKEYED, CUT = (
    "RowAltered", "RowMissing", "RowMisplaced", "RowUnkeyed", "ChainCut",
)  # fmt: skip


def walk(
    register: int, *, newest: int | None = None, page: int = 2000
) -> Iterator[list[tuple[int, str]]]:
    """Walk a register's chain; after each page the bad rows in it, as (number, code).

    With `newest` only so many rows at the end. Rows may be added between two pages.
    """
    head, end = _SEALED.row(register), _LAST.row(register)
    assert end is not None
    # Rows that another counter adds meanwhile are not looked at; rows beyond the head are.
    last = max(head[0] if head else 0, int(end[0]))
    done = max(0, last - newest) if newest is not None else 0
    before = _HASH_AT.row(register, done) if done else None
    place = _Place(register, done, *(before or ("", 0)))
    while rows := _WALK.rows(register, place.seq, last, page):
        yield [bad for row in rows for bad in place.step(row)]
    if head is not None and (place.seq, place.hash, seal_of(register, *head[:2])) != tuple(head):
        yield [(min(place.seq, head[0]) + 1, CUT)]
    if place.seq and place.schema < _KEYED_SINCE:
        # Every log was gone on with under the key when the store was brought to it.
        yield [(place.seq, UNKEYED)]


@dataclass(slots=True)
class _Place:
    """How far a walk along a chain is, and the row that it stands on."""

    register: int
    seq: int
    hash: str
    schema: int

    def step(self, row: tuple[Any, ...]) -> Iterator[tuple[int, str]]:
        """Go to the next row; what is wrong with it."""
        store, seq, schema, *values, previous, stored = row
        if seq != self.seq + 1:
            yield self.seq + 1, MISSING
        elif previous != self.hash:
            yield seq, MISPLACED
        if hash_of(previous, [schema, store, self.register, seq, *values]) != stored:
            yield seq, ALTERED
        if schema < min(self.schema, _KEYED_SINCE):
            yield seq, UNKEYED
        self.seq, self.hash, self.schema = seq, stored, schema


def row_faults(register: int, seq: int) -> list[tuple[int, str]]:
    """What is wrong with one row of a chain, as (number, code)."""
    before = _HASH_AT.row(register, seq - 1) or ("", 0)
    place = _Place(register, seq - 1, *before)
    return [bad for row in _WALK.rows(register, seq - 1, seq, 1) for bad in place.step(row)]
