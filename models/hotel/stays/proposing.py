"""Which room a guest is given (建议房号), and why that one.

A fixed room comes first. Else a room of the type that is ready now and free for all nights: one
that was inspected before one that is only clean, and of these the one with the lowest number. Where
there is none, a room that one reservation holds which can have another one (换房腾挪).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.words import word
from models.hotel.rooms.rooms import (
    CLEAN,
    INSPECTED,
    OUT_OF_SERVICE,
    Room,
    RoomClosing,
    RoomType,
)
from models.hotel.stays.free_rooms import rooms_wanted, taken_days, taken_rooms
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Night, Stay

FIXED = word("fixed in the reservation")
_WHY = {
    INSPECTED: word("inspected, free"),
    CLEAN: word("clean, free"),
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


@dataclass(frozen=True, slots=True)
class Swap:
    """A room that is free for all nights once the reservation that holds it has another one."""

    room: Room
    other: Stay
    to: Room


def propose_swap(stay: Stay) -> Swap | None:
    """For an expected stay for which no room is ready, before it is told so: the best room that is
    ready now and only one expected guest has on some of the nights, who can have another one of
    the type for all of his.
    """
    if stay.room is not None or propose_room(stay) is not None:
        return None
    days = rooms_wanted(stay)
    rooms = Room.select().where(Room.room_type == stay.room_type_id, Room.is_active)
    for room in sorted(_ready_now(stay.room_type_id, days), key=_best_first) if days else ():
        held = Night.select(Night.stay).where(Night.room == room, Night.day << days, Night.is_live)
        others = list(Stay.select().where(Stay.key.in_(held)))
        if not others or others[0].state not in EXPECTED:
            continue
        other, wanted = others[0], rooms_wanted(others[0])
        if taken_days(room, days, but=other.key):
            continue
        for to in sorted(rooms, key=_best_first):
            if to != room and not taken_days(to, wanted, but=other.key):
                return Swap(room, other, to)
    return None


def ready_rooms(room_type: int, days: list[date]) -> list[Room]:
    """The rooms of a type that are ready now, free on these nights and expected by nobody; the
    best one first.
    """
    fixed = Stay.select(Stay.room).where(
        Stay.state << EXPECTED, Stay.arrival << days, Stay.room.is_null(False)
    )
    rooms = _ready_now(room_type, days).where(
        Room.key.not_in(fixed), Room.key.not_in(list(taken_rooms(days)))
    )
    return sorted(rooms, key=_best_first)


def ready_by_type(stay: Stay, days: list[date]) -> list[Room]:
    """The rooms that a guest can have on these nights, those of his own type first."""
    others = RoomType.select(RoomType.key).where(RoomType.key != stay.room_type_id)
    types = [stay.room_type_id, *(key for (key,) in others.tuples())]
    return [room for kind in types for room in ready_rooms(kind, days)]


def _ready_now(room_type: int, days: list[date]) -> Any:
    """The rooms of a type that are clean, lived in by nobody and in service on the first night."""
    lived = Stay.select(Stay.room).where(Stay.state == IN_HOUSE, Stay.room.is_null(False))
    shut = RoomClosing.select(RoomClosing.room).where(
        RoomClosing.kind == OUT_OF_SERVICE, ~RoomClosing.is_ended,
        RoomClosing.first <= min(days), RoomClosing.until > min(days),
    )  # fmt: skip
    return Room.select().where(
        Room.room_type == room_type, Room.is_active, Room.care << (CLEAN, INSPECTED),
        Room.key.not_in(lived), Room.key.not_in(shut),
    )  # fmt: skip


def _best_first(room: Room) -> tuple[bool, int, str]:
    return room.care != INSPECTED, len(room.number), room.number
