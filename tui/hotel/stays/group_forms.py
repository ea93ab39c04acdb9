"""The forms by which rooms are held for a group, and picked up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from models.hotel.reservations.bookings import RoomWish
from models.hotel.reservations.groups import hold_block, pick_up
from models.hotel.rooms.rates import RatePlan
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.stays import Booking
from models.listings.listings import Field, Grid, Link, Listing, call_of
from receipts.words import word
from tui.records.looks import Look


def _hold(session: Any, key: None, *, version: int, booking: int, **values: Any) -> int:
    values["room_type"] = RoomType.get_by_id(values["room_type"])
    hold_block(session, Booking.get_by_id(booking), **values)
    return booking


def _follow(names: set[str], key: Any, values: Mapping[str, Any]) -> Mapping[str, Any]:
    arrival: date | None = values["arrival"]
    return {"cut_off": arrival} if arrival and not values["cut_off"] else {}


_NIGHTS = (
    Field("arrival", word("Arrival"), "date", look=Look(12), is_required=True),
    Field("departure", word("Departure"), "date", look=Look(12, is_beside=True), is_required=True),
)
_TYPE = Field("room_type", word("Room type"), "link", look=Look(10), is_required=True,
              link=Link("room_types", RoomType, shown="code"))  # fmt: skip


def holding(booking: int) -> Listing:
    """The form by which rooms are held for a group."""
    return Listing(
        "block", word("Rooms held"), Booking,
        fields=(
            _TYPE,
            Field("rooms", word("No. of rooms"), "number", look=Look(is_beside=True),
                  is_required=True),
            *_NIGHTS,
            Field("cut_off", word("Cut-off"), "date", look=Look(12), is_required=True,
                  help=word("What is not picked up by then goes back on sale.")),
        ),
        right="reserve", change_right="reserve", save=partial(_hold, booking=booking),
        follow=_follow, named="rooms", is_once=True,
    )  # fmt: skip


def _pick(session: Any, key: None, *, version: int, booking: int, **values: Any) -> int:
    names = [line["name"] for line in values.pop("guests")]
    wish = RoomWish(values["room_type"], values["arrival"], values["departure"], values["plan"])
    wishes = [
        RoomWish(wish.room_type, wish.arrival, wish.departure, wish.plan, name=name)
        for name in names
    ]
    how = call_of(values)
    pick_up(session, Booking.get_by_id(booking), wishes, **how)
    return booking


def picking(booking: int) -> Listing:
    """The form by which guests are named for rooms that are held."""
    return Listing(
        "pick_up", word("Pick up held rooms"), Booking,
        fields=(
            _TYPE,
            Field("plan", word("Rate plan"), "link", look=Look(10, is_beside=True),
                  is_required=True,
                  link=Link("rate_plans", RatePlan, shown="code")),
            *_NIGHTS,
        ),
        grid=Grid(
            "guests", word("A room for each"),
            (Field("name", word("Guest"), limit=60, is_required=True, is_typed=True),),
            lambda key: [{"name": ""}],
        ),
        right="reserve", change_right="reserve", save=partial(_pick, booking=booking),
        named="arrival", is_once=True,
    )  # fmt: skip
