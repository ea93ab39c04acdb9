"""Moving a guest to another room (换房): the nights from tonight on, their type and their price."""

from __future__ import annotations

from models.base.refusals import Refusal
from models.hotel import room_days
from models.hotel.bookings import RoomNotFree, party_of, seen, taken_days
from models.hotel.rates import after_move, price_nights
from models.hotel.rooms import CLEAN, DIRTY, INSPECTED, Room
from models.hotel.stays import IN_HOUSE, Night, Stay, StayMoved
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
    nights = list(
        Night.select()
        .where(Night.stay == found, Night.is_live, Night.document.is_null())
        .order_by(Night.day)
    )
    days = [night.day for night in nights]
    lives = Stay.select().where(Stay.room == into, Stay.state == IN_HOUSE).exists()
    is_ready = into.is_active and into.care in (CLEAN, INSPECTED)
    if lives or not is_ready or taken_days(into, days, but=found.key):
        raise RoomNotFree(room=into.number, days=", ".join(map(str, days)))

    before = found.room
    if into.room_type_id != found.room_type_id:
        _change_type(found, into, nights, is_free=is_free)
    Night.update(room=into).where(Night.stay == found, Night.day << days).execute()
    found.room, found.room_type = into, into.room_type
    found.version += 1
    found.save()
    Room.update(care=DIRTY, version=Room.version + 1).where(Room.key == before.key).execute()
    job.note(
        stay=found.number, name=found.name, moved=[before.number, into.number],
        why=reason.strip(), free=is_free,
    )  # fmt: skip
    return found


def _change_type(stay: Stay, into: Room, nights: list[Night], *, is_free: bool) -> None:
    """Other type, other counts, and the price of each night that is still to come."""
    days = [night.day for night in nights]
    listed = price_nights(stay.plan, into.room_type, days, party_of(stay), stay_nights=len(days))
    room_days.take((day, into.room_type_id) for day in days)
    room_days.move([(night.day, night.room_type_id) for night in nights], sold=-1)
    for night, new in zip(nights, listed, strict=True):
        price = after_move(
            night.price, old_list=night.list_price, new_list=new.price, is_free=is_free
        )
        Night.update(price=price, list_price=new.price, room_type=into.room_type).where(
            Night.stay == stay, Night.day == night.day
        ).execute()
