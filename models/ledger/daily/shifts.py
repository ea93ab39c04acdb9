"""Shifts (班次): one person's time at one drawer, opened with a float, counted blind, closed with a
Z.

A shift goes open -> counted -> closed. While it is counted nothing is sold, so that what was
counted stays what was expected; a second count before the close is kept beside the first. A closed
shift never changes.
"""

from __future__ import annotations

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
    TextField,
    fn,
)

from models.base.coins import worth
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField, KeyField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import Told

OPEN, COUNTED, CLOSED = "open", "counted", "closed"
TRANSITIONS = {OPEN: (COUNTED,), COUNTED: (COUNTED, CLOSED), CLOSED: ()}


class NoOpenShift(Refusal):
    """There is no open shift at this register: open one first."""


class ShiftIsCounted(Refusal):
    """The drawer is counted: close the shift before the next sale."""


class Shift(Row):
    """One shift. `number` is the Z number, drawn at the close.

    Expected and counted are the drawer's cash.
    """

    key = KeyField(primary_key=True)
    register = IntegerField()
    user = BigIntegerField()
    state = CharField(max_length=8)
    number = IntegerField(null=True)
    day = DayField()
    opened_at = InstantField()
    float_amount = MoneyField()
    counted = MoneyField(null=True)
    expected = MoneyField(null=True)
    currency = CharField(max_length=3)
    reason = TextField(default="")
    closed_at = InstantField(null=True)
    closed_day = DayField(null=True)
    closed_by = BigIntegerField(null=True)

    class Meta:
        indexes = (
            (("register", "state"), False),
            (("register", "number"), True),
            (("closed_day",), False),
        )
        frozen_when = f"\"state\" = '{CLOSED}'"

    @property
    def difference(self) -> Money:
        """Of a counted shift: above zero is over, below short."""
        assert self.counted is not None and self.expected is not None
        return self.counted - self.expected


Told(
    Shift,
    "register user state number day opened_at float_amount counted expected currency reason "
    "closed_at closed_day closed_by",
    changes=True,
)


class CashCount(Row):
    """How many of one note or coin were counted: at the opening, and at each count before the
    close.
    """

    shift = ForeignKeyField(Shift)
    attempt = IntegerField()
    value = MoneyField()
    pieces = IntegerField()
    currency = CharField(max_length=3)
    is_opening = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("shift", "attempt", "value")
        append_only = True


Told(CashCount, "pieces currency is_opening")


# Of one state: for a list of them SQLite would make a table, which takes twice as long.
_IN_STATE = Statement(
    'SELECT "key" FROM "shift" WHERE "register" = ? AND "state" = ? AND "store" = ?'
)  # fmt: skip


def open_shift_key(register: int) -> int:
    """The key of the register's shift that may sell. Refuses: NoOpenShift, ShiftIsCounted."""
    found = open_shift_or_none(register)
    if found is not None:
        return found
    if _IN_STATE.row(register, COUNTED, store_number()):
        raise ShiftIsCounted(register=register)
    raise NoOpenShift(register=register)


def open_shift_or_none(register: int) -> int | None:
    """The same without a refusal."""
    row = _IN_STATE.row(register, OPEN, store_number())
    return None if row is None else int(row[0])


def current_shift(register: int) -> Shift | None:
    """The register's open or counted shift."""
    return Shift.get_or_none(Shift.register == register, Shift.state.in_((OPEN, COUNTED)))


def counts_of(shift: int) -> int:
    """How often the drawer of a shift was counted for its close."""
    found = CashCount.select(fn.MAX(CashCount.attempt)).where(
        CashCount.shift == shift, ~CashCount.is_opening
    )
    return int(found.scalar() or 0)


def float_of(shift: Shift) -> dict[int, int]:
    """What a shift began with: {minor units: pieces}."""
    rows = CashCount.select().where(CashCount.shift == shift.key, CashCount.is_opening)
    return {row.value.minor: row.pieces for row in rows}


def left_of(shift: Shift) -> dict[int, int]:
    """What a shift leaves to the next one: what it began with, or all that was counted at its close
    when that was less.
    """
    begun = float_of(shift)
    if shift.counted is None or worth(begun, store_currency()) <= shift.counted:
        return begun
    rows = CashCount.select().where(
        CashCount.shift == shift.key, CashCount.attempt == counts_of(shift.key),
        ~CashCount.is_opening,
    )  # fmt: skip
    return {row.value.minor: row.pieces for row in rows if row.pieces}
