"""Who walks in (散客、排队): the queue of those who have no appointment, and whose turn they are.

A walk-in is an appointment that holds nobody yet: when a client is seated, whoever has the next
turn in the rotation, can do it and is free until it is done has the client.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from peewee import fn

from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.texts import narrow
from models.goods.goods import Goods
from models.salon.appointments import ARRIVED, COMING, Appointment, AppointmentLine, Hold
from models.salon.booking import (
    MOST_SERVICES,
    Client,
    NothingBooked,
    client_values,
    write_lines,
)
from models.salon.guarding import NotBookable, Planned, Wish, timed
from models.salon.hours import hour_text, minute_at
from models.salon.roster import serving
from models.salon.rotation import (
    GONE,
    InRotation,
    clients_in_chair,
    presences,
)
from models.salon.services import SalonService
from models.salon.stylists import Grade, Stylist, stylist_said
from models.trust.operation import Job, operation

_ASKED = re.compile(r"(\d{1,3}|[^\W\d][^*]*?)[*点]")


class WalkInUnreadable(Refusal):
    """A walk-in is said by codes of services, and by who is asked for or which grade: 101 8*."""


@operation(right="keep appointments")
def add_walk_in(job: Job, client: Client, said: str) -> Appointment:
    """Somebody waits without an appointment. `said` are codes of services, with `8*` for who is
    asked for (by name or initials too), or the first letters of a grade: "101 103 8*", "101 大".

    Refuses: WalkInUnreadable, NotBookable, NothingBooked, NameMissing, LinkUnknown, TextTooLong.
    """
    wishes = wishes_from(said)
    if not 0 < len(wishes) <= MOST_SERVICES:
        raise NothingBooked(most=MOST_SERVICES)
    values = client_values(client)
    services = {one.key: one for one in SalonService.select().where(
        SalonService.key.in_([wish.goods for wish in wishes]))}  # fmt: skip
    if any(not getattr(services.get(wish.goods), "minutes", 0) for wish in wishes):
        raise NotBookable(field="goods")

    found = Appointment.create(
        key=new_key(), day=job.day, starts_at=job.now, ends_at=job.now, state=ARRIVED,
        is_walk_in=True, arrived_at=job.now, user=job.user, made_at=job.now, **values,
    )  # fmt: skip
    lines, at = list[Planned](), job.now
    for wish in wishes:
        lines.append(timed(services[wish.goods], wish, at))
        at = lines[-1].ends_at
    write_lines(found, lines)
    found.ends_at = at
    found.save()
    job.note(client=found.name, on=found.day, said=said)
    return found


def wishes_from(said: str) -> list[Wish]:
    """What was said of a walk-in. Refuses: WalkInUnreadable."""
    goods, stylist, grade = list[int](), None, None
    for word in re.sub("[,、+]", " ", narrow(said)).split():
        asked = _ASKED.fullmatch(word)
        if asked:
            stylist = _one(stylist_said(asked[1], is_active=False), word)
        elif (item := Goods.get_or_none(Goods.code == word, Goods.is_active)) is not None:
            goods.append(item.key)
        else:
            grade = _one(_grade(word.casefold()), word)
    return [Wish(key, stylist, stylist is not None, grade=grade) for key in goods]


def _grade(word: str) -> Grade | None:
    """The grade of this name; else the only one whose name begins so."""
    names = {one.name.casefold(): one for one in Grade.select().where(Grade.is_active)}
    begun = [one for name, one in names.items() if name.startswith(word)]
    return names.get(word) or (begun[0] if len(begun) == 1 else None)


def _one(found: Stylist | Grade | None, word: str) -> int:
    if found is None:
        raise WalkInUnreadable(text=word)
    return int(found.key)


# --- looking


@dataclass(frozen=True, slots=True)
class WaitingClient:
    """A client who waits for a place: since when, what for, whom or which grade he asked for."""

    appointment: int
    version: int
    name: str
    services: tuple[str, ...]
    asked: str
    since: str


def waiting(day: date) -> list[WaitingClient]:
    """Who waits without a place, longest first."""
    rows = (
        Appointment.select()
        .where(Appointment.day == day, Appointment.state == ARRIVED)
        .order_by(Appointment.arrived_at, Appointment.key)
    )
    held = {
        key
        for (key,) in Hold.select(Hold.appointment)
        .where(Hold.appointment.in_([row.key for row in rows]))
        .tuples()
    }
    return [_waiting(row) for row in rows if row.key not in held]


def _waiting(row: Appointment) -> WaitingClient:
    lines = list(
        AppointmentLine.select(AppointmentLine, Goods)
        .join(Goods)
        .where(AppointmentLine.appointment == row)
        .order_by(AppointmentLine.position)
    )
    asked = next((f"{one.stylist.number}*" for one in lines if one.stylist and one.is_asked), "")
    grade = next((one.grade.name for one in lines if one.grade), "")
    names = tuple(one.goods.name for one in lines)
    since = hour_text(minute_at(row.day, row.arrived_at or row.made_at))
    return WaitingClient(row.key, row.version, row.name, names, asked or grade, since)


def read_rotation(day: date, now: datetime) -> list[InRotation]:
    """Everybody who serves, grade by grade in the order of the rotation; who is gone comes last."""
    busy = clients_in_chair(now)
    here = {one.stylist_id: one for one in presences(day)}
    ahead = _booked_ahead(day, now)
    rows: list[tuple[tuple[int, ...], InRotation]] = []
    for stylist in serving():
        found = here.get(stylist.key)
        client = busy.get(stylist.key)
        state = found.state if found else GONE
        rows.append((
            (stylist.grade.position, int(state == GONE), found.place if found else stylist.number),
            InRotation(
                stylist.key, stylist.number, stylist.name, stylist.grade.name, state,
                found.halves if found else 0, found.asked if found else 0,
                hour_text(minute_at(day, found.came_at)) if found else "",
                client.name if client else "", ahead.get(stylist.key, ""),
            ),
        ))  # fmt: skip
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


def _booked_ahead(day: date, now: datetime) -> dict[int, str]:
    """The hour of the next client that is booked with each, by stylist."""
    rows = (
        Hold.select(Hold.stylist, fn.MIN(Hold.since))
        .join(Appointment)
        .where(
            Appointment.day == day, Appointment.state.in_(COMING), Hold.stylist.is_null(False),
            Hold.since > now,
        )
        .group_by(Hold.stylist)
    )  # fmt: skip
    return {key: hour_text(minute_at(day, at)) for key, at in rows.tuples()}
