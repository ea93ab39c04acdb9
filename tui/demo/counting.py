"""What the demonstration shop counted: a shelf that was posted, and one that is being counted."""

from __future__ import annotations

from models.base.quantity import Quantity
from models.goods.goods import Category
from models.stock.count_posting import LEAVE, outcome, post_stocktake
from models.stock.counts import Stocktake, Zone, begin_stocktake, begin_zone, count_in, set_counted
from models.stock.stock import lying_at
from models.trust.operation import Session, new_uid
from tui.demo.goods import Listed
from tui.demo.tongue import own

WATER, TEA = "水/Water", "茶饮/Tea drinks"


def count_a_shelf(manager: Session, goods: list[Listed]) -> None:
    """The water was counted: a bottle of one item is missing."""
    take = _begun(manager, WATER)
    zone = begin_zone(manager, take, "A")
    for each in _of(goods, WATER):
        _count(zone, each)
    most = max(zone.lines, key=lambda line: line.quantity)
    set_counted(zone, most.number, most.quantity - Quantity.of(1))
    found = outcome(take, LEAVE)
    post_stocktake(manager, take, uncounted=LEAVE, shown=found.moved, uid=new_uid())


def leave_a_count_open(manager: Session, goods: list[Listed]) -> None:
    """Half of the tea is counted."""
    zone = begin_zone(manager, _begun(manager, TEA), "B")
    for each in _of(goods, TEA)[:4]:
        _count(zone, each)


def _begun(manager: Session, category: str) -> Stocktake:
    name = own(category)
    kind = Category.get(Category.name == name)
    return begin_stocktake(manager, title=name, category=kind.key, uid=new_uid())


def _count(zone: Zone, each: Listed) -> None:
    """As many as the books say."""
    place = count_in(zone, each.code, Quantity(0))
    count_in(zone, each.code, lying_at(zone.lines[place].goods))


def _of(goods: list[Listed], category: str) -> list[Listed]:
    return [each for each in goods if each.category == category]
