"""What a stocktake comes to: counted against the books, and what nobody counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import query, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.basics import below
from models.goods.goods import full_name
from models.stock.counts import CountedLine, Stocktake, load_zone, tolerated_value, zones_of
from models.stock.stock import ON_FLOOR, SHOP_FLOOR, all_lying_at, stocks_of

_NONE = Quantity(0)


@dataclass(frozen=True, slots=True)
class CountedItem:
    """One item of a stocktake, over all zones; `counted` is None where nobody counted it. `book` is
    what should have been there when it was counted, `worth` what all of that is worth.
    """

    goods: int
    code: str
    name: str
    unit: str
    counted: Quantity | None
    book: Quantity
    value: Money
    worth: Money
    at: datetime | None = None
    user: int | None = None
    zones: str = ""
    turns: int = 0
    needs_second: bool = False

    @property
    def difference(self) -> Quantity:
        """Above zero there is more than the books say."""
        return _NONE if self.counted is None else self.counted - self.book


# A line with its zone and its turn.
_Told = tuple[str, int, CountedLine]
_NAMES = (
    'SELECT g."key", g."code", g."name", g."spec", u."name" FROM "goods" g '
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" WHERE g."key" IN (...)'
)


def review(take: Stocktake) -> list[CountedItem]:
    """What was counted against the books, and what was not; by code."""
    lines = _latest(take.key)
    keys = sorted({*lines, *_expected(take)})
    stocks, here = stocks_of(keys), all_lying_at(keys, take.location)
    found = []
    for goods, code, name, spec, unit in rows_in(_NAMES, keys):
        named, each = (goods, code, full_name(name, spec), unit or ""), stocks[goods].average
        if some := lines.get(goods):
            found.append(_counted(take, named, some, each))
        else:
            found.append(_uncounted(named, Quantity(here[goods]), each))
    return sorted(found, key=lambda one: one.code)


def _latest(take: int) -> dict[int, list[_Told]]:
    """The lines of each item: those of a second count, where there is one."""
    found: dict[int, list[_Told]] = {}
    for draft in zones_of(take):
        zone = load_zone(draft)
        for line in zone.lines:
            found.setdefault(line.goods, []).append((zone.name, zone.turn, line))
    for goods, some in found.items():
        last = max(turn for _, turn, _ in some)
        found[goods] = [one for one in some if one[1] == last]
    return found


def _expected(take: Stocktake) -> list[int]:
    """The items that have a stock there."""
    within, here = "", ON_FLOOR
    if take.category is not None:
        marks = ", ".join(str(int(key)) for key in below(take.category))
        within = f' AND g."category_id" IN ({marks})'
    if take.location != SHOP_FLOOR:
        here = _ELSEWHERE.format(int(take.location))
    return [int(goods) for (goods,) in query(_THERE.format(here=here, within=within))]


_THERE = (
    'SELECT g."key" FROM "goods" g JOIN "stock" s ON s."goods" = g."key" '
    'WHERE g."is_stocked" AND g."is_active" AND {here} <> 0{within}'
)
_ELSEWHERE = (
    'coalesce((SELECT e."quantity" FROM "elsewhere" e '
    'WHERE e."goods" = g."key" AND e."location" = {}), 0)'
)


def _uncounted(named: tuple[Any, ...], book: Quantity, each: UnitCost) -> CountedItem:
    goods, code, name, unit = named
    zero = Money.zero(store_currency())
    return CountedItem(goods, code, name, unit, None, book, zero, each.times(book))


def _counted(
    take: Stocktake, named: tuple[Any, ...], some: list[_Told], each: UnitCost
) -> CountedItem:
    """The last look decides what should be there, and what customers had in their baskets then."""
    last = max((line for _, _, line in some), key=lambda line: line.at)
    pieces = sum(line.quantity.thousandths for _, _, line in some)
    counted, turn = Quantity(pieces) + last.aside, some[0][1]
    difference = counted - last.book
    value = each.times(difference)
    # Sold between two zones: nobody knows from which of them.
    was_sold = bool(difference) and len({line.book for _, _, line in some}) > 1
    tolerated = Money(tolerated_value.value(), value.currency)
    is_far = was_sold or is_beyond(last.book, counted, value, most=take.tolerance, worth=tolerated)
    goods, code, name, unit = named
    return CountedItem(
        goods, code, name, unit, counted, last.book, value, each.times(last.book), last.at,
        last.user, ", ".join(sorted({zone for zone, _, _ in some})), turn, is_far and turn == 1,
    )  # fmt: skip


def is_beyond(book: Quantity, counted: Quantity, value: Money, *, most: Rate, worth: Money) -> bool:
    """Is it so far off that somebody must look again: by its part of the book, or by its money?"""
    difference = abs(counted - book)
    if not difference:
        return False
    share = difference.thousandths * 1_000_000 > most.millionths * abs(book).thousandths
    return share or abs(value) > worth
