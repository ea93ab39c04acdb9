"""The roster (排班): the hours of the house and of each who serves, by days of the week and by day.

One table holds both: hours that name nobody are those of the house, hours that name a day come
before those of the week. Whoever has no hours of his own works those of the house.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.base.words import word
from models.salon.hours import DAY, hour_text, minute_from
from models.salon.stylists import Grade, Stylist
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, linked_row, put, row_at, text_of
from models.trust.users import User

ROSTER = word("Roster")
ALL_WEEK = "1234567"
# Nobody said anything: from 9 to 21 o'clock.
_USUAL = (9 * 60, 21 * 60)


class RosterWrong(Refusal):
    """Hours end after they begin, at most a day later, the break lies inside; they are of a day or
    of days of the week, 1 is Monday.
    """


class RosterHours(Row):
    """Hours of one `stylist`, or of the house (null), on a `day` or on `weekdays` ("12345").

    All are minutes since midnight; `closes` may lie past the next one. `is_off`: not at work, or
    shut; then the hours mean nothing.
    """

    key = KeyField(primary_key=True)
    stylist = ForeignKeyField(Stylist, null=True)
    day = DayField(null=True, index=True)
    weekdays = CharField(max_length=7, default="")
    opens = IntegerField(default=0)
    closes = IntegerField(default=0)
    break_from = IntegerField(null=True)
    break_until = IntegerField(null=True)
    is_off = BooleanField(default=False)
    # As people read it.
    shown = CharField(max_length=40, default="")
    note = CharField(max_length=60, default="")
    version = IntegerField(default=1)

    @property
    def spans(self) -> list[tuple[int, int]]:
        """When there is work: one stretch, or the two around the break."""
        if self.is_off:
            return []
        if self.break_from is None or self.break_until is None:
            return [(self.opens, self.closes)]
        around = [(self.opens, self.break_from), (self.break_until, self.closes)]
        return [span for span in around if span[0] < span[1]]


@operation(right="keep roster")
def save_roster_hours(
    job: Job, key: int | None, *, version: int = 0, stylist: int | None = None,
    day: date | None = None, weekdays: str = "", opens: str = "", closes: str = "",
    break_from: str = "", break_until: str = "", is_off: bool = False, note: str = "",
) -> RosterHours:  # fmt: skip
    """Make hours (key None) or change some. Hours are typed: "9", "9:30"; an end before its start
    is of the night after. What is booked already stays.

    Refuses: RosterWrong, HourUnreadable, RecordTaken, RecordChanged, LinkUnknown, TextTooLong.
    """
    found = None if key is None else row_at(RosterHours, key, version, ROSTER)
    who = linked_row(Stylist, "stylist", stylist)
    days = _weekdays(weekdays)
    if (day is None) == (not days):
        raise RosterWrong(field="weekdays")
    hours = dict.fromkeys(("break_from", "break_until"))
    hours |= {"opens": 0, "closes": 0} if is_off else _hours(opens, closes, break_from, break_until)
    for other in RosterHours.select().where(
        RosterHours.key != (key or 0), RosterHours.stylist.is_null() if who is None
        else RosterHours.stylist == who,
    ):  # fmt: skip
        if other.day == day and (day or set(other.weekdays) & set(days)):
            raise RecordTaken(
                listing=ROSTER, name=f"{day or ' '.join(days)}", field="day" if day else "weekdays"
            )
    values = {
        "stylist": who, "day": day, "weekdays": days, "is_off": is_off,
        "note": text_of("note", note, 60), "shown": "" if is_off else _shown(hours), **hours,
    }  # fmt: skip

    job.note(
        stylist=who.name if who else "", on=day, weekdays=days, hours=values["shown"],
        is_off=is_off,
    )  # fmt: skip
    if found is None:
        return RosterHours.create(key=new_key(), **values)
    put(found, **values)
    return found


@operation(right="keep roster")
def drop_roster_hours(job: Job, key: int, *, version: int) -> None:
    """Take hours away: those of the week, or of the house, hold again. Refuses: RecordChanged."""
    found = row_at(RosterHours, key, version, ROSTER)

    found.delete_instance()
    job.note(
        stylist=found.stylist.name if found.stylist else "", on=found.day, weekdays=found.weekdays
    )


def _weekdays(said: str) -> str:
    """Days of the week in order: "1-5 7" are 123457. Refuses: RosterWrong."""
    found: set[str] = set()
    for part in narrow(said).replace(",", " ").split():
        first, dash, last = part.partition("-")
        if dash and len(first) == len(last) == 1 and first <= last:
            part = ALL_WEEK[ALL_WEEK.find(first) : ALL_WEEK.find(last) + 1]
        if not part or not set(part) <= set(ALL_WEEK):
            raise RosterWrong(field="weekdays")
        found |= set(part)
    return "".join(sorted(found))


def _hours(opens: str, closes: str, break_from: str, break_until: str) -> dict[str, int | None]:
    first = minute_from(opens, field="opens")
    last = _after(minute_from(closes, field="closes"), first)
    if last - first > DAY:
        raise RosterWrong(field="closes")
    if not break_from.strip() and not break_until.strip():
        return {"opens": first, "closes": last}
    begin = minute_from(break_from, field="break_from")
    begin = begin if begin >= first else begin + DAY
    end = _after(minute_from(break_until, field="break_until"), begin)
    if not (first <= begin and end <= last):
        raise RosterWrong(field="break_until")
    return {"opens": first, "closes": last, "break_from": begin, "break_until": end}


def _shown(hours: dict[str, int | None]) -> str:
    opens, closes, since, until = (
        "" if hours[name] is None else hour_text(hours[name] or 0)
        for name in ("opens", "closes", "break_from", "break_until")
    )
    return f"{opens}-{closes}" + (f" / {since}-{until}" if since else "")


def _after(minute: int, other: int) -> int:
    return minute if minute > other else minute + DAY


# --- looking


@dataclass(frozen=True, slots=True)
class WorkDay:
    """The hours of one person, or of the house, on a day: stretches of minutes, and the break.

    Nobody works while the house is shut.
    """

    spans: tuple[tuple[int, int], ...]
    pause: tuple[int, int] | None = None

    @property
    def opens(self) -> int:
        return self.spans[0][0] if self.spans else 0

    @property
    def closes(self) -> int:
        return self.spans[-1][1] if self.spans else 0

    @property
    def minutes(self) -> int:
        """How long he is at work, breaks off."""
        return sum(until - since for since, until in self.spans)

    def covers(self, minute: int) -> bool:
        """Is there work in this minute?"""
        return any(since <= minute < until for since, until in self.spans)


class Rosters:
    """The hours of everybody on a day. Two queries, however many there are."""

    def __init__(self, day: date) -> None:
        self.day = day
        number = str(day.isoweekday())
        rows = list(
            RosterHours.select()
            .where((RosterHours.day == day) | RosterHours.weekdays.contains(number))
            .order_by(RosterHours.key)
        )
        # Hours of the day come last, over those of the week.
        rows.sort(key=lambda row: row.day is not None)
        self._of = {row.stylist_id: row for row in rows}
        house = self._of.get(None)
        spans = [_USUAL] if house is None else house.spans
        self.house = WorkDay(tuple(spans), _pause(house))

    def of(self, stylist: int) -> WorkDay:
        """The hours of one person: his own, as far as the house is open."""
        own = self._of.get(stylist)
        if own is None:
            return self.house
        first, last = self.house.opens, self.house.closes
        spans = ((max(since, first), min(until, last)) for since, until in own.spans)
        return WorkDay(tuple(span for span in spans if span[0] < span[1]), _pause(own))

    def minute_of(self, typed: int) -> int:
        """A minute that was typed: past midnight, where the house is open then and not before."""
        night = typed + DAY
        is_night = typed < self.house.opens and night < self.house.closes
        return night if is_night else typed


def _pause(row: RosterHours | None) -> tuple[int, int] | None:
    if row is None or row.is_off or row.break_from is None or row.break_until is None:
        return None
    return row.break_from, row.break_until


def serving(skill: str = "") -> Iterator[Stylist]:
    """Those who serve, by grade and number; only those who can do something."""
    rows = (
        Stylist.select(Stylist, Grade, User)
        .join(Grade)
        .switch(Stylist)
        .join(User)
        .where(Stylist.is_active)
    )
    for stylist in sorted(rows, key=lambda one: (one.grade.position, one.number)):
        if can_do(stylist, skill):
            yield stylist


def can_do(stylist: Any, skill: str) -> bool:
    """Can he do what a service asks for? Who says nothing of skills can do everything."""
    return not skill or not stylist.skills or skill in stylist.skills.split()
