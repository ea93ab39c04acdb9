"""Commission (佣金): what a booking channel keeps of the net room price of a night, by the rate of
the plan. It accrues with each night that is posted, to the credit of the channel's account: there
it lessens what the channel owes for rooms that it was paid, or is owed to it. What of a night is
taken back takes its commission back.
"""

from __future__ import annotations

from dataclasses import dataclass

from peewee import BigIntegerField, CharField, ForeignKeyField

from models.base.database import Row, on_sqlite
from models.base.fields import MoneyField, RateField
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import Rate
from models.hotel.charges import kinds
from models.hotel.rooms.rates import RatePlan
from models.hotel.stays.stays import Stay
from models.ledger.accounts import CHANNEL_FEES
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.parts import Part
from models.trust.operation import Job


class Commission(Row):
    """What one document credited to a channel: `rate` of `base`, the net room price of the night
    that `charged` posted; below zero for what was taken back of it.
    """

    document = ForeignKeyField(Document, primary_key=True)
    charged = BigIntegerField(index=True)
    stay = BigIntegerField()
    folio = BigIntegerField()
    plan = CharField(max_length=10)
    rate = RateField()
    base = MoneyField()
    amount = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        part_of = Document
        without_rowid = on_sqlite


COMMISSIONS = Part(Commission, "charged stay folio plan rate base amount currency")


def accrue(job: Job, stay: Stay, plan: RatePlan, *, charged: Document, net: Money) -> None:
    """The commission of a night that was just posted, inside an operation."""
    if plan.channel is not None and (amount := net.part(plan.commission)):
        terms = _Terms(plan.channel, plan.code, plan.commission)
        _credit(job, charged.key, stay.key, terms, base=net, amount=amount)


_SO_FAR = Statement(
    'SELECT "stay", "folio", "plan", "rate", sum("base"), sum("amount") FROM "commission" '
    'WHERE "charged" = ? GROUP BY "stay", "folio", "plan", "rate"'
)


def take_back(job: Job, charged: int, net: Money) -> None:
    """So much (below zero) of what a document charged was taken back, inside an operation: of all
    that is left the commission is the rate, to the last fen.
    """
    row = _SO_FAR.row(charged)
    if row is None:
        return
    stay, folio, plan, millionths, base, credited = row
    rate = Rate(int(millionths))
    due = (Money(int(base), net.currency) + net).part(rate)
    amount = due - Money(int(credited), net.currency)
    if amount:
        terms = _Terms(folio, plan, rate)
        _credit(job, charged, stay, terms, base=net, amount=amount)


@dataclass(frozen=True, slots=True)
class _Terms:
    """Whose commission it is, under which plan, and at which rate."""

    folio: int
    plan: str
    rate: Rate


_ACCOUNT = Statement('SELECT "account" FROM "folio" WHERE "key" = ?')


def _credit(
    job: Job, charged: int, stay: int, terms: _Terms, *, base: Money, amount: Money
) -> None:
    row = _ACCOUNT.row(terms.folio)
    assert row is not None, terms.folio
    document = begin_document(job, kinds.COMMISSION, total=amount, note=terms.plan)
    values = (
        charged, stay, terms.folio, terms.plan, terms.rate.millionths, base.minor, amount.minor,
        amount.currency.code,
    )  # fmt: skip
    add_parts(document, COMMISSIONS, [values])
    legs = [Leg(CHANNEL_FEES, amount), Leg(int(row[0]), -amount, terms.folio)]
    post_document(job, document, legs, stay=stay)
