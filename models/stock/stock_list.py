"""Stock query (库存查询): what lies where, by text, category, place; what is short or over."""

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
from models.stock.stock import (
    DEFECTIVE,
    ON_FLOOR,
    SHOP_FLOOR,
    Location,
    arrives_at,
    values_at,
)

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
    shelf: str = ""

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
    'AND g."code" > ?{category}{bound} ORDER BY g."code" LIMIT ?'
)
# What is there of an item "g": in the store, on the shop floor, in another place.
_WHOLE = '(SELECT s."quantity" FROM "stock" s WHERE s."goods" = g."key")'
_ON_FLOOR = f'(SELECT {ON_FLOOR} FROM "stock" s WHERE s."goods" = g."key")'
_AT = '(SELECT e."quantity" FROM "elsewhere" e WHERE e."goods" = g."key" AND e."location" = {})'
# Goods below their least, or above their most.
SHORT, OVER = "short", "over"
_BOUNDS = {
    SHORT: ' AND g."min_stock" > coalesce({here}, 0)',
    OVER: ' AND g."max_stock" < coalesce({here}, 0)',
}


def stock_list(
    text: str = "",
    *,
    category: int | None = None,
    location: int | None = None,
    only: str = "",
    after: str = "",
    limit: int = PAGE,
) -> list[StockLine]:
    """Goods with stock, by code; the next page is `after` the last code. With a text: what a search
    gives, best first, on one page. `category` takes in those under it; no `location` means all;
    `only` what runs SHORT, or is OVER.
    """
    within = below(category) if category is not None else None
    if text.strip():
        keys = [found.goods for found in search_goods(text, _MOST_FOUND)]
    else:
        keys = _page(within, location, only=only, after=after, limit=limit)
    lines = _lines(keys, location)
    if text.strip():
        lines = [line for line in lines if within is None or line.category in within]
        lines = [line for line in lines if not only or _is(line, only)][:limit]
    return lines


def _is(line: StockLine, only: str) -> bool:
    return line.is_short if only == SHORT else line.is_over


def _page(
    within: Sequence[int] | None, location: int | None, *, only: str, after: str, limit: int
) -> list[int]:
    here = _WHOLE
    if location is not None:
        here = _ON_FLOOR if location == SHOP_FLOOR else _AT.format(int(location))
    marks = ", ".join(str(int(key)) for key in within or ())
    sql = _KEYS.format(
        category=f' AND g."category_id" IN ({marks})' if within is not None else "",
        bound=_BOUNDS[only].format(here=here) if only else "",
    )
    return [row[0] for row in Statement(sql).rows(after, limit)]


def _lines(keys: Sequence[int], location: int | None) -> list[StockLine]:
    money = store_currency()
    found: dict[int, StockLine] = {}
    for goods, code, name, spec, unit, category, shelf, quantity, value, *bounds in _rows(
        keys, location
    ):
        least, most = (None if bound is None else Quantity(int(bound)) for bound in bounds)
        found[goods] = StockLine(
            goods, code, name, spec, unit or "", category, Quantity(quantity), Money(value, money),
            least, most, shelf,
        )  # fmt: skip
    return [found[key] for key in keys if key in found]


def _rows(keys: Sequence[int], location: int | None) -> list[tuple[Any, ...]]:
    here = values_at(keys, location)
    return [
        (*row[:7], *here.get(row[0], (0, 0)), *row[7:9]) for row in rows_in(_GOODS, keys) if row[9]
    ]


def places_to_count() -> dict[int, str]:
    """Where goods may lie whatever the books say: where some do, where deliveries go, and what the
    store made itself and uses; with their names.
    """
    found, door = used_places(), arrives_at()
    rows = Location.select().where(Location.is_active).order_by(Location.number)
    own = {row.number: row.name for row in rows if row.number > DEFECTIVE or row.number == door}
    return dict(sorted((found | own).items()))


def used_places() -> dict[int, str]:
    """The shop floor and every other place where something lies, with their names."""
    names = {row.number: row.name for row in Location.select().order_by(Location.number)}
    there = {number for (number,) in _SOMETHING.rows()}
    return {n: name for n, name in names.items() if n == SHOP_FLOOR or n in there}


_SOMETHING = Statement('SELECT DISTINCT "location" FROM "elsewhere" WHERE "quantity" <> 0')
_GOODS = (
    'SELECT g."key", g."code", g."name", g."spec", u."name", g."category_id", g."bin", '
    'g."min_stock", g."max_stock", g."is_stocked" FROM "goods" g '
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" WHERE g."key" IN (...)'
)


def count_over() -> int:
    """Of how many goods there is more than their most, in the whole store."""
    return int(_COUNT_OVER.rows()[0][0])


_COUNT_OVER = Statement(
    'SELECT count(*) FROM "goods" g WHERE g."is_stocked" AND g."is_active" '
    'AND g."max_stock" IS NOT NULL' + _BOUNDS[OVER].format(here=_WHOLE)
)


def short_goods() -> set[int]:
    """The goods of which there is less than their least, in the whole store."""
    return {int(key) for (key,) in _SHORT.rows()}


_SHORT = Statement(
    'SELECT g."key" FROM "goods" g WHERE g."is_stocked" AND g."is_active" '
    'AND g."min_stock" IS NOT NULL' + _BOUNDS[SHORT].format(here=_WHOLE)
)
