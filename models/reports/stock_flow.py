"""How stock moved (库存流水, 存货卡), how fast it turns over (周转), what lay there on a day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.words import word
from models.goods.goods import full_name
from models.ledger.kinds import SALE, label
from models.reports.report import (
    COUNT,
    DAY,
    MONEY,
    PAGE,
    QUANTITY,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.shop.trade import RETURN, VOID
from models.stock.stock_list import stock_list
from models.trust.scopes import STORE, Scope

_MOVES = Statement(
    'SELECT d."day", d."key", d."kind", d."register", d."number", g."code", g."name", g."spec", '
    'p."name", m."quantity", m."value", u."name", m."number", m."goods_id", m."location" '
    'FROM "document" d JOIN "stock_move" m ON m."document_id" = d."key" '
    'JOIN "goods" g ON g."key" = m."goods_id" '
    'LEFT JOIN "location" p ON p."number" = m."location" '
    'LEFT JOIN "user" u ON u."key" = d."user" WHERE d."day" BETWEEN ? AND ? '
    'AND (d."day" > ? OR (d."day" = ? AND (d."key" > ? OR (d."key" = ? AND m."number" > ?)))) '
    'ORDER BY d."day", d."key", m."number" LIMIT ?'
)


# What lay in each place before a day.
_BEFORE = (
    'SELECT m."goods_id", m."location", sum(m."quantity") FROM "stock_move" m '
    'JOIN "document" d ON d."key" = m."document_id" WHERE d."day" < ? AND m."goods_id" IN (...) '
    'GROUP BY m."goods_id", m."location"'
)
# With millions of moves a longer page would hold the database for more than 50 ms.
_FEW = 100


class _Cards:
    """What lies there of each item and place after each move (存货卡): as on a bin card."""

    def __init__(self, first: str) -> None:
        self._first, self._left = first, Counter[tuple[int, int]]()
        self._seen = set[int]()

    def begin(self, goods: Iterable[int]) -> None:
        """Read what lay there before of the items that are new."""
        new = sorted(set(goods) - self._seen)
        self._seen.update(new)
        for key, place, quantity in rows_in(_BEFORE, new, self._first):
            self._left[int(key), int(place)] = int(quantity)

    def after(self, goods: int, place: int, moved: int) -> Quantity:
        """What lies there after one more move."""
        self._left[goods, place] += moved
        return Quantity(self._left[goods, place])


def _flow(period: Period, scope: Scope) -> Iterator[Rows]:
    money, day, key, number = store_currency(), "", 0, 0
    cards = _Cards(period.iso[0])
    while rows := _MOVES.rows(*period.iso, day, day, key, key, number, _FEW):
        day, key, number = str(rows[-1][0]), int(rows[-1][1]), int(rows[-1][12])
        cards.begin(int(row[13]) for row in rows)
        yield [
            (
                date.fromisoformat(str(on)), label(kind, register, of), code, full_name(name, spec),
                place or "", Quantity(int(moved)), cards.after(int(goods), int(at), int(moved)),
                Money(int(value), money), who or "",
            )
            for on, _, kind, register, of, code, name, spec, place, moved, value, who, _, goods, at
            in rows
        ]  # fmt: skip


STOCK_FLOW = ReportKind(
    "stock-flow", word("Stock in and out"), "see cost",
    (
        Column(word("Day"), DAY), Column(word("Document")), Column(word("Code")),
        Column(word("Item")), Column(word("Place")), Column(word("Quantity"), QUANTITY),
        Column(word("Left there"), QUANTITY),
        Column(word("Value"), MONEY, is_summed=True, is_spare=True), Column(word("Who")),
    ),
    _flow,
    least=STORE,
)  # fmt: skip

# What left the stock for customers, and came back from them.
_SOLD = Statement(
    'SELECT m."goods_id", -sum(m."value") FROM "document" d '
    'JOIN "stock_move" m ON m."document_id" = d."key" WHERE d."day" BETWEEN ? AND ? '
    'AND d."kind" IN (?, ?, ?) GROUP BY m."goods_id"'
)


# The month in which each was sold last, whatever the days of the report: what lies dead has none,
# or one long ago.
_LAST_SOLD = Statement(
    'SELECT "goods", max("month") FROM "goods_month" WHERE "quantity" > 0 GROUP BY "goods"'
)


def _turnover(period: Period, scope: Scope) -> Iterator[Rows]:
    sold = {int(goods): int(cost) for goods, cost in _SOLD.rows(*period.iso, SALE, RETURN, VOID)}
    last = {int(goods): str(month) for goods, month in _LAST_SOLD.rows()}
    days, money, after = (period.last - period.first).days + 1, store_currency(), ""
    while lines := stock_list(after=after, limit=PAGE):
        after = lines[-1].code
        yield [
            (
                line.code, full_name(line.name, line.spec), line.quantity, line.value,
                Money(cost := sold.get(line.goods, 0), money),
                line.value.minor * days // cost if cost > 0 and line.value.minor > 0 else None,
                last.get(line.goods, ""),
            )
            for line in lines if line.quantity or sold.get(line.goods)
        ]  # fmt: skip


TURNOVER = ReportKind(
    "turnover", word("Turnover of the stock"), "see cost",
    (
        Column(word("Code")), Column(word("Item")), Column(word("In stock"), QUANTITY),
        Column(word("Value"), MONEY, is_summed=True), Column(word("Cost of sales"), MONEY,
        is_summed=True), Column(word("Days it lasts"), COUNT), Column(word("Last sold in")),
    ),
    _turnover,
)  # fmt: skip

# What lay there at the end of a day: the sum of all moves up to it.
_UP_TO = (
    'SELECT m."goods_id", sum(m."quantity"), sum(m."value") FROM "stock_move" m '
    'JOIN "document" d ON d."key" = m."document_id" WHERE d."day" <= ? AND m."goods_id" IN (...) '
    'GROUP BY m."goods_id"'
)
_GOODS = Statement(
    'SELECT g."key", g."code", g."name", g."spec", u."name" FROM "goods" g '
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" WHERE g."is_stocked" AND g."code" > ? '
    'ORDER BY g."code" LIMIT ?'
)


def _on_day(period: Period, scope: Scope) -> Iterator[Rows]:
    last, money, after = period.iso[1], store_currency(), ""
    while goods := _GOODS.rows(after, _FEW):
        after = goods[-1][1]
        sums = {
            int(key): (int(quantity), int(value))
            for key, quantity, value in rows_in(_UP_TO, [row[0] for row in goods], last)
        }
        yield [
            (
                code, full_name(name, spec), Quantity(sums[key][0]), unit or "",
                Money(sums[key][1], money),
            )
            for key, code, name, spec, unit in goods if any(sums.get(key, ()))
        ]  # fmt: skip


STOCK_ON_DAY = ReportKind(
    "stock-on-day", word("Stock at the end of a day"), "see cost",
    (
        Column(word("Code")), Column(word("Item")), Column(word("In stock"), QUANTITY),
        Column(word("Unit")), Column(word("Value"), MONEY, is_summed=True),
    ),
    _on_day,
    is_of_day=True,
)  # fmt: skip
