"""Keys: 64-bit whole numbers, register number x 2^40 + the register's own counter.

A counter makes its keys itself, without asking the database each time: it takes blocks of 2^20
numbers and hands them out. Unused numbers of a block are lost, which costs nothing: keys are never
shown to people.
"""

from __future__ import annotations

from peewee import BigIntegerField, IntegerField

from models.base.database import Row, committed, store_number
from models.base.hot import Statement

REGISTER_SHIFT = 40
_BLOCK = 1 << 20
# A block is renewed before an operation begins, when fewer than this are left: more than one
# operation needs.
_ENOUGH = 1 << 18


class KeyBlock(Row):
    """How many keys each register has taken so far."""

    register = IntegerField(primary_key=True)
    taken = BigIntegerField(default=0)


class _Source:
    register = 0
    next = 0
    end = 0


_TAKE = Statement(
    'INSERT INTO "key_block" ("store", "register", "taken") VALUES (?, ?, ?) '
    'ON CONFLICT ("register") DO UPDATE SET "taken" = "key_block"."taken" + excluded."taken" '
    'RETURNING "taken"'
)


def use_register(register: int) -> None:
    """Make keys for this register from now on."""
    if not 0 < register < 1 << 22:
        raise ValueError(f"register number out of range: {register}")
    _Source.register, _Source.next, _Source.end = register, 0, 0


def register_in_use() -> int:
    """The register whose keys are made; 0 before there is one."""
    return _Source.register


def renew() -> None:
    """Take a new block in a transaction of its own when the present one runs low."""
    if _Source.end - _Source.next >= _ENOUGH:
        return
    if not _Source.register:
        raise RuntimeError("no register is in use: call use_register first")
    row = committed(lambda: _TAKE.row(store_number(), _Source.register, _BLOCK), "renew")
    assert row is not None
    base = _Source.register << REGISTER_SHIFT
    _Source.next, _Source.end = base + row[0] - _BLOCK + 1, base + row[0] + 1


def new_key() -> int:
    """A key that no other row of any counter has."""
    if _Source.next >= _Source.end:
        raise RuntimeError("no keys left: renew before the transaction")
    _Source.next += 1
    return _Source.next - 1
