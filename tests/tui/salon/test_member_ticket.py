"""A member's ticket by keys: three who did it, a product, a time of a course, stored value, a tip
and cash; the slip says all of it, and the member's history.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.config.config import read_config
from models.ledger.daily.days import store_day
from models.ledger.documents import Document
from models.members.cards import balance_of
from models.members.points_lots import points_of
from models.people.history import history_of
from models.people.persons import Person as Member
from models.reports.bills import sale_view
from models.salon.tips import all_owed
from models.shop.basket import new_basket
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.models.members.carded import kind, person, sell
from tests.models.members.pointed import rule
from tests.models.salon.salon import COLOUR, CUT
from tests.stores import Shop, yuan
from tests.tui.records.conftest import Start, at
from tests.tui.salon.test_ticket import salon
from tui.shop.selling import Selling

__all__ = ["at"]


def with_member() -> Shop:
    """Wang has ten cuts paid ahead and 300 on a card; a point for each 1.00."""
    made = salon()
    rule(made)
    wang = person(made, "王芳", phone="13900010001")
    ten = kind(made, "剪发十次卡", "times", price=yuan("1000"),
               parts=[{"goods": made.goods(CUT).key, "pieces": 10}])  # fmt: skip
    sell(made, ten, "1000", "880001", whose=wang)
    sell(made, kind(made), "300", "880002", bonus="60", whose=wang)
    return made


def _sold() -> Any:
    return sale_view(Document.select().order_by(Document.key.desc()).get().key)


def _left() -> tuple[int, str, dict[str, str]]:
    wang = Member.get(Member.name == "王芳")
    tips = {tip.name: str(tip.amount) for tip in all_owed()}
    return points_of(wang.key, store_day()), str(balance_of("880002", store_day())), tips


def _known(session: Any) -> tuple[list[str], list[tuple[str, Any]]]:
    found = history_of(session, Member.get(Member.name == "王芳").key)
    assert found is not None
    return [each.what for each in found.events], [(one.label, one.value) for one in found.figures]


@pytest.mark.row("SAL-02", "SAL-05", "B-1", "MKT-16")
async def test_a_members_ticket_from_ringing_to_the_slip(at: Start, tmp_path: Path) -> None:
    async with at("goods", prepared=with_member) as one:
        one.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        selling = Selling(await one.do(new_basket, one.app.session))
        await one.app.go(selling)
        for code, who in ((CUT, "9"), (COLOUR, "8*:70 21")):
            await one.type(code)
            await one.press("enter")
            await one.see("who?")
            await one.type(who)
            await one.press("enter")
        await one.type("1001")
        await one.press("enter")
        await one.see("矿泉水")
        await one.press("f2")
        await one.type("0001")
        await one.see("王芳")
        await one.press("enter")
        await one.see("Customer: 王芳")
        # 128 of the cut are 100 by the card; 380 and 2 are left for stored value, a tip and cash.
        await one.press("f9")
        await one.see("To pay 482.00", "1 time 女士剪发, 9 left then", "360.00 on it")
        await one.press("2")
        await one.see("382.00 is left")
        await one.press("2")
        await one.see("22.00 is left")
        await one.press("enter")
        await one.see("Ways to pay", "22.00")
        await one.press("slash")
        await one.see("How is it paid?")
        tips = next(row for row in one.text().split("\n") if "Tips" in row)
        await one.type(tips.split("Tips")[0].split()[-1])
        await one.press("enter")
        await one.see("Tip: 40")
        await one.type("x")
        await one.press("enter")
        assert "cannot be read" in one.alarm
        await one.press("backspace")
        await one.type("20 8 21")
        await one.press("enter")
        await one.see("42.00")
        await one.type("50")
        await one.press("enter")
        await one.see("Paid:")

        # What was done, by whom, and which card paid; who serves her, and her points.
        events, figures = await one.do(_known, one.app.session)
        assert events[0] == "女士剪发 +2  张收银  次卡"
        assert ("Served by", "张收银 1, 李经理 1, 赵库管 1") in figures
        assert ("Points", 22) in figures
        view = await one.do(_sold)
        assert [(each.name_zh, str(each.amount)) for each in view.payments] == [
            ("次卡", "100.00"), ("储值卡", "360.00"), ("小费 李经理", "14.00"),
            ("小费 赵库管", "6.00"), ("现金", "42.00"),
        ]  # fmt: skip
        assert [line.hands for line in view.lines] == [
            ("张收银",), ("李经理* 70%", "赵库管 30%"), (),
        ]  # fmt: skip
        assert await one.do(_left) == (22, "0.00", {"李经理": "14.00", "赵库管": "6.00"})
        said = "\n".join(map(str, sale_slip(view, Print("zh")).parts))
        for text in ("剪发十次卡 -28.00", "9 次", "小费 李经理", "本次积分", "+22", "找零", "8.00"):
            assert text in said, text
