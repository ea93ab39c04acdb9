"""What was bought: lines of deliveries, suppliers with how they deliver, open orders, bills."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.words import word
from models.buying.bills import OPEN_LINES
from models.buying.orders import COMING, STATE_WORDS
from models.goods.goods import full_name
from models.ledger.kinds import label
from models.reports.report import (
    COST,
    COUNT,
    DAY,
    MONEY,
    QUANTITY,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.trust.scopes import STORE, Narrowed, Scope

_SEE = "see purchases"
_STATES = ", ".join(f"'{state}'" for state in COMING)

_CAME = Narrowed(
    'SELECT d."day", d."kind", d."register", d."number", f."name", l."code", l."name", '
    'l."quantity", l."rejected", l."price", l."pack", l."net", l."tax", l."freight" '
    'FROM "document" d JOIN "receipt" r ON r."document_id" = d."key" '
    'JOIN "receipt_line" l ON l."document_id" = d."key" JOIN "folio" f ON f."key" = r."supplier" '
    'WHERE d."day" BETWEEN ? AND ?{scope} AND (l."quantity" <> 0 OR l."rejected" <> 0) '
    'ORDER BY d."day", d."key", l."line"',
    'd."user"',
)


def _came(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    for row in _CAME.rows(scope, period.iso):
        day, kind, register, number, supplier, code, name, *figures = row
        quantity, rejected, price, pack, net, tax, freight = map(int, figures)
        each = UnitCost(price * 1000 // pack, money)
        yield [(
            date.fromisoformat(day), label(kind, register, number), supplier, code, name,
            Quantity(quantity), Quantity(rejected), each, Money(net, money), Money(tax, money),
            Money(freight, money),
        )]  # fmt: skip


PURCHASES = ReportKind(
    "purchases", word("Purchases line by line"), _SEE,
    (
        Column(word("Day"), DAY), Column(word("Document")), Column(word("Supplier")),
        Column(word("Code")), Column(word("Item")),
        Column(word("Quantity"), QUANTITY, is_summed=True),
        Column(word("Rejected"), QUANTITY, is_summed=True), Column(word("Price"), COST),
        Column(word("Net"), MONEY, is_summed=True), Column(word("Tax"), MONEY, is_summed=True),
        Column(word("Freight"), MONEY, is_summed=True),
    ),
    _came,
)  # fmt: skip

# On time: the first delivery of an order on its day or before; short: less than was due.
_SUPPLIERS = Statement(
    'SELECT f."name", count(DISTINCT d."key"), sum(l."net" + l."freight"), '
    'sum(CASE WHEN l."quantity" > 0 THEN l."quantity" ELSE 0 END), '
    'sum(CASE WHEN l."quantity" < 0 THEN -l."quantity" ELSE 0 END), sum(l."rejected"), '
    'sum(CASE WHEN l."due" > l."quantity" THEN l."due" - l."quantity" ELSE 0 END), '
    'sum(coalesce(l."due", 0)), '
    'count(DISTINCT CASE WHEN o."wanted" IS NOT NULL THEN d."key" END), '
    'count(DISTINCT CASE WHEN d."day" <= o."wanted" THEN d."key" END) '
    'FROM "document" d JOIN "receipt" r ON r."document_id" = d."key" '
    'JOIN "receipt_line" l ON l."document_id" = d."key" JOIN "folio" f ON f."key" = r."supplier" '
    'LEFT JOIN "purchase_order" o ON o."key" = r."order" '
    'WHERE d."day" BETWEEN ? AND ? GROUP BY f."key", f."name" ORDER BY 3 DESC, f."name"'
)


def per_cent(part: int, whole: int) -> str:
    """A part of a whole in per cent; empty where there is no whole."""
    return f"{100 * part / whole:.0f}%" if whole else ""


def _suppliers(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    for name, *figures in _SUPPLIERS.rows(*period.iso):
        documents, net, came, back, rejected, short, due, timed, on_time = map(int, figures)
        yield [(
            name, documents, Money(net, money), Quantity(came), Quantity(back),
            Quantity(rejected), per_cent(rejected, came + rejected), per_cent(short, due),
            per_cent(on_time, timed),
        )]  # fmt: skip


BY_SUPPLIER = ReportKind(
    "purchases-by-supplier", word("Purchases by supplier"), _SEE,
    (
        Column(word("Supplier")), Column(word("Deliveries"), COUNT, is_summed=True),
        Column(word("Net"), MONEY, is_summed=True),
        Column(word("Taken in"), QUANTITY, is_summed=True),
        Column(word("Sent back"), QUANTITY, is_summed=True),
        Column(word("Rejected"), QUANTITY, is_summed=True), Column(word("Rejected, share")),
        Column(word("Short, share")), Column(word("On time, share")),
    ),
    _suppliers,
    least=STORE,
)  # fmt: skip

_OPEN = Statement(
    'SELECT o."number", f."name", o."state", o."day", o."wanted", g."name", g."spec", '
    'l."packs" * l."pack" / 1000, coalesce((SELECT sum(r."quantity") FROM "receipt_line" r '
    'WHERE r."order" = o."key" AND r."order" IS NOT NULL AND r."goods_id" = l."goods_id"), 0), '
    'l."price", l."pack" '
    'FROM "purchase_order" o JOIN "order_line" l ON l."order_id" = o."key" '
    'JOIN "goods" g ON g."key" = l."goods_id" JOIN "folio" f ON f."key" = o."supplier" '
    f'WHERE o."state" IN ({_STATES}) ORDER BY o."key", l."line"'
)


def _open_orders(period: Period, scope: Scope) -> Iterator[Rows]:
    for number, supplier, state, day, wanted, *named, ordered, came, _price, _pack in _OPEN.rows():
        left = max(int(ordered) - int(came), 0)
        yield [(
            number, supplier, STATE_WORDS[state], date.fromisoformat(day),
            date.fromisoformat(wanted) if wanted else None, full_name(*named),
            Quantity(int(ordered)), Quantity(int(came)), Quantity(left),
        )]  # fmt: skip


OPEN_ORDERS = ReportKind(
    "open-orders", word("Open orders line by line"), _SEE,
    (
        Column(word("Order")), Column(word("Supplier")), Column(word("State"), WORD),
        Column(word("Day"), DAY), Column(word("Wanted by"), DAY), Column(word("Item")),
        Column(word("Ordered"), QUANTITY, is_summed=True),
        Column(word("Came"), QUANTITY, is_summed=True),
        Column(word("Still to come"), QUANTITY, is_summed=True),
    ),
    _open_orders,
    is_now=True,
    least=STORE,
)  # fmt: skip

_UNBILLED = Statement(
    'SELECT d."day", d."kind", d."register", d."number", f."name", r."note", '
    'sum(l."net" + l."freight"), sum(l."tax") '
    + OPEN_LINES.replace(
        "WHERE",
        'JOIN "document" d ON d."key" = r."document_id" '
        'JOIN "folio" f ON f."key" = r."supplier" WHERE',
        1,
    )
    + ' GROUP BY d."key", d."day", d."kind", d."register", d."number", f."name", r."note" '
    'ORDER BY d."day", d."key"'
)


def _not_billed(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    for day, kind, register, number, supplier, note, net, tax in _UNBILLED.rows():
        yield [(
            date.fromisoformat(day), label(kind, register, number), supplier, note,
            Money(int(net), money), Money(int(tax), money),
        )]  # fmt: skip


NOT_BILLED = ReportKind(
    "not-billed", word("Received, not billed"), _SEE,
    (
        Column(word("Day"), DAY), Column(word("Document")), Column(word("Supplier")),
        Column(word("Their number")), Column(word("Net"), MONEY, is_summed=True),
        Column(word("Tax"), MONEY, is_summed=True),
    ),
    _not_billed,
    is_now=True,
    least=STORE,
)  # fmt: skip

# The register of tax that comes back (进项发票): bills by themselves, and those with the goods.
_BILLS = Statement(
    'SELECT d."day", s."dated", s."number", f."name", s."net", s."tax", s."total", d."kind", '
    'd."register", d."number" FROM "document" d '
    'JOIN "supplier_bill" s ON s."document_id" = d."key" '
    'JOIN "folio" f ON f."key" = s."supplier" WHERE d."day" BETWEEN ? AND ? UNION ALL '
    'SELECT d."day", d."day", r."note", f."name", r."net" + r."freight", r."tax", r."total", '
    'd."kind", d."register", d."number" FROM "document" d '
    'JOIN "receipt" r ON r."document_id" = d."key" AND r."is_billed" '
    'JOIN "folio" f ON f."key" = r."supplier" WHERE d."day" BETWEEN ? AND ? '
    "ORDER BY 1, 8, 9, 10"
)


def _bills(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    found = _BILLS.rows(*period.iso, *period.iso)
    for day, dated, number, supplier, net, tax, total, kind, register, of in found:
        yield [(
            date.fromisoformat(day), date.fromisoformat(dated), number, supplier,
            Money(int(net), money), Money(int(tax), money), Money(int(total), money),
            label(kind, register, of),
        )]  # fmt: skip


BILLS = ReportKind(
    "supplier-bills", word("Suppliers' bills"), _SEE,
    (
        Column(word("Day"), DAY), Column(word("Dated"), DAY), Column(word("Their number")),
        Column(word("Supplier")), Column(word("Net"), MONEY, is_summed=True),
        Column(word("Tax"), MONEY, is_summed=True), Column(word("Total"), MONEY, is_summed=True),
        Column(word("Document")),
    ),
    _bills,
    least=STORE,
)  # fmt: skip
