"""Reports of members: birthdays, who should come again, new and lost clients; and what was taken
beside what was earned, with what is owed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import median
from typing import Any

from models.base.hot import Statement
from models.base.words import word
from models.ledger.daily.days import store_day
from models.ledger.kinds import SALE
from models.ledger.ways.tender_kinds import FOLIO, kind_named
from models.members.kinds import CARD_BACK, CARD_SALE, KINDS, LOT_BACK, VOUCHER_SALE
from models.members.points_lots import points_of
from models.members.points_rules import recall_days
from models.people.merging import root_of
from models.people.moon import next_birthday
from models.people.persons import Person
from models.reports.bridge import earned_on, owed_before, owed_moves
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.reports.takings_lists import DAYS
from models.shop.trade import BILLS
from models.trust.scopes import STORE, Scope
from models.trust.trades_used import loaded_in_use

_PAGE = 300
YES, NO = word("yes"), word("no")


# --- birthdays

_BORN = Statement(
    'SELECT "key" FROM "person" WHERE "birthday" IS NOT NULL AND "is_active" '
    f'AND "merged_into_id" IS NULL AND "key" > ? ORDER BY "key" LIMIT {_PAGE}'
)


def _birthdays(period: Period, scope: Scope) -> Iterator[Rows]:
    rows, after = [], 0
    while keys := [int(key) for (key,) in _BORN.rows(after)]:
        for person in Person.select().where(Person.key << keys):
            day = next_birthday(person.birthday, period.first, is_lunar=person.is_lunar)
            if day <= period.last:
                rows.append(_born(person, day, period.first))
        after = keys[-1]
        yield []
    yield sorted(rows, key=lambda row: (row[0], row[1]))


def _born(person: Person, day: date, today: date) -> tuple[Any, ...]:
    level = person.level.name if person.level_id else ""
    written = YES if person.may_write else NO
    points = points_of(person.key, today)
    return day, person.name, str(person.phone), level, points, written


BIRTHDAYS = ReportKind(
    "birthdays",
    word("Birthdays"),
    "see private facts",
    (
        Column(word("Day"), DAY),
        Column(word("Name")),
        Column(word("Phone")),
        Column(word("Level")),
        Column(word("Points"), COUNT),
        Column(word("May write to"), WORD),
    ),
    _birthdays,
    least=STORE,
)


# --- who should come again

# The records on which bills stand, and on which days; of one that was merged under its own.
_PEOPLE = Statement(
    'SELECT "key" FROM "person" WHERE "is_active" AND "merged_into_id" IS NULL AND "key" > ? '
    f'ORDER BY "key" LIMIT {_PAGE}'
)
_VISITS = Statement(
    'SELECT coalesce(p."merged_into_id", p."key"), d."day" FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" JOIN "person" p ON p."key" = s."person" '
    f'WHERE d."kind" = \'{SALE}\' AND coalesce(p."merged_into_id", p."key") BETWEEN ? AND ? '
    "GROUP BY 1, 2 ORDER BY 1, 2"
)


def visits() -> Iterator[dict[int, list[date]]]:
    """On which days each customer bought something, some of them at each step."""
    after = 0
    while keys := [int(key) for (key,) in _PEOPLE.rows(after)]:
        rows = _VISITS.rows(keys[0], keys[-1])
        yield {
            int(person): [date.fromisoformat(day) for _, day in own]
            for person, own in groupby(rows, key=lambda row: row[0])
        }
        after = keys[-1]


def interval_of(days: Sequence[date]) -> int:
    """After how many days somebody comes again: the median of his own, once three visits are
    known; the store's usual one before.
    """
    gaps = [(after - before).days for before, after in pairwise(days)]
    return round(median(gaps)) if len(gaps) > 1 else int(recall_days.value())


def _recalls(period: Period, scope: Scope) -> Iterator[Rows]:
    rows, booked = (
        [],
        {root_of(person) for who in loaded_in_use("expected") for person in who(store_day())},
    )
    for page in visits():
        for key, days in page.items():
            usual = interval_of(days)
            due = days[-1] + timedelta(days=usual)
            if due < period.last and key not in booked:
                person = Person.get_by_id(key)
                written = YES if person.may_write else NO
                rows.append((person.name, str(person.phone), len(days), usual, days[-1], due,
                             (period.last - due).days, written))  # fmt: skip
        yield []
    yield sorted(rows, key=lambda row: (-row[2], row[6], row[0]))


RECALL = ReportKind(
    "recall",
    word("Customers to call back"),
    "see people",
    (
        Column(word("Name")),
        Column(word("Phone")),
        Column(word("Days here"), COUNT),
        Column(word("Comes after days"), COUNT),
        Column(word("Last here"), DAY),
        Column(word("Comes again on"), DAY),
        Column(word("Days late"), COUNT),
        Column(word("May write to"), WORD),
    ),
    _recalls,
    is_now=True,
    least=STORE,
)


# --- new and lost

# So many times his interval late, and a client is lost.
_LOST = 2


def _clients(period: Period, scope: Scope) -> Iterator[Rows]:
    months: dict[str, list[int]] = {}
    for page in visits():
        for days in page.values():
            _count_client(months, days, period)
        yield []
    rows = []
    for month, (came, new, again, lost) in sorted(months.items()):
        rows.append((month, came, new, again, lost))
    yield rows


def _count_client(months: dict[str, list[int]], days: Sequence[date], period: Period) -> None:
    for month in dict.fromkeys(day.isoformat()[:7] for day in days if day <= period.last):
        if period.first.isoformat()[:7] <= month:
            kept = months.setdefault(month, [0, 0, 0, 0])
            is_new = days[0].isoformat()[:7] == month
            kept[0] += 1
            kept[1 if is_new else 2] += 1
    gone = days[-1] + timedelta(days=_LOST * interval_of(days))
    if period.first <= gone < period.last:
        months.setdefault(gone.isoformat()[:7], [0, 0, 0, 0])[3] += 1


CLIENTS = ReportKind(
    "clients",
    word("New and lost customers"),
    "see takings",
    (
        Column(word("Month")),
        Column(word("Customers"), COUNT),
        Column(word("New customers"), COUNT, is_summed=True),
        Column(word("Came again"), COUNT, is_summed=True),
        Column(word("Lost customers"), COUNT, is_summed=True),
    ),
    _clients,
    least=STORE,
)


# --- taken and earned

_PAID = Statement(
    'SELECT d."kind", t."kind", sum(p."amount") FROM "document" d '
    'JOIN "payment" p ON p."document_id" = d."key" JOIN "tender" t ON t."key" = p."tender_id" '
    'WHERE d."day" = ? GROUP BY d."kind", t."kind"'
)
_FOR_CARDS = (CARD_SALE, CARD_BACK, VOUCHER_SALE, LOT_BACK)


def _is_money(tender: str) -> bool:
    """Whether a way to pay brings money now: nothing paid ahead, owed, or given on top."""
    kind = kind_named(tender)
    return tender not in KINDS and FOLIO not in kind.needs and not kind.is_on_top


def _taken(period: Period, scope: Scope) -> Iterator[Rows]:
    owed = owed_before(period.iso[0])
    bills = BILLS.strip("()").replace("'", "").split(", ")
    for (day,) in DAYS.rows(*period.iso):
        taken, cards = 0, 0
        for kind, tender, amount in _PAID.rows(day):
            if _is_money(tender):
                taken += int(amount) if kind in bills else 0
                cards += int(amount) if kind in _FOR_CARDS else 0
        earned, parts = earned_on(day), owed_moves(day)
        came, back, used, refunded, over = parts
        after = owed + sum(parts)
        # What is looked for each evening stands first.
        figures = [taken, cards, earned, after, came, used, owed, back, refunded, over]
        owed = after
        if any(figures):
            yield [(date.fromisoformat(day), *map(stored, figures))]


TAKEN_AND_EARNED = ReportKind(
    "taken-and-earned",
    word("Taken and earned"),
    "see takings",
    (
        Column(word("Day"), DAY),
        Column(word("Taken for bills"), MONEY, is_summed=True),
        Column(word("Taken for cards"), MONEY, is_summed=True),
        Column(word("Earned"), MONEY, is_summed=True),
        Column(word("Still owed"), MONEY),
        Column(word("Sold"), MONEY, is_summed=True),
        Column(word("Used"), MONEY, is_summed=True),
        Column(word("Owed before"), MONEY),
        Column(word("Came back"), MONEY, is_summed=True),
        Column(word("Refunded"), MONEY, is_summed=True),
        Column(word("Ran out"), MONEY, is_summed=True),
    ),
    _taken,
    least=STORE,
)
