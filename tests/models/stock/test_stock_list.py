"""The stock query: by text, category and place, page by page, and what runs short."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.goods.basics import save_category
from models.goods.goods import Goods
from models.goods.records import save_goods, switch_goods
from models.reports.stock_lists import OVERSTOCK, STOCK
from models.stock.stock import adjust_stock
from models.stock.stock_list import OVER, SHORT, count_over, stock_list
from models.trust.operation import new_uid
from tests.models.buying.bought import standing
from tests.models.buying.test_back_and_bills import rows
from tests.stores import Shop, yuan
from tui.stock.reminders import too_much


def codes(**options: object) -> list[str]:
    return [line.code for line in stock_list(**options)]  # type: ignore[arg-type]


@pytest.mark.row("STK-18")
def test_what_lies_where(shop: Shop) -> None:
    lines = {line.code: line for line in stock_list()}
    # Services have no stock.
    assert list(lines) == ["1001", "1002", "1003", "1004"]
    water = lines["1001"]
    assert (water.quantity, water.value, str(water.average)) == (
        Quantity.of(100), yuan("120.00"), "1.20",
    )  # fmt: skip
    assert (water.name, water.unit) == ("矿泉水", "瓶")
    shop.open_shift()
    shop.sell("1001")
    assert stock_list("6901234500011")[0].quantity == Quantity.of(99)


@pytest.mark.row("STK-18")
def test_places_apart_and_together(shop: Shop) -> None:
    adjust_stock(
        shop.manager, shop.goods("1001"), Quantity.of(24), reason="delivery", location=2,
        uid=new_uid(),
    )  # fmt: skip
    assert stock_list()[0].quantity == Quantity.of(124)
    assert stock_list(location=1)[0].quantity == Quantity.of(100)
    assert stock_list(location=2)[0].value == yuan("28.80")
    assert stock_list(location=2)[1].quantity == Quantity(0)
    assert str(stock_list(location=2)[1].average) == "0.00"


@pytest.mark.row("STK-18", "STK-13")
def test_a_category_with_those_under_it(shop: Shop) -> None:
    food = save_category(shop.manager, None, name="食品", uid=new_uid())
    drinks = save_category(shop.manager, None, name="饮料", parent=food.key, uid=new_uid())
    for code, category in (("1001", drinks), ("1002", drinks), ("1003", food)):
        goods = shop.goods(code)
        save_goods(
            shop.manager, goods.key, version=goods.version, category=category.key, uid=new_uid()
        )
    assert codes(category=food.key) == ["1001", "1002", "1003"]
    assert codes(category=drinks.key) == ["1001", "1002"]
    assert codes(text="1003", category=drinks.key) == []
    assert codes(text="1002", category=food.key) == ["1002"]


@pytest.mark.row("STK-18", "STK-11")
def test_what_runs_short(shop: Shop) -> None:
    for code, least, most in (("1001", 100, 200), ("1004", 4, 50), ("1003", 1, 39)):
        goods = shop.goods(code)
        save_goods(
            shop.manager, goods.key, version=goods.version, min_stock=Quantity.of(least),
            max_stock=Quantity.of(most), uid=new_uid(),
        )  # fmt: skip
    assert codes(only=SHORT) == ["1004"]
    assert codes(only=SHORT, location=1) == ["1004"]
    assert codes(text="1001", only=SHORT) == []
    assert codes(text="1004", only=SHORT) == ["1004"]
    assert [line.code for line in stock_list() if line.is_over] == ["1003"]


def test_pages(shop: Shop) -> None:
    one = yuan("1.00")
    made = [
        save_goods(shop.manager, None, code=f"P{n:03}", name=f"货{n}", price=one, uid=new_uid())
        for n in range(12)
    ]
    seen: list[str] = []
    after = ""
    while page := stock_list(after=after, limit=5):
        seen += [line.code for line in page]
        after = page[-1].code
    assert seen == sorted(row.code for row in Goods.select().where(Goods.is_stocked))
    assert len(stock_list("货", limit=5)) == 5
    switch_goods(shop.manager, made[0].key, version=1, is_active=False, uid=new_uid())
    assert "P000" not in codes()


@pytest.mark.row("STK-12", "STK-19", "STK-24")
def test_the_stock_of_this_moment_and_where_it_stands(shop: Shop) -> None:
    """A sale shows at once; more than the most is listed and reminded of; each has its shelf."""
    water = shop.goods("1001")
    save_goods(
        shop.owner, water.key, version=water.version, max_stock=Quantity.of(98), bin="A-03",
        uid=new_uid(),
    )  # fmt: skip
    shop.open_shift()
    first = ("1001", "矿泉水", "", "100", "瓶", "A-03", "", "98")
    assert rows(shop, STOCK)[0] == first
    assert rows(shop, OVERSTOCK) == [("1001", "矿泉水", "", "100", "瓶", "98", "2")]
    assert count_over() == 1
    told = too_much(standing(shop, shop.owner))
    assert [one.fields for one in told] == [{"count": 1}]
    assert not too_much(standing(shop, shop.cashier))
    shop.sell("1001", "1001")
    assert rows(shop, STOCK)[0][3] == "98" and not rows(shop, OVERSTOCK) and not count_over()
    assert [line.code for line in stock_list("1001", only=OVER)] == []
