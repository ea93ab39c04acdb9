"""What the stock clerk may not by himself in buying: each asks for a right inside an operation."""

from __future__ import annotations

from models.buying import bills, goods_back, orders, receiving
from models.buying.bills import Billed
from models.buying.delivery_lines import DeliveryHead
from models.buying.goods_in import OrderExceeded
from models.buying.plausible import Asked
from models.buying.receipts import BACK
from models.trust.operation import NeedsOverride, new_uid
from tests.models.buying.bought import (
    buys,
    cost,
    head_of,
    line,
    order,
    posted,
    scanned,
    supplier,
)
from tests.stores import FIRST_DAY, Shop, yuan


def approved_beyond(shop: Shop) -> None:
    clerk, folio = shop.who("clerk"), supplier(shop)
    made = orders.save_order(
        clerk,
        None,
        supplier=folio.key,
        lines=[line(shop, "1001", "101", "10")],
        is_price_meant=True,
        uid=new_uid(),
    )
    orders.approve_order(clerk, made, version=1, uid=new_uid())


def came_beyond(shop: Shop) -> None:
    made = order(shop, supplier(shop, "x"), line(shop, "1001", "1", "1"))
    clerk = shop.who("clerk")
    try:
        posted(shop, scanned(shop, head_of(made), ("1001", "2"), who=clerk), who=clerk)
    except OrderExceeded as refusal:
        # Above the order it is this refusal, which somebody may approve who has the verb.
        assert refusal.can_be_approved
        raise NeedsOverride(right="exceed order") from refusal


def back_beyond(shop: Shop) -> None:
    clerk = shop.who("clerk")
    head = DeliveryHead(BACK, supplier(shop, "y").key)
    begun = scanned(shop, head, ("1001", "10"), who=clerk)
    receiving.change_line(begun, 1, asked=Asked(cost("101")), is_sure=True)
    goods_back.send_goods_back(clerk, begun.draft, shown=begun.total(), uid=new_uid())


def billed_beyond(shop: Shop) -> None:
    folio = supplier(shop, "z", bills_later=True)
    came = buys(shop, "1001", "10", "1.00", folio)
    said = [Billed(came.key, 1, yuan("60.01"))]
    bills.book_bill(
        shop.who("clerk"), folio.key, said, number="1", dated=FIRST_DAY, tax=yuan("0"),
        uid=new_uid(),
    )  # fmt: skip
