"""A line of a bill, as it is rung and as it is priced."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TypeVar

from models.base import exact
from models.base.cost import PLACES, UnitCost
from models.base.money import Currency, Money
from models.base.quantity import Quantity
from models.base.rates import ONE, Rate
from models.base.values import value
from models.selling.tax import Price, Tax, Taxes, TaxRounding, bases


class DiscountBasis(Enum):
    """What the discount of a bill comes off. Without taxes on top of the price both are one.

    `AMOUNTS`: the amounts that the lines show; tax is then taken of what is left. `TOTAL`: what
    is to be paid; the discount takes its part of the net amount and of each tax.
    """

    AMOUNTS = "amounts"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class PriceRules:
    """The settings that prices depend on; stored on the sale, so that it can be told later."""

    currency: Currency
    tax_rounding: TaxRounding = TaxRounding.PER_LINE
    discount_basis: DiscountBasis = DiscountBasis.AMOUNTS


@dataclass(frozen=True, slots=True)
class NewPrice:
    """A price for one that takes the place of the line's own, and of its promotions."""

    price: Price


_Price = TypeVar("_Price", Money, UnitCost, Price)

Discount = Rate | Money
LineDiscount = Discount | NewPrice


@value()
class Line:
    """What is rung: so many at a price, or one piece at the amount printed on it.

    The quantity of a return is negative, and so is its printed amount; amounts of promotion and
    discount say what comes off and are never negative. `printed` wins over price and quantity:
    the price is then only shown.
    """

    quantity: Quantity
    price: Price
    taxes: Taxes = ()
    discount: LineDiscount | None = None
    promotion: Money | None = None
    printed: Money | None = None
    shares_bill_discount: bool = True


@value()
class TaxAmount:
    """One tax: what it was taken of, and how much it is."""

    tax: Tax
    base: Money
    amount: Money


@value()
class PricedLine:
    """What is sold, to the fen. Given to a bill it stays as it is: a return copies its sale.

    full - promotion - discount = amount, which the line shows; amount - share (of the discount
    of the bill) = net + the included taxes; net + all taxes = total. A return has every figure
    negative.
    """

    quantity: Quantity
    price: Price
    full: Money
    promotion: Money
    discount: Money
    amount: Money
    share: Money
    net: Money
    taxes: tuple[TaxAmount, ...]

    @property
    def tax(self) -> Money:
        return Money.total((tax.amount for tax in self.taxes), self.net.currency)

    @property
    def total(self) -> Money:
        """What is paid for the line."""
        return self.net + self.tax

    @property
    def is_return(self) -> bool:
        return is_return(self.amount.minor, self.quantity)


@value()
class Figures:
    """A line before its taxes, in minor units; its amount is numerator / denominator."""

    full: int
    promotion: int
    numerator: int
    denominator: int

    @property
    def amount(self) -> int:
        return exact.divide(self.numerator, self.denominator)


def figures(line: Line, currency: Currency) -> Figures:
    """The amount of a line, rounded once; a percentage is taken of the exact amount.

    ValueError when more comes off than there is.
    """
    numerator, denominator = _worth(_of(line.price, currency), line.quantity)
    if line.printed is not None:
        numerator, denominator = _of(line.printed, currency).minor, 1
        if numerator * line.quantity.thousandths < 0:
            raise ValueError(f"{line.printed} printed on {line.quantity}: the signs differ")
    full = exact.divide(numerator, denominator)
    if isinstance(line.discount, NewPrice):
        if line.printed is not None:
            raise ValueError("goods with a printed amount take no other price, only a discount")
        numerator, denominator = _worth(_of(line.discount.price, currency), line.quantity)
        # A higher price is no discount below zero: nothing comes off.
        now = exact.divide(numerator, denominator)
        return Figures(now if abs(now) > abs(full) else full, 0, numerator, denominator)

    promotion = 0
    if line.promotion is not None:
        promotion = _off(full, _of(line.promotion, currency))
        numerator, denominator = full - promotion, 1
    if isinstance(line.discount, Rate):
        numerator *= _left(line.discount)
        denominator *= ONE.millionths
    elif line.discount is not None:
        # An amount comes off what is shown, which is rounded.
        left = full - promotion
        numerator, denominator = left - _off(left, _of(line.discount, currency)), 1
    return Figures(full, promotion, numerator, denominator)


def is_return(amount: int, quantity: Quantity) -> bool:
    """Does the line belong to the side of the bill that goes back to the customer?"""
    return amount < 0 or (amount == 0 and quantity.thousandths < 0)


def left_after(whole: int, discount: Discount, currency: Currency) -> int:
    """What is left of an amount when the discount is off; ValueError when it is too large."""
    if isinstance(discount, Rate):
        return exact.divide(whole * _left(discount), ONE.millionths)
    return whole - _off(whole, _of(discount, currency))


def tax_amounts(
    taxes: Taxes, net: int, amounts: Iterable[int], *, currency: Currency
) -> tuple[TaxAmount, ...]:
    """The taxes of a line as values, each with what it was taken of."""
    amounts = list(amounts)
    taxed = zip(taxes, bases(taxes, net, amounts), amounts, strict=True)
    return tuple([TaxAmount(t, Money(of, currency), Money(tax, currency)) for t, of, tax in taxed])


def _of(price: _Price, currency: Currency) -> _Price:
    """The price, when it is of the bill's currency."""
    if price.currency is not currency and price.currency != currency:
        raise TypeError(f"{price.currency.code} on a bill in {currency.code}")
    return price


def _worth(price: Price, quantity: Quantity) -> tuple[int, int]:
    """Price times quantity in minor units, exactly, as a numerator and a denominator."""
    if isinstance(price, UnitCost):
        one = 10 ** (PLACES - price.currency.exponent)
        return price.millionths * quantity.thousandths, 1000 * one
    return price.minor * quantity.thousandths, 1000


def _left(discount: Rate) -> int:
    if not 0 <= discount.millionths <= ONE.millionths:
        raise ValueError(f"a discount is from 0 to 100 per cent, got {discount.percent_text}")
    return ONE.millionths - discount.millionths


def _off(whole: int, amount: Money) -> int:
    """What an amount takes off the whole, with its sign: off a return it is negative."""
    if amount.minor < 0:
        raise ValueError(f"a discount must not be negative, got {amount}")
    if amount.minor > abs(whole):
        raise ValueError(f"a discount of {amount} is more than there is")
    return -amount.minor if whole < 0 else amount.minor
