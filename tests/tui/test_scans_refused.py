"""A scan where something else is wanted: said aloud, and what was asked or typed is as before."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.goods.records import save_goods
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender
from models.members.vouchers import sell_voucher
from models.selling.items import CodeUnknown
from models.trust.operation import Session, new_uid
from receipts.words import refusal_text
from tests.databases import Stores
from tests.tui.counters import a_counter
from tests.tui.test_every_screen import a_house
from tests.tui.test_not_found import COLA, WATER, At
from tui.desk.gate.numbers import NumberScanned
from tui.shop.coming_back import ComingBack
from tui.shop.find_goods import _search as goods_found
from tui.shop.unknown_code import PayCodeScanned, SlipScanned, TimesSpent, VoucherScanned
from tui.widgets.edit import EditLine

APPLES, UNKNOWN, VOUCHER = "1003", "7777777", "2991234567890"
PAY_CODE, LABEL = "134567890123456789", "269999900100001008"


class Scanner(At):
    """Beside its keys: a scanner that sends a short code as digits and Enter."""

    async def run(self, code: str) -> str:
        await self.press(*code)
        line: Any = self.app.focused
        line.post_message(EditLine.Submitted(line, code))
        await self.counter.rest()
        return str(self.app.notices.alarm)


@pytest.mark.row("TIL-02")
async def test_a_scan_that_is_refused_leaves_what_was_there(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        at = Scanner(counter)
        await at.app.in_books(a_house)
        await at.app.in_books(a_voucher, at.app.session)
        screen = await at.opens("tui.money.opening:open_selling")
        await questions_stay(at, screen)
        await what_rings_nothing(at, screen)
        await coming_back(at)
        # What is found by its name has its stock beside it; work is no goods that run out.
        await at.app.in_books(a_service, at.app.session)
        rows = await at.app.in_books(goods_found, "")
        shown = {offer.found.code: stock for offer, stock in rows}
        assert shown["W1"] == "" and shown[APPLES]


def a_service(session: Session) -> None:
    price = Money.parse("10", currency("CNY"))
    save_goods(session, None, code="W1", name="洗车", price=price, is_stocked=False, uid=new_uid())


def a_voucher(session: Session) -> None:
    cash = Tender.get(Tender.kind == "cash").number
    fifty = Money.parse("50", currency("CNY"))
    sell_voucher(session, VOUCHER, [Paying(cash, fifty)], amount=fifty, uid=new_uid())


async def questions_stay(at: Scanner, screen: Any) -> None:
    """The quantity behind `*` and the weight that is asked: the scan answers neither."""
    await at.types(WATER)
    for before, code in (("", "10147"), ("3", "10147")):
        await at.press("*", *before)
        assert await at.run(code) == refusal_text(NumberScanned(code=code), "zh")
        assert screen.entry.is_asking and screen.entry.value == before
        await at.press("4", "enter")
        assert str(screen.chosen.quantity) == before + "4"
    await at.press("*", "x")
    assert "x" in await at.press("enter")
    await at.press("5", "enter")
    assert str(screen.chosen.quantity) == "5", "typed over what was no number"
    await at.types(APPLES)
    assert await at.run("10147") and screen.entry.is_asking and not screen.entry.value
    await at.press("2", "enter")
    assert [str(line.quantity) for line in screen.basket.lines] == ["5", "2"]


async def what_rings_nothing(at: Scanner, screen: Any) -> None:
    """`3*` before an unknown code is said to be spent; what pays is no item to be made with F7."""
    await at.press("3", "*")
    spent = TimesSpent(code=UNKNOWN, quantity=Quantity.of(3))
    assert await at.scan(UNKNOWN) == refusal_text(spent, "zh")
    assert screen.unknown == (UNKNOWN, Quantity.of(3)), "F7 goes on with it"
    assert await at.scan(PAY_CODE) == refusal_text(PayCodeScanned(), "zh")
    # Laid out as the scales do it: a label of goods that are not there, though a wallet has such.
    assert await at.scan(LABEL) == refusal_text(CodeUnknown(code=LABEL), "zh")
    assert await at.scan(VOUCHER) == refusal_text(VoucherScanned(code=VOUCHER), "zh")
    assert screen.unknown is None


async def coming_back(at: Scanner) -> None:
    """The own code, as it stands on the slip, chooses the line; nothing stays in the field."""
    await at.press("f9")
    await at.press("enter")
    assert await at.scan("S01000001") == refusal_text(SlipScanned(bill="S01-000001"), "zh")
    await at.press("ctrl+t")
    await at.press("enter")
    panel = at.app.screen
    assert isinstance(panel, ComingBack)
    assert not await at.run(WATER)
    assert [str(each) for each in panel._chosen.quantities.values()] == ["1"]
    assert COLA in await at.run(COLA) and not panel._line.value
    await at.press("up")
    assert await at.types("99") and not panel._line.value
    assert [str(each) for each in panel._chosen.quantities.values()] == ["1"]
