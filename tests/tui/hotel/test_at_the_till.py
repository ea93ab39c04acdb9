"""A sale that goes to a room: who lives there is shown before it counts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.base import clock
from models.base.quantity import Quantity
from models.ledger.daily.drawer import expected_cash
from models.ledger.daily.shift_life import close_shift, count_drawer
from models.ledger.daily.shifts import current_shift
from models.selling.items import find_item
from models.shop.basket import new_basket, ring
from models.trust.operation import new_uid
from models.trust.users import User
from tests.databases import Stores
from tests.models.hotel.house import furnish
from tests.stores import OPENED_AT, Shop, Ticking
from tests.tui.counters import a_counter
from tests.tui.hotel.conftest import Start, desk
from tui.desk.trade_screens import open_named
from tui.hotel.night_audit import NightAudit
from tui.shop.selling import Selling


def _bill(session: Any) -> Any:
    made = new_basket(session)
    ring(made, find_item("1002"), Quantity.of(4))
    return made


async def test_the_till_of_a_house_closes_the_day_by_the_night_audit(stores: Stores) -> None:
    """It is tomorrow and no shift is open: selling leads to the audit, and so does the menu."""
    async with a_counter(stores) as counter:
        app = counter.app
        await app.in_books(_yesterday, app.session)
        with clock.use(Ticking(OPENED_AT + timedelta(days=1))):
            await counter.opens(open_named, app, "tui.money.opening:open_selling")
            assert isinstance(app.screen, NightAudit)
            await counter.begins("owner")
            await counter.opens(open_named, app, "tui.money.day_close:close_day_now")
            assert isinstance(app.screen, NightAudit)


def _yesterday(session: Any) -> None:
    """Rooms, and a shift that was closed."""
    furnish(Shop("", Path(), Ticking(), users={u.login: u.key for u in User.select()}))
    shift = current_shift(session.register)
    assert shift is not None
    expected = expected_cash(shift.key)
    count_drawer(session, {1: expected.minor}, leaves_work=True, uid=new_uid())
    close_shift(session, reason="", uid=new_uid())


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
