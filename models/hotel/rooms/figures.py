"""The figures of a house: occupancy, average rate and their like, each defined in one place.

Sold rooms are paid overnight stays. Free, house-use and day-use rooms have lines of their own. The
available rooms are those of the house less those out of order and, where the caller says so, out of
service. Figures round half away from zero to two decimals; a difference is taken between the
figures as shown. Nothing sold is zero, never an error.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from models.base import exact
from models.base.money import Money


@dataclass(frozen=True, slots=True)
class House:
    """One day, or many days summed, of a house or of a part of it."""

    available: int
    sold: int
    guests: int
    room_revenue: Money
    rack_rate: Money | None = None

    @property
    def occupancy(self) -> Decimal:
        """Sold of available rooms, in per cent."""
        return per_cent(self.sold, self.available)

    @property
    def double_occupancy(self) -> Decimal:
        """Guests beyond one a room, of the sold rooms, in per cent."""
        return per_cent(self.guests - self.sold, self.sold)

    @property
    def average_rate(self) -> Money:
        """Room revenue for each sold room (ADR)."""
        return self._share(self.sold)

    @property
    def per_available(self) -> Money:
        """Room revenue for each available room (RevPAR)."""
        return self._share(self.available)

    @property
    def yield_per_cent(self) -> Decimal:
        """Room revenue of what all rooms would bring at the rack rate, in per cent."""
        most = self.rack_rate.minor * self.available if self.rack_rate else 0
        return per_cent(self.room_revenue.minor, most)

    @property
    def vacant(self) -> int:
        return self.available - self.sold

    def _share(self, rooms: int) -> Money:
        return self.room_revenue.over(rooms) if rooms else Money(0, self.room_revenue.currency)


def per_cent(part: int, whole: int) -> Decimal:
    """A part in per cent, to two decimals; of nothing it is zero."""
    return Decimal(exact.divide(part * 10_000, whole)).scaleb(-2) if whole else Decimal("0.00")


def ideal_average_rate(low_first: Money, high_first: Money, sold: int) -> Money:
    """The average rate halfway between selling cheap rooms first and dear rooms first."""
    return (low_first + high_first).over(2 * sold)
