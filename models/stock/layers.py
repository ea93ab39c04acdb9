"""Layers of stock (先进先出): kept beside the stock where the store's goods leave in the order in
which they came. They are made of the moves, and their sum is the stock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from peewee import BigIntegerField, CompositeKey, IntegerField

from models.base.cost import AverageCost
from models.base.database import Row, on_sqlite, store_number
from models.base.fields import MoneyField, QuantityField, store_currency
from models.base.hot import Statement, insert, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.stock.layered import Layer, LayeredCost
from models.trust.settings import setting

AVERAGE, FIFO = METHODS = ("average", "fifo")
Cost = AverageCost | LayeredCost


class StockLayer(Row):
    """What is left of goods that came at once: their turn, the document that brought them (0: they
    lay there when layers began), quantity and value.
    """

    goods = BigIntegerField()
    number = IntegerField()
    source = BigIntegerField()
    quantity = QuantityField()
    value = MoneyField()

    class Meta:
        primary_key = CompositeKey("goods", "store", "number")
        without_rowid = on_sqlite


_READ = (
    'SELECT "goods", "number", "source", "quantity", "value" FROM "stock_layer" '
    'WHERE "store" = ? AND "goods" IN (...) ORDER BY "goods", "number"'
)
_PUT = insert(
    StockLayer,
    "store goods number source quantity value",
    more='ON CONFLICT ("goods", "store", "number") DO UPDATE SET '
    '"quantity" = excluded."quantity", "value" = excluded."value"',
)
_GONE = Statement('DELETE FROM "stock_layer" WHERE "goods" = ? AND "store" = ? AND "number" = ?')
_NO_MORE = Statement('DELETE FROM "stock_layer" WHERE "store" = ?')
_BEGIN = Statement(
    'INSERT INTO "stock_layer" ("store", "goods", "number", "source", "quantity", "value") '
    'SELECT "store", "goods", 1, 0, "quantity", "value" FROM "stock" '
    'WHERE "store" = ? AND "quantity" <> 0'
)


def _follow(method: Any) -> None:
    """What lies there when layers begin is one layer each; when they end, they are given up."""
    _NO_MORE.run(store_number())
    if method == FIFO:
        _BEGIN.run(store_number())


# How goods are valued that leave: at the moving average, or at what the oldest of them cost.
costing = setting("stock.costing", AVERAGE, allowed=METHODS, follow=_follow)


def costs_of(stocks: Mapping[int, AverageCost], source: int) -> dict[int, Cost]:
    """The stock of goods as the store values it, for the moves of the document `source`."""
    if costing.value() != FIFO:
        return dict(stocks)
    money, found = store_currency(), dict[int, list[Layer]]()
    for goods, number, brought, quantity, value in rows_in(_READ, sorted(stocks), store_number()):
        layer = Layer(number, brought, Quantity(int(quantity)), Money(int(value), money))
        found.setdefault(goods, []).append(layer)
    return {
        goods: LayeredCost(tuple(found.get(goods, ())), stock.last, source)
        for goods, stock in stocks.items()
    }


def keep_layers(before: Mapping[int, Cost], now: Mapping[int, Cost], moved: Iterable[int]) -> None:
    """Store what became of the layers of the goods that were moved."""
    put, gone, store = list[tuple[int, ...]](), list[tuple[int, ...]](), store_number()
    for goods in moved:
        old, new = before[goods], now[goods]
        if not isinstance(old, LayeredCost) or not isinstance(new, LayeredCost):
            continue
        there, left = {one.number for one in old.layers}, {one.number for one in new.layers}
        gone += [(goods, store, number) for number in sorted(there - left)]
        put += [
            (store, goods, one.number, one.source, one.quantity.thousandths, one.value.minor)
            for one in new.layers
            if one not in old.layers
        ]
    _GONE.many(gone)
    _PUT.many(put)
