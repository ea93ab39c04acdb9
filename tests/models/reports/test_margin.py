"""What goods earned, by the published cases of margin: sold, come back, and lost."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from models.base.cost import UnitCost
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.reports.margin_lists import MARGIN
from models.reports.report import Period, make
from models.selling.items import find_item
from models.shop import basket, bill_changes
from models.shop.returns import return_goods
from models.stock.stock import adjust_stock
from models.trust.operation import new_uid
from tests.stores import CNY, FIRST_DAY, Shop, yuan

# What is lost sold for nothing: the reports of the stock say what it had cost.
OTHERWISE = {"margin-002": "what is lost counts as cost of what was sold"}


@pytest.mark.row("RPT-03")
@pytest.mark.case("margin-001", "margin-002")
def test_published_cases_of_margin(shop: Shop, vectors: Path) -> None:
    cases = json.loads((vectors / "shop_cases.json").read_text("utf-8"))
    found = {case["id"]: case for case in cases if case["kind"] == "margin"}
    assert len(found) == 2
    shop.open_shift(pieces=20, session=shop.manager)
    goods = {name: _made(shop, name) for name in ("P1", "P2")}
    sold: dict[str, int] = {}
    for what, name, pieces, price, _ in found["margin-001"]["input"]["moves"]:
        one, many = goods[name], Quantity.parse(pieces)
        if what in ("receipt", "lost"):
            more = -many if what == "lost" else many
            adjust_stock(shop.manager, one, more, reason=what, uid=new_uid())
        elif what == "sale":
            sold[name] = _sell(shop, one, many, price)
        else:
            return_goods(
                shop.manager, sold[name], {1: many}, shown=yuan(price), reason="unwanted",
                uid=new_uid(),
            )  # fmt: skip
    report = make(shop.owner, MARGIN, Period(FIRST_DAY, FIRST_DAY))
    rows = {row[0]: row for row in report.rows}
    assert [row[0] for row in report.rows] == ["P1", "P2"]
    for key, case in found.items():
        wanted = case["expected"]
        assert case["input"]["moves"] == found["margin-001"]["input"]["moves"]
        _, _, quantity, net, cost, earned, part, _ = rows["P1"]
        told = [quantity, net, cost, earned, f"{float(part) / 100:.4f}"]
        names = ("quantity", "revenue", "cost", "profit", "margin")
        is_same = [str(each) for each in told] == [wanted[name] for name in names]
        assert is_same is (key not in OTHERWISE), told
    assert [str(each) for each in report.totals[3:6]] == ["270.00", "140.00", "130.00"]
    # Who may see takings and no cost sees none of it, and the other way round.
    shop.give(shop.owner, "收银员", see_takings=None)
    for login in ("cashier", "clerk"):
        with pytest.raises(Refusal) as told_no:
            make(shop.who(login), MARGIN, Period(FIRST_DAY, FIRST_DAY))
        assert told_no.value.code == "RightMissing"


def _made(shop: Shop, name: str) -> Goods:
    """An item without tax that costs 20.00."""
    return save_goods(
        shop.owner, None, code=name, name=name, price=yuan("40"), cost=UnitCost.parse("20", CNY),
        tax=None, uid=new_uid(),
    )  # fmt: skip


def _sell(shop: Shop, goods: Goods, many: Quantity, price: str) -> int:
    bill = shop.bill(session=shop.manager)
    place = basket.ring(bill, find_item(goods.code), many)
    number = bill.lines[place].number
    if yuan(price) != goods.price:
        bill_changes.override_price(shop.owner, bill.draft, number, yuan(price), uid=new_uid())
    return shop.pay(basket.refresh(bill), session=shop.owner).key
