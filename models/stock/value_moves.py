"""Moves that only buying makes: goods go back at what was paid, and a value comes late."""

from __future__ import annotations

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
        self._look(goods, quantity, location)
        move = self._now[goods].give_back(quantity, paid)
        left = move.value + move.correction
        self._add((line, goods, location), -quantity, -left)
        self._now[goods] = move.after
        return left

    def revalue(self, line: int, goods: int, of: Quantity, amount: Money, *, source: int) -> Money:
        """Goods of which so many came with the document `source` cost so much more (below zero:
        less): the share of those that are still here goes onto their value, and is given; the rest
        was sold.
        """
        move = self._now[goods].revalue(of, amount, source)
        self._add((line, goods, SHOP_FLOOR), Quantity(0), move.value)
        self._now[goods] = move.after
        return move.value
