"""New base data through the form to the stored row: what a person is not asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.goods.goods import Goods
from models.ledger.accounts import VOUCHER_CLEARING
from models.ledger.documents import Entry
from models.ledger.ways.tenders import Payment, Tender
from models.selling.promotion_rows import Promotion
from models.trust.users import User
from tests.stores import Shop, Ticking, yuan
from tests.tui.records.conftest import Start
from tui.records.listings import listing


@pytest.mark.row("STK-02")
async def test_a_new_item_needs_no_category(at: Start) -> None:
    """From the list of all goods, with a name and a price and nothing else."""
    async with at("goods") as person:
        await person.see("15 rows")
        await person.press("f2")
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        for box, text in (("name", "无分类糖果"), ("price", "2.50")):
            sheet.go(sheet.find(box))
            await person.type(text)
            await person.press("enter")
        sheet.go(sheet.find("name"))
        await person.press("f9")
        await person.see("Goods 无分类糖果")
        made = await person.do(Goods.get, Goods.name == "无分类糖果")
        assert made.category_id is None and made.price == yuan("2.50") and made.code.isdigit()


@pytest.mark.row("ORD-10")
async def test_a_price_is_set_by_what_it_is_without_tax(at: Start) -> None:
    async with at("goods") as person:
        await person.see("15 rows")
        await person.type("矿泉水")
        await person.press("f8", "3")
        # One is 2.00 with a tax of 13 per cent in it.
        await person.see("price without tax (with tax 2.00)", "1.77")
        await person.press(*["backspace"] * 4)
        await person.type("2.00")
        await person.press("enter")
        await person.see("2.00 without tax, 2.26 with tax.")
        assert (await person.do(Goods.get, Goods.code == "1001")).price == yuan("2.26")


def _sell_with(number: int) -> list[Any]:
    shop = Shop("", Path(), Ticking(), users={user.login: user.key for user in User.select()})
    shop.open_shift()
    sold = shop.pay(shop.bill("1001"), tender=number, reference="Q-77")
    paid = Payment.get(Payment.document == sold)
    kept = {entry.account_id for entry in Entry.select().where(Entry.document == sold)}
    return [paid.tender.number, paid.reference, VOUCHER_CLEARING in kept]


@pytest.mark.row("AR-20")
async def test_enter_on_a_line_of_a_promotion_goes_on_to_its_goods(at: Start) -> None:
    """What the line proposes is taken; it ends no form, or all goods would have the promotion."""
    async with at("promotions") as person:
        await person.press("f2")
        await person.see("Promotions New")
        await person.type("Cola")
        await person.press("enter")
        await person.press("f7")
        await person.see("Per cent off")
        await person.press("enter", "enter", "enter")
        await person.type("20")
        await person.press("enter", "f5", "enter")
        await person.type("1002")
        await person.press("enter", "f4")
        await person.see("1 row")
        made = await person.do(lambda: Promotion.get(Promotion.name == "Cola"))
        cola = await person.do(lambda: Goods.get(Goods.code == "1002"))
        assert [line[1] for line in made.goods] == [cola.key]


async def test_a_new_way_to_pay_asks_what_it_is_and_no_account(at: Start) -> None:
    """Where its money stands in the books follows from that, and the next sale takes it."""
    assert not [each.name for each in listing("tenders").fields if "account" in each.name]
    async with at("tenders", lang="zh") as person:
        await person.see("共 7 条")
        await person.press("f2")
        shown = await person.see("类型")
        assert "科目" not in shown.split("类型")[0]
        sheet: Any = person.app.screen.sheet  # type: ignore[attr-defined]
        for box, text in (("name_zh", "团购券"), ("kind", "外部代金券")):
            sheet.go(sheet.find(box))
            await person.type(text)
            await person.press("enter")
        await person.press("f9")
        await person.see("团购券")
        made = await person.do(Tender.get, Tender.name_zh == "团购券")
        assert (made.kind, made.account_id) == ("voucher", VOUCHER_CLEARING)
        assert await person.do(_sell_with, made.number) == [made.number, "Q-77", True]
