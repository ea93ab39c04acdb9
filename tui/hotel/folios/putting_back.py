"""Who left today is in the house again: in his room, or in another one when it is let."""

from __future__ import annotations

from typing import Any

from models.hotel.desk.departures import closed_master, reinstate_guest
from models.hotel.rooms.rooms import Room
from models.hotel.stays.free_rooms import RoomNotFree
from models.hotel.stays.proposing import ready_by_type
from models.hotel.stays.stays import Stay
from models.ledger.daily.days import store_day
from receipts.words import word
from tui.desk.words import Spoken, said
from tui.widgets.line_list import Column
from tui.widgets.panel import Confirm, Pick

_ROOMS = (
    Column(word("Room"), 8, read=lambda row: row.number),
    Column(word("Room type"), 0, read=lambda row: row.room_type.name),
)


async def put_back(app: Any, stay: Stay) -> bool:
    """Reinstate, when that is meant; False when somebody went back. Refuses: what reinstating
    refuses.
    """
    sure = await app.ask(
        Confirm(
            word("Is {name} in the house again?"), await app.in_books(_undone, stay),
            yes=word("Reinstate"), is_grave=True, name=stay.name,
        )
    )  # fmt: skip
    if not sure:
        return False
    try:
        await app.operate(reinstate_guest, stay, version=stay.version)
    except RoomNotFree as taken:
        rooms = await app.in_books(_ready_tonight, stay)
        if not rooms:
            raise
        room = await app.ask(
            Pick(
                word("{room} is let again: which room does {name} get?"), _ROOMS, rooms,
                room=taken.fields["room"], name=stay.name,
            )
        )  # fmt: skip
        if room is None:
            return False
        await app.operate(reinstate_guest, stay, version=stay.version, room=room)
    return True


def _undone(stay: Stay) -> Spoken:
    """What coming back undoes; the account of the group with it, where all had left."""
    master = closed_master(Stay.get_by_id(stay.key))
    if master is None:
        return said(
            "The check-out of today is undone: his account is open, his nights hold a room."
        )
    return said(
        "The check-out of today is undone: his account and that of the group ({number}) are open, "
        "his nights hold a room.", number=master.number,
    )  # fmt: skip


def _ready_tonight(stay: Stay) -> list[Room]:
    rooms = ready_by_type(stay, [store_day()])
    for room in rooms:
        _ = room.room_type
    return rooms
