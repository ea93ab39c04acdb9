"""A guest gets a room of another type than the one he booked: the counts of both types, and what
his nights cost from now on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.money import Money
from models.hotel.reservations.bookings import party_of
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import NightPrice, after_move, check_persons, price_nights
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.stays import Night, Stay, counted, days_of


def change_type(stay: Stay, into: RoomType, nights: Sequence[Night], *, is_free: bool) -> None:
    """Put these nights of a stay, which are not posted yet, into another type, inside an operation.
    Free, they keep what was agreed and what it is compared with; else they cost the difference from
    list to list.

    Refuses: TypeFull, TooManyPersons, RateMissing.
    """
    check_persons(into, party_of(stay))
    listed = [] if is_free else prices_in(stay, into, nights)
    room_days.take((day, into.key) for day, _ in counted(nights))
    room_days.move(counted(nights), sold=-1)
    mine = (Night.stay == stay) & (Night.day << [night.day for night in nights])
    Night.update(room_type=into).where(mine).execute()
    for night, (new, new_list) in zip(nights, listed, strict=False):
        hours = {"hourly": new.hourly, "most": new.most} if night.hourly is not None else {}
        Night.update(price=new.price, list_price=new_list, **hours).where(
            Night.stay == stay, Night.day == new.day
        ).execute()
    stay.room_type = into


def prices_in(
    stay: Stay, into: RoomType, nights: Sequence[Night]
) -> list[tuple[NightPrice, Money]]:
    """What these nights of a stay cost in another type, each with the price of the list. Refuses:
    TooManyPersons, RateMissing.
    """
    # The price of a long stay holds for its last nights too.
    whole = len(days_of(stay.arrival, stay.departure))
    days = [night.day for night in nights]
    listed = price_nights(stay.plan, into, days, party_of(stay), stay_nights=whole)
    return [
        (replace(new, price=after_move(night.price, old_list=night.list_price,
                                       new_list=new.price)), new.price)
        for night, new in zip(nights, listed, strict=True)
    ]  # fmt: skip
