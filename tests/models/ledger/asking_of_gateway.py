"""What asks for a right inside the payment gateway: for the walk over all rights."""

from __future__ import annotations

from models.base import clock
from models.ledger.gateway.orders import GatewayOrder
from models.ledger.pay_codes.payments import give_back_by_hand
from models.ledger.ways.tenders import tender_of
from models.trust.operation import new_uid
from tests.stores import FIRST_DAY, WECHAT, Shop, yuan


def refused_refund(shop: Shop) -> None:
    shop.open_shift(session=shop.manager)
    order = GatewayOrder.create(
        key=7, order="R7", kind="refund", state="refused", tender=tender_of(WECHAT),
        amount=yuan("25"), currency="CNY", register=1, user=shop.manager.user, day=FIRST_DAY,
        at=clock.now(),
    )  # fmt: skip
    shop.give(shop.owner, "收银员", give_refund=100)
    give_back_by_hand(shop.cashier, order.key, uid=new_uid())
