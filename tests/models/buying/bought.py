"""A shop that buys: suppliers, orders, deliveries as they are scanned."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.buying import goods_in, orders, receiving, suppliers
from models.buying.delivery_lines import DeliveryHead
from models.buying.orders import PurchaseOrder
from models.buying.plausible import Asked
from models.buying.receipts import BACK, ORDER
from models.buying.receiving import Receiving
from models.ledger.documents import Document
from models.ledger.folios import Folio
from models.stock.stock import stock_of
from models.trust.operation import Session, new_uid
from models.trust.users import rights_of
from tests.stores import CNY, Shop
from tui.desk.standing import Standing


def cost(text: str) -> UnitCost:
    return UnitCost.parse(text, CNY)


def supplier(shop: Shop, name: str = "批发公司", *, tolerance: str = "0", **terms: Any) -> Folio:
    return suppliers.save_supplier(
        shop.owner, None, name=name, tolerance=Rate.percent(tolerance), uid=new_uid(), **terms
    )


def price(shop: Shop, folio: Folio, item: str, each: str, pack: int = 1, **more: Any) -> int:
    kept = suppliers.save_supplier_price(
        shop.owner, None, supplier=folio.key, goods=shop.goods(item).key, price=cost(each),
        pack=Quantity.of(pack), is_price_meant=True, uid=new_uid(), **more,
    )  # fmt: skip
    return int(kept.key)


def line(shop: Shop, code: str, packs: str, each: str = "", pack: int = 1) -> dict[str, Any]:
    made = {"goods": shop.goods(code).key, "packs": Quantity.parse(packs)}
    return made | ({"price": cost(each), "pack": Quantity.of(pack)} if each else {})


def order(
    shop: Shop, folio: Folio, *lines: dict[str, Any], wanted: date | None = None
) -> PurchaseOrder:
    """An order that the owner approved."""
    made = orders.save_order(
        shop.owner,
        None,
        supplier=folio.key,
        lines=lines,
        wanted=wanted,
        is_price_meant=True,
        uid=new_uid(),
    )
    return orders.approve_order(shop.owner, made, version=made.version, uid=new_uid())


def scanned(
    shop: Shop, head: DeliveryHead, *scans: tuple[str, str], who: Session | None = None
) -> Receiving:
    """A delivery with these codes, each so many times."""
    begun = receiving.begin(who or shop.owner, head)
    for code, times in scans:
        # Of most goods of a test no delivery is known.
        receiving.take_in(begun, code, Quantity.parse(times), is_sure=head.how == BACK)
    return begun


def head_of(made: PurchaseOrder) -> DeliveryHead:
    return DeliveryHead(ORDER, None, made.key)


def posted(shop: Shop, begun: Receiving, *, who: Session | None = None, **more: Any) -> Document:
    return goods_in.receive_goods(
        who or shop.owner, begun.draft, shown=begun.total(), uid=new_uid(), **more
    )


def buys(shop: Shop, code: str, pieces: str, each: str, folio: Folio) -> Document:
    """A delivery without an order, of one item at a price."""
    begun = scanned(shop, DeliveryHead(ORDER, folio.key), (code, pieces))
    receiving.change_line(begun, 1, asked=Asked(cost(each)), is_sure=True)
    return posted(shop, begun)


def state(made: PurchaseOrder) -> str:
    return str(PurchaseOrder.get_by_id(made.key).state)


def came(made: PurchaseOrder) -> list[tuple[str, str, str]]:
    """Ordered, came, left of each line."""
    return [(str(o.quantity), str(o.came), str(o.left)) for o in orders.ordered(made.key)]


def value(shop: Shop, code: str) -> tuple[str, str]:
    """How much lies there, and what it is worth."""
    found = stock_of(shop.goods(code).key)
    return str(found.quantity), str(found.value)


def standing(shop: Shop, who: Session) -> Standing:
    """How somebody stands at home: what is he reminded of?"""
    rights = rights_of(who.user)
    assert rights is not None
    return Standing(who.user, shop.register, rights)
