"""Groups: the rooming list, rooms held and picked up, and what is done for all of them at once."""

from __future__ import annotations

from typing import Any

from models.hotel.desk.group_desk import RoomingLine, members, save_rooming_list
from models.hotel.folios.deposits import held
from models.hotel.folios.masters import master_of
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import HOLDING, Booking, Stay, with_rooms
from models.listings.listings import (
    Action,
    Condition,
    Field,
    Grid,
    Link,
    Linked,
    Listing,
    Record,
    call_of,
)
from receipts.words import word
from tui.hotel.stays import group_keys, group_leaving
from tui.hotel.stays.stays_listing import STATES
from tui.records.looks import Look


def _read(key: Any) -> Record | None:
    booking: Booking | None = Booking.get_or_none(Booking.key == key)
    if booking is None:
        return None
    master = master_of(booking)
    values = {
        "number": booking.number, "name": booking.name, "cut_off": booking.cut_off,
        "deposit_due": booking.deposit_due, "held": held(booking), "note": booking.note,
        "master": f"{master.number}  {master.balance}" if master else "",
        "rooms": str(len(members(booking, *HOLDING))),
    }  # fmt: skip
    return Record(key, booking.version, values, _lines(key))


def _lines(key: Any) -> list[dict[str, Any]]:
    if key is None:
        return []
    stays = Stay.select().where(Stay.booking == key).order_by(Stay.arrival, Stay.key)
    return [
        {
            "name": stay.name,
            "room": Linked(stay.room_id, stay.room.number) if stay.room else None,
            "room_type": stay.room_type.code,
            "dates": f"{stay.arrival:%m-%d} {stay.departure:%m-%d}",
            "state": stay.state, "key": stay.key, "version": stay.version,
        }
        for stay in with_rooms(stays)
    ]  # fmt: skip


def _save(
    session: Any, key: int, *, version: int, rooming: list[dict[str, Any]], **how: Any
) -> int:
    lines = [
        RoomingLine(line["key"], line["version"], line["name"], line["room"]) for line in rooming
    ]
    given = call_of(how)
    save_rooming_list(session, Booking.get_by_id(key), lines, **given)
    return key


_HELD = 'SELECT -f."balance" FROM "folio" f WHERE f."key" = t."deposit_folio"'
LISTING = Listing(
    "groups",
    word("Groups"),
    Booking,
    order="number",
    is_newest_first=True,
    fields=(
        Field("number", word("Number"), is_computed=True, is_sorted=True),
        Field("name", word("Group"), look=Look(24, box=30), is_computed=True),
        Field("rooms", word("No. of rooms"), look=Look(6), is_computed=True, is_listed=False),
        Field("master", word("Master account"), look=Look(24, is_beside=True), is_computed=True,
              is_listed=False),
        Field("cut_off", word("Cut-off"), "date", is_computed=True),
        Field("deposit_due", word("Deposit due"), "money", look=Look(is_beside=True),
              is_computed=True),
        Field("held", word("Deposit held"), "money", look=Look(is_beside=True), is_computed=True,
              beside=f"({_HELD})"),
        Field("note", word("Note"), look=Look(30, box=50, drop=1), is_computed=True),
    ),
    find=("number", "name", "pinyin"),
    where=(Condition("is_group", "=", True),),
    right="reserve",
    change_right="reserve",
    can_add=False,
    read=_read,
    save=_save,
    named="name",
    empty=word("No groups. A reservation of several rooms is one."),
    grid=Grid(
        "rooming",
        word("Rooming list"),
        (
            Field("name", word("Guest"), look=Look(18), limit=60, is_required=True, is_typed=True),
            Field("room", word("Room"), "link", look=Look(8),
                  link=Link("rooms", Room, shown="number")),
            Field("room_type", word("Type"), look=Look(8), is_computed=True),
            Field("dates", word("Nights"), is_computed=True),
            Field("state", word("State"), "choice", look=Look(12), choices=STATES,
                  is_computed=True),
        ),
        _lines,
        is_fixed=True,
    ),
    actions=(
        Action(word("Hold rooms"), group_keys.hold, "reserve"),
        Action(word("Pick up held rooms"), group_keys.pick, "reserve"),
        Action(word("Open the master account"), group_keys.master, "post charge"),
        Action(word("Take a deposit"), group_keys.deposit, "take payment"),
        Action(word("Give the deposit back"), group_keys.deposit_back, "take payment"),
        Action(word("Check in all"), group_keys.all_in, "check in"),
        Action(word("The account"), group_keys.account, "post charge"),
        Action(word("Print all bills"), group_keys.bills, "print"),
        Action(word("Check out all"), group_leaving.all_out, "check out"),
    ),
)  # fmt: skip
