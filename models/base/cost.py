"""What goods cost: a unit cost with six decimals, and the average cost of a stock.

The average is never kept: kept are the quantity and its value, both exact. An issue takes its
share of the value, rounded; the rest stays in stock, so nothing is lost however long it runs.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Generic, Self, TypeVar

from models.base import exact
from models.base.money import Currency, Money
from models.base.quantity import Quantity
from models.base.values import value

PLACES = 6
_NONE = Quantity(0)
Cost = TypeVar("Cost")


@value()
class UnitCost:
    """An amount for one unit, with six decimals of the currency: goods cost 18.3333."""

    millionths: int
    currency: Currency

    def __post_init__(self) -> None:
        if type(self.millionths) is not int:
            raise TypeError(f"millionths must be an int, got {self.millionths!r}")

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Self:
        """Read a typed cost with at most six decimals; ValueError otherwise."""
        return cls(exact.scaled(text, PLACES), currency)

    @classmethod
    def of(cls, amount: Money) -> Self:
        """The same amount, as a unit cost."""
        return cls(amount.minor * 10 ** (PLACES - amount.currency.exponent), amount.currency)

    @classmethod
    def each(cls, value: Money, quantity: Quantity) -> Self:
        """The cost of one when so many (not zero) cost the value, rounded to six decimals."""
        one = 10 ** (PLACES - value.currency.exponent) * 1000
        return cls(exact.divide(value.minor * one, quantity.thousandths), value.currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.millionths).scaleb(-PLACES)

    def times(self, quantity: Quantity) -> Money:
        """The amount of a line: this for one, times the quantity, rounded once."""
        one = 10 ** (PLACES - self.currency.exponent) * 1000
        return Money(exact.divide(self.millionths * quantity.thousandths, one), self.currency)

    def exchanged(self, foreign: Money) -> Money:
        """What so much money of another currency comes to, when this is paid for one of it."""
        one = 10 ** (PLACES - self.currency.exponent + foreign.currency.exponent)
        return Money(exact.divide(self.millionths * foreign.minor, one), self.currency)

    def rounded(self) -> Money:
        """This as money."""
        one = 10 ** (PLACES - self.currency.exponent)
        return Money(exact.divide(self.millionths, one), self.currency)

    def __str__(self) -> str:
        """At least the decimals of the currency, and as many more as it needs: 18.3333, 7.50."""
        text = exact.written(self.millionths, PLACES)
        least = len(text) - PLACES + self.currency.exponent
        shortest = text[:least] + text[least:].rstrip("0")
        return shortest.rstrip(".")

    def __bool__(self) -> bool:
        return self.millionths != 0


@value()
class AverageCost:
    """A stock at average cost. The last unit cost values an issue from an empty stock."""

    quantity: Quantity
    value: Money
    last: UnitCost

    @classmethod
    def empty(cls, currency: Currency, last: UnitCost | None = None) -> Self:
        """No stock yet; `last` is what one is expected to cost."""
        return cls(_NONE, Money.zero(currency), last or UnitCost(0, currency))

    @property
    def average(self) -> UnitCost:
        """The cost of one, for reading; values are never computed from it while there is stock."""
        return UnitCost.each(self.value, self.quantity) if self.quantity else self.last

    def issue(self, quantity: Quantity) -> StockMove[AverageCost]:
        """Take goods out at average cost. Taking more than there is leaves a shortage."""
        if self.quantity:
            minor = self.value.minor * quantity.thousandths
            value = Money(exact.divide(minor, self.quantity.thousandths), self.value.currency)
        else:
            value = self.last.times(quantity)
        return self._moved(self.quantity - quantity, self.value - value, value, last=self.average)

    def receive(self, quantity: Quantity, value: Money) -> StockMove[AverageCost]:
        """Take goods in for a value: a purchase, or a customer's return at what it left at.

        A shortage is covered first, at the new cost. The difference to what it was issued at is
        the correction, owed to the cost of sales.
        """
        each = UnitCost.each(value, quantity)
        if self.quantity >= _NONE:
            return self._moved(self.quantity + quantity, self.value + value, value, last=each)
        left = self.quantity + quantity
        if left > _NONE:
            kept = Money(
                exact.divide(value.minor * left.thousandths, quantity.thousandths), value.currency
            )
        else:
            still_short = self.value.minor * left.thousandths
            kept = Money(exact.divide(still_short, self.quantity.thousandths), self.value.currency)
        correction = self.value + value - kept
        return StockMove(AverageCost(left, kept, each), value=value, correction=correction)

    def give_back(self, quantity: Quantity, value: Money) -> StockMove[AverageCost]:
        """Return goods to the supplier at the value they were bought for, while the value left
        stays zero or more; else, and the last of them, at the average.
        """
        if quantity == self.quantity or value > self.value:
            return self.issue(quantity)
        return self._moved(self.quantity - quantity, self.value - value, value, last=self.average)

    def revalue(self, of: Quantity, amount: Money, source: int) -> StockMove[AverageCost]:
        """Goods of which so many came, with whatever document, cost so much more (below zero:
        less): what is still here takes its share, the correction is of what was sold. What lies
        here never becomes worth less than nothing.
        """
        still = min(max(self.quantity, _NONE), of)
        share = Money(
            exact.divide(amount.minor * still.thousandths, of.thousandths), amount.currency
        )
        share = max(share, -self.value) if still else share
        after = AverageCost(self.quantity, self.value + share, self.last)
        return StockMove(after, value=share, correction=amount - share)

    def _moved(
        self, quantity: Quantity, value: Money, moved: Money, *, last: UnitCost
    ) -> StockMove[AverageCost]:
        """The stock after a move. An empty stock has no value: what is left is a correction."""
        zero = Money.zero(value.currency)
        if quantity:
            return StockMove(AverageCost(quantity, value, last), value=moved, correction=zero)
        return StockMove(AverageCost(quantity, zero, last), value=moved, correction=value)


@value()
class StockMove(Generic[Cost]):
    """A move's result: the stock after it, and two amounts for the books.

    `value` is what moved; `correction` is a further cost of sales (negative: less cost).
    """

    after: Cost
    value: Money
    correction: Money
