"""A rate of tax, commission or exchange: six decimals, kept as whole millionths."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from models.base import exact

PLACES = 6


@dataclass(frozen=True, slots=True, order=True)
class Rate:
    """A part of one: 13 per cent is Rate(130_000)."""

    millionths: int

    def __post_init__(self) -> None:
        if type(self.millionths) is not int:
            raise TypeError(f"millionths must be an int, got {self.millionths!r}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a rate written as a part of one, "0.13"; ValueError when it is not exact."""
        return cls(exact.scaled(text, PLACES))

    @classmethod
    def percent(cls, text: str) -> Self:
        """Read a rate written in per cent, "13" or "5.5"; at most four decimals."""
        return cls(exact.scaled(text, PLACES - 2))

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.millionths).scaleb(-PLACES)

    @property
    def percent_text(self) -> str:
        """The rate in per cent without zeros at its end: "13", "5.5"."""
        return exact.written_short(self.millionths, PLACES - 2)

    @property
    def percent_figure(self) -> str:
        """The same rounded to two decimals, as figures stand below each other: "13.00"."""
        return exact.written(exact.divide(self.millionths, 100), 2)

    def __str__(self) -> str:
        return exact.written_short(self.millionths, PLACES)

    def __bool__(self) -> bool:
        return self.millionths != 0

    def __add__(self, other: Rate) -> Rate:
        if not isinstance(other, Rate):
            return NotImplemented
        return Rate(self.millionths + other.millionths)

    def __sub__(self, other: Rate) -> Rate:
        if not isinstance(other, Rate):
            return NotImplemented
        return Rate(self.millionths - other.millionths)

    def __neg__(self) -> Rate:
        return Rate(-self.millionths)


ONE = Rate(1_000_000)
