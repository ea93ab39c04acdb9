"""Appointments for tests, in the salon of salon.py."""

from __future__ import annotations

from datetime import date
from typing import Any

from models.salon.appointments import Appointment, Hold
from models.salon.booking import Client, save_appointment
from models.salon.guarding import Wish
from models.salon.hours import hour_text, minute_at, minute_from
from models.salon.roster import save_roster_hours
from models.salon.stylists import Stylist
from models.salon.things import save_thing
from models.salon.visits import step_appointment
from models.trust.operation import new_uid
from tests.stores import FIRST_DAY, Shop


def at(text: str) -> int:
    return minute_from(text)


def who(number: int) -> Stylist:
    return Stylist.get(Stylist.number == number)


def wish(shop: Shop, code: str, number: int | None = None, *, is_asked: bool = False,
         minute: str = "") -> Wish:  # fmt: skip
    return Wish(
        shop.goods(code).key, who(number).key if number else None, is_asked,
        at(minute) if minute else None,
    )  # fmt: skip


def book(
    shop: Shop, hour: str, *asked: tuple[str, int | None] | Wish, name: str = "王芳",
    day: date = FIRST_DAY, session: Any = None, **more: Any,
) -> Appointment:  # fmt: skip
    """Book services, each (code, number of the stylist)."""
    wishes = [one if isinstance(one, Wish) else wish(shop, *one) for one in asked]
    return save_appointment(
        session or shop.cashier, None, client=Client(name), day=day, minute=at(hour),
        wishes=wishes, uid=new_uid(), **more,
    )  # fmt: skip


def step(shop: Shop, found: Appointment, state: str, **more: Any) -> Appointment:
    version = Appointment.get_by_id(found.key).version
    return step_appointment(
        shop.cashier, found.key, version=version, state=state, uid=new_uid(), **more
    )


def roster(shop: Shop, number: int | None, *, opens: str, closes: str, **more: Any) -> Any:
    more = more if "day" in more else {"weekdays": "1-7", **more}
    return save_roster_hours(
        shop.owner, None, stylist=who(number).key if number else None, opens=opens, closes=closes,
        uid=new_uid(), **more,
    )  # fmt: skip


def thing(shop: Shop, name: str, sort: str) -> Any:
    return save_thing(shop.owner, None, name=name, sort=sort, uid=new_uid())


def held(found: Appointment) -> list[tuple[str, str, str]]:
    """Who and what an appointment holds, with hours."""
    rows = Hold.select().where(Hold.appointment == found.key).order_by(Hold.since, Hold.key)
    return [
        (
            row.thing.name if row.thing else f"{row.stylist.number}",
            hour_text(minute_at(found.day, row.since)), hour_text(minute_at(found.day, row.until)),
        )
        for row in rows
    ]  # fmt: skip
