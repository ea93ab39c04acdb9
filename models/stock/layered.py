"""A stock in layers (先进先出): what came first leaves first, each at what it cost when it came.

A layer is what is left of goods that came at once: a quantity and its value, both exact. A shortage
is one layer below zero, at the last cost; the delivery that covers it says what it really cost.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from models.base import exact
from models.base.cost import AverageCost, StockMove, UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.values import value

_NONE = Quantity(0)


@value()
class Layer:
    """What is left of goods that came at once. `number` is their turn; `source` the key of the
    document that brought them, 0 for what lay there before layers were kept.
    """

    number: int
    source: int
    quantity: Quantity
    value: Money

    def worth_of(self, quantity: Quantity) -> Money:
        """The part of its value that so many of it take with them; all of them take all."""
        minor = self.value.minor * quantity.thousandths
        return Money(exact.divide(minor, self.quantity.thousandths), self.value.currency)

    def costs(self, each: UnitCost) -> bool:
        """Did these come at such a unit cost, to a fen for all of them?"""
        return abs(self.value.minor - each.times(self.quantity).minor) <= 1


@value()
class LayeredCost:
    """A stock in layers, the oldest first. `source` is the document whose goods come in; the last
    unit cost values an issue from an empty stock.
    """

    layers: tuple[Layer, ...]
    last: UnitCost
    source: int

    @property
    def quantity(self) -> Quantity:
        return Quantity(sum(layer.quantity.thousandths for layer in self.layers))

    @property
    def value(self) -> Money:
        return Money.total((layer.value for layer in self.layers), self.last.currency)

    @property
    def average(self) -> UnitCost:
        """The cost of one over all layers, for reading."""
        quantity = self.quantity
        return UnitCost.each(self.value, quantity) if quantity else self.last

    def issue(self, quantity: Quantity) -> StockMove[LayeredCost]:
        """Take goods out, the oldest first. More than there is leaves a shortage at the last
        cost.
        """
        after, cost, short = self._taken(quantity, lambda _: True)
        if short:
            cost += self.last.times(short)
            after = after._short(short, self.last.times(short))
        return StockMove(after, value=cost, correction=Money.zero(cost.currency))

    def receive(self, quantity: Quantity, value: Money) -> StockMove[LayeredCost]:
        """Take goods in for a value, as the newest layer. A shortage is covered first, at the new
        cost; the difference to what it was issued at is the correction, owed to the cost of sales.
        """
        each, zero = UnitCost.each(value, quantity), Money.zero(value.currency)
        if self.quantity >= _NONE:
            return StockMove(replace(self._with(quantity, value), last=each), value, zero)
        move = AverageCost(self.quantity, self.value, self.last).receive(quantity, value)
        left = LayeredCost((), each, self.source)
        if move.after.quantity:
            left = left._with(move.after.quantity, move.after.value)
        return StockMove(left, value, move.correction)

    def give_back(self, quantity: Quantity, value: Money) -> StockMove[LayeredCost]:
        """Return goods to the supplier that were bought for a value: those that came at this unit
        cost leave first, the rest from the oldest.
        """
        each = UnitCost.each(value, quantity)
        after, cost, left = self._taken(quantity, lambda layer: layer.costs(each))
        move = after.issue(left)
        return StockMove(move.after, cost + move.value, move.correction)

    def revalue(self, of: Quantity, amount: Money, source: int) -> StockMove[LayeredCost]:
        """Goods of which so many came with a document cost so much more (below zero: less): what is
        left of them takes its share, the correction is of what is gone. What lay there before
        layers were kept may be of any document.
        """
        here = [one for one in self.layers if one.source in (source, 0) and one.quantity > _NONE]
        left = min(Quantity(sum(one.quantity.thousandths for one in here)), of)
        if not left:
            return StockMove(self, Money.zero(amount.currency), amount)
        worth = Money.total((one.value for one in here), amount.currency)
        share = exact.divide(amount.minor * left.thousandths, of.thousandths)
        gained = max(Money(share, amount.currency), -worth)
        parts = gained.split([one.quantity.thousandths for one in here])
        more = {one.number: part for one, part in zip(here, parts, strict=True)}
        layers = tuple(
            replace(one, value=one.value + more[one.number]) if one.number in more else one
            for one in self.layers
        )
        return StockMove(replace(self, layers=layers), gained, amount - gained)

    def _taken(
        self, quantity: Quantity, which: Callable[[Layer], bool]
    ) -> tuple[LayeredCost, Money, Quantity]:
        """Without so many of the layers that are meant; their cost, and how many are still
        wanted.
        """
        kept, cost = [], Money.zero(self.last.currency)
        for layer in self.layers:
            taken = min(max(layer.quantity, _NONE), quantity) if which(layer) else _NONE
            gone = layer.worth_of(taken) if taken else Money.zero(cost.currency)
            cost, quantity = cost + gone, quantity - taken
            if taken < layer.quantity or layer.quantity < _NONE:
                left = layer.quantity - taken
                kept.append(replace(layer, quantity=left, value=layer.value - gone))
        return replace(self, layers=tuple(kept)), cost, quantity

    def _short(self, quantity: Quantity, value: Money) -> LayeredCost:
        """With so many more lacking; what lacks is one layer."""
        before = Money.total((one.value for one in self.layers), value.currency)
        lacks = Quantity(sum(one.quantity.thousandths for one in self.layers)) - quantity
        return replace(self, layers=())._with(lacks, before - value)

    def _with(self, quantity: Quantity, value: Money) -> LayeredCost:
        """With one more layer, the newest."""
        number = 1 + max((one.number for one in self.layers), default=0)
        return replace(self, layers=(*self.layers, Layer(number, self.source, quantity, value)))
