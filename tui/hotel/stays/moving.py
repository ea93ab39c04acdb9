"""A guest to another room, or two into each other's; a room out of order and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.nights import pending_nights
from models.hotel.desk.moves import move_guest, swap_guests
from models.hotel.reservations.retyping import prices_in
from models.hotel.rooms.rooms import OUT_OF_ORDER, Room, RoomClosing
from models.hotel.stays.housekeeping import reopen_room
from models.hotel.stays.proposing import ready_by_type
from models.hotel.stays.stays import IN_HOUSE, Night, Stay, with_rooms
from models.ledger.daily.days import store_day
from models.listings.listings import Linked
from receipts.words import word
from tui.desk.words import t
from tui.hotel.folios.money import ask_why
from tui.hotel.rooms.rooms_listings import CARES, CLOSINGS
from tui.records.asking import Options
from tui.records.forms.form import FormScreen, edit
from tui.widgets.line_list import Column
from tui.widgets.panel import Confirm, Pick

if TYPE_CHECKING:
    from models.hotel.stays.rack import RackRoom


@dataclass(frozen=True, slots=True)
class _Target:
    """A room that a guest can have; `other` lives there, and would have his."""

    room: Room
    other: Stay | None = None

    @property
    def state(self) -> str:
        if self.other is not None:
            return t("exchange with {name}", name=self.other.name)
        return t(dict(CARES).get(self.room.care, self.room.care))


_ROOMS = (
    Column(word("Room"), 8, read=lambda row: row.room.number),
    Column(word("Room type"), 0, read=lambda row: row.room.room_type.name),
    Column(word("State"), 24, read=lambda row: row.state),
)


class NoRoomFree(Refusal):
    """No other room is ready for the rest of the stay."""


async def move_stay(app: Any, key: int) -> str:
    """Ask for the room, the price and the reason; the number of the room that he has then, empty
    when somebody went back. Refuses: NoRoomFree and what moving refuses.
    """
    stay, targets = await app.in_books(_targets_of, key)
    if not targets:
        raise NoRoomFree(name=stay.name)
    target: _Target | None = await app.ask(
        Pick(word("{name} moves to which room?"), _ROOMS, targets, name=stay.name)
    )
    if target is None:
        return ""
    room, is_free = target.room, True
    if room.room_type_id != stay.room_type_id:
        dearer = await app.in_books(_difference, stay, room)
        chosen = await app.ask(
            Options(
                word("The room is of another type"),
                [(True, t("The price stays as it is")), (False, dearer)],
            )
        )
        if chosen is None:
            return ""
        is_free = chosen
    asked = word("Why does {name} move to {room}?")
    reason = await ask_why(app, asked, name=stay.name, room=room.number)
    if not reason:
        return ""
    if target.other is not None:
        was = stay.room.number if stay.room else ""
        await app.operate(
            swap_guests, stay, target.other, version=stay.version,
            other_version=target.other.version, reason=reason, is_free=is_free,
        )  # fmt: skip
        app.inform(
            word("Exchanged: {room} {name}, {was} {other}"), room=room.number, name=stay.name,
            was=was, other=target.other.name,
        )  # fmt: skip
    else:
        await app.operate(
            move_guest, stay, room, version=stay.version, reason=reason, is_free=is_free
        )
        app.inform(word("{name} lives in {room} now"), room=room.number, name=stay.name)
    return str(room.number)


def _difference(stay: Stay, room: Room) -> str:
    """What the nights to come cost more, or less, in a room of another type; without the sum where
    the plan has no price for it, which is told when it is chosen.
    """
    nights = pending_nights(stay, stay.departure)
    try:
        then = [new.price for new, _ in prices_in(stay, room.room_type, nights)]
    except Refusal:
        return t("The difference is charged")
    currency = store_currency()
    more = Money.total(then, currency) - Money.total((night.price for night in nights), currency)
    return f"{t('The difference is charged')}  {more}"


def _targets_of(key: int) -> tuple[Stay, list[_Target]]:
    """The rooms that are ready for the rest of a stay, then those of other guests."""
    (stay,) = with_rooms([Stay.get_by_id(key)])
    others = Stay.select().where(
        Stay.state == IN_HOUSE, ~Stay.is_sharing, Stay.room.is_null(False), Stay.room != stay.room
    )
    lived = [_Target(each.room, each) for each in with_rooms(others)]
    lived.sort(key=lambda each: (len(each.room.number), each.room.number))
    targets = [_Target(room) for room in _free_for(stay)] + ([] if stay.is_sharing else lived)
    for each in targets:
        _ = each.room.room_type
    return stay, targets


def _free_for(stay: Stay) -> list[Room]:
    """The rooms that are ready for the rest of a stay, those of its own type first."""
    nights = Night.select(Night.day).where(
        Night.stay == stay, Night.is_live, Night.document.is_null(), Night.day >= store_day()
    )
    days = [night.day for night in nights] or [store_day()]
    return ready_by_type(stay, days)


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
