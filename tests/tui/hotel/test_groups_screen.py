"""A group by the keys: rooms held and named, the master, all in, who pays what, all out."""

from __future__ import annotations

from typing import Any

import pytest

from models.hotel.charges.windows import rules_of
from models.hotel.folios.masters import master_of
from models.hotel.reservations.bookings import reserve
from models.hotel.stays.stays import Booking, Stay
from models.trust.operation import new_uid
from tests.stores import FIRST_DAY
from tests.tui.hotel.conftest import TOMORROW, Start, house, stay_of, to_box
from tui.records.open import screen_of


def _with_a_group() -> None:
    made = house()
    wishes = [made.wish(FIRST_DAY, TOMORROW, name=name) for name in ("钱一", "钱二")]
    reserve(made.shop.owner, wishes, name="旅行团", uid=new_uid())


def _states(booking: Booking) -> list[str]:
    rows = Stay.select().where(Stay.booking == booking).order_by(Stay.key)
    return [f"{stay.name} {stay.state} {stay.room.number if stay.room else ''}" for stay in rows]


@pytest.mark.row("HTL-11", "HTL-16", "HTL-13")
async def test_a_group_from_the_rooming_list_to_the_departure(at: Start) -> None:
    async with at("groups", prepared=_with_a_group, screen=screen_of) as person:
        await person.see("旅行团")
        await _action(person, "Hold rooms")
        await person.see("Rooms held", "TWN", "2026-03-02")
        await to_box(person, "rooms")
        await person.type("1")
        await person.press("f4")
        await _action(person, "Pick up held rooms")
        await person.see("A room for each", "RACK")
        await to_box(person, "name")
        await person.type("钱三")
        await person.press("f4")
        await person.press("enter")
        await person.see("Rooming list", "钱一", "钱三", "Reserved")
        await to_box(person, "name")
        await person.type("赵云")
        await person.press("enter")
        await person.type("204")
        await person.press("f4")

        await _action(person, "Open the master account")
        await person.see("What does 旅行团 pay for its rooms?")
        await person.press("1")
        await person.type("3000")
        await person.press("enter")
        await _action(person, "Check in all")
        await person.see("Check in 旅行团: 3 rooms?", "204  赵云", "202  钱二")
        await person.press("enter")
        await person.see("In the house: 旅行团 3")
        booking = (await person.do(stay_of, "赵云")).booking_id
        group = await person.do(Booking.get_by_id, booking)
        assert await person.do(_states, group) == [
            "赵云 in house 204", "钱二 in house 202", "钱三 in house 203",
        ]  # fmt: skip

        await _action(person, "The account")
        await person.see("Guest account 204 赵云", "G Group 0.00")
        await person.press("f5")
        await person.see("Where charges go", "room", "100")
        await person.press("f3")
        await person.press("f3")
        rules = await person.do(rules_of, (await person.do(stay_of, "赵云")).key)
        assert [rule.code for rule in rules] == ["room"]

        await _action(person, "Check out all")
        await person.see("3 rooms in the house", "Master account  960.00")
        await person.press("1")
        await person.see("Ways to pay", "960.00")
        await person.press("enter")
        await person.see("All leave")
        await person.press("1")
        await person.see("Gone: 3 旅行团")
        master = await person.do(master_of, await person.do(Booking.get_by_id, booking))
        assert (master.status, str(master.balance)) == ("closed", "0.00")


async def _action(person: Any, name: str) -> None:
    await person.press("f8")
    await person.see("What shall be done?")
    shown = person.text()
    line = next(line for line in shown.splitlines() if name in line)
    number = line[: line.index(name)].split()[-1]
    # Of ten lines the first needs Enter: it could be the tenth.
    await person.press(number, *(["enter"] if number == "1" else []))
