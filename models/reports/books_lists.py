"""What the owner and the auditor look at: balances of accounts and of customers, shifts, events."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from models.base.clock import from_micros
from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import Msgid, word
from models.ledger.kinds import z_label
from models.ledger.proving.proof import trial_balance
from models.ledger.store_card import local
from models.ledger.trade import COUNT as COUNTED
from models.reports.report import (
    COUNT,
    DAY,
    INSTANT,
    MONEY,
    NAMES,
    PAGE,
    WORD,
    Column,
    Names,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.reports.takings_lists import DAYS
from models.shop.return_reasons import REASON_WORDS
from models.shop.trade import SALE, VOID
from models.trust.scopes import STORE, Narrowed, Scope


def _trial_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    yield [
        (
            str(line.account), Names(line.name_zh, line.name_en), line.opening, line.debit,
            line.credit, line.closing,
        )
        for line in trial_balance(period.first, period.last)
    ]  # fmt: skip


TRIAL_BALANCE = ReportKind(
    "trial-balance",
    word("Trial balance"),
    "see takings",
    (
        Column(word("Ledger account")),
        Column(word("Name"), NAMES),
        Column(word("Opening"), MONEY, is_summed=True),
        Column(word("Debit"), MONEY, is_summed=True),
        Column(word("Credit"), MONEY, is_summed=True),
        Column(word("Closing"), MONEY, is_summed=True),
    ),
    _trial_pages,
    least=STORE,
)


_SHIFTS = Narrowed(
    'SELECT s."key", s."closed_day", s."day", s."register", s."number", u."name", k."name", '
    's."expected", s."counted", (SELECT max(c."attempt") FROM "cash_count" c '
    'WHERE c."shift_id" = s."key" AND NOT c."is_opening"), s."reason" FROM "shift" s '
    'JOIN "user" u ON u."key" = s."user" '
    'LEFT JOIN "user" k ON k."key" = s."closed_by" AND k."key" <> s."user" '
    'WHERE s."closed_day" >= ? AND s."closed_day" <= ? AND s."key" > ?{scope} '
    'ORDER BY s."key" LIMIT ?',
    's."user"',
    's."closed_by"',
    store='s."store"',
)


def _shift_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    after = 0
    while rows := _SHIFTS.rows(scope, (*period.iso, after), (PAGE,)):
        after = rows[-1][0]
        yield [_shift_row(*row[1:]) for row in rows]


def _shift_row(day: str, begun: str, register: int, number: int, *rest: Any) -> tuple[Any, ...]:
    opener, closer, expected, counted, times, reason = rest
    money = store_currency()
    should, found = Money(int(expected), money), Money(int(counted), money)
    closed, opened = date.fromisoformat(day), date.fromisoformat(begun)
    z = z_label(register, number)
    # What the drawer lacks is not put on the one who only opened it.
    name = f"{opener}, {closer}" if closer else opener
    return closed, z, name, should, found, found - should, times, reason, opened


SHIFTS = ReportKind(
    "shifts",
    word("Closed shifts"),
    "see takings",
    (
        Column(word("Business day"), DAY),
        Column(word("Z number")),
        Column(word("Cashier")),
        Column(word("Expected"), MONEY, is_summed=True),
        Column(word("Counted"), MONEY, is_summed=True),
        Column(word("Over or short"), MONEY, is_summed=True),
        Column(word("Times counted"), COUNT),
        Column(word("Reason")),
        Column(word("Shift begun"), DAY),
    ),
    _shift_pages,
)

_EVENTS = Narrowed(
    'SELECT e."key", e."day", e."at", e."register", u."name", e."kind", e."amount", e."what", '
    'e."reason" FROM "till_event" e JOIN "user" u ON u."key" = e."user" '
    f'WHERE e."day" >= ? AND e."day" <= ? AND e."kind" <> \'{COUNTED}\' '
    'AND e."key" > ?{scope} '
    'ORDER BY e."key" LIMIT ?',
    'e."user"',
    store='e."store"',
)
# Kinds of till events are words of their own.
EVENT_WORDS = {
    "void line": word("line removed"),
    "cancel bill": word("bill cancelled"),
    "no sale": word("drawer opened without a sale"),
    "override price": word("price changed"),
    "reprint": word("printed again"),
    "void sale": word("Sale undone"),
    "return goods": word("Goods returned"),
    "return unslipped": word("Goods returned without a slip"),
}


def _event_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    after, money = 0, store_currency()
    while rows := _EVENTS.rows(scope, (*period.iso, after), (PAGE,)):
        after = rows[-1][0]
        yield [
            (
                date.fromisoformat(day), local(from_micros(int(at))), str(register), name,
                EVENT_WORDS.get(kind, kind), Money(int(amount), money), what, _reason(reason),
            )
            for _, day, at, register, name, kind, amount, what, reason in rows
        ]  # fmt: skip


def _reason(text: str) -> str:
    """A ready reason in the reader's words, another one as it was said."""
    return Msgid(REASON_WORDS[text]) if text in REASON_WORDS else text


TILL_EVENTS = ReportKind(
    "till-events",
    word("Exceptions at the till"),
    "see takings",
    (
        Column(word("Business day"), DAY),
        Column(word("Time"), INSTANT),
        Column(word("Register")),
        Column(word("Cashier")),
        Column(word("Event"), WORD),
        Column(word("Amount"), MONEY),
        Column(word("What")),
        Column(word("Reason")),
    ),
    _event_pages,
)

_BY_CASHIER = Narrowed(
    'SELECT u."name", e."kind", count(*), sum(e."amount") FROM "till_event" e '
    'JOIN "user" u ON u."key" = e."user" '
    f'WHERE e."day" >= ? AND e."day" <= ? AND e."kind" <> \'{COUNTED}\''
    "{scope} "
    'GROUP BY u."name", e."kind" ORDER BY u."name", e."kind"',
    'e."user"',
    store='e."store"',
)


# What was sold, and stands: an undone sale is an event of its own.
_STANDING = (
    f'FROM "document" d JOIN "user" u ON u."key" = d."user" {{join}}WHERE d."day" = ? '
    f'AND d."kind" = \'{SALE}\' AND NOT EXISTS (SELECT 1 FROM "document" v '
    f'WHERE v."reverses_id" = d."key" AND v."kind" = \'{VOID}\') '
)
_BELOW_COST = Narrowed(
    'SELECT u."name", count(*), sum(l."net" + l."tax") '
    + _STANDING.format(join='JOIN "charge_line" l ON l."document_id" = d."key" ')
    + 'AND l."quantity" > 0 AND l."net" < l."cost"{scope} GROUP BY u."name"',
    'd."user"',
)
_BILLS = Narrowed(
    f'SELECT count(*), coalesce(sum(d."total"), 0) {_STANDING.format(join="")}'
    'AND d."total" > 0{scope}',
    'd."user"',
)
_SMALL_BILLS = Narrowed(
    f'SELECT u."name", count(*), sum(d."total") {_STANDING.format(join="")}'
    'AND d."total" > 0 AND d."total" * ? < ?{scope} GROUP BY u."name"',
    'd."user"',
)
# Many small bills of one cashier: perhaps goods went by that nobody rang.
SMALL_PART = 5
BELOW_COST, SMALL = word("sold below cost"), word("bill below a fifth of the average")


def _cashier_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    """What each cashier did beside selling, and of what was sold what is worth a look; what it
    cost is not told.
    """
    sums: dict[tuple[str, str], list[int]] = {}
    for name, kind, *told in _BY_CASHIER.rows(scope, period.iso):
        _add(sums, name, EVENT_WORDS.get(kind, kind), told)
    days = [day for (day,) in DAYS.rows(*period.iso)]
    bills = total = 0
    for day in days:
        yield []
        for name, *told in _BELOW_COST.rows(scope, (day,)):
            _add(sums, name, BELOW_COST, told)
        [(count, amount)] = _BILLS.rows(scope, (day,))
        bills, total = bills + int(count), total + int(amount)
    for day in days:
        yield []
        for name, *told in _SMALL_BILLS.rows(scope, (day, SMALL_PART * bills, total)):
            _add(sums, name, SMALL, told)
    yield [(*key, count, stored(amount)) for key, (count, amount) in sorted(sums.items(), key=_by)]


def _add(sums: dict[tuple[str, str], list[int]], name: str, what: str, told: list[Any]) -> None:
    kept = sums.setdefault((name, what), [0, 0])
    kept[0] += int(told[0])
    kept[1] += int(told[1])


def _by(one: tuple[tuple[str, str], list[int]]) -> tuple[str, bool, str]:
    """By cashier, what is derived from the bills last."""
    (name, what), _ = one
    return name, what in (BELOW_COST, SMALL), what


EXCEPTIONS = ReportKind(
    "exceptions",
    word("Exceptions by cashier"),
    "see takings",
    (
        Column(word("Cashier")),
        Column(word("Event"), WORD),
        Column(word("Times"), COUNT, is_summed=True),
        Column(word("Amount"), MONEY),
    ),
    _cashier_pages,
)

_AUDIT = Narrowed(
    'SELECT a."register", a."seq", a."at", a."day", a."user_name", a."override_name", a."verb", '
    'a."reason", a."detail" FROM "audit" a WHERE (a."register", a."seq") > (?, ?){scope} '
    'ORDER BY a."register", a."seq" LIMIT ?',
    'a."user"',
    store='a."store"',
)


def _audit_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    # By the wall clock and not by the business day: a denial has none. The chain is walked from
    # its beginning, because the clock may have gone back in it.
    after = (0, 0)
    while rows := _AUDIT.rows(scope, after, (PAGE,)):
        after = rows[-1][:2]
        page = ((local(from_micros(int(row[2]))), row) for row in rows)
        yield [
            (f"{register:02d}-{seq:06d}", at, day or "", *named)
            for at, (register, seq, _, day, *named) in page
            if period.first <= at.date() <= period.last
        ]


AUDIT = ReportKind(
    "audit",
    word("Audit log"),
    "read audit",
    (
        Column(word("Number")),
        Column(word("Time"), INSTANT),
        Column(word("Business day")),
        Column(word("Who")),
        Column(word("Approved by")),
        Column(word("What was done")),
        Column(word("Reason")),
        Column(word("Values")),
    ),
    _audit_pages,
)
