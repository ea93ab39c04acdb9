"""What a bill brings in points, as its document keeps it: by line what was paid for it and by which
rule, and by person how many points came or went.

Points are whole: for each rule as many as all that was kept of a bill reaches. What comes back is
worked out anew from what is left of the bill, so that pieces of it take no more and no less back
than all at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, on_sqlite
from models.base.exact import divide
from models.base.fields import MoneyField, QuantityField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.ledger.accounts import POINTS_USED
from models.ledger.documents import Document, Leg, add_parts
from models.ledger.parts import Part
from models.ledger.payments.taking import Taking
from models.ledger.ways.tenders import Tender
from models.members.kinds import POINTS
from models.members.lots import is_over
from models.members.points_lots import (
    TAKEN,
    add_points,
    person_of_code,
    points_lots,
    points_of,
    points_owed,
    take_points,
)
from models.members.points_rules import PaidFor, PointsRule, RulesInForce, earns
from models.people.merging import root_of
from models.people.persons import USES, Person
from models.selling.charges import Charge
from models.trust.operation import Job


class PointsEntry(Row):
    """What one line of a document brings by one rule: of `base`, what was paid for it, `points` for
    each full `per`, `times` over; below zero where it came back. `gives` is what this entry adds to
    the points of its rule; `of_document` and `of_entry` are what it takes back.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_line = BigIntegerField()
    rule = BigIntegerField()
    per = MoneyField()
    points = IntegerField()
    times = IntegerField()
    quantity = QuantityField()
    base = MoneyField()
    gives = IntegerField()
    currency = CharField(max_length=3)
    of_document = BigIntegerField(null=True)
    of_entry = BigIntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class PointsBill(Row):
    """How many points a document brings a person, below zero takes back; `moved` are those that
    came or went: what is not there goes off the next. `rest` are all that he had then.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    person = BigIntegerField(index=True)
    points = IntegerField()
    moved = IntegerField()
    rest = IntegerField()

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


PointsEntry.add_index(PointsEntry.of_document)
_ENTRIES = Part(
    PointsEntry,
    "line of_line rule per points times quantity base gives currency of_document of_entry",
)
_BILLS = Part(PointsBill, "line person points moved rest")
USES.append(("points_bill", "person"))


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule gave when it gave: the rule may change."""

    number: int
    per: int
    points: int
    times: int

    def for_base(self, base: int) -> int:
        return max(base, 0) // self.per * self.points * self.times


@dataclass(frozen=True, slots=True)
class _Part:
    """One entry to be: of which line, by which rule, of how much."""

    of_line: int
    rule: _Rule
    quantity: int
    base: int
    source: tuple[int, int] | tuple[None, None] = (None, None)


def book_points(
    job: Job, document: Document, charges: Sequence[Charge], taking: Taking
) -> list[Leg]:  # fmt: skip
    """Give whoever a bill belongs to what it brings, and take back what its lines that come back
    brought; the entries of it. Before the document is posted, behind its payments.
    """
    parts, people = _earned(job, charges, taking), dict[int, int]()
    rows = list[tuple[object, ...]]()
    bought = next((root_of(one.person) for one in charges if one.person), None)
    for rule, own in _by_rule(parts):
        given = base = 0
        for part in own:
            base += part.base
            gives = rule.for_base(base) - given
            given += gives
            rows.append(_row(len(rows) + 1, part, gives))
        assert bought is not None
        people[bought] = people.get(bought, 0) + given
    for sold, rule, own in _returned(charges):
        left, given = map(int, _LEFT.rows(sold, rule.number, sold, sold, rule.number)[0])
        gives = rule.for_base(left + sum(part.base for part in own)) - given
        for place, part in enumerate(own, 1):
            rows.append(_row(len(rows) + 1, part, gives if place == len(own) else 0))
        (whose,) = _WHOSE.rows(sold)[0]
        people[whose] = people.get(whose, 0) + gives
    for take in taking.takes:
        if take.tender.kind == POINTS and (payer := person_of_code(take.paying.code)):
            # The slip says what is left, though the bill brought nothing.
            people.setdefault(payer, 0)
    if not people:
        return []
    add_parts(document, _ENTRIES, rows)
    return _move(job, document, people)


def _row(line: int, part: _Part, gives: int) -> tuple[object, ...]:
    rule = part.rule
    return (
        line, part.of_line, rule.number, rule.per, rule.points, rule.times, part.quantity,
        part.base, gives, store_currency().code, *part.source,
    )  # fmt: skip


def _by_rule(parts: Iterable[_Part]) -> list[tuple[_Rule, list[_Part]]]:
    found: dict[_Rule, list[_Part]] = {}
    for part in parts:
        found.setdefault(part.rule, []).append(part)
    return sorted(found.items(), key=lambda each: each[0].number)


# --- what a bill brings


def _earned(job: Job, charges: Sequence[Charge], taking: Taking) -> list[_Part]:
    """By line and rule what was paid in a way that brings points."""
    new = [(n, one) for n, one in enumerate(charges, 1) if one.source is None]
    person = next((one.person for _, one in new if one.person is not None), None)
    if person is None:
        return []
    paid = [_paid(one) for _, one in new]
    if sum(paid) <= 0:
        return []
    rules = RulesInForce()
    if not rules.rules:
        return []
    found = Person.get_or_none(Person.key == root_of(person))
    level = found.level_id if found else None
    bases: dict[tuple[int, _Rule], int] = {}
    for tender, amount in _ways(taking, sum(paid)):
        for (line, one), part in zip(new, amount.split(paid), strict=True):
            key = tender.key if tender else None
            what = PaidFor(one.goods, one.category, key, level, job.day)
            rule = rules.giving(what, is_earning=tender is None or earns(tender))
            if rule is not None and part.minor > 0:
                kept = _kept(rule, rules.times(what))
                bases[line, kept] = bases.get((line, kept), 0) + part.minor
    quantities = {line: one.quantity.thousandths for line, one in new}
    return [
        _Part(line, rule, quantities[line], base) for (line, rule), base in sorted(
            bases.items(), key=lambda each: each[0][0]
        )
    ]  # fmt: skip


def _kept(rule: PointsRule, times: int) -> _Rule:
    assert rule.per is not None
    return _Rule(rule.number, rule.per.minor, rule.points, times)


def _paid(one: Charge) -> int:
    """What a line costs, with what is on top."""
    on_top = one.service.minor if one.service else 0
    return one.net.minor + on_top + sum(tax.tax.minor for tax in one.taxes)


def _ways(taking: Taking, due: int) -> list[tuple[Tender | None, Money]]:
    """How much of what is due was paid by which way; what goods that came back paid, by none."""
    found = list[tuple[Tender | None, Money]]()
    left = due
    for take, amount in taking.parts:
        part = min(amount.minor, left)
        if part > 0:
            found.append((take.tender, Money(part, store_currency())))
            left -= part
    return [*found, (None, Money(left, store_currency()))] if left > 0 else found


# --- what comes back


_SOLD = Statement(
    'SELECT e."line", e."rule", e."per", e."points", e."times", e."quantity", e."base" '
    'FROM "points_entry" e WHERE e."document_id" = ? AND e."of_line" = ? ORDER BY e."line"'
)
_BACK = Statement(
    'SELECT coalesce(sum("quantity"), 0), coalesce(sum("base"), 0) FROM "points_entry" '
    'WHERE "of_document" = ? AND "of_entry" = ?'
)
_LEFT = Statement(
    'SELECT coalesce(sum("base"), 0), coalesce(sum("gives"), 0) FROM "points_entry" '
    'WHERE ("document_id" = ? AND "rule" = ? AND "of_document" IS NULL) '
    'OR ("of_document" = ? AND "of_entry" IN (SELECT s."line" FROM "points_entry" s '
    'WHERE s."document_id" = ? AND s."rule" = ?))'
)
_WHOSE = Statement(
    'SELECT "person" FROM "points_bill" WHERE "document_id" = ? ORDER BY "line" LIMIT 1'
)


def _returned(charges: Sequence[Charge]) -> list[tuple[int, _Rule, list[_Part]]]:
    """By bill and rule what of it comes back."""
    found: dict[tuple[int, _Rule], list[_Part]] = {}
    for line, one in enumerate(charges, 1):
        if one.source is None:
            continue
        for entry, rule, per, points, times, whole, base in _SOLD.rows(*one.source):
            sold = one.source[0]
            back, back_base = map(int, _BACK.rows(sold, entry)[0])
            upto = -back - one.quantity.thousandths
            part = _Part(
                line, _Rule(rule, per, points, times), one.quantity.thousandths,
                -divide(base * upto, whole) - back_base, (sold, entry),
            )  # fmt: skip
            found.setdefault((sold, part.rule), []).append(part)
    return [(sold, rule, own) for (sold, rule), own in found.items()]


def _move(job: Job, document: Document, people: dict[int, int]) -> list[Leg]:
    """The points of each person come or go; who has too few owes the rest."""
    legs, rows = list[Leg](), list[tuple[object, ...]]()
    for key, points in people.items():
        person: Person = Person.get_by_id(root_of(key))
        moved = 0
        if points > 0:
            moved = points - min(points, -points_owed(person.key))
            legs += add_points(job, document, person, moved) if moved else []
        elif points < 0:
            lots = [lot for lot in points_lots(person.key) if not is_over(lot, job.day)]
            moved = -min(-points, sum(lot.pieces_rest for lot in lots))
            if moved:
                legs += take_points(job, document, lots[::-1], -moved, why=TAKEN)
        rest = points_of(person.key, job.day)
        rows.append((len(rows) + 1, person.key, points, moved, rest))
    add_parts(document, _BILLS, rows)
    return [*legs, Leg(POINTS_USED, Money.zero(store_currency()))]
