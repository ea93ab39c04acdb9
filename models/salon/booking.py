"""Booking: an appointment is taken, changed, moved on the board, or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.goods.goods import Goods
from models.people.merging import root_of
from models.people.persons import Person
from models.salon.appointments import (
    CANCELLED,
    COMING,
    Appointment,
    AppointmentLine,
    AppointmentOver,
    Hold,
    appointment_at,
    lines_of,
    require_step,
)
from models.salon.guarding import Guard, Planned, Wish
from models.salon.hours import hour_text, minute_at
from models.trust.operation import Job, operation
from models.trust.records import LinkUnknown, NameMissing, put, text_of

MOST_SERVICES = 9


class NothingBooked(Refusal):
    """An appointment is for one to nine services."""


class DayOver(Refusal):
    """Nobody books on a business day that is over, or more than two years ahead."""


@dataclass(frozen=True, slots=True)
class Client:
    """Whose appointment it is: `name` and `phone` as they are told, the record of the `person`."""

    name: str
    phone: str = ""
    person: int | None = None
    note: str = ""


@operation(right="keep appointments")
def save_appointment(
    job: Job, key: int | None, *, version: int = 0, client: Client, day: date, minute: int,
    wishes: Sequence[Wish], squeeze: str = "",
) -> Appointment:  # fmt: skip
    """Book (key None), or change what is booked. `minute` is the hour that was typed: past
    midnight where the salon is open then. `squeeze` is why it may lie over somebody's time; that
    needs the right.

    Refuses: NothingBooked, NameMissing, DayOver, TextTooLong, LinkUnknown, RecordChanged,
    AppointmentOver, NeedsOverride, what `Guard.plan` refuses.
    """
    found = None if key is None else appointment_at(key, version)
    if found is not None and found.state not in COMING:
        raise AppointmentOver(name=found.name, state=found.said_state)
    values = client_values(client)
    if not 0 < len(wishes) <= MOST_SERVICES:
        raise NothingBooked(most=MOST_SERVICES)
    reason = text_of("squeeze", squeeze, 60)
    guard, lines = _planned(job, found, day=day, minute=minute, wishes=wishes, squeeze=reason)
    values |= {"squeezed": reason if guard.has_squeezed else ""}

    return _store(job, found, day, lines, **values)


@operation(right="keep appointments")
def move_appointment(
    job: Job, key: int, *, version: int, day: date, minute: int, stylist: int | None = None,
    instead_of: int | None = None, squeeze: str = "",
) -> Appointment:  # fmt: skip
    """Move an appointment to another hour or day, all its services alike; `stylist` does what
    `instead_of` was to do. Part of its own time is no conflict, its deposit goes along.

    Refuses: RecordChanged, AppointmentOver, DayOver, NeedsOverride, what `Guard.plan` refuses.
    """
    found = appointment_at(key, version)
    if found.state not in COMING:
        raise AppointmentOver(name=found.name, state=found.said_state)
    reason = text_of("squeeze", squeeze, 60)
    wishes = moved(found, minute, stylist=stylist, instead_of=instead_of)
    guard, lines = _planned(job, found, day=day, minute=minute, wishes=wishes, squeeze=reason)

    return _store(job, found, day, lines, squeezed=reason if guard.has_squeezed else "")


@operation(right="keep appointments")
def cancel_appointment(job: Job, key: int, *, version: int, reason: str) -> Appointment:
    """The client does not want it any more: who and what it held is free.

    Refuses: RecordChanged, AppointmentOver, NameMissing without a reason.
    """
    found = appointment_at(key, version)
    require_step(found, CANCELLED)
    why = text_of("reason", reason, 60)
    if not has_words(why):
        raise NameMissing(field="reason")

    release(found)
    put(found, state=CANCELLED, reason=why)
    job.note(client=found.name, on=found.day, reason=why)
    return found


# --- plain functions of the operations on appointments


def moved(
    found: Appointment, minute: int, *, stylist: int | None = None, instead_of: int | None = None
) -> list[Wish]:
    """What an appointment asks for when it begins at another minute."""
    by = minute - minute_at(found.day, found.starts_at)
    return [
        Wish(
            line.goods_id,
            stylist if stylist and line.stylist_id in (instead_of, None) else line.stylist_id,
            line.is_asked, minute_at(found.day, line.starts_at) + by, line.grade_id,
        )
        for line in lines_of(found.key)
    ]  # fmt: skip


def release(found: Appointment) -> None:
    """Whatever an appointment holds is free."""
    Hold.delete().where(Hold.appointment == found.key).execute()


def write_lines(found: Appointment, lines: Sequence[Planned]) -> None:
    """What is planned is held, in place of what was."""
    release(found)
    AppointmentLine.delete().where(AppointmentLine.appointment == found.key).execute()
    for position, line in enumerate(lines, 1):
        row = AppointmentLine.create(
            key=new_key(), appointment=found.key, position=position, goods=line.goods,
            stylist=line.stylist, is_asked=line.is_asked, grade=line.grade,
            is_by_turn=line.is_by_turn, starts_at=line.starts_at,
            hands_off_at=line.hands_off_at, hands_on_at=line.hands_on_at, ends_at=line.ends_at,
        )  # fmt: skip
        for held in line.holds:
            Hold.create(
                key=new_key(), appointment=found.key, line=row, stylist=held.stylist,
                thing=held.thing, since=held.since, until=held.until,
                is_squeezed=held.is_squeezed,
            )  # fmt: skip


def client_values(client: Client) -> dict[str, object]:
    """Whose it is, as the row has it. Refuses: NameMissing, TextTooLong, LinkUnknown."""
    name, person = text_of("name", client.name, 60), client.person
    if person is not None:
        record = Person.get_or_none(Person.key == root_of(person))
        if record is None:
            raise LinkUnknown(field="person")
        person, name = record.key, name or record.name
    if not name:
        raise NameMissing()
    return {
        "name": name, "phone": text_of("phone", client.phone, 30), "person": person,
        "note": text_of("note", client.note, 200),
    }  # fmt: skip


def _planned(
    job: Job, found: Appointment | None, *, day: date, minute: int, wishes: Sequence[Wish],
    squeeze: str,
) -> tuple[Guard, list[Planned]]:  # fmt: skip
    if day < job.day or (day - job.day).days > 731:
        raise DayOver(day=day)
    if squeeze:
        job.require("squeeze in")
    guard = Guard(day, but=found.key if found else None, squeezes=bool(squeeze))
    return guard, guard.plan(wishes, guard.rosters.minute_of(minute))


def _store(
    job: Job, found: Appointment | None, day: date, lines: Sequence[Planned], **values: object
) -> Appointment:
    times = {
        "day": day, "starts_at": min(line.starts_at for line in lines),
        "ends_at": max(line.ends_at for line in lines),
    }  # fmt: skip
    changes = None
    if found is None:
        found = Appointment.create(key=new_key(), user=job.user, made_at=job.now, **times, **values)
    else:
        changes = sorted(put(found, **times, **values))
    write_lines(found, lines)
    names = {one.key: one.name for one in Goods.select().where(
        Goods.key.in_([line.goods for line in lines]))}  # fmt: skip
    job.note(
        client=found.name, on=day, at_hour=hour_text(minute_at(day, found.starts_at)),
        services=[names[line.goods] for line in lines], changed=changes, why=found.squeezed,
    )  # fmt: skip
    return found
