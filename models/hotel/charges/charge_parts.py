"""What a charge is made of: the net price, the service charge (服务费) and the tax.

Inclusive: net = gross / ((1 + service)(1 + tax)) where the tax is on the service too, else
gross / (1 + service + tax); net is rounded, then the service, the tax takes what is left, so the
parts always sum to the gross. Exclusive: service on the net, tax on the net and the service, each
rounded. A charge below zero is the mirror of the one above.

A service charge can be a fixed sum a charge, alone or beside the rate; a price that holds it holds
it first, and what is given away has none. What is a tax itself is nothing but tax.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.base import exact
from models.base.money import Money
from models.base.rates import ONE, Rate

NONE = Rate(0)


@dataclass(frozen=True, slots=True)
class ChargeRules:
    """How a price is taken apart: the rates, whether the price holds them, whether the tax is on
    the service charge as well, the fixed sum of the service charge, and whether all of it is tax.
    """

    service: Rate = NONE
    tax: Rate = NONE
    is_included: bool = True
    taxes_service: bool = True
    service_sum: Money | None = None
    is_tax: bool = False

    def fixed(self, price: Money) -> Money:
        """The fixed sum that is charged with this price."""
        if self.service_sum is None or not price:
            return Money(0, price.currency)
        return self.service_sum if price.minor > 0 else -self.service_sum


@dataclass(frozen=True, slots=True)
class ChargeParts:
    """A charge taken apart; `total` is what the guest owes."""

    net: Money
    service: Money
    tax: Money

    @property
    def total(self) -> Money:
        return self.net + self.service + self.tax


def charge_parts(price: Money, rules: ChargeRules) -> ChargeParts:
    """Take a price apart by its rules."""
    if rules.is_tax:
        nothing = Money(0, price.currency)
        return ChargeParts(nothing, nothing, price)
    fixed = rules.fixed(price)
    if not rules.is_included:
        served = price.part(rules.service) + fixed
        taxed = price + served if rules.taxes_service else price
        return ChargeParts(price, served, taxed.part(rules.tax))
    net = _net_of(price, fixed, rules)
    served = net.part(rules.service) + fixed
    return ChargeParts(net, served, price - net - served)


def _net_of(price: Money, fixed: Money, rules: ChargeRules) -> Money:
    """What is left of a price that holds the rest."""
    one, service, tax = ONE.millionths, rules.service.millionths, rules.tax.millionths
    if not rules.taxes_service:
        left = price - fixed
        return Money(exact.divide(left.minor * one, one + service + tax), price.currency)
    left_minor = price.minor * one * one - fixed.minor * one * (one + tax)
    return Money(exact.divide(left_minor, (one + service) * (one + tax)), price.currency)
