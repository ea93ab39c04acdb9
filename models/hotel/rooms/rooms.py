"""Rooms and their types, and when a room cannot be had.

A room is out of order (维修 OOO: it leaves what is for sale) or out of service (停用 OOS:
a shortcoming, it can still be sold). Both last from a day to a day, the last one not counted, like
a stay.
"""

from __future__ import annotations

from datetime import date

from peewee import (
    BooleanField,
    CharField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from models.base.database import Row
from models.base.fields import CodeField, DayField, InstantField, JsonField, KeyField
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.refusals import Refusal
from models.base.words import word
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, put, row_at

_ROOMS, _TYPES = word("Rooms"), word("Room types")

CLEAN, DIRTY, INSPECTED, PICKUP = CARE = ("clean", "dirty", "inspected", "pickup")
OUT_OF_ORDER, OUT_OF_SERVICE = CLOSINGS = ("out of order", "out of service")


class RoomInUse(Refusal):
    """The room has guests or bookings ahead: it keeps its type and stays on."""


class PersonsWrong(Refusal):
    """A room is for at least one person, and no extra bed makes it more than 20."""


class DatesWrong(Refusal):
    """The last day lies before the first, or the first lies in the past."""


class RoomType(Row):
    """A class of rooms that are sold alike. `persons` is the most who may sleep in one, extra beds
    counted; `oversold` so many more than there are may be sold.
    """

    key = KeyField(primary_key=True)
    code = CodeField(max_length=10, unique=True)
    name = CharField(max_length=40)
    persons = IntegerField(default=2)
    extra_beds = IntegerField(default=0)
    oversold = IntegerField(default=0)
    position = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)


class Room(Row):
    """One room. `care` is what housekeeping said last; who lives there, the stays say."""

    key = KeyField(primary_key=True)
    number = CodeField(max_length=10, unique=True)
    room_type = ForeignKeyField(RoomType)
    floor = CharField(max_length=10, default="")
    features = JsonField(default=list)
    care = CharField(max_length=10, default=CLEAN)
    note = TextField(default="")
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)


class RoomClosing(Row):
    """A stretch of days on which a room cannot be had, `until` not counted."""

    key = KeyField(primary_key=True)
    room = ForeignKeyField(Room)
    kind = CharField(max_length=16)
    first = DayField(index=True)
    until = DayField(index=True)
    reason = CharField(max_length=120)
    is_ended = BooleanField(default=False)
    made_at = InstantField()
    version = IntegerField(default=1)


# The nights of a room stand on a later floor of this folder.
_HAS_NIGHTS = Statement(
    'SELECT 1 FROM "night" WHERE "room_id" = ? AND "day" >= ? AND "is_live" LIMIT 1'
)


@operation(right="keep rooms")
def save_room_type(
    job: Job,
    key: int | None,
    *,
    version: int,
    code: str,
    name: str,
    persons: int = 2,
    extra_beds: int = 0,
    oversold: int = 0,
    position: int = 0,
    is_active: bool = True,
) -> RoomType:
    """Make a type (key None) or change one. Refuses: RecordTaken, RecordChanged, PersonsWrong."""
    wrong = first_wrong(
        persons=1 <= persons <= 20, extra_beds=extra_beds >= 0, oversold=oversold >= 0
    )
    if wrong:
        raise PersonsWrong(field=wrong)
    same = RoomType.get_or_none(RoomType.code == code)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_TYPES, name=code, field="code")
    values = {
        "code": code, "name": name, "persons": persons, "extra_beds": extra_beds,
        "oversold": oversold, "position": position, "is_active": is_active,
    }  # fmt: skip
    if key is None:
        made = RoomType.create(key=new_key(), **values)
        job.note(room_type=code, name=name)
        return made
    found = row_at(RoomType, key, version, _TYPES, name=code)

    job.note(room_type=code, changes=put(found, **values))
    return found


@operation(right="keep rooms")
def save_room(
    job: Job,
    key: int | None,
    *,
    version: int,
    number: str,
    room_type: RoomType,
    floor: str = "",
    features: list[str] | None = None,
    note: str = "",
    is_active: bool = True,
) -> Room:
    """Make a room (key None) or change one. A room with guests or bookings ahead keeps its type and
    stays on.

    Refuses: RecordTaken, RecordChanged, RoomInUse.
    """
    same = Room.get_or_none(Room.number == number)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_ROOMS, name=number, field="number")
    values = {
        "number": number, "room_type": room_type, "floor": floor or floor_of(number),
        "features": features or [], "note": note, "is_active": is_active,
    }  # fmt: skip
    if key is None:
        made = Room.create(key=new_key(), **values)
        job.note(room=number, type=room_type.code)
        return made
    found = row_at(Room, key, version, _ROOMS, name=number)
    moves = found.room_type_id != room_type.key or (found.is_active and not is_active)
    if moves and has_nights(found.key, job.day):
        raise RoomInUse(room=number)

    job.note(room=number, changes=put(found, **values))
    return found


def has_nights(room: int, day: date) -> bool:
    """Are guests booked into the room from this day on?"""
    return _HAS_NIGHTS.row(room, day.isoformat()) is not None


def floor_of(number: str) -> str:
    """The floor that a room number names: 1203 is on 12, 301 on 3; no digits, no floor."""
    digits = "".join(sign for sign in number if sign.isdigit())
    return digits[:-2] if len(digits) > 2 else ""
