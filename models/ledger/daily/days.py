"""Business days: one date for the whole store, moved only by `close_day`.

The date does not come from the clock: after midnight the day goes on until it is closed, and a
clock set back changes nothing. The clock only proposes the next date and reminds of an old day.

A shift may go over the close where the store says so: each document carries its own date and its
shift, so that the day is the documents of the date and Z those of the shift, on both sides of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from peewee import BigIntegerField, CharField

from models.base import clock
from models.base.database import Row, store_number
from models.base.fields import DayField, InstantField
from models.base.hot import Statement
from models.base.named import load
from models.base.refusals import Refusal
from models.base.watching import Told
from models.ledger.daily import day_seal
from models.ledger.daily.shifts import CLOSED as SHIFT_CLOSED
from models.ledger.daily.shifts import COUNTED as SHIFT_COUNTED
from models.ledger.daily.shifts import Shift
from models.trust.company import store_zone
from models.trust.operation import DAY_OPEN, Job, Session, open_day, operation
from models.trust.print_queue import add_job
from models.trust.settings import setting
from models.trust.trades_used import used

OPEN, CLOSED = DAY_OPEN, "closed"

close_hour = setting("day.close_hour", 5, check=lambda hour: 0 <= hour <= 23)
# A desk that works through the night is not asked to close its shift for the audit: a house begins
# with yes.
shifts_go_over = setting("day.shifts_go_over", False)

# Further ahead than this the clock is more likely wrong than the store closed for so long.
FURTHEST = timedelta(days=31)


class DayMustClose(Refusal):
    """The calendar went on and no shift is in the way: close the old business day first."""


class ShiftsOpen(Refusal):
    """A day is closed when all its shifts are, unless the store lets them go over."""


class ShiftsCounted(Refusal):
    """A drawer is counted and its shift not closed: over or short belongs to the date of the count,
    so that shift does not go over.
    """


class NextDayWrong(Refusal):
    """The next business date must come after this one, and not by more than 31 days."""


class BusinessDay(Row):
    """One business date. Exactly one is open."""

    date = DayField(primary_key=True)
    state = CharField(max_length=8)
    opened_at = InstantField()
    closed_at = InstantField(null=True)
    closed_by = BigIntegerField(null=True)
    closed_register = BigIntegerField(null=True)

    class Meta:
        frozen_when = f"\"state\" = '{CLOSED}'"


Told(BusinessDay, "state opened_at closed_at closed_by closed_register", changes=True)


def begin_first_day(day: date) -> BusinessDay:
    """Open the first business date of a new store."""
    return BusinessDay.create(date=day, state=OPEN, opened_at=clock.now())


def local_now() -> datetime:
    """The wall clock of the store."""
    return clock.now().astimezone(store_zone())


def store_day() -> date:
    """The open business date of this store."""
    return open_day(store_number())


def proposed_next(day: date) -> date:
    """The date to open after `day`: the calendar's, when that is later and believable."""
    today = local_now().date()
    return today if day < today <= day + FURTHEST else day + timedelta(days=1)


def is_overdue(day: date) -> bool:
    """True when the calendar is past the business date and the closing hour has come."""
    local = local_now()
    return local.date() > day and local >= datetime.combine(
        day + timedelta(days=1), datetime.min.time(), local.tzinfo
    ) + timedelta(hours=close_hour.value())


def must_close_first(day: date) -> bool:
    """Must this day be closed before a shift is opened? Not while a shift is in the way of it."""
    return is_overdue(day) and not hindering_shifts()


def require_present_day(day: date) -> None:
    """Before a first shift: an old day must be closed first. Refuses: DayMustClose."""
    if must_close_first(day):
        raise DayMustClose(day=day)


def open_shifts() -> list[Shift]:
    """All shifts of the store that are not closed."""
    return list(Shift.select().where(Shift.state != SHIFT_CLOSED).order_by(Shift.register))


def hindering_shifts() -> list[Shift]:
    """The shifts that must be closed before the day: all that are open, or only those whose drawer
    is counted where the others go over.
    """
    found = open_shifts()
    if not shifts_go_over.value():
        return found
    return [shift for shift in found if shift.state == SHIFT_COUNTED]


def require_shifts_ready() -> None:
    """Before the day's close, whatever way it comes. Refuses: ShiftsOpen, ShiftsCounted."""
    if found := hindering_shifts():
        refusal = ShiftsCounted if shifts_go_over.value() else ShiftsOpen
        raise refusal(registers=registers_of(found))


def registers_of(found: Iterable[Shift]) -> str:
    """The registers of some shifts, as a person is told."""
    return ", ".join(str(shift.register) for shift in found)


def closing_steps(session: Session, day: date) -> Iterator[Any]:
    """Close the day with nobody there, step by step, as the trades in use do it.

    Refuses: what they and `close_day` refuse.
    """
    longer = next((trade.closes_day for trade in used() if trade.closes_day), "")
    if longer:
        yield from load(longer)(session, day)
    else:
        yield close_day(session, next_day=proposed_next(day), uid=close_uid(day))


def close_uid(day: date) -> UUID:
    """The id of closing this day, the same at every counter: of two who close it, the second is
    given what the first one did, and never closes the day after.
    """
    return uuid5(_NAMES, f"{store_number()} {day.isoformat()}")


_NAMES = UUID("0f0c6a52-3d0e-4e57-9a0e-5b8a5f0c7d31")


_POSTED = Statement('SELECT 1 FROM "document" WHERE "day" = ? LIMIT 1')


def in_a_gap(day: date, next_day: date) -> bool:
    """Was nothing posted on a date that is closed late, with another one that is past behind it?"""
    return next_day < local_now().date() and _POSTED.row(day.isoformat()) is None


def gap_before(day: date) -> date:
    """The first of the dates before this one that were closed on the same day of the calendar
    without a paper; the date itself when there is none.
    """
    while (before := BusinessDay.get_or_none(BusinessDay.date == day - timedelta(days=1))) and (
        before.closed_at is not None
        and before.closed_at.astimezone(store_zone()).date() == local_now().date()
        and in_a_gap(before.date, day)
    ):
        day = before.date
    return day


@operation(right="close day")
def close_day(job: Job, *, next_day: date) -> BusinessDay:
    """Close the business day: run the steps of the trades in use, sign its head over all registers,
    open the next date. What an open shift takes from then on is of the next date. A date on which
    nothing was posted has no paper when one that is past follows it: the last one covers them.

    Refuses: ShiftsOpen, ShiftsCounted, NextDayWrong.
    """
    require_shifts_ready()
    if not job.day < next_day <= job.day + FURTHEST:
        raise NextDayWrong(day=job.day, next_day=next_day)

    for step in (step for trade in used() for step in trade.day_steps):
        load(step)(job)
    changed = (
        BusinessDay.update(
            state=CLOSED, closed_at=job.now, closed_by=job.user, closed_register=job.register
        )
        .where(BusinessDay.date == job.day, BusinessDay.state == OPEN)
        .execute()
    )
    assert changed == 1
    BusinessDay.create(date=next_day, state=OPEN, opened_at=job.now)
    seal = day_seal.seal(job.day, job.now)
    if not in_a_gap(job.day, next_day):
        add_job(job, "day", body={"day": job.day.isoformat()})
    job.note(closed=job.day, opened=next_day, head=seal.short, store=store_number())
    return BusinessDay.get_by_id(next_day)
