"""Commission as it was earned: one entry for each hand in each line, written with its bill.

An entry is a snapshot: the rule, what it was taken of, how much. A rule that changes later changes
nothing that was earned. What comes back takes its part of the entry back, at the rate at which it
was earned, on the day on which it comes back; the last piece takes the rest. Who keeps what he got
(goodwill) has an entry that says so: the house bears it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.database import Row, on_sqlite
from models.base.exact import divide
from models.base.fields import MoneyField, QuantityField, RateField, store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.words import word
from models.ledger.documents import Document, add_parts
from models.ledger.parts import Part
from models.members.sellers import GivesBack
from models.salon.commission_base import ByCard, base_of, by_card, part_counted
from models.salon.commission_rules import (
    EVENT_WORDS,
    WORK,
    CommissionRule,
    WorkDone,
    rule_for,
    rules_in_force,
)
from models.salon.commission_steps import read_steps
from models.selling.charges import STYLIST, Charge, Served, standing_lines

# What else is earned beside work and cards: a deposit that was kept, and what a month adds.
KEPT, MONTH = "deposit", "month"
GOODWILL = word("kept as goodwill")
EARNED_WORDS = EVENT_WORDS | {KEPT: word("deposit kept"), MONTH: word("step of the month")}


class CommissionEntry(Row):
    """What one person earned by one line of a document, below zero where it came back. `base` is
    his share of what the rule takes, `rule` its number, 0 where none paid; `event` what it was
    earned by, `month` (202611) in which; `of_document` and `of_entry` are what it takes back, or
    lets him keep (`is_kept`).
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
    event = CharField(max_length=8, default=WORK)
    month = IntegerField(default=0)
    is_kept = BooleanField(default=False)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


CommissionEntry.add_index(CommissionEntry.of_document)
CommissionEntry.add_index(CommissionEntry.user, CommissionEntry.month)

_NAMES = (
    "line of_line user name grade is_asked rule basis base share rate each quantity amount "
    "currency of_document of_entry event month is_kept"
)
ENTRIES = Part(CommissionEntry, _NAMES)


@dataclass(frozen=True, slots=True)
class Earned:
    """One entry without its number; amounts in minor units, `rate` in millionths."""

    of_line: int
    hand: Served
    base: int
    amount: int
    rule: int = 0
    basis: str = ""
    rate: int = 0
    each: int = 0
    quantity: int = 1000
    source: tuple[int, int] | tuple[None, None] = (None, None)
    event: str = WORK
    is_kept: bool = False

    def row(self, line: int, month: int) -> tuple[object, ...]:
        hand = self.hand
        return (
            line, self.of_line, hand.user, hand.name[:40], hand.grade[:20], hand.is_asked,
            self.rule, self.basis, self.base, hand.share.millionths, self.rate, self.each,
            self.quantity, self.amount, store_currency().code, *self.source, self.event, month,
            self.is_kept,
        )  # fmt: skip


def month_of(day: date) -> int:
    """The month of a day, as entries say it: 202611."""
    return day.year * 100 + day.month


def store_earned(document: Document, earned: Sequence[Earned], *, month: int = 0) -> None:
    """Store entries of an open document, of its own month or another."""
    first = 1 + len(document.parts.get(ENTRIES.name, ()))
    of = month or month_of(document.day)
    add_parts(document, ENTRIES, [one.row(n, of) for n, one in enumerate(earned, first)])


def add_commission(document: Document, charges: Sequence[Charge]) -> None:
    """Write what the hands in these lines earn by the rules in force, and take back what they
    earned by lines that come back.
    """
    worked = [(n, one) for n, one in enumerate(charges, 1) if _hands(one)]
    if not worked:
        return
    counted = by_card(document, charges)
    users = {hand.user for _, one in worked if one.source is None for hand in _hands(one)}
    pay = _Pay(document, rules_in_force(), sorted(users))
    earned = [
        entry
        for n, one in worked
        for entry in (
            pay.line(n, one, counted[n - 1]) if one.source is None else _line_back(n, one)
        )
    ]
    store_earned(document, earned)


def _hands(one: Charge) -> list[Served]:
    return [hand for hand in one.staff if hand.role == STYLIST]


_BROUGHT = (
    'SELECT "user", sum("base") FROM "commission_entry" '
    f'WHERE "month" = ? AND "event" = \'{WORK}\' AND "user" IN (...) GROUP BY "user"'
)


class _Pay:
    """What the lines of one document pay by the rules, with what each has brought in the month."""

    def __init__(
        self, document: Document, rules: Sequence[CommissionRule], users: Sequence[int]
    ) -> None:
        self._rules, self._brought = rules, dict.fromkeys(users, 0)
        self._steps = {rule.number: read_steps(rule.steps) for rule in rules if rule.steps}
        # Only who has rules with steps needs to know what came before.
        if self._steps:
            rows = rows_in(_BROUGHT, users, month_of(document.day))
            self._brought |= {user: int(base) for user, base in rows}

    def line(self, line: int, one: Charge, counted: ByCard) -> Iterator[Earned]:
        hands = _hands(one)
        weights = [hand.share.millionths for hand in hands]
        for place, hand in enumerate(hands):
            work = WorkDone(one.goods, one.category, hand.grade, hand.is_asked,
                            one.person is not None)  # fmt: skip
            rule = rule_for(self._rules, work)
            if rule is None:
                continue
            # What all hands share is shared to the last fen; each has his own rule for his part.
            base = base_of(rule, one, counted).split(weights)[place]
            told = {"rule": rule.number, "basis": rule.base, "quantity": one.quantity.thousandths}
            if rule.each is not None:
                whole = part_counted(rule, rule.each.times(one.quantity), counted)
                amount = whole.split(weights)[place].minor
                self._add(hand.user, base.minor)
                yield Earned(line, hand, base.minor, amount, each=rule.each.minor, **told)
                continue
            for part, rate in self._parts(rule, hand.user, base.minor):
                amount = divide(part * rate.millionths, 1_000_000)
                yield Earned(line, hand, part, amount, rate=rate.millionths, **told)

    def _parts(self, rule: CommissionRule, user: int, base: int) -> list[tuple[int, Rate]]:
        """What he brings with this, and at which rate; in steps, part by part."""
        if not rule.steps:
            self._add(user, base)
            return [(base, rule.rate)]
        before = self._brought[user]
        self._add(user, base)
        return self._steps[rule.number].parts(rule.rate, before=before, base=base)

    def _add(self, user: int, base: int) -> None:
        self._brought[user] += base


# --- taken back

_SOLD = Statement(
    'SELECT "line", "user", "name", "grade", "is_asked", "rule", "basis", "base", "share", "rate", '
    '"each", "quantity", "amount" FROM "commission_entry" '
    'WHERE "document_id" = ? AND "of_line" = ? ORDER BY "line"'
)
_BACK = Statement(
    'SELECT coalesce(sum("quantity"), 0), coalesce(sum("base"), 0), coalesce(sum("amount"), 0) '
    'FROM "commission_entry" WHERE "of_document" = ? AND "of_entry" = ? AND "is_kept" = ?'
)


def _line_back(line: int, one: Charge) -> Iterator[Earned]:
    assert one.source is not None
    yield from _taken_back(line, one.source, -one.quantity.thousandths, one.kept_by)


def _standing(source: tuple[int, int]) -> tuple[int, int]:
    """Where others did it than was said, theirs goes back."""
    return standing_lines(source[0]).get(source[1], source)


def _taken_back(
    line: int, source: tuple[int, int], back_now: int, keep: Sequence[int]
) -> Iterator[Earned]:
    """What was earned by a line of a document goes back for so many thousandths of its quantity.
    Who is in `keep` is left what he got, and the house bears it.
    """
    sold, of_line = _standing(source)
    for entry, user, name, grade, asked, rule, basis, base, share, rate, each, whole, amount in (
        _SOLD.rows(sold, of_line)
    ):  # fmt: skip
        back, back_base, back_amount = map(int, _BACK.rows(sold, entry, False)[0])
        upto = back_now - back
        hand = Served(user, name, STYLIST, Rate(share), grade, bool(asked))
        base_now = divide(base * upto, whole) + back_base
        amount_now = divide(amount * upto, whole) + back_amount
        told = {
            "rule": rule, "basis": basis, "rate": rate, "each": each, "source": (sold, entry),
        }  # fmt: skip
        yield Earned(line, hand, -base_now, -amount_now, quantity=-back_now, **told)
        if user in keep and (base_now or amount_now):
            yield Earned(
                line, hand, base_now, amount_now, quantity=back_now, is_kept=True, **told
            )  # fmt: skip


def gives_back(sale: int, quantities: Mapping[int, Quantity]) -> Iterator[GivesBack]:
    """Who would give back what, if so much of the lines of a sale came back now."""
    for line, quantity in quantities.items():
        for one in _taken_back(line, (sale, line), quantity.thousandths, ()):
            yield GivesBack(one.hand.user, one.hand.name, Money(-one.amount, store_currency()))
