"""Stock query (库存查询): what lies where, by text, category, place, and what runs short."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import Statement, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.basics import below
from models.goods.search import search_goods
from models.stock.stock import ON_FLOOR, SHOP_FLOOR, values_at

PAGE = 100
# A typed text means at most so many goods.
_MOST_FOUND = 500


@dataclass(frozen=True, slots=True)
class StockLine:
    """One item in one place, or in all of them. `value` and `average` need the right "see cost"."""

    goods: int
    code: str
    name: str
    spec: str
    unit: str
    category: int | None
    quantity: Quantity
    value: Money
    min_stock: Quantity | None
    max_stock: Quantity | None

    @property
    def average(self) -> UnitCost:
        """What one cost, on average."""
        if not self.quantity:
            return UnitCost(0, self.value.currency)
        return UnitCost.each(self.value, self.quantity)

    @property
    def is_short(self) -> bool:
        return self.min_stock is not None and self.quantity < self.min_stock

    @property
    def is_over(self) -> bool:
        return self.max_stock is not None and self.quantity > self.max_stock


_KEYS = (
    'SELECT g."key", g."code" FROM "goods" g WHERE g."is_stocked" AND g."is_active" '
    'AND g."code" > ?{category}{short} ORDER BY g."code" LIMIT ?'
)
# What is there of an item "g": in the store, on the shop floor, in another place.
_WHOLE = '(SELECT s."quantity" FROM "stock" s WHERE s."goods" = g."key")'
_ON_FLOOR = f'(SELECT {ON_FLOOR} FROM "stock" s WHERE s."goods" = g."key")'
_AT = '(SELECT e."quantity" FROM "elsewhere" e WHERE e."goods" = g."key" AND e."location" = {})'
_IS_SHORT = ' AND g."min_stock" > coalesce({here}, 0)'


def stock_list(
    text: str = "",
    *,
    category: int | None = None,
    location: int | None = None,
    below_min: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> list[StockLine]:
    """Goods with stock, by code; the next page is `after` the last code. With a text: what a search
    gives, best first, on one page. `category` takes in those under it; no `location` means all.
    """
    within = below(category) if category is not None else None
    if text.strip():
        keys = [found.goods for found in search_goods(text, _MOST_FOUND)]
    else:
        keys = _page(within, location, below_min=below_min, after=after, limit=limit)
    lines = _lines(keys, location)
    if text.strip():
        lines = [line for line in lines if within is None or line.category in within]
        lines = [line for line in lines if line.is_short or not below_min][:limit]
    return lines


def _page(
    within: Sequence[int] | None, location: int | None, *, below_min: bool, after: str, limit: int
) -> list[int]:
    here = _WHOLE
    if location is not None:
        here = _ON_FLOOR if location == SHOP_FLOOR else _AT.format(int(location))
    marks = ", ".join(str(int(key)) for key in within or ())
    sql = _KEYS.format(
        category=f' AND g."category_id" IN ({marks})' if within is not None else "",
        short=_IS_SHORT.format(here=here) if below_min else "",
    )
    return [row[0] for row in Statement(sql).rows(after, limit)]


def _lines(keys: Sequence[int], location: int | None) -> list[StockLine]:
    money = store_currency()
    found: dict[int, StockLine] = {}
    for goods, code, name, spec, unit, category, quantity, value, *bounds in _rows(keys, location):
        least, most = (None if bound is None else Quantity(int(bound)) for bound in bounds)
        found[goods] = StockLine(
            goods, code, name, spec, unit or "", category, Quantity(quantity), Money(value, money),
            least, most,
        )  # fmt: skip
    return [found[key] for key in keys if key in found]


def _rows(keys: Sequence[int], location: int | None) -> list[tuple[Any, ...]]:
    here = values_at(keys, location)
    return [
        (*row[:6], *here.get(row[0], (0, 0)), *row[6:8]) for row in rows_in(_GOODS, keys) if row[8]
    ]


_GOODS = (
    'SELECT g."key", g."code", g."name", g."spec", u."name", g."category_id", g."min_stock", '
    'g."max_stock", g."is_stocked" FROM "goods" g LEFT JOIN "unit" u ON u."key" = g."unit_id" '
    'WHERE g."key" IN (...)'
)
