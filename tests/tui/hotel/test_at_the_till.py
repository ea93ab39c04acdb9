"""A sale that goes to a room: who lives there is shown before it counts."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.selling.items import find_item
from models.shop.basket import new_basket, ring
from tests.tui.hotel.conftest import Start, desk
from tui.shop.selling import Selling


def _bill(session: Any) -> Any:
    made = new_basket(session)
    ring(made, find_item("1002"), Quantity.of(4))
    return made


@pytest.mark.row("HTL-04", "HTL-05")
async def test_a_sale_is_charged_to_a_room(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.app.go(Selling(await person.do(_bill, person.app.session)))
        await person.press("enter")
        await person.see("Ways to pay", "To the room")
        await person.press("slash")
        await person.see("How is it paid?")
        await person.type("room")
        await person.press("enter")
        await person.see("Room, or name of the guest")
        await person.type("999")
        await person.press("enter")
        assert "999: no guest in the house" in person.alarm
        await person.type("201")
        await person.press("enter")
        await person.see("Is it this guest?", "王伟", "500.00")
        await person.press("enter")
        await person.see("To the room 14.00: charge it?")
        await person.press("f12")
        await person.see("To pay", "Cash 14.00")
