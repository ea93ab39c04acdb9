"""Registers (①号台): the counters of a store, and the gapless numbers that each draws.

A register is run by one process at a time. Nothing that a sale writes is written by two registers,
except the stock and the folio that it touches.
"""

from __future__ import annotations

import time

from peewee import BooleanField, CharField, CompositeKey, IntegerField

from models.base.database import Row, after_reconnect, database, is_sqlite, store_number
from models.base.fields import DayField, InstantField
from models.base.hot import Statement, query
from models.base.keys import renew, use_register
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.trust.operation import Job, operation
from models.trust.records import put, row_at

_REGISTERS = word("Registers")


class RegisterUnknown(Refusal):
    """No register of this number, or it is retired."""


class RegisterReplaced(Refusal):
    """A restored store goes on as another register."""


class RegisterTaken(Refusal):
    """Another running counter has claimed this register."""


class RegisterInUse(Refusal):
    """The register that one works at cannot be retired, nor can one come back that another
    replaced: its numbers may be on paper beyond what the books know.
    """

    about = ("is_retired",)


class Register(Row):
    """A counter of the store.

    `opened_day` is the business date on which somebody last signed in by password.
    """

    number = IntegerField(primary_key=True)
    name = CharField(max_length=40)
    opened_day = DayField(null=True)
    created_at = InstantField()
    is_retired = BooleanField(default=False)
    # After a restore: the register that goes on where this one ended.
    replaced_by = IntegerField(null=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class Series(Row):
    """The last number drawn of one kind of document at one register."""

    register = IntegerField()
    kind = CharField(max_length=20)
    last = IntegerField()

    class Meta:
        primary_key = CompositeKey("register", "kind")


def claim(number: int) -> Register:
    """Take the register for this process; held until the connection closes.

    Refuses: RegisterUnknown, RegisterReplaced, RegisterTaken. A SQLite file is held by one process
    anyway.
    """
    register = Register.get_or_none(Register.number == number)
    if register is not None and register.replaced_by is not None:
        # Never by itself: whoever goes on must name the new one in all that he writes.
        raise RegisterReplaced(register=number, by=_last_of(register))
    if register is None or register.is_retired:
        raise RegisterUnknown(register=number)
    _hold(number)
    use_register(number)
    renew()
    after_reconnect[:] = [lambda: _hold(number)]
    return register


def _last_of(register: Register) -> int:
    """The register that goes on, after however many restores."""
    while register.replaced_by is not None:
        register = Register.get_by_id(register.replaced_by)
    return int(register.number)


# A counter that was killed a moment ago holds its register until the server notices.
_CLAIM_TRIES, _CLAIM_PAUSE_S = 15, 0.1


def _hold(number: int) -> None:
    if is_sqlite():
        return
    for left in reversed(range(_CLAIM_TRIES)):
        held = query("SELECT pg_try_advisory_lock(?, ?)", _LOCK_CLASS + store_number(), number)
        if held[0][0]:
            return
        if left:
            time.sleep(_CLAIM_PAUSE_S)
    raise RegisterTaken(register=number)


def release(number: int) -> None:
    """Give the register back: for programs that go on with another one."""
    after_reconnect.clear()
    if not is_sqlite():
        query("SELECT pg_advisory_unlock(?, ?)", _LOCK_CLASS + store_number(), number)


_LOCK_CLASS = 0x6465_0000  # any number of our own; the store's number is added

_NEXT = Statement(
    'INSERT INTO "series" ("store", "register", "kind", "last") VALUES (?, ?, ?, 1) '
    'ON CONFLICT ("register", "kind") DO UPDATE SET "last" = "series"."last" + 1 RETURNING "last"'
)


def next_number(register: int, kind: str) -> int:
    """Draw the next number of a kind, 1 upwards without gaps: it comes back when the transaction
    fails.
    """
    row = _NEXT.row(store_number(), register, kind)
    assert row is not None
    return int(row[0])


def number_text(prefix: str, register: int, number: int) -> str:
    """A number as people read it, with the register that drew it: Z01-00007."""
    return f"{prefix}{register:02d}-{number:05d}"


def in_transaction() -> bool:
    """True inside a transaction of the opened store."""
    return bool(database.in_transaction())


@operation(right="change settings")
def save_register(
    job: Job, key: int | None, *, version: int, name: str, is_retired: bool = False
) -> Register:
    """Add a register (key None), with the next number, or change one. A retired number is never
    given again: its documents keep it.

    Refuses: RecordChanged, RegisterInUse.
    """
    if key is None:
        last = max((row.number for row in Register.select(Register.number)), default=0)
        made = Register.create(number=last + 1, name=name, created_at=job.now)
        job.note(register=made.number, name=name)
        return made
    found = row_at(Register, key, version, _REGISTERS, name=key)
    goes_on_elsewhere = found.replaced_by is not None and not is_retired
    if goes_on_elsewhere or (is_retired and found.number == job.register):
        raise RegisterInUse(register=found.number)

    changes = put(found, name=name, is_retired=is_retired)
    job.note(register=found.number, changes=changes)
    return found
