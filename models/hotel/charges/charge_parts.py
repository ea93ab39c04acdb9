"""What a charge is made of: the net price, the service charge (服务费) and the tax.

Inclusive: net = gross / ((1 + service)(1 + tax)) where the tax is on the service too, else
gross / (1 + service + tax); net is rounded, then the service, the tax takes what is left, so the
parts always sum to the gross. Exclusive: service on the net, tax on the net and the service, each
rounded. A charge below zero is the mirror of the one above.
"""

from __future__ import annotations

from dataclasses import dataclass

from models.base import exact
from models.base.money import Money
from models.base.rates import ONE, Rate

NONE = Rate(0)


@dataclass(frozen=True, slots=True)
class ChargeRules:
    """How a price is taken apart: the rates, whether the price holds them, and whether the tax is
    on the service charge as well.
    """

    service: Rate = NONE
    tax: Rate = NONE
    is_included: bool = True
    taxes_service: bool = True


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
    one, service, tax = ONE.millionths, rules.service.millionths, rules.tax.millionths
    if not rules.is_included:
        served = price.part(rules.service)
        taxed = price + served if rules.taxes_service else price
        return ChargeParts(price, served, taxed.part(rules.tax))
    if rules.taxes_service:
        whole = (one + service) * (one + tax)
        net = Money(exact.divide(price.minor * one * one, whole), price.currency)
    else:
        net = Money(exact.divide(price.minor * one, one + service + tax), price.currency)
    served = net.part(rules.service)
    return ChargeParts(net, served, price - net - served)
