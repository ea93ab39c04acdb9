"""The front desk over the house of the models' tests: eight rooms, two of them lived in."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from models.hotel.charges.windows import own_folio
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.stays.stays import Stay
from models.ledger.daily.shift_life import open_shift
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.users import User
from tests.models.hotel.house import House, furnish
from tests.stores import FIRST_DAY, Shop, Ticking, yuan
from tests.tui.records.conftest import Start, at

__all__ = ["Start", "at"]

TOMORROW = FIRST_DAY + timedelta(days=1)


def house() -> House:
    """王伟 lives in 201 until tomorrow and has 500.00 paid; 李娜 is expected, 赵磊 tomorrow."""
    users = {user.login: user.key for user in User.select()}
    made = furnish(Shop("", Path(), Ticking(), users=users))
    open_shift(made.shop.owner, {10_000: 5}, uid=new_uid())
    stay = made.book(FIRST_DAY, TOMORROW)
    check_in(
        made.shop.owner, stay, [Guest("王伟")], version=stay.version, room=made.room("201"),
        uid=new_uid(),
    )  # fmt: skip
    pay_folio(
        made.shop.owner, own_folio(stay.key), [Paying(1, yuan("500"))], stay=stay.key,
        uid=new_uid(),
    )  # fmt: skip
    made.book(FIRST_DAY, FIRST_DAY + timedelta(days=2), name="李娜")
    made.book(TOMORROW, FIRST_DAY + timedelta(days=2), name="赵磊", kind=made.king)
    return made


def rack(name: str) -> Any:
    """The rack, as `at` wants a screen."""
    from tui.hotel.rack.rack import RackScreen

    return RackScreen()


def desk(at: Start, **more: Any) -> Any:
    """A counter over `house` with the rack open."""
    return at("rack", prepared=house, screen=rack, **more)


def stay_of(name: str) -> Stay:
    """The stay of somebody, with its room read."""
    stay: Stay = Stay.get(Stay.name == name)
    _ = stay.room
    return stay


async def to_box(person: Any, name: str) -> None:
    """The caret to a box, by Tab as a clerk goes."""
    sheet = person.app.screen.sheet
    for _ in range(20):
        if sheet.spot is not None and sheet.spot.field.name == name:
            return
        await person.press("tab")
    raise AssertionError(name)


async def charge(person: Any, room: str, code: str, amount: str) -> None:
    await person.type(room)
    await person.press("f2")
    await person.type(code)
    await person.press("enter")
    await person.type(amount)
    await person.press("enter", "enter")
    await person.rest()
