"""What a bill takes out of stock, looked at while it grows: "warn" says so on the line, "refuse"
refuses when it is rung, unless somebody with the right to it lets so much go below zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base.quantity import Quantity
from models.selling.items import Item
from models.shop.basket_lines import RungLine
from models.stock.stock import OutOfStock, below_zero, on_floor
from models.trust.drafts import UNREADABLE
from models.trust.operation import Job
from models.trust.users import Rights, rights_of

if TYPE_CHECKING:
    from models.shop.basket import Basket
    from models.shop.stored_bills import StoredBill

RIGHT = "sell below zero"
# Under which name the head of a bill keeps what was let go below zero: by item how many base units
# in all, in thousandths, and by whom.
SHORT = "short"


def know_stock(basket: Basket) -> None:
    """Read what is here of all that is on the bill."""
    goods = [line.item.goods for line in basket.lines if line.item.is_stocked]
    basket.stock = on_floor(goods) if goods else {}


def short_of(basket: Basket, line: RungLine) -> Quantity | None:
    """What is here of a line's item, when the bill takes more than that."""
    if not line.item.is_stocked:
        return None
    here = basket.stock.get(line.item.goods)
    if here is None or basket.counts[line.item.goods] <= here:
        return None
    return Quantity(here)


def look_at_stock(basket: Basket, item: Item, more: Quantity) -> None:
    """More base units of an item come on the bill. Refuses: OutOfStock where the store refuses to
    sell what is not there, and nobody let so much go.
    """
    if not item.is_stocked:
        return
    here = on_floor([item.goods])[item.goods]
    basket.stock[item.goods] = here
    wanted = basket.counts.get(item.goods, 0) + more.thousandths
    if wanted <= here or below_zero.value() == "warn":
        return
    rights = rights_of(basket.user)
    if wanted > _let_go(basket.head, item.goods) and not (rights and rights.holds(RIGHT)):
        raise OutOfStock(goods=item.name, stock=Quantity(here), asked=Quantity(wanted))


def is_refused_below_zero(item: Item) -> bool:
    """Whether the store refuses to sell more of the item than there is."""
    return item.is_stocked and below_zero.value() == "refuse"


def who_lets_go(job: Job, item: Item, wanted: Quantity) -> int | None:
    """By whose right so many base units in all go below zero; None when there are so many, or the
    store only warns. Refuses: OutOfStock, OverrideRefused.
    """
    if not is_refused_below_zero(item):
        return None
    here = on_floor([item.goods])[item.goods]
    if wanted.thousandths <= here:
        return None
    by = job.given_by(RIGHT, _may_let_go)
    if by is None:
        raise OutOfStock(goods=item.name, stock=Quantity(here), asked=wanted)
    return by


def with_let_go(
    head: dict[str, Any], item: Item, wanted: Quantity, by: int | None
) -> dict[str, Any]:
    """The head of a bill with so much of an item let go below zero."""
    if by is None:
        return head
    return {**head, SHORT: {**head.get(SHORT, {}), str(item.goods): [wanted.thousandths, by]}}


def let_go_of_both(kept: Any, gone: Any) -> dict[str, Any]:
    """What was let go below zero for two bills that become one, as the head of a bill has it."""
    sums: dict[str, list[int]] = {}
    for head in (kept, gone):
        for goods, (units, by) in head.get(SHORT, {}).items():
            sums[goods] = [sums.get(goods, [0])[0] + units, by]
    return {SHORT: sums} if sums else {}


def below_zero_allowed(job: Job, stored: StoredBill) -> frozenset[int] | None:
    """The items that this sale may take below zero; None for all."""
    approving = job.override_rights
    if below_zero.value() == "warn" or _may_let_go(job.rights):
        return None
    if approving is not None and _may_let_go(approving):
        return None
    sums: dict[int, int] = {}
    for line in stored.lines:
        goods = line.item.goods
        sums[goods] = sums.get(goods, 0) + line.stock_quantity.thousandths
    head = stored.draft.head
    return frozenset(goods for goods, units in sums.items() if units <= _let_go(head, goods))


def _let_go(head: dict[str, Any], goods: int) -> int:
    try:
        return int(head[SHORT][str(goods)][0])
    except UNREADABLE:
        return 0


def _may_let_go(rights: Rights) -> bool:
    return rights.holds(RIGHT)
