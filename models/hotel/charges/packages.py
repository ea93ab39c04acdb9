"""Packages: what a rate includes (breakfast), how much of it a guest may use, and what is left."""

from __future__ import annotations

from dataclasses import dataclass

from models.base.money import Money


@dataclass(frozen=True, slots=True)
class AllowanceUse:
    """What becomes of an allowance at the end of its day.

    `profit` was paid by the rate and not used, `loss` was used beyond the price of the package and
    within the allowance, `overage` goes on the guest's bill.
    """

    profit: Money
    loss: Money
    overage: Money


def allowance_use(*, price: Money, allowance: Money, consumed: Money) -> AllowanceUse:
    """Settle what a guest used of a package against its price and its allowance."""

    def above_zero(minor: int) -> Money:
        return Money(max(0, minor), price.currency)

    covered = min(consumed.minor, allowance.minor)
    return AllowanceUse(
        profit=above_zero(price.minor - covered),
        loss=above_zero(covered - price.minor),
        overage=above_zero(consumed.minor - allowance.minor),
    )
