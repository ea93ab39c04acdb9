"""Which rooms are free on which nights: neither lived in or given to somebody, nor out of order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.refusals import Refusal
from models.hotel.rooms.rooms import OUT_OF_ORDER, Room, RoomClosing
from models.hotel.stays.stays import Night, Stay


class RoomNotFree(Refusal):
    """The room is taken, or out of order, on some of these nights."""

    about = ("room",)


def rooms_wanted(stay: Stay) -> list[date]:
    """The nights that are not posted yet and for which the stay needs a room to itself."""
    wanted = Night.select(Night.day).where(
        Night.stay == stay, Night.document.is_null(), Night.is_live, Night.takes_room
    )
    return [night.day for night in wanted]


def taken_rooms(days: Sequence[date]) -> set[int]:
    """The rooms that are taken, or out of order, on one of these nights."""
    lived = Night.select(Night.room).where(
        Night.day << list(days), Night.is_live, Night.takes_room, Night.room.is_null(False)
    )
    shut = RoomClosing.select(RoomClosing.room).where(
        RoomClosing.kind == OUT_OF_ORDER, RoomClosing.first <= max(days),
        RoomClosing.until > min(days),
    )  # fmt: skip
    return {key for (key,) in [*lived.tuples(), *shut.tuples()]}


def taken_days(room: Room, days: Sequence[date], *, but: int = 0) -> list[date]:
    """On which of these nights a room is taken or out of order; `but` is the stay that asks."""
    if not days:
        return []
    lived = Night.select(Night.day).where(
        Night.room == room, Night.day << list(days), Night.is_live, Night.takes_room,
        Night.stay != but,
    )  # fmt: skip
    taken = {night.day for night in lived}
    closings = RoomClosing.select().where(
        RoomClosing.room == room, RoomClosing.kind == OUT_OF_ORDER,
        RoomClosing.first <= max(days), RoomClosing.until > min(days),
    )  # fmt: skip
    for closing in closings:
        taken |= {day for day in days if closing.first <= day < closing.until}
    return sorted(taken)
