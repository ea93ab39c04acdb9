"""Rooms by the hour, early arrivals and late departures: pure sums over clock times.

Every percentage is rounded half away from zero by itself, then the
lines are summed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from models.base.money import Money
from models.base.rates import ONE, Rate

HALF = Rate(ONE.millionths // 2)


@dataclass(frozen=True, slots=True)
class HourTariff:
    """What a room costs by the hour (钟点房), for a night out of hours, and for a whole day.

    `grace` is the time past a full hour that costs nothing. Above `overnight` the price is capped
    there while the stay is at most `overnight_hours`, else at `daily`.
    """

    hourly: Money
    overnight: Money
    daily: Money
    least_hours: int = 1
    overnight_hours: int = 13
    grace: timedelta = timedelta(0)


@dataclass(frozen=True, slots=True)
class HourCharge:
    """Started hours, what they cost, and whether a cap stopped them."""

    hours: int
    total: Money
    is_capped: bool


def hour_charge(tariff: HourTariff, arrived: datetime, left: datetime) -> HourCharge:
    """The price of a stay by the hour; each started hour counts. ValueError when it ends first."""
    if left < arrived:
        raise ValueError(f"the stay ends before it begins: {arrived} to {left}")
    seconds = max(0, (left - arrived - tariff.grace).total_seconds())
    hours = -(-int(seconds) // 3600)
    if left > arrived:
        hours = max(hours, tariff.least_hours)
    total = Money(tariff.hourly.minor * hours, tariff.hourly.currency)
    is_short = left - arrived <= timedelta(hours=tariff.overnight_hours)
    if is_short and total.minor > tariff.overnight.minor:
        return HourCharge(hours, tariff.overnight, True)
    if total.minor > tariff.daily.minor:
        return HourCharge(hours, tariff.daily, True)
    return HourCharge(hours, total, False)


@dataclass(frozen=True, slots=True)
class DayWindow:
    """From when a room is had and until when it is left, with what each side costs beyond that, in
    per cent of the price.
    """

    begins: time
    ends: time
    early_per_cent: int = 0
    late_per_cent: int = 0


@dataclass(frozen=True, slots=True)
class Surcharges:
    """What is added to a price for coming early, leaving late, and for the day itself."""

    early: Money
    late: Money
    special: Money

    @property
    def total(self) -> Money:
        return self.early + self.late + self.special


def surcharges(
    price: Money, window: DayWindow, arrived: datetime, left: datetime, *, special_per_cent: int = 0
) -> Surcharges:
    """What comes on top of `price` for these times."""

    def part(per_cent: int, applies: bool) -> Money:
        return price.part(Rate.percent(f"{per_cent}")) if applies else Money(0, price.currency)

    return Surcharges(
        early=part(window.early_per_cent, arrived.time() < window.begins),
        late=part(window.late_per_cent, left.time() > window.ends),
        special=part(special_per_cent, True),
    )


@dataclass(frozen=True, slots=True)
class LateRule:
    """The fee of a late departure: none until `standard`, then a share of the night, once or for
    each started hour and never more than the night; after `half_until` the whole night.
    """

    standard: time = time(12)
    half_until: time = time(18)
    share: Rate = HALF
    is_hourly: bool = False

    def fee(self, night: Money, left: time) -> Money:
        """What leaving at this hour costs; `night` is the price of the last night."""
        if left <= self.standard:
            return Money(0, night.currency)
        if left > self.half_until:
            return night
        part = night.part(self.share)
        if not self.is_hourly:
            return part
        return min(night, Money(part.minor * _started_hours(self.standard, left), night.currency))


def _started_hours(since: time, until: time) -> int:
    """Hours between two times of a day, the last one begun."""
    seconds = (until.hour - since.hour) * 3600 + (until.minute - since.minute) * 60
    return -(-(seconds + until.second - since.second) // 3600)


class EarlyMorning:
    """What a guest who comes after the audit is charged for the rest of the night."""

    NOTHING, HALF, WHOLE = CHOICES = ("nothing", "half", "whole")


def early_morning_fee(night: Money, arrived: time, *, until: time, rule: str) -> Money:
    """The extra for an arrival after the audit and before `until` (凌晨房), by the store's rule."""
    if arrived >= until or rule == EarlyMorning.NOTHING:
        return Money(0, night.currency)
    return night if rule == EarlyMorning.WHOLE else night.part(HALF)
