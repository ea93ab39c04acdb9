"""Accounts of customers and suppliers: what is owed by its age, and every item."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.words import word
from models.ledger.accounts import PAYABLE, RECEIVABLE
from models.ledger.debts.dues import ageing
from models.ledger.folio_kinds import KINDS
from models.ledger.kinds import label
from models.reports.report import (
    DAY,
    MONEY,
    PAGE,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.trust.operation import open_day
from models.trust.scopes import STORE, Scope

_AGED = (
    Column(word("Folio")),
    Column(word("Name")),
    Column(word("Balance"), MONEY, is_summed=True),
    Column(word("Not due"), MONEY, is_summed=True),
    *(
        Column(title, MONEY, is_summed=True)
        for title in (
            word("1-30 days"), word("31-60 days"), word("61-90 days"), word("Over 90 days"),
        )
    ),
    Column(word("Not assigned"), MONEY, is_summed=True),
    Column(word("Of this disputed"), MONEY, is_summed=True),
    Column(word("Credit limit"), MONEY),
)  # fmt: skip


def _aged_on(account: int) -> Callable[[Period, Scope], Iterator[Rows]]:
    """The pages of what is owed on the folios of a control account."""

    def pages(period: Period, scope: Scope) -> Iterator[Rows]:
        for aged in ageing(account, open_day(store_number())):
            folio, sums = aged.folio, (aged.total, *aged.buckets, aged.unallocated, aged.disputed)
            yield [(folio.number, folio.name, *sums, folio.limit)]

    return pages


RECEIVABLES = ReportKind(
    "receivables", word("Receivables by age"), "keep accounts", _AGED, _aged_on(RECEIVABLE),
    is_now=True, least=STORE,
)  # fmt: skip
PAYABLES = ReportKind(
    "payables", word("Payables by age"), "keep accounts", _AGED, _aged_on(PAYABLE),
    is_now=True, least=STORE,
)  # fmt: skip

_ITEMS = Statement(
    'SELECT e."document_id", e."line", f."number", f."name", f."kind", d."day", d."kind", '
    'd."register", d."number", d."note", e."amount" '
    'FROM "entry" e JOIN "document" d ON d."key" = e."document_id" '
    'JOIN "folio" f ON f."key" = e."folio" '
    'WHERE f."account" IN (?, ?) AND d."day" >= ? AND d."day" <= ? '
    'AND (e."document_id", e."line") > (?, ?) ORDER BY e."document_id", e."line" LIMIT ?'
)


def _item_pages(period: Period, scope: Scope) -> Iterator[Rows]:
    after, money = (0, 0), store_currency()
    while rows := _ITEMS.rows(RECEIVABLE, PAYABLE, *period.iso, *after, PAGE):
        after = rows[-1][0], rows[-1][1]
        yield [
            (
                number, name, KINDS[kind].title, date.fromisoformat(day),
                label(what, register, drawn), note, Money(int(amount), money),
            )
            for _, _, number, name, kind, day, what, register, drawn, note, amount in rows
        ]  # fmt: skip


ACCOUNT_ITEMS = ReportKind(
    "account-items",
    word("Items of accounts"),
    "keep accounts",
    (
        Column(word("Folio")),
        Column(word("Name")),
        Column(word("Kind"), WORD),
        Column(word("Business day"), DAY),
        Column(word("Document")),
        Column(word("Note")),
        Column(word("Amount"), MONEY, is_summed=True),
    ),
    _item_pages,
    least=STORE,
)

OWED_TO_US, WE_OWE = word("All that is owed to us"), word("All that we owe")
_FOLIOS = Statement(
    'SELECT "key", "number", "name", "kind" FROM "folio" WHERE "account" = ? '
    'AND "number" > ? ORDER BY "number" LIMIT ?'
)
_SUMS = (
    'SELECT e."folio", sum(CASE WHEN d."day" < ? THEN e."amount" ELSE 0 END), '
    'sum(CASE WHEN d."day" >= ? AND e."amount" > 0 THEN e."amount" ELSE 0 END), '
    'sum(CASE WHEN d."day" >= ? AND e."amount" < 0 THEN e."amount" ELSE 0 END) '
    'FROM "entry" e JOIN "document" d ON d."key" = e."document_id" '
    'WHERE d."day" <= ? AND e."folio" IN (...) GROUP BY e."folio"'
)


def _moved(period: Period, scope: Scope) -> Iterator[Rows]:
    """Of each account that moved or owes: what was owed before, what came on it, what was paid.
    What is owed to the store stands first with its sum, then what it owes: the two never add up.
    """
    for account, title in ((RECEIVABLE, OWED_TO_US), (PAYABLE, WE_OWE)):
        sums = [0] * 4
        for page in _moved_on(account, period):
            sums = [n + sum(row[at].minor for row in page) for at, n in enumerate(sums, 3)]
            yield page
        if any(sums):
            yield [("", "", title, *(Money(n, store_currency()) for n in sums))]


def _moved_on(account: int, period: Period) -> Iterator[Rows]:
    """The rows of one control account. What the store owes stands below zero in its books."""
    (first, last), money, after = period.iso, store_currency(), ""
    while rows := _FOLIOS.rows(account, after, PAGE):
        after = rows[-1][1]
        sums = {
            int(folio): tuple(map(int, some))
            for folio, *some in rows_in(
                _SUMS, sorted(row[0] for row in rows), first, first, first, last
            )
        }
        found = []
        for key, number, name, kind in rows:
            before, up, down = sums.get(key, (0, 0, 0))
            if account == PAYABLE:
                before, up, down = -before, -down, -up
            if before or up or down:
                figures = (before, up, -down, before + up + down)
                found.append((number, name, KINDS[kind].title, *(Money(n, money) for n in figures)))
        yield found


ACCOUNTS_MOVED = ReportKind(
    "accounts-moved",
    word("Accounts: owed, charged, paid"),
    "keep accounts",
    (
        Column(word("Folio")),
        Column(word("Name")),
        Column(word("Kind"), WORD),
        Column(word("Opening balance"), MONEY),
        Column(word("Came on it"), MONEY),
        Column(word("Was settled"), MONEY),
        Column(word("Owed now"), MONEY),
    ),
    _moved,
    least=STORE,
)
