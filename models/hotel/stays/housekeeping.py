"""Housekeeping: what state rooms are in, and when one is taken out of order or given back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.keys import new_key
from models.base.words import word
from models.hotel.rooms import room_days
from models.hotel.rooms.room_days import days_between
from models.hotel.rooms.rooms import (
    CARE,
    CLOSINGS,
    OUT_OF_ORDER,
    DatesWrong,
    Room,
    RoomClosing,
    RoomInUse,
)
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Night, Stay
from models.trust.operation import Job, operation
from models.trust.records import RecordChanged, first_wrong, put, row_at

_CLOSED = word("Rooms out of order")


@operation(right="keep house")
def close_room(
    job: Job, room: Room, kind: str, *, first: date, until: date, reason: str
) -> RoomClosing:
    """Take a room out of order or out of service; what was booked into it stands without a room
    afterwards, and is on the list of those to be assigned.

    Refuses: DatesWrong, RoomInUse (somebody lives there).
    """
    if kind not in CLOSINGS:
        raise ValueError(kind)
    if wrong := first_wrong(first=job.day <= first, until=first < until):
        raise DatesWrong(first=first, last=until, field=wrong)
    if kind == OUT_OF_ORDER and _lived_in(room, first, until):
        raise RoomInUse(room=room.number)

    made = RoomClosing.create(
        key=new_key(), room=room, kind=kind, first=first, until=until, reason=reason.strip(),
        made_at=job.now,
    )  # fmt: skip
    hit = _take_off(room, first, until) if kind == OUT_OF_ORDER else []
    job.note(room=room.number, closed=kind, first=first, until=until, why=reason.strip(), hit=hit)
    return made


@operation(right="keep house")
def reopen_room(job: Job, closing: RoomClosing, *, version: int) -> RoomClosing:
    """Give a closed room back from today on. Refuses: RecordChanged."""
    found = row_at(RoomClosing, closing.key, version, _CLOSED, name=closing.room.number)
    if found.is_ended:
        raise RecordChanged(listing=_CLOSED, name=found.room.number)

    until = max(found.first, job.day)
    if found.kind == OUT_OF_ORDER:
        _count(found.room, days_between(until, found.until), -1)
    put(found, is_ended=True, until=until)
    job.note(room=found.room.number, reopened=found.kind)
    return found


@operation(right="keep house")
def set_care(job: Job, rooms: list[int], care: str) -> None:
    """What housekeeping found or did, for one room, a floor or the marked ones."""
    if care not in CARE:
        raise ValueError(care)

    Room.update(care=care, version=Room.version + 1).where(Room.key << rooms).execute()
    numbers = [room.number for room in Room.select().where(Room.key << rooms).order_by(Room.number)]
    job.note(rooms=numbers, care=care)


def _lived_in(room: Room, first: date, until: date) -> bool:
    """Does a guest who is in the house have this room on one of these nights?"""
    nights = Night.select(Night.stay).where(
        Night.room == room, Night.day >= first, Night.day < until, Night.is_live
    )
    return bool(Stay.select().where(Stay.key.in_(nights), Stay.state == IN_HOUSE).exists())


def _take_off(room: Room, first: date, until: date) -> list[str]:
    """Take the room off the bookings of these nights and out of what is for sale; the numbers of
    the stays that it hits.
    """
    nights = Night.select(Night.stay).where(
        Night.room == room, Night.day >= first, Night.day < until, Night.is_live
    )
    hit = list(Stay.select().where(Stay.key.in_(nights), Stay.state << EXPECTED))
    for stay in hit:
        Night.update(room=None).where(Night.stay == stay).execute()
        Stay.update(room=None, version=Stay.version + 1).where(Stay.key == stay.key).execute()
    _count(room, days_between(first, until), 1)
    return [stay.number for stay in hit]


def _count(room: Room, days: Sequence[date], closed: int) -> None:
    room_days.move(((day, room.room_type_id) for day in days), closed=closed)
