"""The price of goods without tax and with it, each found from the other.

What stands in the record is the sale price: it holds the taxes that are in the price, and those on
top come at the till.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.base.cost import UnitCost
from models.base.money import Money
from models.goods.goods import Goods
from models.selling.items import taxes_of_rate
from models.selling.tax import gross_price, included, net_price


@dataclass(frozen=True, slots=True)
class TaxedPrice:
    """The price of one: as the record has it, without any tax, and with all of them."""

    price: Money
    net: UnitCost
    gross: UnitCost


def price_of(goods: Goods) -> TaxedPrice:
    """The price of one, as the record stands."""
    taxes = taxes_of_rate(goods.tax)
    net = net_price(goods.price, included(taxes))
    return TaxedPrice(goods.price, net, gross_price(net, taxes))


def price_of_net(goods: Goods, net: Money) -> TaxedPrice:
    """The sale price under which one costs so much without tax, to the fen."""
    taxes = taxes_of_rate(goods.tax)
    price = gross_price(net, included(taxes)).rounded()
    return TaxedPrice(price, UnitCost.of(net), gross_price(net, taxes))
