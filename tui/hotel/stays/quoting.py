"""What nights cost, in words: for the form of a reservation and that of a check-in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from models.base.money import Money
from models.hotel.charges.fees import early_price_of, fee_total
from models.hotel.charges.services import EARLY_CODE
from models.hotel.charges.visitors_tax import quoted_tax, tax_total
from models.hotel.rooms.rates import BY_DAY, Party, Priced, RatePlan, by_price, price_nights
from models.hotel.rooms.room_days import left_between
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.stays import Night, Stay, days_of
from models.ledger.daily.days import local_now
from models.listings.listings import Linked
from tui.desk.words import t


def sum_text(nights: Sequence[Priced], tax: Money) -> str:
    """Prices of nights, their sum, and the visitors' tax where there is any:
    "2 x 320.00 + 1 x 420.00 = 1060.00 + tax 12.00".
    """
    if not nights:
        return ""
    total = Money.total((night.price for night in nights), nights[0].price.currency)
    return f"{by_price(nights)} = {total}{_tax_text(tax)}"


def stay_text(stay: Stay, nights: Sequence[Night]) -> str:
    """The same of nights of a stay."""
    return sum_text(nights, tax_total(stay, nights))


def total_text(stay: Stay, nights: Sequence[Night]) -> str:
    """The sum first, where a row may end before the prices: "1060.00 (2 x 320.00 + ...)"."""
    if not nights:
        return ""
    total = Money.total((night.price for night in nights), nights[0].price.currency)
    return f"{total}{_tax_text(tax_total(stay, nights))} ({by_price(nights)})"


def _tax_text(tax: Money) -> str:
    return f" + {t('tax {amount}', amount=tax)}" if tax else ""


def quote(
    room_type: int, plan: int, dates: tuple[date, date], party: Party, *, comes_now: bool = False,
    rooms: int = 1, agreed: Money | None = None,
) -> str:  # fmt: skip
    """What the nights cost, each as it was `agreed` or as the plan says, of several rooms all of
    them too, and how many rooms are left: "2 x 320.00 = 640.00   2 rooms 1280.00   3 rooms left".
    """
    arrival, departure = dates
    if departure < arrival:
        return ""
    days = days_of(arrival, departure)
    rates = RatePlan.get_by_id(plan)
    nights = price_nights(rates, RoomType.get_by_id(room_type), days, party)
    if agreed is not None:
        nights = [replace(night, price=agreed) for night in nights]
    held = left_between(arrival, max(departure, arrival + timedelta(days=1)))
    left = min(held[room_type, day].sellable for day in days)
    hour = at_this_hour(nights[0], arrival) if comes_now else ""
    tax = quoted_tax(rates, party, nights)
    together = ""
    if rooms > 1:
        one = Money.total((night.price for night in nights), tax.currency) + tax
        whole = Money(one.minor * rooms, one.currency)
        together = f"   {t('{count} rooms {amount}', count=rooms, amount=whole)}"
    return f"{sum_text(nights, tax)}{hour}{together}   {t('{count} rooms left', count=left)}"


def at_this_hour(first: Priced, day: date) -> str:
    """What the hour adds to the nights of a guest who comes now: which night it is while the old
    date is open, and what coming before the morning costs.
    """
    if local_now().date() > day:
        return f"   {t('night of {day}', day=day)}"
    early = early_price_of(first, day)
    return f" + {t('early {fee}', fee=fee_total(EARLY_CODE, early))}" if early else ""


def usual_plan() -> Linked | None:
    """The plan of whoever asks for none: the first that is in use."""
    plan = RatePlan.select().where(RatePlan.is_active).order_by(RatePlan.key).first()
    return None if plan is None else Linked(plan.key, plan.code)


def last_day(plan: Linked | None, arrival: date, departure: date | None) -> date | None:
    """The day of departure that a plan asks for, when the one that is given is none for it: a room
    by day is left on the same day, any other on the next at the earliest. None: it fits.
    """
    is_by_day = plan is not None and RatePlan.get_by_id(plan.key).use in BY_DAY
    proposed = arrival if is_by_day else arrival + timedelta(days=1)
    if departure is None or (departure != arrival if is_by_day else departure <= arrival):
        return proposed
    return None
