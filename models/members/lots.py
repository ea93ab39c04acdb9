"""Lots: what somebody paid ahead, or got instead of money back, and has later. What is left on them
is owed, and no income.

A number (of a voucher, of a credit) is good for the lots that stand on it. A use takes the one that
ends first, then the oldest; each use is a move, part of the document that it pays or that pays it,
and what is left on a lot is the sum of its moves. A lot has an owner, or is good for whoever shows
its number.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.card_numbers import refuse_card_number
from models.base.database import Row, on_sqlite
from models.base.fields import DayField, KeyField, MoneyField, store_currency
from models.base.hot import RowStatement, Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.goods.codes import check_digit
from models.goods.goods import Barcode
from models.ledger.documents import Document, Leg, add_parts
from models.ledger.parts import Part
from models.members.kinds import KINDS, LotKind, grace_days
from models.trust.operation import Job
from models.trust.print_queue import add_job
from models.trust.records import put

# Why something moved.
ISSUED, USED, BACK, EXPIRED, CASHED = "issued", "used", "back", "expired", "cashed"
_COUPON = "99"


class LotUnknown(Refusal):
    """Nothing of this kind has this number."""


class LotStopped(Refusal):
    """It was stopped: it is lost, or somebody else has it."""


class LotExpired(Refusal):
    """Its last day is over."""


class LotTooLittle(Refusal):
    """Less is left on it."""


class LotTooMuch(Refusal):
    """No more goes back onto it than it was worth."""


class LotNumberWrong(Refusal):
    """A number has 4 to 20 letters and digits, and is no code of goods."""

    about = ("number",)


class LotTaken(Refusal):
    """Something of another kind has this number."""

    about = ("number",)


class Lot(Row):
    """One lot: `value` was paid for it, `rest` is left. Good through the day `expires`. `document`
    issued it; `person` is the record of its owner, `name` his name as it was.

    Of a card `bonus` of the value was given on top of what was paid, `bonus_rest` is left of it,
    good through `bonus_expires`; what of a use is bonus follows from `base` and `base_bonus`, what
    was on the lot when it last got something (shares.py). A lot of times paid ahead is good for
    `pieces` of the item `goods`, of which `pieces_rest` are left.
    """

    key = KeyField(primary_key=True)
    number = CharField(max_length=20)
    place = IntegerField()
    kind = CharField(max_length=12)
    person = BigIntegerField(null=True, index=True)
    name = CharField(max_length=60, default="")
    value = MoneyField()
    rest = MoneyField()
    currency = CharField(max_length=3)
    day = DayField()
    expires = DayField(null=True, index=True)
    bonus = MoneyField(default=0)
    bonus_rest = MoneyField(default=0)
    bonus_expires = DayField(null=True)
    # The close of its last day has taken the bonus off.
    is_bonus_over = BooleanField(default=False)
    base = MoneyField(default=0)
    base_bonus = MoneyField(default=0)
    goods = BigIntegerField(null=True)
    pieces = IntegerField(default=0)
    pieces_rest = IntegerField(default=0)
    is_active = BooleanField(default=True)
    document = BigIntegerField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "rest version bonus_rest pieces_rest base base_bonus"
        indexes = ((("number", "place"), True),)

    @property
    def what(self) -> LotKind:
        """Its kind, as it was declared."""
        return KINDS[self.kind]


class LotMove(Row):
    """So much onto a lot, below zero off it, `bonus` of it bonus, and so many `pieces`. `rest` is
    what was left on its number then, of this kind of lot, `bonus_rest` of it bonus, and of the same
    item `pieces_rest` times.
    """

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    lot = BigIntegerField(index=True)
    number = CharField(max_length=20)
    amount = MoneyField()
    rest = MoneyField()
    currency = CharField(max_length=3)
    why = CharField(max_length=10)
    bonus = MoneyField(default=0)
    bonus_rest = MoneyField(default=0)
    pieces = IntegerField(default=0)
    pieces_rest = IntegerField(default=0)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


LOT_MOVES = Part(
    LotMove, "line lot number amount rest currency why bonus bonus_rest pieces pieces_rest"
)

_CHANGE = Statement(
    'UPDATE "lot" SET "rest" = "rest" + ?, "bonus_rest" = "bonus_rest" + ?, '
    '"pieces_rest" = "pieces_rest" + ? WHERE "key" = ? AND "rest" + ? BETWEEN 0 AND "value" '
    'AND "bonus_rest" + ? BETWEEN 0 AND "bonus" AND "pieces_rest" + ? BETWEEN 0 AND "pieces"'
)
_ON_NUMBER = RowStatement(Lot, '"number" = ?')
# What is bonus of the next uses: not after a use, which follows from what was there before it.
_BASE = Statement('UPDATE "lot" SET "base" = "rest", "base_bonus" = "bonus_rest" WHERE "key" = ?')


# --- numbers


def new_number() -> str:
    """A number that nobody guesses: 13 digits, as every scanner reads them, beginning with those
    that are for coupons everywhere (GS1 General Specifications, prefix 99).
    """
    body = f"{_COUPON}{secrets.randbelow(10**10):010}"
    return f"{body}{check_digit(body)}"


def require_number(number: str) -> None:
    """Refuse what can be no number of a lot: of a bank card, of goods, or none at all.

    Refuses: LotNumberWrong, CardNumberRefused.
    """
    refuse_card_number(number=number)
    is_plain = number.isascii() and number.isalnum() and 4 <= len(number) <= 20
    if not is_plain or Barcode.select().where(Barcode.code == number).exists():
        raise LotNumberWrong(number=number)


# --- looking


def lots_of(number: str) -> list[Lot]:
    """The lots on a number, in the order in which they are used."""
    found = _ON_NUMBER.found(number) if number else []
    return sorted(found, key=lambda lot: (lot.expires or date.max, lot.place))


def is_over(lot: Lot, day: date) -> bool:
    """Is its last day behind this one?"""
    return lot.expires is not None and lot.expires < day


def rest_of(lots: Sequence[Lot], day: date) -> Money:
    """What may be used of these on a day."""
    good = (usable(lot, day) for lot in lots if lot.is_active and not is_over(lot, day))
    return Money.total(good, store_currency())


def usable(lot: Lot, day: date) -> Money:
    """What may be used of a lot that is good: a bonus whose last day is over is not."""
    is_late = lot.bonus_expires is not None and lot.bonus_expires < day
    return lot.rest - lot.bonus_rest if is_late else lot.rest


def require_lots(number: str, kind: str) -> list[Lot]:
    """The lots on a number of one kind. Refuses: LotUnknown, LotStopped."""
    found = lots_of(number)
    if not found or found[0].kind != kind:
        raise LotUnknown(number=number)
    if not found[0].is_active:
        raise LotStopped(number=number)
    return found


def require_rest(number: str, kind: str, amount: Money, day: date) -> None:
    """Refuse what may not be used. Refuses: LotUnknown, LotStopped, LotExpired, LotTooLittle."""
    found = require_lots(number, kind)
    rest = rest_of(found, day)
    last = max((lot.expires for lot in found if lot.rest and lot.expires), default=None)
    if not rest and last is not None and last < day:
        raise LotExpired(number=number, day=last)
    if rest < amount:
        raise LotTooLittle(number=number, rest=rest)


def room_on(number: str) -> Money:
    """How much may go back onto a number."""
    return Money.total((lot.value - lot.rest for lot in lots_of(number)), store_currency())


# --- moving: inside an operation, when nothing may be refused any more but who was slower


def issue(
    job: Job, document: Document, kind: str, *, number: str, amount: Money,
    person: int | None = None, name: str = "",
) -> list[Leg]:  # fmt: skip
    """A new lot on a number, and its paper; the entry of what is owed."""
    before, declared = lots_of(number), KINDS[kind].days
    if before and person is None:
        person, name = before[0].person, before[0].name
    days = declared.value() if declared else 0
    lot = new_lot(
        job, document, kind, number=number, person=person, name=name, value=amount,
        expires=job.day + timedelta(days=days) if days else None,
    )  # fmt: skip
    legs = [move(job, document, lot, amount, why=ISSUED)]
    add_job(job, "lot", subject=lot.key)
    return legs


def new_lot(
    job: Job, document: Document, kind: str, *, number: str, value: Money, name: str = "",
    **more: Any,
) -> Lot:  # fmt: skip
    """A lot with nothing on it yet."""
    zero = Money(0, value.currency)
    given = {"day": job.day, "bonus": zero, "document": document.key} | more
    return Lot.create(
        key=new_key(), number=number, place=1 + len(lots_of(number)), kind=kind, name=name[:60],
        value=value, rest=zero, bonus_rest=zero, base=zero, base_bonus=zero,
        currency=value.currency.code, **given,
    )  # fmt: skip


def use(job: Job, document: Document, number: str, amount: Money) -> list[Leg]:
    """Take so much off a number. Refuses: LotTooLittle."""
    legs, left = [], amount
    for lot in lots_of(number):
        part = min(left, lot.rest)
        if part.minor > 0 and lot.is_active and not is_over(lot, job.day):
            legs.append(move(job, document, lot, -part, why=USED))
            left -= part
    if left:
        raise LotTooLittle(number=number, rest=amount - left)
    return legs


def give_back(
    job: Job, document: Document, number: str, amount: Money, *, kind: str
) -> list[Leg]:  # fmt: skip
    """What was paid with a number goes back onto it, the newest first; what is over by now is good
    for some days more. What it has no room for is a new lot.
    """
    legs, left = [], amount
    for lot in reversed(lots_of(number)):
        part = min(left, lot.value - lot.rest)
        if part.minor > 0:
            if is_over(lot, job.day):
                put(lot, expires=job.day + timedelta(days=grace_days.value()))
            legs.append(move(job, document, lot, part, why=BACK))
            left -= part
    return [*legs, *issue(job, document, kind, number=number, amount=left)] if left else legs


def move(
    job: Job, document: Document, lot: Lot, amount: Money, *, why: str, bonus: Money | None = None,
    pieces: int = 0,
) -> Leg:  # fmt: skip
    """One move of an open document, and its entry: a `bonus` was never owed. Refuses: LotTooLittle,
    when another counter was faster.
    """
    free = bonus.minor if bonus else 0
    changes = (amount.minor, free, pieces)
    if _CHANGE.run(*changes, lot.key, *changes) != 1:
        raise LotTooLittle(number=lot.number, rest=rest_of(lots_of(lot.number), job.day))
    same = [one for one in lots_of(lot.number) if one.kind == lot.kind]
    rest = rest_of(same, job.day)
    on_top = sum(usable(one, job.day).minor - (one.rest - one.bonus_rest).minor for one in same)
    times = sum(one.pieces_rest for one in same if one.goods == lot.goods)
    line = 1 + len(document.parts.get(LOT_MOVES.name, ()))
    if why != USED:
        _BASE.run(lot.key)
    row = (
        line, lot.key, lot.number, amount.minor, rest.minor, amount.currency.code, why, free,
        on_top, pieces, times,
    )  # fmt: skip
    add_parts(document, LOT_MOVES, [row])
    return Leg(lot.what.account, Money(free, amount.currency) - amount)
