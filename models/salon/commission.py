"""Commission as it was earned: one entry for each hand in each line, written with its bill.

An entry is a snapshot: the rule, what it was taken of, how much. A rule that changes later changes
nothing that was earned. What comes back takes its part of the entry back, at the rate at which it
was earned, on the day on which it comes back; the last piece takes the rest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from peewee import BigIntegerField, BooleanField, CharField, CompositeKey, ForeignKeyField

from models.base.database import Row, on_sqlite
from models.base.exact import divide
from models.base.fields import MoneyField, QuantityField, RateField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import Rate
from models.ledger.documents import Document, add_parts
from models.ledger.parts import Part
from models.salon.commission_rules import (
    LIST,
    MARGIN,
    NET,
    CommissionRule,
    WorkDone,
    rule_for,
    rules_in_force,
)
from models.selling.charges import STYLIST, Charge, Served, standing_lines


class CommissionEntry(Row):
    """What one person earned by one line of a document, below zero where it came back. `base` is
    his share of what the rule takes, `rule` its number; `of_document` and `of_entry` are what it
    takes back.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_line = BigIntegerField()
    user = BigIntegerField()
    # As they were.
    name = CharField(max_length=40)
    grade = CharField(max_length=20)
    is_asked = BooleanField()
    rule = BigIntegerField()
    basis = CharField(max_length=10)
    base = MoneyField()
    share = RateField()
    rate = RateField()
    each = MoneyField()
    quantity = QuantityField()
    amount = MoneyField()
    currency = CharField(max_length=3)
    of_document = BigIntegerField(null=True)
    of_entry = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


CommissionEntry.add_index(CommissionEntry.of_document)
CommissionEntry.add_index(CommissionEntry.user)

_NAMES = (
    "line of_line user name grade is_asked rule basis base share rate each quantity amount "
    "currency of_document of_entry"
)
_ENTRIES = Part(CommissionEntry, _NAMES)


@dataclass(frozen=True, slots=True)
class _Earned:
    """One entry without its number."""

    of_line: int
    hand: Served
    rule: int
    basis: str
    base: int
    rate: int
    each: int
    quantity: int
    amount: int
    source: tuple[int, int] | tuple[None, None] = (None, None)

    def row(self, line: int) -> tuple[object, ...]:
        hand = self.hand
        return (
            line, self.of_line, hand.user, hand.name[:40], hand.grade[:20], hand.is_asked,
            self.rule, self.basis, self.base, hand.share.millionths, self.rate, self.each,
            self.quantity, self.amount, store_currency().code, *self.source,
        )  # fmt: skip


def add_commission(document: Document, charges: Sequence[Charge]) -> None:
    """Write what the hands in these lines earn by the rules in force, and take back what they
    earned by lines that come back.
    """
    worked = [(n, one) for n, one in enumerate(charges, 1) if _hands(one)]
    if not worked:
        return
    rules = rules_in_force()
    earned = [
        entry
        for n, one in worked
        for entry in (_earned(rules, n, one) if one.source is None else _taken_back(n, one))
    ]
    add_parts(document, _ENTRIES, [entry.row(n) for n, entry in enumerate(earned, 1)])


def _hands(one: Charge) -> list[Served]:
    return [hand for hand in one.staff if hand.role == STYLIST]


def _earned(rules: Sequence[CommissionRule], line: int, one: Charge) -> Iterator[_Earned]:
    hands = _hands(one)
    weights = [hand.share.millionths for hand in hands]
    for place, hand in enumerate(hands):
        work = WorkDone(one.goods, one.category, hand.grade, hand.is_asked, one.person is not None)
        rule = rule_for(rules, work)
        if rule is None:
            continue
        # What all hands share is shared to the last fen; each has his own rule for his part.
        base = _base(rule.base, one).split(weights)[place]
        if rule.each is None:
            amount = base.part(rule.rate)
        else:
            amount = rule.each.times(one.quantity).split(weights)[place]
        yield _Earned(
            line, hand, rule.number, rule.base, base.minor, rule.rate.millionths,
            rule.each.minor if rule.each else 0, one.quantity.thousandths, amount.minor,
        )  # fmt: skip


def _base(basis: str, one: Charge) -> Money:
    """What a rule takes of a whole line."""
    money = store_currency()
    nothing = Money.zero(money)
    amount = one.net if one.amount is None else one.amount
    if basis == LIST:
        return amount if one.full is None else one.full
    if basis == NET:
        return one.net
    if basis == MARGIN:
        left = one.net - (one.cost or nothing)
        return left if (left.minor < 0) == (one.net.minor < 0) else nothing
    return amount - (one.share or nothing)


_SOLD = Statement(
    'SELECT "line", "user", "name", "grade", "is_asked", "rule", "basis", "base", "share", "rate", '
    '"each", "quantity", "amount" FROM "commission_entry" '
    'WHERE "document_id" = ? AND "of_line" = ? ORDER BY "line"'
)
_BACK = Statement(
    'SELECT coalesce(sum("quantity"), 0), coalesce(sum("base"), 0), coalesce(sum("amount"), 0) '
    'FROM "commission_entry" WHERE "of_document" = ? AND "of_entry" = ?'
)


def _taken_back(line: int, one: Charge) -> Iterator[_Earned]:
    assert one.source is not None
    # Where others did it than was said, theirs goes back.
    sold, of_line = standing_lines(one.source[0]).get(one.source[1], one.source)
    for (
        entry,
        user,
        name,
        grade,
        asked,
        rule,
        basis,
        base,
        share,
        rate,
        each,
        whole,
        amount,
    ) in _SOLD.rows(sold, of_line):
        back, back_base, back_amount = map(int, _BACK.rows(sold, entry)[0])
        upto = -back - one.quantity.thousandths
        yield _Earned(
            line, Served(user, name, STYLIST, Rate(share), grade, bool(asked)), rule, basis,
            -divide(base * upto, whole) - back_base, rate, each, one.quantity.thousandths,
            -divide(amount * upto, whole) - back_amount, (sold, entry),
        )  # fmt: skip
