"""Moves that only buying makes: goods go back at what was paid, and a value comes late."""

from __future__ import annotations

from models.base import exact
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.stock.stock import SHOP_FLOOR, Moves


class ValueMoves(Moves):
    """The moves of a document of a supplier."""

    def give_back(
        self, line: int, goods: int, quantity: Quantity, paid: Money, *, location: int = SHOP_FLOOR
    ) -> Money:
        """Send goods back for which so much was `paid`; the value that left the stock. They leave
        at what was paid while the value left stays zero or more, else at the average: the rest is a
        difference of prices. Refuses: OutOfStock.
        """
        self._look(goods, quantity, location, may_go_below=False)
        here = self._now[goods]
        is_all = quantity == here.quantity
        move = here.issue(quantity) if is_all or paid > here.value else None
        move = move or here.give_back(quantity, paid)
        left = move.value + move.correction
        self._add((line, goods, location), -quantity, -left)
        self._now[goods] = move.after
        return left

    def revalue(self, line: int, goods: int, of: Quantity, amount: Money) -> Money:
        """Goods of which so many came in cost so much more (below zero: less): the share of those
        that are still here goes onto their value, and is given; the rest was sold.
        """
        here = self._now[goods]
        still = min(max(here.quantity, Quantity(0)), of)
        share = Money(
            exact.divide(amount.minor * still.thousandths, of.thousandths), store_currency()
        )
        # What lies here must not become worth less than nothing.
        share = max(share, -here.value) if still else share
        self._add((line, goods, SHOP_FLOOR), Quantity(0), share)
        self._now[goods] = here.revalue(share)
        return share
