"""What a bill may come to, told by what was given on it: a second opinion, made of nothing that
models/shop/bill_limits.py says.

The random days tell it each discount and price that somebody gave, and with which limit; after each
of them and after each sale it says what the bill must come to at least.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from models.base.money import Money
from models.base.rates import Rate
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine

ALL = Fraction(1)
HALF_A_FEN = Fraction(1, 2)


def list_price(line: BasketLine) -> Fraction:
    """What a line costs in fen without discounts, not rounded."""
    if line.printed is not None:
        return Fraction(line.printed.minor)
    return Fraction(line.price.minor * line.quantity.thousandths, 1000)


@dataclass(slots=True)
class Entitled:
    """What was given on one bill: lines for so many thousandths, the bill up to an amount."""

    lines: dict[int, int] = field(default_factory=dict)
    bill: int | None = None

    def given(self, bill: Basket, most: Fraction, *numbers: int) -> None:
        """Somebody who may take off so much at `most` gave what is on these lines now, and the
        discount of the bill with it. Fails when that is too much.
        """
        for line in bill.lines:
            if line.number in numbers:
                self.given_line(line, most)
        if bill.discount is not None:
            self._may_give_bill(bill, most)
            self.bill = bill.total.amount.minor

    def given_line(self, line: BasketLine, most: Fraction) -> None:
        """The same for a line alone. What was given for as much before stays given."""
        if line.discount is None or self._line_holds(line):
            return
        if isinstance(line.discount, Rate):
            assert Fraction(line.discount.millionths, 1_000_000) <= most, line
        least = list_price(line) * (1 - most) - HALF_A_FEN
        assert line.priced.amount.minor >= least, f"{line} for {most}"
        self.lines[line.number] = line.quantity.thousandths

    def left(self, bill: Basket, most: Fraction) -> None:
        """Somebody who may take off so much took goods off. Where what was given does not hold for
        what is left, the discount of the bill stands by him. Fails when that is too much.
        """
        if bill.discount is not None and not self._bill_holds(bill):
            self._may_give_bill(bill, most)
            self.bill = bill.total.amount.minor

    def _may_give_bill(self, bill: Basket, most: Fraction) -> None:
        if isinstance(bill.discount, Rate):
            assert Fraction(bill.discount.millionths, 1_000_000) <= most, bill.discount
        least = sum(self._least(line, most) for line in bill.lines)
        # Each line is rounded once, and the bill.
        assert bill.amount_due.minor >= least - HALF_A_FEN * (len(bill.lines) + 1), bill

    def sold(self, bill: Basket, most: Fraction) -> None:
        """The bill was sold by somebody who may take off so much, nobody approving. Fails when it
        is too cheap, or a quantity is none of its unit.
        """
        for line in bill.lines:
            assert line.quantity.thousandths > 0
            assert line.quantity.thousandths % 10 ** (3 - line.item.decimals) == 0, line
            assert line.priced.amount.minor >= self._least(line, most) - HALF_A_FEN, line
        if bill.discount is not None and not self._bill_holds(bill):
            self._may_give_bill(bill, most)

    def _least(self, line: BasketLine, most: Fraction) -> Fraction:
        own = list_price(line) * (1 - most)
        if line.discount is not None and self._line_holds(line):
            return min(own, Fraction(line.priced.amount.minor))
        return own

    def changed(self, number: int) -> None:
        """What was given on a line is no more: another discount or price takes its place."""
        self.lines.pop(number, None)

    def _line_holds(self, line: BasketLine) -> bool:
        upto = self.lines.get(line.number)
        if upto is None:
            return False
        now = line.quantity.thousandths
        return now >= upto if isinstance(line.discount, Money) else now <= upto

    def _bill_holds(self, bill: Basket) -> bool:
        if self.bill is None:
            return False
        now = bill.total.amount.minor
        return now >= self.bill if isinstance(bill.discount, Money) else now <= self.bill

    def forget(self, bill: Basket) -> None:
        """Drop what is on the bill no more."""
        kept = {line.number for line in bill.lines if line.discount is not None}
        self.lines = {number: upto for number, upto in self.lines.items() if number in kept}
        if bill.discount is None:
            self.bill = None
