"""Moving a guest to another room (换房): the nights from tonight on, their type and their price."""

from __future__ import annotations

from models.base.refusals import Refusal
from models.hotel.charges.nights import pending_nights
from models.hotel.reservations.bookings import (
    seen,
)
from models.hotel.reservations.retyping import change_type
from models.hotel.rooms.rooms import CLEAN, DIRTY, INSPECTED, Room
from models.hotel.stays.free_rooms import (
    RoomNotFree,
    rooms_wanted,
    taken_days,
)
from models.hotel.stays.sharing import hand_over, have_own_room
from models.hotel.stays.stays import IN_HOUSE, Night, Stay, StayMoved
from models.trust.operation import Job, operation


class MoveNeedsReason(Refusal):
    """A guest is moved for a reason: it is told in the log and on the list of moves."""


@operation(right="check in")
def move_guest(
    job: Job, stay: Stay, room: Room, *, version: int, reason: str, is_free: bool = True
) -> Stay:
    """Move a guest who is in the house; posted nights keep their room. A dearer type costs the
    difference from list to list, unless the move is free.

    Refuses: RecordChanged, StayMoved, MoveNeedsReason, RoomNotFree, TypeFull, RateMissing,
    TooManyPersons.
    """
    found = seen(stay, version)
    into: Room = Room.get_by_id(room.key)
    if found.state != IN_HOUSE or found.room is None:
        raise StayMoved(stay=found.number, state=found.said_state)
    if not reason.strip():
        raise MoveNeedsReason(room=into.number)
    days = [night.day for night in pending_nights(found, found.departure)]
    lives = Stay.select().where(Stay.room == into, Stay.state == IN_HOUSE).exists()
    is_ready = into.is_active and into.care in (CLEAN, INSPECTED)
    wanted = days if found.is_sharing else rooms_wanted(found)
    if lives or not is_ready or taken_days(into, wanted, but=found.key):
        raise RoomNotFree(room=into.number, days=", ".join(map(str, days)))

    before = found.room
    if found.is_sharing:
        have_own_room(found, into)
    if into.room_type_id != found.room_type_id:
        nights = pending_nights(found, found.departure)
        change_type(found, into.room_type, nights, is_free=is_free)
    Night.update(room=into).where(Night.stay == found, Night.day << days).execute()
    hand_over(found)
    found.room = into
    found.version += 1
    found.save()
    Room.update(care=DIRTY, version=Room.version + 1).where(Room.key == before.key).execute()
    job.note(
        stay=found.number, name=found.name, moved=[before.number, into.number],
        why=reason.strip(), free=is_free,
    )  # fmt: skip
    return found
