"""Accounts of who does not live in the house, charged and settled at the desk by its keys; and all
that a cashier of a hotel does on the one screen of an account.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.hotel.charges.windows import windows_of
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.rooms.rooms import CLEAN, Room
from models.hotel.stays.stays import Stay
from models.ledger.folio_kinds import EMPLOYEE, OUTSIDE
from models.ledger.folios import Folio, open_folio
from models.trust.operation import Session, new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from tests.stores import Shop, yuan
from tests.tui.hotel.conftest import Start, house, rack, stay_of
from tests.tui.records.conftest import Person


def _with_accounts() -> Any:
    made = house()
    shop: Shop = made.shop
    for kind, name in ((OUTSIDE, "李律师"), (EMPLOYEE, "厨师长")):
        open_folio(shop.owner, kind=kind, name=name, limit=yuan("300"), uid=new_uid())
    return made


def balance(name: str) -> str:
    return str(Folio.get(Folio.name == name).balance)


async def _charge(person: Person, whom: str, amount: str) -> None:
    from tui.hotel.folios.posting import post_to_room

    person.app.jobs.start(post_to_room, person.app)
    await person.see("Charge which room or account?")
    await person.type(whom)
    await person.press("enter")
    await person.see("which code?")
    await person.type("2000")
    await person.press("enter")
    await person.see("how much?")
    await person.type(amount)
    await person.press("enter", "enter")
    await person.see("Charged to", amount)


@pytest.mark.row("HTL-17", "HTL-18")
async def test_an_outsider_pays_and_the_staff_by_their_wages(at: Start) -> None:
    from tui.money.account import Account

    async with at("rack", prepared=_with_accounts, screen=rack) as person:
        await person.see("201 OC")
        await _charge(person, "李律", "88")
        await _charge(person, "厨师长", "45")
        await person.app.go(Account(await person.do(Folio.get, Folio.name == "李律师")))
        await person.see("88.00")
        await person.press("f7")
        assert await person.do(balance, "李律师") == "88.00"
        await person.press("enter")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("Done: 李律师 88.00")
        await person.press("f3")
        await person.app.go(Account(await person.do(Folio.get, Folio.name == "厨师长")))
        await person.see("From wages", "45.00")
        await person.press("f7")
        await person.see("kept back from the wages of 厨师长?")
        await person.press("enter")
        await person.see("With which wages?")
        await person.type("三月")
        await person.press("enter")
        await person.see("L01-000001", "三月")
        assert [await person.do(balance, name) for name in ("李律师", "厨师长")] == ["0.00", "0.00"]


@pytest.mark.row("HTL-25")
async def test_posted_printed_settled_checked_out_and_reinstated_on_one_screen(at: Start) -> None:
    async with at("rack", prepared=house, screen=rack) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "-500.00")
        await person.press("f2")
        await person.type("2000")
        await person.press("enter")
        await person.type("200")
        await person.press("enter", "enter")
        await person.see("餐饮", "-300.00")
        await person.press("ctrl+y")
        await person.see("Printing.")
        await person.type("20")
        await person.press("enter")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("-320.00")
        await person.press("minus")
        await person.see("201 王伟 leaves", "0.00")
        await person.press("enter")
        await person.see("Room rack", "201 VD")
        assert await person.do(_stands) == ("departed", [("0.00", "closed")])
        await person.press("f7")
        await person.see("Reservations and stays")
        await person.type("王伟")
        await person.see("王伟")
        await person.press("enter")
        await person.see("Guest account 201 王伟", "closed")
        # His room is let again meanwhile: he gets another one.
        await person.do(lambda: _let("李娜", "201"))
        await person.press("ctrl+e")
        await person.see("Is 王伟 in the house again?")
        await person.press("enter")
        await person.see("201 is let again: which room does 王伟 get?")
        await person.press("f12", "ctrl+e")
        await person.see("Is 王伟 in the house again?")
        await person.press("enter")
        await person.see("which room does 王伟 get?")
        await person.type("203")
        await person.press("enter")
        await person.see("In the house: 203 王伟", "Guest account 203 王伟")
        assert await person.do(_stands) == ("in house", [("0.00", "open")])
        assert "folio" in await person.do(lambda: {job.kind for job in PrintJob.select()})


def _let(name: str, number: str) -> None:
    """A guest who was expected gets this room."""
    Room.update(care=CLEAN).execute()
    stay, owner = stay_of(name), User.get(User.login == "owner")
    room = Room.get(Room.number == number)
    check_in(
        Session(owner.key, 1), stay, [Guest(name)], version=stay.version, room=room, uid=new_uid()
    )


def _stands() -> tuple[str, list[tuple[str, str]]]:
    stay: Stay = stay_of("王伟")
    return stay.state, [(str(f.balance), f.status) for _, f in windows_of(stay.key)]


@pytest.mark.row("HTL-09")
async def test_the_account_that_bears_a_departure_can_be_another_one_after_all(at: Start) -> None:
    async with at("rack", prepared=_with_accounts, screen=rack) as person:
        await person.see("201 OC")
        await _charge(person, "201", "200")
        await person.type("201")
        await person.press("minus")
        await person.see("To settle", "20.00", "On account")
        await person.press("f6")
        await person.see("Which account?")
        await person.type("李律")
        await person.press("enter")
        await person.see("on account 李律师", "Enter Check out", "F6 Not on account")
        await person.press("f6")
        await person.see("Enter Take payment", "F6 On account")
        assert "李律师" not in person.text()
        await person.press("f6")
        await person.type("厨师长")
        await person.press("enter")
        await person.see("on account 厨师长")
        await person.press("enter")
        await person.see("201 VD")
        assert await person.do(balance, "厨师长") == "20.00"
        assert await person.do(balance, "李律师") == "0.00"
