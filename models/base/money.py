"""Money: whole minor units (fen) of one currency. No float, no tolerance, no hidden rounding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from models.base import exact
from models.base.exact import Rounding, half_away
from models.base.quantity import Quantity
from models.base.rates import Rate

__all__ = ["Currency", "Money", "Rounding", "currencies", "currency", "half_away"]


@dataclass(frozen=True, slots=True)
class Currency:
    """An ISO 4217 code and how many decimals the money has (0 to 3)."""

    code: str
    exponent: int

    def __post_init__(self) -> None:
        if self.exponent not in (0, 1, 2, 3):
            raise ValueError(f"{self.code}: exponent must be 0 to 3, got {self.exponent!r}")


# Nobody means a price or a payment of so many minor units: a bar code slipped into its place. Below
# it the sums of years stay within 64 bits.
MOST_MINOR = 10**10

# ISO 4217: the currencies that a counter meets, by their number of decimals.
_CODES = {
    0: "ISK JPY KRW PYG UGX VND XAF XOF XPF",
    2: "AED ARS AUD BDT BGN BRL CAD CHF CNY COP CZK DKK EGP EUR GBP HKD HUF IDR ILS INR KES KHR "
    "KZT LAK LKR MAD MMK MNT MOP MXN MYR NGN NOK NPR NZD PEN PHP PKR PLN QAR RON RUB SAR SEK SGD "
    "THB TRY TWD UAH USD UZS ZAR",
    3: "BHD IQD JOD KWD LYD OMR TND",
}
_KNOWN = {
    code: Currency(code, exponent) for exponent, codes in _CODES.items() for code in codes.split()
}


def currency(code: str) -> Currency:
    """The currency of an ISO 4217 code; ValueError when the table does not know it."""
    try:
        return _KNOWN[code]
    except KeyError:
        raise ValueError(f"unknown currency: {code!r}") from None


def currencies() -> tuple[Currency, ...]:
    """Every known currency, by code."""
    return tuple(_KNOWN[code] for code in sorted(_KNOWN))


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in whole minor units of its currency. Two currencies never meet: TypeError."""

    minor: int
    currency: Currency

    # Written out, as a sale makes some twenty a line: it takes half the time of the one that a
    # dataclass makes.
    def __init__(self, minor: int, currency: Currency) -> None:
        # type() and not isinstance(): True must not pass as one fen.
        if type(minor) is not int:
            raise TypeError(f"minor units must be an int, got {minor!r}")
        _set_minor(self, minor)
        _set_currency(self, currency)

    @classmethod
    def parse(cls, text: str, currency: Currency) -> Self:
        """Read a typed amount; ValueError on anything but digits that this currency can hold."""
        return cls(exact.scaled(text, currency.exponent), currency)

    @classmethod
    def zero(cls, currency: Currency) -> Self:
        return cls(0, currency)

    @classmethod
    def total(cls, amounts: Iterable[Money], currency: Currency) -> Self:
        """The sum of amounts of this currency, zero when there are none."""
        minor = 0
        for amount in amounts:
            if amount.currency is not currency and amount.currency != currency:
                raise TypeError(f"cannot add {amount.currency.code} to {currency.code}")
            minor += amount.minor
        return cls(minor, currency)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-self.currency.exponent)

    def times(self, quantity: Quantity) -> Money:
        """The amount of a line: this for one, times the quantity, rounded once."""
        return Money(exact.divide(self.minor * quantity.thousandths, 1000), self.currency)

    def part(self, rate: Rate) -> Money:
        """So much of this amount, rounded: a tax, a commission, a service charge."""
        return Money(exact.divide(self.minor * rate.millionths, 1_000_000), self.currency)

    def over(self, count: int) -> Money:
        """The average of this over so many (not zero), rounded: what a room or a guest brings."""
        return Money(exact.divide(self.minor, count), self.currency)

    def split(self, weights: Sequence[int]) -> list[Money]:
        """Share this out by weights (none negative) to the last fen; the parts sum to this."""
        return [Money(minor, self.currency) for minor in exact.shares(self.minor, weights)]

    def rounded_to(self, step: Money, mode: Rounding = Rounding.HALF_UP) -> Money:
        """The multiple of the step next to this: what can be paid in coins."""
        return Money(exact.to_step(self.minor, self._same(step), mode), self.currency)

    def _same(self, other: Money) -> int:
        """The other's minor units, when it is money of the same currency."""
        if not isinstance(other, Money):
            raise TypeError(f"not money: {other!r}")
        if other.currency is not self.currency and other.currency != self.currency:
            raise TypeError(f"{self.currency.code} and {other.currency.code} do not mix")
        return other.minor

    def __str__(self) -> str:
        return exact.written(self.minor, self.currency.exponent)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __abs__(self) -> Money:
        return Money(abs(self.minor), self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)


_set_minor: Callable[[Money, int], None] = Money.__dict__["minor"].__set__
_set_currency: Callable[[Money, Currency], None] = Money.__dict__["currency"].__set__
