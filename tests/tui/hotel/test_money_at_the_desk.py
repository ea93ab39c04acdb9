"""Money at the desk by its keys, beside what a guest pays."""

from __future__ import annotations

import pytest

from models.hotel.windows import own_folio
from models.ledger.folio_kinds import OUTSIDE
from models.ledger.folios import Folio, open_folio
from models.ledger.shifts import current_shift, expected_cash
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.stores import yuan
from tests.tui.hotel.conftest import Start, desk, house, rack, stay_of


def _stands() -> tuple[str, str]:
    shift = current_shift(1)
    assert shift is not None
    return str(own_folio(stay_of("王伟").key).balance), str(expected_cash(shift.key))


def _with_a_lawyer() -> object:
    made = house()
    open_folio(made.shop.owner, kind=OUTSIDE, name="李律师", limit=yuan("300"), uid=new_uid())
    return made


@pytest.mark.row("HTL-25")
async def test_cash_is_handed_out_for_a_guest_and_comes_back(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "-500.00")
        await person.press("f7")
        await person.see("Cash handed out for 王伟: how much?")
        await person.type("60")
        await person.press("enter")
        await person.see("What is paid for 王伟?")
        await person.type("出租车")
        await person.press("enter")
        await person.see("Paid out for 王伟: 60.00", "出租车", "-440.00")
        assert await person.do(_stands) == ("-440.00", "940.00")
        await person.press("delete")
        await person.see("60.00 for 出租车 comes back into the drawer. Why?")
        await person.type("没去")
        await person.press("enter")
        await person.see("Put right: 出租车", "-500.00")
        assert await person.do(_stands) == ("-500.00", "1000.00")
        assert "payment" in await person.do(lambda: {job.kind for job in PrintJob.select()})


async def test_cash_for_an_account_from_the_menu(at: Start) -> None:
    from tui.hotel.paying_out import pay_out_from_menu

    async with at("rack", prepared=_with_a_lawyer, screen=rack) as person:
        await person.see("201 OC")
        person.app.jobs.start(pay_out_from_menu, person.app)
        await person.see("Cash handed out for which room or account?")
        await person.type("李律")
        await person.press("enter")
        await person.type("45")
        await person.press("enter")
        await person.type("快递")
        await person.press("enter")
        await person.see("Paid out for 李律师: 45.00")
        assert await person.do(lambda: str(Folio.get(Folio.name == "李律师").balance)) == "45.00"
