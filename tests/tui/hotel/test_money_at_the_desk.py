"""Money at the desk by its keys, beside what a guest pays."""

from __future__ import annotations

import pytest

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.hotel.audit.audit import post_nights
from models.hotel.charges.package_items import save_package
from models.hotel.charges.windows import own_folio
from models.hotel.folios.folio_payments import pay_folio
from models.ledger.daily.drawer import expected_cash
from models.ledger.daily.shifts import current_shift
from models.ledger.folio_kinds import OUTSIDE
from models.ledger.folios import Folio, open_folio
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import save_tender
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.stores import yuan
from tests.tui.hotel.conftest import Start, desk, house, rack, stay_of, to_box


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
    from tui.hotel.folios.paying_out import pay_out_from_menu

    async with at("rack", prepared=_with_a_lawyer, screen=rack) as person:
        await person.see("201 OC")
        person.app.jobs.start(pay_out_from_menu, person.app)
        await person.see("Cash handed out for which room or account?")
        await person.type("李律")
        await person.press("enter")
        await person.type("9045")
        await person.press("enter")
        await person.type("快递")
        await person.press("enter")
        # Refused, or approved by nobody: both stand in their questions again.
        await person.see("What is paid for 李律师?", "快递")
        assert "9045.00" in person.alarm
        await person.press("f12", "f12")
        await person.see("Cash handed out for 李律师: how much?", "9045")
        await person.type("45")
        await person.press("enter")
        await person.see("What is paid for 李律师?", "快递")
        await person.press("enter")
        await person.see("Paid out for 李律师: 45.00")
        assert await person.do(lambda: str(Folio.get(Folio.name == "李律师").balance)) == "45.00"


def _with_dollars() -> object:
    made = house()
    save_tender(
        made.shop.owner, None, version=0, number=9, name_zh="美元", name_en="Dollars",
        kind="foreign", foreign="USD", rate=UnitCost.parse("7.10", store_currency()), uid=new_uid(),
    )  # fmt: skip
    return made


@pytest.mark.row("AR-21", "HTL-26")
async def test_dollars_pay_a_guests_account_are_changed_and_counted(at: Start) -> None:
    from tui.money.foreign_cash import change_money
    from tui.money.shift_menu import open_close_shift

    async with at("rack", prepared=_with_dollars, screen=rack) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "-500.00")
        await person.type("100")
        await person.press("enter")
        await person.see("Ways to pay")
        await person.press("slash")
        await person.type("Doll")
        await person.see("Dollars")
        await person.press("enter")
        await person.see("USD: how much was handed over? 14.09 is due")
        await person.type("20")
        await person.press("enter")
        await person.see("USD 20.00 at 7.10?", "Comes to")
        await person.press("enter")
        await person.see("Give 42.00 change.")
        await person.press("enter")
        await person.see("-600.00")
        assert await person.do(_stands) == ("-600.00", "958.00")
        await person.press("f3")
        await person.see("Room rack")
        person.app.jobs.start(change_money, person.app)
        await person.see("Which money?")
        await person.press("enter")
        await person.type("10")
        await person.press("enter")
        await person.type("Smith 201")
        await person.press("enter")
        await person.see("USD 10.00 at 7.10?")
        await person.press("enter")
        await person.see("USD 10.00 x 7.10: give 71.00.")
        assert (await person.do(_stands))[1] == "887.00"
        vars(person.app)["register"] = 1
        person.app.jobs.start(open_close_shift, person.app)
        await person.see("Close the shift")
        await person.type("8")
        await person.press("enter")
        await person.press("f9")
        await person.see("USD in the drawer: how much?")
        await person.type("29")
        await person.press("enter")
        await person.see("Close the shift?", "800.00", "USD", "29.00", "should be 30.00")


@pytest.mark.row("AR-21")
async def test_foreign_cash_of_the_safe_goes_to_the_bank(at: Start) -> None:
    from tui.money.foreign_cash import bank_money, change_money

    async with desk(at) as person:
        await person.see("201 OC")
        for asks, says in ((change_money, "No other currency"), (bank_money, "no foreign cash")):
            person.app.jobs.start(asks, person.app)
            await person.rest()
            assert says in person.alarm
            await person.press("f12")


def _with_breakfast() -> object:
    made = house()
    save_package(
        made.shop.owner, None, version=0, plan=made.plan, code="2000", price=yuan("50"),
        allowance=yuan("60"), uid=new_uid(),
    )  # fmt: skip
    post_nights(made.shop.owner, [stay_of("王伟").key], uid=new_uid())
    return made


@pytest.mark.row("HTL-14", "HTL-28")
async def test_what_a_rate_includes_stands_on_a_window_of_its_own(at: Start) -> None:
    async with at("rack", prepared=_with_breakfast, screen=rack) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "270.00", "50.00", "P Package -50.00")
        await person.press("tab")
        await person.see("Has left", "-50.00")
        # Nothing is paid here: what was not had is profit of the house.
        await person.press("f9")
        await person.rest()
        assert "Ways to pay" not in person.text()


@pytest.mark.row("H-3")
async def test_housekeeping_says_what_it_saw_and_the_rack_marks_what_differs(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("ctrl+d")
        await person.see("What was seen in room 201?")
        await person.press("down", "enter")
        await person.see("201 OC?")
        assert "201" in person.alarm
        # What he is to be told stands below the rack, and where he leaves.
        await person.press("ctrl+g")
        await person.see("Messages and wake-up calls", "王伟")
        await to_box(person, "text")
        await person.type("回电 1380000")
        await person.press("f4")
        await person.see("To tell 1", "Message for the guest: 回电 1380000")
        await person.press("minus")
        await person.see("201 王伟 leaves", "回电 1380000")


@pytest.mark.row("H-4")
async def test_an_invoice_is_entered_from_the_account_with_its_lines_proposed(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("f2")
        await person.type("5000")
        await person.press("enter")
        await person.type("60")
        await person.press("enter", "enter")
        await person.see("Charged to 201")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "60.00")
        await person.press("ctrl+t")
        await person.see("Tax invoices", "Invoice number", "小酒吧", "60.00")
        await person.type("26312000000000000001")
        await person.press("f4")
        await person.see("The invoice stands in the list, menu 75.")


def _with_a_cheque() -> object:
    made = house()
    cheque = save_tender(
        made.shop.owner, None, version=0, number=9, name_zh="支票", name_en="Cheque",
        kind="cheque", uid=new_uid(),
    )  # fmt: skip
    stay = stay_of("王伟")
    paying = Paying(cheque.number, yuan("320"), reference="00417")
    pay_folio(made.shop.owner, own_folio(stay.key), [paying], stay=stay.key, uid=new_uid())
    return made


async def test_cheques_are_typed_one_by_one_when_the_drawer_is_counted(at: Start) -> None:
    from tui.money.shift_menu import open_close_shift

    async with at("rack", prepared=_with_a_cheque, screen=rack) as person:
        await person.see("201 OC")
        vars(person.app)["register"] = 1
        person.app.jobs.start(open_close_shift, person.app)
        await person.see("Close the shift")
        await person.type("10")
        await person.press("enter", "f9")
        await person.see("Cheques in the drawer: each amount, blanks between; 0: none")
        await person.type("320")
        await person.press("enter")
        # The float and what 王伟 had paid: 1000.00.
        await person.see("1320.00")
        shift = await person.do(current_shift, 1)
        assert (str(shift.counted), str(shift.difference)) == ("1320.00", "0.00")
