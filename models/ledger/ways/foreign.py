"""Cash of other currencies (外币): taken at the rate of its way to pay, change in the store's own.

Each is a way to pay of its own with a currency and a rate. In the books it is worth what the store
gave for it; how much of it lies where is kept beside the entries, in its own money.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField, fn

from models.base.cost import UnitCost
from models.base.database import Row, on_sqlite
from models.base.fields import CostField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.money import Currency, Money, currency
from models.base.refusals import Refusal
from models.base.watching import Told
from models.base.words import word
from models.ledger.accounts import CASH_OVER, CASH_SHORT, DRAWER, FOREIGN_DRAWER, FOREIGN_SAFE
from models.ledger.documents import Document, Leg, add_parts
from models.ledger.parts import Part
from models.ledger.ways.tender_kinds import FOREIGN, REFERENCE, Take, TenderKind
from models.ledger.ways.tenders import Tender
from models.trust.operation import Job

IN_DRAWER, IN_SAFE = "drawer", "safe"
ACCOUNTS = {IN_DRAWER: FOREIGN_DRAWER, IN_SAFE: FOREIGN_SAFE}


class ForeignWrong(Refusal):
    """Foreign cash is above zero, and counts as what its rate makes of it."""


class ForeignGoesOut(Refusal):
    """Foreign cash is only taken: money goes back in the store's own."""


class RateMoved(Refusal):
    """The rate is another one by now: look at the new one."""


class ForeignNotCounted(Refusal):
    """Foreign cash is counted too, also when there is none: zero is typed."""


class ForeignMove(Row):
    """So much foreign cash that a document brought to a place, below zero what it took from there;
    `value` is that in the store's money. `minor` are minor units of `code`.
    """

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    place = CharField(max_length=6)
    code = CharField(max_length=3)
    minor = BigIntegerField()
    rate = CostField(null=True)
    value = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


MOVES = Part(ForeignMove, "line place code minor rate value currency")


class ForeignCount(Row):
    """How much of a currency was counted in a drawer, and how much should have been there."""

    shift = BigIntegerField()
    attempt = IntegerField()
    code = CharField(max_length=3)
    counted = BigIntegerField()
    expected = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("shift", "attempt", "code")
        append_only = True


Told(ForeignCount, "counted expected")


@dataclass(frozen=True, slots=True)
class Handed:
    """Foreign cash as it is handed over, and what one of it is worth here."""

    amount: Money
    rate: UnitCost

    @property
    def value(self) -> Money:
        """In the store's money, rounded once."""
        return self.rate.exchanged(self.amount)

    def __str__(self) -> str:
        """As it stands on slips and beside a payment that is not finished: USD 220.00 x 7.1."""
        return f"{self.amount.currency.code} {self.amount} x {self.rate}"

    @classmethod
    def read(cls, text: str) -> Self:
        """What was written so. Refuses: ForeignWrong."""
        try:
            code, amount, _, rate = text.split()
            return cls(Money.parse(amount, currency(code)), UnitCost.parse(rate, store_currency()))
        except ValueError:
            raise ForeignWrong(text=text) from None


def handed(tender: Tender, amount: Money) -> Handed:
    """So much of a way to pay's currency, at its rate of now."""
    return Handed(amount, tender.rate)


def money_of(tender: Tender) -> Currency:
    """The currency of a way to pay."""
    return currency(tender.foreign)


def wanted(tender: Tender, due: Money) -> Money:
    """The least of its currency that comes to what is due."""
    money = money_of(tender)
    one = tender.rate.exchanged(Money(1, money)).minor or 1
    least = Money(max(0, due.minor // (one + 1)), money)
    while tender.rate.exchanged(least) < due:
        missing = due - tender.rate.exchanged(least)
        least += Money(max(1, missing.minor // (one + 1)), money)
    return least


def _at_the_rate_of_now(take: Take) -> None:
    found = Handed.read(take.paying.reference)
    if found.amount.currency != money_of(take.tender) or found.rate != take.tender.rate:
        raise RateMoved(tender=take.tender.name_zh, tender_en=take.tender.name_en,
                        rate=take.tender.rate)  # fmt: skip


def _is_worth_it(job: Job, takes: Sequence[Take]) -> None:
    for take in takes:
        if take.paying.given.minor < 0:
            raise ForeignGoesOut(tender=take.tender.name_zh, tender_en=take.tender.name_en)
        found = Handed.read(take.paying.reference)
        if found.amount.minor <= 0 or found.value != take.paying.given:
            raise ForeignWrong(text=take.paying.reference)


def _legs(job: Job, document: Document, take: Take, amount: Money) -> list[Leg]:
    """The foreign cash into the drawer, the change out of it in the store's money."""
    given = take.paying.given
    put(document, IN_DRAWER, Handed.read(take.paying.reference))
    return [Leg(FOREIGN_DRAWER, given), Leg(DRAWER, amount - given)]


FOREIGN_TENDERS = (
    TenderKind(
        FOREIGN, word("Foreign cash"), FOREIGN_DRAWER, is_cash=True, is_foreign=True,
        is_outside=False, needs=(REFERENCE,), check=_is_worth_it, look=_at_the_rate_of_now,
        legs=_legs,
    ),
)  # fmt: skip


def put(document: Document, place: str, cash: Handed) -> None:
    """An open document brings foreign cash to a place."""
    move(document, [(place, cash.amount, cash.rate, cash.value)])


def move(
    document: Document, moves: Iterable[tuple[str, Money, UnitCost | None, Money]]
) -> list[Leg]:  # fmt: skip
    """Store what an open document moves: place, how much, at which rate, and its value; the entries
    on the accounts of the places.
    """
    first, kept = 1 + len(document.parts.get(MOVES.name, ())), list(moves)
    rows = [
        (line, place, amount.currency.code, amount.minor, rate.millionths if rate else None,
         value.minor, value.currency.code)
        for line, (place, amount, rate, value) in enumerate(kept, first)
    ]  # fmt: skip
    add_parts(document, MOVES, rows)
    return [Leg(ACCOUNTS[place], value) for place, _, _, value in kept]


# --- how much lies where


_IN_DRAWER = Statement(
    'SELECT m."code", sum(m."minor"), sum(m."value") FROM "document" d '
    'JOIN "foreign_move" m ON m."document_id" = d."key" '
    'WHERE d."shift" = ? AND m."place" = ? GROUP BY m."code" ORDER BY m."code"'
)
_IN_SAFE = Statement(
    'SELECT "code", sum("minor"), sum("value") FROM "foreign_move" WHERE "place" = ? '
    'GROUP BY "code" ORDER BY "code"'
)

Lying = dict[str, tuple[int, Money]]


def in_drawer(shift: int) -> Lying:
    """The foreign cash that a shift's drawer should hold, by currency: how much, and its value."""
    return _lying(_IN_DRAWER, shift, IN_DRAWER)


def in_safe() -> Lying:
    """The foreign cash in the safe."""
    return _lying(_IN_SAFE, IN_SAFE)


def _lying(statement: Statement, *values: object) -> Lying:
    money = store_currency()
    return {code: (int(minor), Money(int(value), money)) for code, minor, value in
            statement.rows(*values)}  # fmt: skip


def to_count(shift: int) -> list[str]:
    """The currencies of which a drawer is counted: those that are taken, and what lies there."""
    taken = Tender.select(Tender.foreign).where(Tender.kind == FOREIGN, Tender.is_active)
    lying = {code for code, (minor, _) in in_drawer(shift).items() if minor}
    return sorted({tender.foreign for tender in taken} | lying)


def keep_count(shift: int, attempt: int, counted: Mapping[str, int]) -> None:
    """Store a blind count of foreign cash ({currency: minor units}) beside what should be there."""
    expected = in_drawer(shift)
    for code in to_count(shift):
        ForeignCount.create(
            shift=shift, attempt=attempt, code=code, counted=counted[code],
            expected=expected.get(code, (0, None))[0],
        )  # fmt: skip


def require_counted(shift: int, counted: Mapping[str, int]) -> None:
    """Refuses: ForeignNotCounted."""
    for code in to_count(shift):
        if counted.get(code, -1) < 0:
            raise ForeignNotCounted(currency=code)


def last_count(shift: int) -> list[ForeignCount]:
    """What was counted of foreign cash last."""
    newest = ForeignCount.select(fn.MAX(ForeignCount.attempt)).where(ForeignCount.shift == shift)
    rows = ForeignCount.select().where(
        ForeignCount.shift == shift, ForeignCount.attempt == newest.scalar()
    )
    return list(rows.order_by(ForeignCount.code))


def is_off(shift: int) -> bool:
    """Is any foreign cash over or short by the last count?"""
    return any(row.counted != row.expected for row in last_count(shift))


def close_drawer(document: Document, shift: int) -> list[Leg]:
    """At the close of a shift: what was counted of foreign cash goes to the safe at what was given
    for it, the rest is over or short; the entries.
    """
    lying, legs = in_drawer(shift), list[Leg]()
    for row in last_count(shift):
        minor, value = lying.get(row.code, (0, Money.zero(store_currency())))
        kept = _value_of(row, minor, value)
        money = currency(row.code)
        legs += move(
            document,
            [
                (IN_DRAWER, Money(-minor, money), None, -value),
                (IN_SAFE, Money(row.counted, money), None, kept),
            ],
        )
        off = kept - value
        legs.append(Leg(CASH_SHORT if off.minor < 0 else CASH_OVER, -off))
    return legs


def _value_of(row: ForeignCount, minor: int, value: Money) -> Money:
    """What was counted is worth: its share of what was given for it; more than there should be is
    worth the rate of now, and nothing where the currency is not taken any more.
    """
    if row.counted <= minor:
        return value.split([row.counted, minor - row.counted])[0] if minor else value
    tender = Tender.get_or_none(Tender.kind == FOREIGN, Tender.foreign == row.code)
    if tender is None:
        return value
    return value + handed(tender, Money(row.counted - minor, currency(row.code))).value
