"""Points for tests: rules, members, and bills of so much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from models.base.quantity import Quantity
from models.ledger.daily.days import close_day, store_day
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.members.kinds import POINTS
from models.members.points_lots import points_code, points_of
from models.members.points_rules import PointsRule, save_points_rule
from models.people.persons import Person
from models.shop.basket import Basket, load_key
from models.shop.customers import set_customer
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.shop.sales import sell as sell_bill
from models.trust.operation import new_uid
from tests.models.members.carded import item, way
from tests.stores import CARD, Shop, yuan


def rule(shop: Shop, per: str | None = "1", points: int = 1, **more: Any) -> PointsRule:
    amount = None if per is None else yuan(per)
    return save_points_rule(
        shop.owner, None, per=amount, points=0 if per is None else points, uid=new_uid(), **more
    )


def bill_for(shop: Shop, whose: Person | None, *prices: str) -> Basket:
    """A bill of services at these prices."""
    codes = []
    for price in prices:
        code = f"p{price}".replace(".", "")
        if not _there(code):
            item(shop, code, price)
        codes.append(code)
    made = shop.bill(*codes, session=shop.owner)
    set_customer(shop.owner, made, whose.key if whose else None)
    return load_key(made.draft)


def _there(code: str) -> bool:
    from models.goods.goods import Goods

    return bool(Goods.select().where(Goods.code == code).exists())


def buy(
    shop: Shop, whose: Person | None, *prices: str, payings: Sequence[Paying] = ()
) -> Document:  # fmt: skip
    """A bill, paid by card unless it is said how."""
    bill = bill_for(shop, whose, *prices)
    ways = list(payings) or [Paying(CARD, bill.amount_due, reference="A1")]
    return sell_bill(shop.owner, bill.draft, ways, shown=bill.amount_due, uid=new_uid())


def give_back(shop: Shop, sold: Document, quantities: Mapping[int, Quantity]) -> Document:
    giving = giving_back(sold.key, quantities)
    return return_goods(
        shop.owner, sold.key, quantities, shown=giving.total, reason="damaged", uid=new_uid()
    )


def with_points(whose: Person, amount: str) -> Paying:
    return Paying(way(POINTS), yuan(amount), code=points_code(whose.key))


def has(whose: Person) -> int:
    return points_of(whose.key, store_day())


def next_day(shop: Shop, day: date) -> None:
    """Close the shift and the day, and open the next one."""
    shop.close_shift(session=shop.owner)
    close_day(shop.owner, next_day=day, uid=new_uid())
    shop.open_shift(session=shop.owner)
