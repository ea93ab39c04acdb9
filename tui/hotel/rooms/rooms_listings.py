"""Room types, rooms, and the stretches of days on which a room cannot be had."""

from __future__ import annotations

from typing import Any

from models.hotel.rooms.room_days import close_sale
from models.hotel.rooms.rooms import (
    CARE,
    CLEAN,
    DIRTY,
    INSPECTED,
    OUT_OF_ORDER,
    OUT_OF_SERVICE,
    PICKUP,
    Room,
    RoomClosing,
    RoomType,
    save_room,
    save_room_type,
)
from models.hotel.stays.housekeeping import close_room, reopen_room
from models.ledger.daily.days import store_day
from models.listings.listings import Action, Field, Link, Listing, Record
from models.trust.records import linked_row
from receipts.words import word
from tui.desk.words import said, t
from tui.records.looks import Look
from tui.records.values import asked_day

CARES = (
    (CLEAN, word("Clean")), (DIRTY, word("Dirty")), (INSPECTED, word("Inspected")),
    (PICKUP, word("To be looked at")),
)  # fmt: skip
KINDS = ((OUT_OF_ORDER, word("Out of order")), (OUT_OF_SERVICE, word("Out of service")))
assert {care for care, _ in CARES} == set(CARE)


async def _sale(screen: Any, line: Any) -> None:
    """A type is closed for sale from day to day, or sold again."""
    from tui.records.asking import Options

    kind = await screen.in_books(RoomType.get_by_id, line.key)
    what = await screen.desk.ask(
        Options(word("{name}: what from now on?"),
                [(True, t("Closed for sale")), (False, t("Sold again"))], name=kind.name)
    )  # fmt: skip
    if what is None:
        return
    today = str(await screen.in_books(store_day))
    first = await screen.question(said("From which day on?"), proposal=today, reads=asked_day)
    if not first:
        return
    last = await screen.question(
        said("To which day, that one too?"), proposal=first, reads=asked_day
    )
    if last:
        await screen.operate(
            close_sale, kind, first=asked_day(first), last=asked_day(last), is_stopped=what
        )
        screen.desk.inform(
            word("Done: {what} {amount}"), what=kind.code, amount=f"{first} - {last}"
        )


ROOM_TYPES = Listing(
    "room_types",
    word("Room types"),
    RoomType,
    order="code",
    fields=(
        Field("code", word("Code"), look=Look(8), limit=10, is_required=True, is_sorted=True,
              example="TWN"),
        Field("name", word("Name"), look=Look(24), limit=40, is_required=True, example="双床房"),
        Field("persons", word("Persons, max."), "number", look=Look(8), default=2, is_required=True,
              help=word("How many may sleep in one, extra beds counted.")),
        Field("extra_beds", word("Extra beds, max."), "number", look=Look(8, is_beside=True),
              default=0,
              is_required=True),
        Field("oversold", word("Oversell by"), "number", look=Look(8, drop=1), default=0,
              is_required=True, unit=word("rooms"),
              help=word("So many more than there are may be booked.")),
        Field("position", word("Place in lists"), "number", look=Look(8), default=0,
              is_required=True,
              is_listed=False),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("code", "name"),
    right="keep rooms",
    # At the desk everybody looks them up.
    pick_right="",
    change_right="keep rooms",
    save=save_room_type,
    named="code",
    actions=(Action(word("Close or open for sale"), _sale, "keep rates"),),
)  # fmt: skip


def _save_room(session: Any, key: int | None, *, version: int, **values: Any) -> Room:
    values["room_type"] = linked_row(RoomType, "room_type", values["room_type"])
    values["features"] = [one for one in values["features"].replace("，", ",").split(",") if one]
    return save_room(session, key, version=version, **values)


def _read_room(key: Any) -> Record | None:
    from models.listings.listings import Linked

    room: Room | None = Room.get_or_none(Room.key == key)
    if room is None:
        return None
    return Record(key, room.version, {
        "number": room.number, "room_type": Linked(room.room_type_id, room.room_type.code),
        "floor": room.floor, "features": ",".join(room.features), "note": room.note,
        "is_active": room.is_active,
    })  # fmt: skip


ROOMS = Listing(
    "rooms",
    word("Rooms"),
    Room,
    order="number",
    fields=(
        Field("number", word("Room"), look=Look(8), limit=10, is_required=True, is_sorted=True,
              example="301"),
        Field("room_type", word("Room type"), "link", look=Look(10), is_required=True,
              link=Link("room_types", RoomType, shown="code")),
        Field("floor", word("Floor"), look=Look(6), limit=10,
              help=word("Blank: made from the number, 301 is on floor 3.")),
        Field("care", word("State"), "choice", look=Look(12), choices=CARES, in_form=False),
        Field("features", word("Features"), look=Look(30), limit=120, is_listed=False,
              example="海景,连通", help=word("What guests ask for, with commas between.")),
        Field("note", word("Note"), look=Look(30, drop=1), limit=200),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("number", "floor"),
    right="keep rooms",
    # At the desk everybody looks them up.
    pick_right="",
    change_right="keep rooms",
    save=_save_room,
    read=_read_room,
    named="number",
)  # fmt: skip


def _close(session: Any, key: int | None, *, version: int, **values: Any) -> RoomClosing:
    room = linked_row(Room, "room", values.pop("room"))
    assert key is None, "a closing is ended, never changed"
    return close_room(session, room, values.pop("kind"), **values)


async def _reopen(screen: Any, line: Any) -> None:
    """The room can be had again, from today on."""
    closing = await screen.in_books(RoomClosing.get_by_id, line.key)
    await screen.operate(reopen_room, closing, version=closing.version)


CLOSINGS = Listing(
    "room_closings",
    word("Rooms out of order"),
    RoomClosing,
    order="first",
    is_newest_first=True,
    fields=(
        Field("room", word("Room"), "link", look=Look(8), is_required=True, is_fixed=True,
              link=Link("rooms", Room, shown="number")),
        Field("kind", word("What it is"), "choice", choices=KINDS, default=OUT_OF_ORDER,
              is_required=True, is_fixed=True,
              help=word("Out of order leaves what is for sale; out of service can be sold still.")),
        Field("first", word("From"), "date", is_required=True, is_fixed=True),
        Field("until", word("Back on"), "date", look=Look(is_beside=True), is_required=True,
              is_fixed=True),
        Field("reason", word("Reason"), look=Look(30), limit=120, is_required=True, is_fixed=True,
              example="空调漏水"),
        Field("is_ended", word("Ended"), "yes-no", in_form=False),
    ),
    find=("reason",),
    dates="first",
    right="keep house",
    change_right="keep house",
    save=_close,
    named="reason",
    actions=(Action(word("Give the room back"), _reopen, "keep house"),),
)  # fmt: skip
