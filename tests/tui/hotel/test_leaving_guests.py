"""The front desk by its keys: who leaves."""

from __future__ import annotations

import pytest

from models.hotel.charges.windows import windows_of
from models.hotel.stays.stays import Stay
from receipts.words import refusal_text
from tests.tui.hotel.conftest import Start, charge, desk, stay_of
from tui.desk.gate.numbers import NumberScanned
from tui.hotel.folios.folio import FolioScreen


async def test_what_comes_after_the_departure_stands_on_a_new_window(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await person.type("201")
        await person.press("minus", "enter", "enter")
        await person.see("To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        stay = await person.do(stay_of, "王伟")
        await person.app.go(FolioScreen(stay.key))
        await person.see("Guest account 201 王伟", "closed")
        await person.press("f2")
        await person.type("5000")
        await person.press("enter")
        await person.type("12")
        await person.press("enter", "enter")
        await person.see("B 12.00")
        assert await person.do(_closed, stay) == [("0.00", "closed"), ("12.00", "open")]


def _closed(stay: Stay) -> list[tuple[str, str]]:
    return [(str(folio.balance), folio.status) for _, folio in windows_of(stay.key)]


@pytest.mark.row("HTL-03")
async def test_what_is_owed_is_paid_before_the_guest_leaves(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await charge(person, "201", "2000", "500")
        await person.press("minus")
        await person.see("201 王伟 leaves", "320.00")
        await person.press("enter")
        await person.see("Ways to pay", "餐饮")
        await person.press("enter")
        await person.see("201 王伟 leaves", "To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        assert (await person.do(stay_of, "王伟")).state == "departed"


async def test_money_that_was_taken_stays_when_the_guest_does_not_leave(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await charge(person, "201", "2000", "500")
        await person.press("minus", "enter")
        await person.see("Ways to pay")
        await person.press("enter")
        await person.see("To settle", "0.00")
        await person.press("f3")
        await person.see("201 OC", "has 320.00 left")


@pytest.mark.row("HTL-35")
async def test_a_disputed_line_is_seen_and_set_aside_at_the_check_out(at: Start) -> None:
    async with desk(at) as person:
        await person.see("201 OC")
        await charge(person, "201", "5000", "60")
        await person.press("slash")
        await person.see("Guest account 201 王伟", "小酒吧")
        await person.press("ctrl+d")
        await person.see("小酒吧 60.00: what does the guest dispute?")
        # A voucher that was scanned is no reason, and without one nothing happens unsaid.
        await person.scan_short("10147")
        assert person.alarm == refusal_text(NumberScanned(code="10147"), "en")
        await person.press("f12", "enter")
        assert "Nothing was typed" in person.alarm
        await person.press("f12")
        await person.type("没喝过")
        await person.press("enter")
        await person.see("disputed: 没喝过")
        await person.press("minus")
        await person.see("201 王伟 leaves", "Disputed: 小酒吧", "To a disputed account", "-120.00")
        await person.press("enter")
        await person.see("Give back", "-180.00")
        await person.press("enter", "enter")
        await person.see("To settle", "0.00")
        await person.press("enter")
        await person.see("201 VD")
        assert (await person.do(stay_of, "王伟")).state == "departed"
