"""How many pieces, or how many kilograms or metres: three decimals, kept as whole thousandths."""

from __future__ import annotations

from decimal import Decimal
from typing import Self

from models.base import exact
from models.base.values import value

PLACES = 3


@value(order=True)
class Quantity:
    """A quantity of goods or of a service; a return has a negative one."""

    thousandths: int

    # Written out, as that of money is.
    def __init__(self, thousandths: int) -> None:
        if type(thousandths) is not int:
            raise TypeError(f"thousandths must be an int, got {thousandths!r}")
        self.thousandths = thousandths  # type: ignore[misc]

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a typed quantity with at most three decimals; ValueError otherwise."""
        return cls(exact.scaled(text, PLACES))

    @classmethod
    def of(cls, pieces: int) -> Self:
        """So many whole pieces."""
        return cls(pieces * 1000)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.thousandths).scaleb(-PLACES)

    @property
    def is_whole(self) -> bool:
        return self.thousandths % 1000 == 0

    def times(self, count: int) -> Quantity:
        """So many times this quantity: 3 cases of 24."""
        return Quantity(self.thousandths * count)

    def packs_of(self, pack: Quantity) -> Quantity:
        """Base units in so many packs, whole thousandths of them."""
        if pack.thousandths == 1000:
            return self
        return Quantity(self.thousandths * pack.thousandths // 1000)

    @property
    def signed(self) -> str:
        """With its sign, also above zero: a difference, a change."""
        return f"+{self}" if self.thousandths > 0 else str(self)

    def __str__(self) -> str:
        return exact.written_short(self.thousandths, PLACES)

    def __bool__(self) -> bool:
        return self.thousandths != 0

    def __add__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.thousandths + other.thousandths)

    def __sub__(self, other: Quantity) -> Quantity:
        if not isinstance(other, Quantity):
            return NotImplemented
        return Quantity(self.thousandths - other.thousandths)

    def __neg__(self) -> Quantity:
        return Quantity(-self.thousandths)

    def __abs__(self) -> Quantity:
        return Quantity(abs(self.thousandths))
