"""A house that was shut for a time (歇业) comes back to the calendar: every date in between is
closed by one answer, each with its own empty report (the night audit's screen). What is booked
there is asked about first.
"""

from __future__ import annotations

from datetime import date, timedelta

from models.base.refusals import Refusal
from models.hotel.audit.audit import ArrivalsOpen, no_arrivals
from models.hotel.stays.stays import IN_HOUSE, Stay
from models.ledger.daily.days import local_now, store_day

ONE = timedelta(days=1)


class HouseLivedIn(Refusal):
    """Guests are in the house: their nights are audited date by date."""


class GapWrong(Refusal):
    """Dates are closed until the calendar's date at most, and from the open one on."""


def gap_end(day: date) -> date | None:
    """Until when an empty house may close its dates in one go: the calendar's date, when more than
    one night is missing; else None.
    """
    today = local_now().date()
    is_lived_in = Stay.select().where(Stay.state == IN_HOUSE).exists()
    return None if is_lived_in or today - day <= ONE else today


def require_gap_empty(until: date) -> None:
    """Before it is closed. Refuses: GapWrong, HouseLivedIn, ArrivalsOpen (bookings in between)."""
    if not store_day() < until <= local_now().date():
        raise GapWrong(day=store_day(), until=until)
    living = list(Stay.select().where(Stay.state == IN_HOUSE).limit(10))
    if living:
        raise HouseLivedIn(stays=", ".join(f"{stay.number} {stay.name}" for stay in living))
    if coming := no_arrivals(until - ONE):
        raise ArrivalsOpen(stays=", ".join(f"{stay.number} {stay.name}" for stay in coming[:10]))
