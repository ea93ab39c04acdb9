"""What goods cost from a supplier: by the pack, with or without a tax that comes back (进项税)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.base import exact
from models.base.cost import PLACES
from models.base.fields import store_currency
from models.base.hot import rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import ONE, Rate
from models.buying.plausible import Asked
from models.buying.receipts import paid_last
from models.buying.suppliers import price_of, usual_for
from models.trust.settings import setting

# Who pays tax on sales by the small rate gets none back: all of a price is cost then.
keeps_input_tax = setting("buying.input_tax", False)
prices_include_tax = setting("buying.prices_include", True)


@dataclass(frozen=True, slots=True)
class LineCost:
    """A line: what it is without tax, which the stock takes, and the tax that comes back."""

    net: Money
    tax: Money

    @property
    def gross(self) -> Money:
        """What is owed for it."""
        return self.net + self.tax


def amount_for(asked: Asked, quantity: Quantity) -> Money:
    """What so many base units cost, rounded once: 18 pieces at 10.00 for six are 30.00."""
    money = store_currency()
    one = 10 ** (PLACES - money.exponent) * asked.pack.thousandths
    return Money(exact.divide(asked.price.millionths * quantity.thousandths, one), money)


def costs_of_lines(lines: Iterable[tuple[Asked, Quantity, Rate]]) -> list[LineCost]:
    """What each line costs, its tax apart where the store keeps it. The rates are the items' own;
    what the store has set is read once.
    """
    keeps, include = keeps_input_tax.value(), prices_include_tax.value()
    return [
        _cost(amount_for(asked, quantity), rate if keeps else None, is_within=include)
        for asked, quantity, rate in lines
    ]


def _cost(amount: Money, rate: Rate | None, *, is_within: bool) -> LineCost:
    if not rate:
        return LineCost(amount, Money.zero(amount.currency))
    if not is_within:
        return LineCost(amount, amount.part(rate))
    whole = ONE.millionths + rate.millionths
    net = Money(exact.divide(amount.minor * ONE.millionths, whole), amount.currency)
    return LineCost(net, amount - net)


def asked_for(goods: int, supplier: int | None) -> Asked:
    """What an item is expected to cost: the supplier's price, or else what it cost last."""
    return usual_for(price_of(supplier, goods) if supplier is not None else None, goods)


def asked_back(goods: int, supplier: int | None) -> Asked:
    """What a supplier owes for an item that goes back: what was paid to him last, as he billed it,
    whatever his list says by now; where it never came from him, as above.
    """
    paid = paid_last(supplier, goods) if supplier is not None else None
    return paid or asked_for(goods, supplier)


_RATES = (
    'SELECT g."key", t."rate" FROM "goods" g JOIN "tax_rate" t ON t."key" = g."tax_id" '
    'WHERE t."each" IS NULL AND t."first_id" IS NULL AND g."key" IN (...)'
)


def rates_of(goods: list[int]) -> dict[int, Rate]:
    """The tax rate of each item that has a single one."""
    return {key: Rate(int(rate)) for key, rate in rows_in(_RATES, goods)}
