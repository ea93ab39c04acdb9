"""What somebody asks for an item, and whether it can be right: a price that is far off what the
item is expected to cost must be seen by whoever means it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from models.base import exact
from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.base.refusals import Refusal

PIECE = Quantity.of(1)


class PriceBelowZero(Refusal):
    """What is bought costs nothing at the least."""


class PriceOdd(Refusal):
    """A price is more than twice what the item is expected to cost, or less than half of it."""

    about = ("price",)


class PricesOdd(Refusal):
    """The same of several: each must be seen by whoever means them."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks for an item: so much for a pack of so many base units."""

    price: UnitCost
    pack: Quantity = PIECE

    def for_pack(self, pack: Quantity) -> UnitCost:
        """The same price for a pack of another size."""
        each = exact.divide(self.price.millionths * pack.thousandths, self.pack.thousandths)
        return UnitCost(each, self.price.currency)


def require_plausible(priced: Iterable[tuple[str, Asked, Asked]], *, is_sure: bool) -> None:
    """Look at prices that somebody typed: of each goods' name, what is asked, and what is usual;
    `is_sure`: odd ones are meant. Refuses: PriceBelowZero, PriceOdd, PricesOdd.
    """
    odd = []
    for name, asked, usual in priced:
        if asked.price.millionths < 0:
            raise PriceBelowZero(goods=name, price=asked.price)
        expected = usual.for_pack(asked.pack)
        is_near = expected.millionths <= 2 * asked.price.millionths <= 4 * expected.millionths
        if expected.millionths and not is_near and not is_sure:
            odd.append((name, asked, expected))
    if len(odd) > 1:
        told = ", ".join(f"{name} {asked.price}" for name, asked, _ in odd)
        raise PricesOdd(count=len(odd), goods=told)
    for name, asked, expected in odd:
        raise PriceOdd(goods=name, price=asked.price, usual=expected, pack=asked.pack)
