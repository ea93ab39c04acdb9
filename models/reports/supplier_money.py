"""What suppliers are owed and when (应付到期), and what they were paid (付款登记)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.ledger.accounts import PAYABLE
from models.ledger.debts.dues import Item, items_of
from models.ledger.folio_kinds import SUPPLIER
from models.ledger.folios import Folio
from models.ledger.kinds import label
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    NAMES,
    PAGE,
    Column,
    Names,
    Period,
    ReportKind,
    Rows,
)
from models.trust.operation import open_day
from models.trust.scopes import STORE, Scope

# So long before its day a debt is spoken of.
AHEAD = timedelta(days=3)


def to_pay() -> list[tuple[Folio, Item]]:
    """What suppliers are still owed, item by item, the first that is due first."""
    folios = Folio.select().where(
        Folio.account == PAYABLE, Folio.balance != Money(0, store_currency())
    )
    found = [
        (folio, item)
        for folio in folios
        for item in items_of(folio)
        if item.is_charge and item.left.minor > 0
    ]
    return sorted(found, key=lambda one: (one[1].due, one[0].name, one[1].day))


def due_soon(day: date) -> tuple[int, Money]:
    """How many debts to suppliers are due on a day or within three days, and what they come to;
    what is disputed waits.
    """
    left = [item.left for _, item in to_pay() if item.due <= day + AHEAD and not item.is_disputed]
    return len(left), Money.total(left, store_currency())


def _due(period: Period, scope: Scope) -> Iterator[Rows]:
    today, found = open_day(store_number()), to_pay()
    for at in range(0, len(found), PAGE):
        yield [
            (
                item.due, folio.name, item.label, item.note, item.day, item.amount, item.left,
                max((today - item.due).days, 0) or None, item.reason,
            )
            for folio, item in found[at : at + PAGE]
        ]  # fmt: skip


PAYABLES_DUE = ReportKind(
    "payables-due", word("To be paid, by day"), "keep accounts",
    (
        Column(word("Due"), DAY), Column(word("Supplier")), Column(word("Document")),
        Column(word("Their number")), Column(word("Day"), DAY), Column(word("Amount"), MONEY),
        Column(word("Left"), MONEY, is_summed=True), Column(word("Days over"), COUNT),
        Column(word("Reason")),
    ),
    _due,
    is_now=True,
    least=STORE,
)  # fmt: skip

_PAID = Statement(
    'SELECT d."day", d."kind", d."register", d."number", f."name", t."name_zh", t."name_en", '
    'p."amount", p."reference", d."note", u."name", d."key", p."line" FROM "document" d '
    'JOIN "payment" p ON p."document_id" = d."key" JOIN "tender" t ON t."key" = p."tender_id" '
    'JOIN "entry" e ON e."document_id" = d."key" AND e."folio" IS NOT NULL '
    'JOIN "folio" f ON f."key" = e."folio" AND f."kind" = ? '
    'LEFT JOIN "user" u ON u."key" = d."user" WHERE d."day" BETWEEN ? AND ? '
    'AND (d."day", d."key", p."line") > (?, ?, ?) ORDER BY d."day", d."key", p."line" LIMIT ?'
)


def _paid(period: Period, scope: Scope) -> Iterator[Rows]:
    money, after = store_currency(), ("", 0, 0)
    while rows := _PAID.rows(SUPPLIER, *period.iso, *after, PAGE):
        after = str(rows[-1][0]), int(rows[-1][11]), int(rows[-1][12])
        yield [
            (
                date.fromisoformat(str(day)), label(kind, register, number), supplier,
                Names(zh, en), Money(-int(amount), money), reference, note, who or "",
            )
            for day, kind, register, number, supplier, zh, en, amount, reference, note, who, *_
            in rows
        ]  # fmt: skip


SUPPLIER_PAYMENTS = ReportKind(
    "supplier-payments", word("Paid to suppliers"), "keep accounts",
    (
        Column(word("Day"), DAY), Column(word("Document")), Column(word("Supplier")),
        Column(word("Tender"), NAMES), Column(word("Amount"), MONEY, is_summed=True),
        Column(word("Reference")), Column(word("Note")), Column(word("Who")),
    ),
    _paid,
    least=STORE,
)  # fmt: skip
