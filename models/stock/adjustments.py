"""Changes of the stock by hand that somebody asked for: what they come to, and doing them."""

from __future__ import annotations

from typing import Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.goods import Goods, full_name
from models.stock.stock import adjust_inside, stock_of
from models.trust.approvals import Content
from models.trust.operation import Job


def worth_of_adjustment(body: dict[str, Any]) -> Money:
    """What a change of stock that is asked for comes to, at the average of today."""
    quantity = Quantity(int(body["quantity"]))
    return abs(stock_of(int(body["goods"])).average.times(quantity))


def told_of_adjustment(body: dict[str, Any]) -> list[Content]:
    """What it changes, for whoever approves it."""
    quantity, goods = Quantity(int(body["quantity"])), Goods.get_by_id(int(body["goods"]))
    worth = worth_of_adjustment(body)
    return [Content(full_name(goods.name, goods.spec), quantity.signed, worth)]


def execute_adjustment(job: Job, body: dict[str, object]) -> int:
    """Do what was asked for and reviewed; the key of the document. Refuses: as `adjust_stock`."""
    goods = Goods.get_by_id(body["goods"])
    quantity = Quantity(int(str(body["quantity"])))
    return int(adjust_inside(job, goods, quantity, reason=str(body["reason"])).key)
