"""Reports of the salon: what each of the staff did and earned, and which services were done."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from models.base import clock
from models.base.exact import divide
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.words import word
from models.ledger.kinds import label
from models.ledger.store_card import local
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    QUANTITY,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.reports.takings_lists import DAYS
from models.salon.commission import EARNED_WORDS, GOODWILL
from models.salon.commission_rules import BASE_WORDS, CARD, WORK
from models.salon.names import TIPS_PAID
from models.selling.charges import STYLIST
from models.trust.scopes import Narrowed, Scope

# Everybody sees his own; whose else is in the scope of his role.
RIGHT = "see commission"
_WHOLE = 1_000_000

_ENTRIES = Narrowed(
    'SELECT d."day", d."at", d."kind", d."register", d."number", c."name", '
    'coalesce(l."name", d."note"), c."grade", c."is_asked", c."quantity", c."event", c."is_kept", '
    'c."basis", c."base", c."share", c."rate", c."each", c."amount" '
    'FROM "document" d JOIN "commission_entry" c ON c."document_id" = d."key" '
    'LEFT JOIN "charge_line" l ON l."document_id" = d."key" AND l."line" = c."of_line" '
    'WHERE d."day" = ?{scope} ORDER BY c."name", d."at", d."number", c."line"',
    'c."user"',
)


def _percent(millionths: int) -> str:
    return f"{Rate(millionths).percent_text}%"


def _entry(row: tuple[Any, ...]) -> tuple[Any, ...]:
    day, at, kind, register, number, name, item, grade, asked, quantity, event, kept, *more = row
    basis, (base, share, rate, each, amount) = more[0], map(int, more[1:])
    of_work = BASE_WORDS[basis] if event == WORK else EARNED_WORDS[event]
    return (
        name, date.fromisoformat(day), local(clock.from_micros(at)).strftime("%H:%M"),
        label(kind, register, number), item, grade, word("by name") if asked else word("turn"),
        Quantity(int(quantity)), _percent(share), GOODWILL if kept else of_work, stored(base),
        "" if each else _percent(rate), stored(each) if each else None, stored(amount),
    )  # fmt: skip


def _entries(period: Period, scope: Scope) -> Iterator[Rows]:
    for (day,) in DAYS.rows(*period.iso):
        yield [_entry(row) for row in _ENTRIES.rows(scope, (day,))]


COMMISSION = ReportKind(
    "staff-commission",
    word("Commission, line by line"),
    RIGHT,
    (
        Column(word("Stylist")),
        Column(word("Day"), DAY),
        Column(word("Time")),
        Column(word("Bill")),
        Column(word("Item")),
        Column(word("Grade")),
        Column(word("Asked or turn"), WORD),
        Column(word("Quantity"), QUANTITY),
        Column(word("Share of it")),
        Column(word("Taken of"), WORD),
        Column(word("Base"), MONEY),
        Column(word("Rate")),
        Column(word("For each"), MONEY),
        Column(word("Commission"), MONEY, is_summed=True),
    ),
    _entries,
)

# A line is shared out as its commission is: in the order of those who did it, the last takes the
# rest. {scope}: whose work a person sees.
_WORK = Narrowed(
    'SELECT s."user", s."name", s."is_asked", l."quantity", l."amount" - l."share", s."share", '
    'coalesce((SELECT sum(b."share") FROM "charge_staff" b WHERE b."document_id" = d."key" '
    'AND b."of_line" = s."of_line" AND b."role" = s."role" AND b."line" < s."line"), 0) '
    'FROM "document" d JOIN "charge_staff" s ON s."document_id" = d."key" '
    'JOIN "charge_line" l ON l."document_id" = d."key" AND l."line" = s."of_line" '
    f'WHERE d."day" = ? AND s."role" = \'{STYLIST}\'{{scope}}',
    's."user"',
)
# Cards that somebody sold, what he earned, what of it was taken back, and what the house bears.
_EARNED = Narrowed(
    'SELECT c."user", min(c."name"), '
    f'sum(CASE WHEN c."event" = \'{CARD}\' AND NOT c."is_kept" THEN c."base" ELSE 0 END), '
    'sum(c."amount"), '
    'sum(CASE WHEN c."of_document" IS NULL OR c."is_kept" THEN 0 ELSE -c."amount" END), '
    'sum(CASE WHEN c."is_kept" THEN c."amount" ELSE 0 END) '
    'FROM "document" d JOIN "commission_entry" c ON c."document_id" = d."key" '
    'WHERE d."day" = ?{scope} GROUP BY c."user"',
    'c."user"',
)


def _people(period: Period, scope: Scope) -> Iterator[Rows]:
    # Of each: lines, asked for, brought, cards sold, earned, taken back, borne, tips.
    names, sums = dict[int, str](), dict[int, list[int]]()

    def of(user: int, name: str) -> list[int]:
        names[user] = name
        return sums.setdefault(user, [0] * 8)

    for (day,) in DAYS.rows(*period.iso):
        for user, name, got, _ in _TIPS.rows(scope, (TIPS_PAID, TIPS_PAID, day)):
            of(user, name)[7] += int(got)
        for user, name, asked, quantity, amount, share, before in _WORK.rows(scope, (day,)):
            kept, once = of(user, name), 1 if int(quantity) > 0 else -1
            kept[0] += once
            kept[1] += once if asked else 0
            kept[2] += _part(int(amount), int(before), int(share))
        for user, name, *figures in _EARNED.rows(scope, (day,)):
            kept = of(user, name)
            kept[3:7] = [had + int(more) for had, more in zip(kept[3:7], figures, strict=True)]
        yield []
    yield [
        (names[user], lines, asked, *map(stored, money))
        for user, (lines, asked, *money) in sorted(
            sums.items(), key=lambda one: (-one[1][2], names[one[0]])
        )
    ]


def _part(amount: int, before: int, share: int) -> int:
    return divide(amount * (before + share), _WHOLE) - divide(amount * before, _WHOLE)


STYLISTS = ReportKind(
    "stylists",
    word("Work of the stylists"),
    RIGHT,
    (
        Column(word("Stylist")),
        Column(word("Services"), COUNT),
        Column(word("Requested"), COUNT),
        Column(word("Brought"), MONEY, is_summed=True),
        Column(word("Cards sold"), MONEY, is_summed=True),
        Column(word("Commission"), MONEY, is_summed=True),
        Column(word("Commission taken back"), MONEY, is_summed=True),
        Column(word("Goodwill"), MONEY, is_summed=True),
        Column(word("Tips"), MONEY, is_summed=True),
    ),
    _people,
)


# --- what services bring, and cost

_SERVICES = Narrowed(
    'SELECT l."goods", min(l."name"), sum(CASE WHEN l."quantity" < 0 THEN -1 ELSE 1 END), '
    'sum(CASE WHEN EXISTS (SELECT 1 FROM "charge_staff" s WHERE s."document_id" = d."key" '
    'AND s."of_line" = l."line" AND s."is_asked") THEN CASE WHEN l."quantity" < 0 THEN -1 ELSE 1 '
    'END ELSE 0 END), sum(l."net"), sum(l."cost"), '
    'coalesce(sum((SELECT sum(c."amount") FROM "commission_entry" c '
    'WHERE c."document_id" = d."key" AND c."of_line" = l."line")), 0) '
    'FROM "document" d JOIN "charge_line" l ON l."document_id" = d."key" '
    'JOIN "salon_service" v ON v."key" = l."goods" WHERE d."day" = ?{scope} GROUP BY l."goods"',
    'd."user"',
)


def _services(period: Period, scope: Scope) -> Iterator[Rows]:
    names, sums = dict[int, str](), dict[int, list[int]]()
    for (day,) in DAYS.rows(*period.iso):
        for goods, name, *figures in _SERVICES.rows(scope, (day,)):
            names[goods] = name
            kept = sums.setdefault(goods, [0] * len(figures))
            sums[goods] = [had + int(more) for had, more in zip(kept, figures, strict=True)]
        yield []
    rows = []
    for goods, (done, asked, net, cost, earned) in sums.items():
        share = f"{100 * asked // done}%" if done > 0 else ""
        left = net - cost - earned
        rows.append((names[goods], done, asked, share, *map(stored, (net, cost, earned, left))))
    yield sorted(rows, key=lambda row: (-row[4].minor, row[0]))


SERVICES = ReportKind(
    "salon-services",
    word("What services bring"),
    "see takings",
    (
        Column(word("Service done")),
        Column(word("Times done"), COUNT, is_summed=True),
        Column(word("Requested"), COUNT, is_summed=True),
        Column(word("Asked rate")),
        Column(word("Brought, without tax"), MONEY, is_summed=True),
        Column(word("Goods used"), MONEY, is_summed=True),
        Column(word("Commission"), MONEY, is_summed=True),
        Column(word("Left after costs"), MONEY, is_summed=True),
    ),
    _services,
)


# --- tips

# What came for each, and what was paid out to him.
_TIPS = Narrowed(
    'SELECT m."user", min(m."name"), '
    'coalesce(sum(CASE WHEN d."kind" <> ? THEN m."amount" ELSE 0 END), 0), '
    'coalesce(-sum(CASE WHEN d."kind" = ? THEN m."amount" ELSE 0 END), 0) '
    'FROM "document" d JOIN "tip_move" m ON m."document_id" = d."key" '
    'WHERE d."day" = ?{scope} GROUP BY m."user"',
    'm."user"',
)
_LEFT = Narrowed(
    'SELECT m."user", min(m."name"), sum(m."amount") FROM "tip_move" m '
    'JOIN "document" d ON d."key" = m."document_id" WHERE d."day" <= ?{scope} GROUP BY m."user"',
    'm."user"',
)


def _tips(period: Period, scope: Scope) -> Iterator[Rows]:
    sums: dict[int, list[int]] = {}
    for (day,) in DAYS.rows(*period.iso):
        for user, _, got, paid in _TIPS.rows(scope, (TIPS_PAID, TIPS_PAID, day)):
            kept = sums.setdefault(int(user), [0, 0])
            kept[0] += int(got)
            kept[1] += int(paid)
        yield []
    rows = []
    for user, name, left in _LEFT.rows(scope, (period.iso[1],)):
        got, paid = sums.get(int(user), (0, 0))
        if got or paid or left:
            before = int(left) - got + paid
            rows.append((name, *map(stored, (before, got, paid, left))))
    yield sorted(rows, key=lambda row: row[0])


TIPS = ReportKind(
    "tips",
    word("Tips of the staff"),
    RIGHT,
    (
        Column(word("Stylist")),
        Column(word("Owed before"), MONEY, is_summed=True),
        Column(word("Tips"), MONEY, is_summed=True),
        Column(word("Paid out"), MONEY, is_summed=True),
        Column(word("Still owed"), MONEY, is_summed=True),
    ),
    _tips,
)
