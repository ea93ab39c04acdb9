"""A guest to another room; a room out of order and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base.refusals import Refusal
from models.hotel.desk.moves import move_guest
from models.hotel.rooms.rooms import OUT_OF_ORDER, Room, RoomClosing, RoomType
from models.hotel.stays.housekeeping import reopen_room
from models.hotel.stays.proposing import ready_rooms
from models.hotel.stays.stays import Night, Stay
from models.ledger.daily.days import store_day
from models.listings.listings import Linked
from receipts.words import word
from tui.desk.words import t
from tui.hotel.folios.money import ask_line
from tui.hotel.rooms.rooms_listings import CARES, CLOSINGS
from tui.records.asking import Options
from tui.records.forms.form import FormScreen, edit
from tui.widgets.line_list import Column
from tui.widgets.panel import Confirm, Pick

if TYPE_CHECKING:
    from models.hotel.stays.rack import RackRoom

_ROOMS = (
    Column(word("Room"), 8, read=lambda row: row.number),
    Column(word("Room type"), 0, read=lambda row: row.room_type.name),
    Column(word("State"), 14, read=lambda row: t(dict(CARES).get(row.care, row.care))),
)


class NoRoomFree(Refusal):
    """No other room is ready for the rest of the stay."""


async def move_stay(app: Any, key: int) -> None:
    """Ask for the room, the price and the reason. Refuses: NoRoomFree and what moving refuses."""
    stay, rooms = await app.in_books(_free_for, key)
    if not rooms:
        raise NoRoomFree(name=stay.name)
    room = await app.ask(Pick(word("{name} moves to which room?"), _ROOMS, rooms, name=stay.name))
    if room is None:
        return
    is_free = True
    if room.room_type_id != stay.room_type_id:
        chosen = await app.ask(
            Options(
                word("The room is of another type"),
                [(True, t("The price stays as it is")), (False, t("The difference is charged"))],
            )
        )
        if chosen is None:
            return
        is_free = chosen
    reason = await ask_line(app, word("Why does {name} move?"), name=stay.name)
    if not reason:
        return
    await app.operate(move_guest, stay, room, version=stay.version, reason=reason, is_free=is_free)
    app.inform(word("Moved to {room} {name}"), room=room.number, name=stay.name)


def _free_for(key: int) -> tuple[Stay, list[Room]]:
    """The rooms that are ready for the rest of a stay, those of its own type first."""
    stay: Stay = Stay.get_by_id(key)
    nights = Night.select(Night.day).where(
        Night.stay == stay, Night.is_live, Night.document.is_null(), Night.day >= store_day()
    )
    days = [night.day for night in nights] or [store_day()]
    types = [stay.room_type_id] + [
        each.key for each in RoomType.select().where(RoomType.key != stay.room_type_id)
    ]
    rooms = [room for kind in types for room in ready_rooms(kind, days)]
    for room in rooms:
        _ = room.room_type
    return stay, rooms


async def close_or_reopen(app: Any, room: RackRoom) -> None:
    """Take a room out of order with the form, or give a closed one back."""
    if not room.closed:
        first = await app.in_books(store_day)
        preset = {"room": Linked(room.key, room.number), "first": first, "kind": OUT_OF_ORDER}
        await edit(app, FormScreen(CLOSINGS, preset=preset))
        return
    closing = await app.in_books(_closing_of, room.key)
    if await app.ask(Confirm(word("Is room {room} in order again?"), room=room.number)):
        await app.operate(reopen_room, closing, version=closing.version)
        app.inform(word("Room {room} can be let again."), room=room.number)


def _closing_of(room: int) -> RoomClosing:
    day = store_day()
    found: RoomClosing = (
        RoomClosing.select()
        .where(
            RoomClosing.room == room, ~RoomClosing.is_ended, RoomClosing.first <= day,
            RoomClosing.until > day,
        )
        .get()
    )  # fmt: skip
    return found
