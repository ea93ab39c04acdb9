"""Customers by what they bring (ABC): few customers make most of the takings, and are looked after
first.

The customers of the bills of a period, each graded in three ways; the list is sorted and narrowed
by any of them, and two read together are a crossed grading.

- By amount: A are the customers who bring the first 80 of a hundred, B the next 15, C the rest.
- By visits: the same, of the days on which they came.
- By score: five measures, each 5 for the best fifth of the customers down to 1 for the last: the
  amount, the days, the bills' average, the pieces, and how lately they came. A from 20 points on,
  B from 13, C below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.people.merging import root_of
from models.people.persons import Person
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    PAGE,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.reports.takings_lists import DAYS
from models.shop.trade import BILLS, SALE
from models.trust.scopes import Narrowed, Scope

# Of a hundred: up to here a customer is A, up to there B.
_FIRST, _NEXT = 80, 95
_GOOD, _FAIR = 20, 13
_BEST = 5


@dataclass(slots=True)
class Brought:
    """What the bills of one customer come to. `days` are those on which something was sold."""

    person: int
    bills: int = 0
    days: int = 0
    last: str = ""
    pieces: int = 0
    total: int = 0

    @property
    def average(self) -> Fraction:
        """Of a bill, in the smallest unit of money."""
        return Fraction(self.total, max(self.bills, 1))


_OF_DAY = Narrowed(
    f'SELECT s."person", sum(CASE WHEN d."kind" = \'{SALE}\' THEN 1 ELSE 0 END), '
    'sum(s."pieces"), sum(s."total") FROM "document" d '
    'JOIN "sale" s ON s."document_id" = d."key" WHERE d."day" = ? AND s."person" IS NOT NULL '
    f'AND d."kind" IN {BILLS}' + '{scope} GROUP BY s."person"',
    'd."user"',
)


def classes(amounts: Sequence[int]) -> list[str]:
    """A, B or C for each amount, by how much those above it have brought already. Whoever brought
    nothing is C.
    """
    whole, before, found = sum(max(each, 0) for each in amounts), 0, [""] * len(amounts)
    for place in sorted(range(len(amounts)), key=lambda place: -amounts[place]):
        amount = max(amounts[place], 0)
        above = Fraction(100 * before, whole) if amount else 100
        found[place] = "A" if above < _FIRST else "B" if above < _NEXT else "C"
        before += amount
    return found


def points(values: Sequence[int | Fraction | str]) -> list[int]:
    """5 for the best fifth of the values down to 1 for the last; equal values get the same."""
    place: dict[int | Fraction | str, int] = {}
    for at, value in enumerate(sorted(values, reverse=True)):
        place.setdefault(value, at)
    return [_BEST - place[value] * _BEST // len(values) for value in values]


def _scores(found: Sequence[Brought]) -> list[int]:
    measures = (
        points([each.total for each in found]), points([each.days for each in found]),
        points([each.average for each in found]), points([each.pieces for each in found]),
        points([each.last for each in found]),
    )  # fmt: skip
    return [sum(each) for each in zip(*measures, strict=True)]


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    """Summed day by day; the last pages have all customers, whoever brings most first."""
    found: dict[int, Brought] = {}
    for (day,) in DAYS.rows(*period.iso):
        for person, bills, pieces, total in _OF_DAY.rows(scope, (day,)):
            key = root_of(int(person))
            one = found.setdefault(key, Brought(key))
            one.bills += int(bills)
            one.pieces += int(pieces)
            one.total += int(total)
            if int(bills) and one.last != day:
                one.days, one.last = one.days + 1, str(day)
        yield []
    rows = _graded(sorted(found.values(), key=lambda each: -each.total))
    for start in range(0, len(rows), PAGE):
        yield _named(rows[start : start + PAGE])


def _graded(found: Sequence[Brought]) -> list[tuple[Brought, tuple[str, str, int, str]]]:
    by_amount, by_visits = (
        classes([each.total for each in found]), classes([each.days for each in found]),
    )  # fmt: skip
    rows = []
    for each, amount, visits, score in zip(
        found, by_amount, by_visits, _scores(found), strict=True
    ):
        by_score = "A" if score >= _GOOD else "B" if score >= _FAIR else "C"
        rows.append((each, (amount, visits, score, by_score)))
    return rows


def _named(rows: Sequence[tuple[Brought, tuple[str, str, int, str]]]) -> Rows:
    keys = [each.person for each, _ in rows]
    people = {row.key: row for row in Person.select().where(Person.key.in_(keys))}
    money = store_currency()
    return [
        (
            people[each.person].number, people[each.person].name, Money(each.total, money),
            by_amount, each.days, by_visits, score, by_score,
            date.fromisoformat(each.last) if each.last else None, each.bills,
        )
        for each, (by_amount, by_visits, score, by_score) in rows
    ]  # fmt: skip


CUSTOMER_GRADES = ReportKind(
    "customer-grades",
    word("Customers by what they bring"),
    "see takings",
    (
        Column(word("Number")),
        Column(word("Name")),
        Column(word("Spent"), MONEY, is_summed=True),
        Column(word("By amount")),
        Column(word("Days here"), COUNT),
        Column(word("By visits")),
        Column(word("Score points"), COUNT),
        Column(word("By points")),
        Column(word("Last here"), DAY),
        Column(word("Bills"), COUNT, is_summed=True),
    ),
    _pages,
)
