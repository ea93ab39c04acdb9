"""What suppliers are owed and when (应付到期), and what they were paid (付款登记)."""

from __future__ import annotations

from collections import Counter
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
    """What suppliers are still owed, item by item, the first that is due first; and below zero what
    went back to them, or was paid ahead, and settles nothing yet: that may be taken off today.
    """
    folios = Folio.select().where(
        Folio.account == PAYABLE, Folio.balance != Money(0, store_currency())
    )
    found = [(folio, item) for folio in folios for item in items_of(folio) if item.left]
    return sorted(found, key=lambda one: (_day_of(one[1]), one[0].name, one[1].day))


def _day_of(item: Item) -> date:
    return item.due if item.is_charge else item.day


def due_soon(day: date) -> tuple[int, Money]:
    """How many debts to suppliers are due on a day or within three days, and what they come to less
    what each of these suppliers owes us; what is disputed waits.
    """
    sums, counts = Counter[int](), Counter[int]()
    for folio, item in to_pay():
        if not item.is_charge:
            sums[folio.key] += item.left.minor
        elif item.due <= day + AHEAD and not item.is_disputed:
            sums[folio.key] += item.left.minor
            counts[folio.key] += 1
    owed = {folio: count for folio, count in counts.items() if sums[folio] > 0}
    return sum(owed.values()), Money(sum(sums[folio] for folio in owed), store_currency())


def _due(period: Period, scope: Scope) -> Iterator[Rows]:
    today, found = open_day(store_number()), to_pay()
    for at in range(0, len(found), PAGE):
        yield [
            (
                _day_of(item), folio.name, item.label, item.note, item.day, item.amount, item.left,
                (max((today - item.due).days, 0) or None) if item.is_charge else None, item.reason,
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
