"""Stays for tests: a house in trade, guests who arrive and leave, and the next evening."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from models.hotel.audit.audit import (
    next_block,
    post_nights,
)
from models.hotel.charges.windows import (
    own_folio,
)
from models.hotel.desk.arrivals import (
    Guest,
    check_in,
)
from models.hotel.desk.departures import (
    check_out,
    refund_guest,
    review,
)
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.stays.stays import (
    Stay,
)
from models.ledger.daily.days import close_day
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.stores import FIRST_DAY, yuan

GUEST = Guest("张三", paper="440308199901101512", paper_kind="id", sex="male")


def day(number: int) -> date:
    return FIRST_DAY + timedelta(days=number)


def fresh(stay: Stay) -> Stay:
    found: Stay = Stay.get_by_id(stay.key)
    return found


def arrive(house: House, nights: int = 2, room: str = "201", **more: Any) -> Stay:
    stay = house.book(day(0), day(nights), name="张三")
    return check_in(
        house.desk, stay, [GUEST], version=stay.version, room=house.room(room),
        credit_limit=yuan("1000"), uid=new_uid(), **more,
    )  # fmt: skip


def leave(house: House, stay: Stay, *payings: Paying, waives_fee: str = "", **more: Any) -> Stay:
    """What is paid and given back on the guest's own window, one after the other, and the
    check-out; `shown` is what was to be settled before.
    """
    seen = review(fresh(stay), house_day(), waives_fee=bool(waives_fee))
    shown = more.pop("shown", seen.balance)
    for paying in payings:
        folio, given = own_folio(stay.key), paying.given
        if given.minor > 0:
            pay_folio(house.desk, folio, [paying], stay=stay.key, uid=new_uid())
        else:
            refund_guest(
                house.desk, stay, folio, [paying], shown=shown, waives_fee=waives_fee, uid=new_uid()
            )
        shown -= given
    return check_out(
        house.desk, stay, version=fresh(stay).version, shown=shown, waives_fee=waives_fee,
        uid=new_uid(), **more,
    )  # fmt: skip


def house_day() -> date:
    from models.base.database import store_number
    from models.trust.operation import open_day

    return open_day(store_number())


def roll(house: House) -> None:
    """The next evening: post the nights, close the shift and the day."""
    today = house_day()
    house.shop.clock.at = house.shop.clock.at.replace(
        year=today.year, month=today.month, day=today.day, hour=15
    )
    while block := next_block(today):
        post_nights(house.desk, block, uid=new_uid())
    house.shop.close_shift(house.desk)
    close_day(house.shop.owner, next_day=today + timedelta(days=1), uid=new_uid())
    house.shop.open_shift(session=house.desk)
    # The morning after, before noon in Shanghai.
    house.shop.clock.move(hours=9)


def balance(stay: Stay) -> str:
    return str(own_folio(stay.key).balance)
