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
from models.stock.counts import (
    CountedLine,
    Stocktake,
    Zone,
    ZoneNotCounted,
    load_zone,
    tolerated_value,
    zone_in_turn,
    zones_of,
)
from models.stock.stock import ON_FLOOR, SHOP_FLOOR, all_lying_at, stocks_of
from models.trust.drafts import Draft
from models.trust.operation import Session

_NONE = Quantity(0)


@dataclass(frozen=True, slots=True)
class CountedItem:
    """One item of a stocktake, over all zones; `counted` is None where nobody counted it. `book` is
    what should have been there when it was counted, `worth` what all of that is worth. `turns` is 2
    when it was counted twice in each of its `zones`; `once` are those where it still was not.
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
    once: frozenset[str] = frozenset()

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


def review(take: Stocktake, *, is_whole: bool = True) -> list[CountedItem]:
    """What was counted against the books, and what was not, where it `is_whole`; by code."""
    lines = _latest(take.key)
    keys = sorted({*lines, *(_expected(take) if is_whole else ())})
    stocks, here = stocks_of(keys), all_lying_at(keys, take.location)
    found = []
    for goods, code, name, spec, unit in rows_in(_NAMES, keys):
        named, each = (goods, code, full_name(name, spec), unit or ""), stocks[goods].average
        if some := lines.get(goods):
            found.append(_counted(take, named, some, each))
        else:
            found.append(_uncounted(named, Quantity(here[goods]), each))
    return sorted(found, key=lambda one: one.code)


def to_count_again(take: Stocktake) -> dict[str, list[CountedItem]]:
    """Zone -> the items that are far off and were counted there once; by zone."""
    found: dict[str, list[CountedItem]] = {}
    for row in review(take, is_whole=False):
        for zone in row.once if row.needs_second else ():
            found.setdefault(zone, []).append(row)
    return dict(sorted(found.items()))


def begin_second(session: Session, take: Stocktake, name: str) -> Zone:
    """Begin the second count of a zone that was counted, or go on with it. Refuses: CountMoved,
    ZoneNotCounted.
    """
    was_begun = any(one.head["zone"] == name and one.head["turn"] > 1 for one in zones_of(take.key))
    if not was_begun and name not in to_count_again(take):
        raise ZoneNotCounted(zone=name)
    return with_again(zone_in_turn(session, take, name, turn=2))


def go_on(draft: Draft, user: int) -> Zone:
    """A stored zone as it was left, for `user` to go on with."""
    return with_again(load_zone(draft, user))


def with_again(zone: Zone) -> Zone:
    """A second count with the items that may be scanned in it: what is far off, wherever it was
    counted, for it may lie in the wrong zone.
    """
    if zone.turn > 1:
        take = Stocktake.get_by_id(zone.take)
        rows = review(take, is_whole=False)
        zone.again = {row.goods: row for row in rows if row.needs_second}
    return zone


def _latest(take: int) -> dict[int, list[_Told]]:
    """The lines of each item: in each zone those of a second count, where there is one."""
    found: dict[int, list[_Told]] = {}
    for draft in zones_of(take):
        zone = load_zone(draft)
        for line in zone.lines:
            found.setdefault(line.goods, []).append((zone.name, zone.turn, line))
    for goods, some in found.items():
        last: dict[str, int] = {}
        for zone_name, turn, _ in some:
            last[zone_name] = max(turn, last.get(zone_name, 0))
        found[goods] = [one for one in some if one[1] == last[one[0]]]
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
    """The last look decides what should be there, and what customers had in their baskets then; of
    second counts between which it was sold, what comes nearest to the count.
    """
    last = max((line for _, _, line in some), key=lambda line: line.at)
    pieces = sum(line.quantity.thousandths for _, _, line in some)
    counted, once = Quantity(pieces) + last.aside, {zone for zone, turn, _ in some if turn == 1}
    books = [line.book for _, _, line in some]
    # Sold between two zones, nobody knows from which of them: it is counted again. Sold between the
    # second counts too, the books of that time that come nearest stand, as none is missing or over
    # that may have been sold there; to count until nobody buys would never end.
    book = last.book if once else max(min(books), min(counted, max(books)))
    difference = counted - book
    value = each.times(difference)
    was_sold = bool(difference) and len(set(books)) > 1
    tolerated = Money(tolerated_value.value(), value.currency)
    is_far = was_sold or is_beyond(book, counted, value, most=take.tolerance, worth=tolerated)
    goods, code, name, unit = named
    return CountedItem(
        goods, code, name, unit, counted, book, value, each.times(book), last.at, last.user,
        ", ".join(sorted({zone for zone, _, _ in some})), 1 if once else 2,
        is_far and bool(once), frozenset(once),
    )  # fmt: skip


def is_beyond(book: Quantity, counted: Quantity, value: Money, *, most: Rate, worth: Money) -> bool:
    """Is it so far off that somebody must look again: by its part of the book, or by its money?"""
    difference = abs(counted - book)
    if not difference:
        return False
    share = difference.thousandths * 1_000_000 > most.millionths * abs(book).thousandths
    return share or abs(value) > worth
