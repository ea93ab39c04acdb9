"""How a field of a listing names an item."""

from __future__ import annotations

from models.goods.goods import Goods, full_name
from models.listings.listings import Link, Linked

GOODS_LINK = Link("goods", Goods, apart="spec")


def item_linked(goods: Goods | None) -> Linked | None:
    """What such a field holds of an item."""
    return Linked(goods.key, full_name(goods.name, goods.spec)) if goods else None
