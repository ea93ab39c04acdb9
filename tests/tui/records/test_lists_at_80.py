"""What the lists show on the smallest screen, in both languages."""

from __future__ import annotations

import re

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.goods.goods import TaxRate, Unit
from models.goods.records import save_goods
from models.stock import stock
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.tui.records.conftest import Start
from tests.tui.records.test_reports import sell_some
from tui.records.listings import listing, listing_names
from tui.records.looks import HOUR_WIDTH, width_of

CODE = "6901234567892"


def _with_a_long_code() -> None:
    """An item whose code is its bar code, with a long name and something in stock."""
    sell_some()
    owner = Session(User.get(User.login == "owner").key, 1)
    made = save_goods(
        owner, None, code=CODE, name="青岭高山天然矿泉水家庭装大瓶限量纪念款", spec="5L",
        unit=Unit.get().key, tax=TaxRate.get().key, price=Money(1280, currency("CNY")),
        uid=new_uid(),
    )  # fmt: skip
    stock.adjust_stock(owner, made, Quantity.of(37), reason="盘点", uid=new_uid())


async def test_the_list_of_goods_shows_a_whole_code_and_the_stock(at: Start) -> None:
    async with at("goods", lang="zh", prepared=_with_a_long_code) as person:
        await person.see("编码", "库存")
        await person.type(CODE)
        await person.see("共 1 条", CODE, "12.80", "37")
        await person.press("ctrl+l")
        await person.see("1 row", CODE, "In stock", "12.80", "37")


async def test_a_bill_is_of_one_day(at: Start) -> None:
    """The business day, and beside it the hour: 2026-03-02  2026-03-02 09:00 filled the row."""
    async with at("bills", lang="zh", prepared=sell_some) as person:
        shown = await person.see("共 3 条", "时间")
        await person.press("ctrl+l")
        english = await person.see("3 rows", "Time")
        for text in (shown, english):
            rows = [row for row in text.splitlines() if "张收银" in row]
            assert len(rows) == 3 and all(re.search(r" \d\d:\d\d ", row) for row in rows)
            assert all(row.count("2026-03-02") == 1 for row in rows)


def test_no_list_says_the_day_of_a_moment_again() -> None:
    """Beside a column of days the time is an hour; the audit log tells the clock as it was."""
    for name in set(listing_names()) - {"audit"}:
        listed = [each for each in listing(name).fields if each.is_listed]
        if not any(each.kind == "date" and each.name == "day" for each in listed):
            continue
        for each in listed:
            assert each.kind != "instant" or width_of(each) == HOUR_WIDTH, f"{name}: {each.name}"
