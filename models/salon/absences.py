"""Absences (请假、外出): whoever serves is away for a while. An absence is never refused for what
is booked in it, and cancels nothing: it lists the clients that it uncovers.
"""

from __future__ import annotations

from datetime import date, datetime

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.salon.appointments import LIVE, Appointment, Hold
from models.salon.hours import DAY, hour_text, instant_at, minute_at, minute_from
from models.salon.roster import Rosters
from models.salon.stylists import Stylist
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, first_wrong, linked_row, put, row_at, text_of

ABSENCES = word("Absences")
ASKED, AGREED, REFUSED, DROPPED = "asked", "agreed", "refused", "dropped"
ABSENCE_WORDS = {
    ASKED: word("asked for"), AGREED: word("agreed"), REFUSED: word("not agreed"),
    DROPPED: word("withdrawn"),
}  # fmt: skip


class AbsenceWrong(Refusal):
    """An absence ends after it begins, on days that are not over, at most a year later."""


class AbsenceDecided(Refusal):
    """Somebody has decided on this absence already."""


class NotOwnAbsence(Refusal):
    """Whoever keeps the roster speaks for others; everybody else asks for himself."""


class Absence(Row):
    """Somebody is away from `since` to `until`: from a day and hour to a day and hour.

    One that is only asked for guards nothing until somebody who keeps the roster agrees.
    """

    key = KeyField(primary_key=True)
    stylist = ForeignKeyField(Stylist)
    day = DayField(index=True)
    last = DayField()
    since = InstantField()
    until = InstantField(index=True)
    reason = CharField(max_length=60, default="")
    state = CharField(max_length=10, default=AGREED)
    is_whole_days = BooleanField(default=True)
    user = BigIntegerField()
    made_at = InstantField()
    decided_by = BigIntegerField(null=True)
    decided_at = InstantField(null=True)
    version = IntegerField(default=1)


@operation(right="keep appointments")
def save_absence(
    job: Job, key: int | None, *, version: int = 0, stylist: int, day: date,
    last: date | None = None, since: str = "", until: str = "", reason: str = "",
) -> Absence:  # fmt: skip
    """Say that somebody is away (key None) or change it: from `day` to `last`, both counted, or
    from an hour to an hour. Whoever keeps the roster says it; anybody asks for himself, and it
    waits until it is agreed.

    Refuses: AbsenceWrong, HourUnreadable, NotOwnAbsence, AbsenceDecided, RecordChanged,
    LinkUnknown, TextTooLong.
    """
    found = None if key is None else row_at(Absence, key, version, ABSENCES)
    who = linked_row(Stylist, "stylist", stylist)
    if who is None:
        raise LinkUnknown(field="stylist")
    is_kept = job.rights.holds("keep roster")
    if not is_kept and who.user_id != job.user:
        raise NotOwnAbsence(name=who.name)
    if found is not None and found.state != ASKED and not is_kept:
        raise AbsenceDecided(name=who.name)
    end = last or day
    begin, stop = _span(day, end, since, until)
    is_over = key is None and end < job.day
    wrong = first_wrong(last=0 <= (end - day).days <= 366 and not is_over, until=begin < stop)
    if wrong:
        raise AbsenceWrong(name=who.name, field=wrong)
    values = {
        "stylist": who, "day": day, "last": end, "since": begin, "until": stop,
        "reason": text_of("reason", reason, 60), "is_whole_days": not (since or until).strip(),
        "state": AGREED if is_kept else ASKED,
    }  # fmt: skip

    job.note(stylist=who.name, since=str(day), until=str(end), reason=reason, state=values["state"])
    if found is None:
        return Absence.create(key=new_key(), user=job.user, made_at=job.now, **values)
    put(found, **values)
    return found


@operation(right="keep roster")
def decide_absence(job: Job, key: int, *, version: int, is_agreed: bool) -> Absence:
    """Agree to an absence that was asked for, or refuse it. Refuses: RecordChanged,
    AbsenceDecided.
    """
    found = row_at(Absence, key, version, ABSENCES)
    if found.state != ASKED:
        raise AbsenceDecided(name=found.stylist.name)

    state = AGREED if is_agreed else REFUSED
    put(found, state=state, decided_by=job.user, decided_at=job.now)
    job.note(stylist=found.stylist.name, since=str(found.day), state=state)
    return found


@operation(right="keep appointments")
def drop_absence(job: Job, key: int, *, version: int) -> Absence:
    """Take an absence back: he is there after all. Refuses: RecordChanged, NotOwnAbsence,
    AbsenceDecided.
    """
    found = row_at(Absence, key, version, ABSENCES)
    is_kept = job.rights.holds("keep roster")
    if not is_kept and found.stylist.user_id != job.user:
        raise NotOwnAbsence(name=found.stylist.name)
    if found.state == DROPPED or (found.state != ASKED and not is_kept):
        raise AbsenceDecided(name=found.stylist.name)

    put(found, state=DROPPED, decided_by=job.user, decided_at=job.now)
    job.note(stylist=found.stylist.name, since=str(found.day))
    return found


def _span(day: date, last: date, since: str, until: str) -> tuple[datetime, datetime]:
    """Both instants. Hours past midnight are those of the night after; without an hour it is the
    whole day, until it is shut.
    """
    first, end = Rosters(day), Rosters(last)
    begin = first.minute_of(minute_from(since, field="since")) if since.strip() else 0
    stop = max(DAY, end.house.closes)
    if until.strip():
        stop = end.minute_of(minute_from(until, field="until"))
    return instant_at(day, begin), instant_at(last, stop)


# --- looking


def away(since: datetime, until: datetime) -> dict[int, list[Absence]]:
    """Who is away in a stretch of time, by stylist."""
    found: dict[int, list[Absence]] = {}
    rows = Absence.select().where(
        Absence.until > since, Absence.since < until, Absence.state == AGREED
    )
    for row in rows.order_by(Absence.since):
        found.setdefault(row.stylist_id, []).append(row)
    return found


def uncovered(absence: Absence) -> list[Appointment]:
    """The clients that an absence leaves with nobody, earliest first, until each is moved or
    called off. Nothing is done by itself.
    """
    if absence.state not in (ASKED, AGREED):
        return []
    rows = (
        Appointment.select()
        .join(Hold)
        .where(
            Hold.stylist == absence.stylist_id, Hold.since < absence.until,
            Hold.until > absence.since, Appointment.state.in_(LIVE),
        )
        .distinct()
    )  # fmt: skip
    return sorted(rows, key=lambda one: (one.starts_at, one.key))


def uncovered_from(day: date) -> list[Appointment]:
    """The clients of a day and later whose person is away, each once."""
    rows = Absence.select().where(Absence.last >= day, Absence.state == AGREED)
    found = {one.key: one for absence in rows for one in uncovered(absence)}
    return [one for one in found.values() if one.day >= day]


def asked_for() -> list[Absence]:
    """The absences that wait for an answer."""
    return list(Absence.select().where(Absence.state == ASKED).order_by(Absence.since))


def span_text(absence: Absence) -> str:
    """An absence in one line."""
    if absence.is_whole_days:
        is_one = absence.day == absence.last
        return str(absence.day) if is_one else f"{absence.day} - {absence.last}"
    since = hour_text(minute_at(absence.day, absence.since))
    return f"{absence.day} {since} - {hour_text(minute_at(absence.last, absence.until))}"
