"""Which room a guest is given (建议房号), and why that one.

A fixed room comes first. Else a room of the type that is ready now and free for all nights: one
that was inspected before one that is only clean, and of these the one with the lowest number.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from models.base.words import word
from models.hotel.rooms.rooms import CLEAN, INSPECTED, OUT_OF_SERVICE, Room, RoomClosing
from models.hotel.stays.free_rooms import (
    taken_rooms,
)
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Night, Stay

FIXED = word("fixed in the reservation")
_WHY = {
    INSPECTED: word("inspected and free"),
    CLEAN: word("clean and free"),
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A room, and the reason (a message id) that it is proposed for."""

    room: Room
    why: str


def propose_room(stay: Stay) -> Proposal | None:
    """The room for an expected stay; None when no room of its type is ready."""
    if stay.room is not None:
        return Proposal(stay.room, FIXED)
    nights = Night.select(Night.day).where(Night.stay == stay, Night.is_live)
    ready = ready_rooms(stay.room_type_id, [night.day for night in nights])
    return Proposal(ready[0], _WHY[ready[0].care]) if ready else None


def ready_rooms(room_type: int, days: list[date]) -> list[Room]:
    """The rooms of a type that are ready now, free on these nights and expected by nobody; the
    best one first.
    """
    lived = Stay.select(Stay.room).where(Stay.state == IN_HOUSE, Stay.room.is_null(False))
    fixed = Stay.select(Stay.room).where(
        Stay.state << EXPECTED, Stay.arrival << days, Stay.room.is_null(False)
    )
    shut = RoomClosing.select(RoomClosing.room).where(
        RoomClosing.kind == OUT_OF_SERVICE, ~RoomClosing.is_ended,
        RoomClosing.first <= min(days), RoomClosing.until > min(days),
    )  # fmt: skip
    rooms = Room.select().where(
        Room.room_type == room_type, Room.is_active, Room.care << (CLEAN, INSPECTED),
        Room.key.not_in(lived), Room.key.not_in(fixed), Room.key.not_in(shut),
        Room.key.not_in(list(taken_rooms(days))),
    )  # fmt: skip
    return sorted(rooms, key=_best_first)


def _best_first(room: Room) -> tuple[bool, int, str]:
    return room.care != INSPECTED, len(room.number), room.number
