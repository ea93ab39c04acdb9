"""Moving a guest to another room (换房), or two into each other's (对调): the nights from tonight
on, their type and their price.
"""

from __future__ import annotations

from models.base.refusals import Refusal
from models.base.texts import has_words
from models.hotel.charges.nights import pending_nights
from models.hotel.reservations.bookings import (
    seen,
)
from models.hotel.reservations.retyping import change_type
from models.hotel.rooms import room_days
from models.hotel.rooms.rooms import CLEAN, DIRTY, INSPECTED, Room
from models.hotel.stays.free_rooms import (
    RoomNotFree,
    rooms_wanted,
    taken_days,
)
from models.hotel.stays.sharing import hand_over, have_own_room
from models.hotel.stays.stays import IN_HOUSE, Night, Stay, StayMoved, counted
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
    if not has_words(reason):
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


@operation(right="check in")
def swap_guests(
    job: Job,
    stay: Stay,
    other: Stay,
    *,
    version: int,
    other_version: int,
    reason: str,
    is_free: bool = True,
) -> Stay:
    """Two guests in the house exchange their rooms, in a full house too; posted nights keep theirs,
    both rooms are dirty. Rooms of two types cost each the difference from list to list, unless it
    is free.

    Refuses: RecordChanged, StayMoved, MoveNeedsReason, RoomNotFree (somebody shares one of the
    rooms, or is to have it before the other guest leaves), TypeFull, RateMissing, TooManyPersons.
    """
    one, two = seen(stay, version), seen(other, other_version)
    for found in (one, two):
        if found.state != IN_HOUSE or found.room is None:
            raise StayMoved(stay=found.number, state=found.said_state)
    if not has_words(reason):
        raise MoveNeedsReason(room=two.room.number)
    _require_exchange(one, two)
    _require_exchange(two, one)

    rooms, types = (one.room, two.room), (one.room_type_id, two.room_type_id)
    if types[0] != types[1]:
        _exchange_types(one, two, is_free=is_free)
    # A room is one stay's on a night: the second is out of his before the first goes in.
    for found, into in ((two, None), (one, rooms[1]), (two, rooms[0])):
        days = [night.day for night in pending_nights(found, found.departure)]
        Night.update(room=into).where(Night.stay == found, Night.day << days).execute()
    for found, into in ((one, rooms[1]), (two, rooms[0])):
        found.room = into
        found.version += 1
        found.save()
    both = Room.key << [room.key for room in rooms]
    Room.update(care=DIRTY, version=Room.version + 1).where(both).execute()
    job.note(
        stay=one.number, name=one.name, other=two.number, moved=[room.number for room in rooms],
        why=reason.strip(), free=is_free,
    )  # fmt: skip
    return one


def _require_exchange(guest: Stay, other: Stay) -> None:
    """The other's room is free for this guest once the other is out of it. Refuses: RoomNotFree."""
    living = Stay.select().where(Stay.room == other.room, Stay.state == IN_HOUSE)
    wanted = rooms_wanted(guest)
    days = taken_days(other.room, wanted, but=other.key)
    is_alone = guest.key != other.key and [each.key for each in living] == [other.key]
    if days or guest.is_sharing or not is_alone:
        said = ", ".join(map(str, days or wanted))
        raise RoomNotFree(room=other.room.number, days=said)


def _exchange_types(one: Stay, two: Stay, *, is_free: bool) -> None:
    """Each into the other's type. What the second gives up is there for the first before he is out
    of it. Refuses: TypeFull, TooManyPersons, RateMissing.
    """
    first, second = (pending_nights(each, each.departure) for each in (one, two))
    into_first, into_second = two.room.room_type, one.room.room_type
    given_up = counted(second)
    room_days.move(given_up, sold=-1)
    change_type(one, into_first, first, is_free=is_free)
    room_days.move(given_up, sold=1)
    change_type(two, into_second, second, is_free=is_free)
