"""At the rack two guests exchange their rooms."""

from __future__ import annotations

import pytest

from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.stays.stays import Stay
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.tui.hotel.conftest import Start, house, rack


def _two_live_there() -> House:
    """李娜 has come, into 204."""
    made = house()
    stay = Stay.get(Stay.name == "李娜")
    check_in(
        made.shop.owner, stay, [Guest("李娜")], version=stay.version, room=made.room("204"),
        uid=new_uid(),
    )  # fmt: skip
    return made


@pytest.mark.row("H-3")
async def test_a_guest_goes_into_the_room_of_another_who_gets_his(at: Start) -> None:
    async with at("rack", prepared=_two_live_there, screen=rack) as person:
        await person.see("201 OC 王伟", "204 OC 李娜")
        await person.type("201")
        await person.press("f4")
        await person.see("王伟 moves to which room?")
        await person.type("204")
        await person.see("exchange with 李娜")
        await person.press("enter")
        await person.see("Why does 王伟 move to")
        await person.type("太吵")
        await person.press("enter")
        await person.see("201 OD 李娜", "204 OD 王伟")
