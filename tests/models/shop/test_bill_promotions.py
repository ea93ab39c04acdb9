"""Promotions on a bill that is rung, paid, returned and reported; what they refuse."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import Category, Goods
from models.goods.records import save_goods
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.people.lists import LEVEL, save_choice
from models.people.records import save_person
from models.reports.bills import held_view, sale_view
from models.reports.promotion_lists import EFFECT
from models.reports.report import Period, make
from models.selling import items
from models.selling.promotion_rows import (
    Promotion,
    PromotionLacks,
    PromotionWrong,
    promotions_in_use,
    save_promotion,
    switch_promotion,
)
from models.shop import basket, bill_changes
from models.shop.basket import Basket
from models.shop.bill_promotions import CouponNotNow, CouponSpent, CouponUsed, use_coupon
from models.shop.customers import set_customer
from models.shop.reopening import reopen_sale
from models.shop.return_lines import sold_lines
from models.shop.returns import return_goods, void_sale
from models.shop.sales import TotalChanged
from models.trust.operation import new_uid
from models.trust.records import RecordTaken
from tests.stores import FIRST_DAY, WECHAT, Shop, yuan

pytestmark = pytest.mark.row("MKT-04")
ONE = Quantity.of(1)


def promote(shop: Shop, name: str, kind: str, *codes: str, **values: Any) -> Promotion:
    """A promotion of these goods, made by the owner."""
    goods = [{"goods": shop.goods(code).key} for code in codes] + values.pop("lines", [])
    return save_promotion(
        shop.owner, None, name=name, kind=kind, goods=goods, uid=new_uid(), **values
    )  # fmt: skip


def amounts(bill: Basket) -> list[str]:
    return [str(line.priced.amount) for line in bill.lines]


def sell(shop: Shop, bill: Basket) -> Document:
    # Not in cash, which is rounded.
    return shop.pay(bill, tender=WECHAT, session=shop.manager)


def test_a_bill_is_priced_as_it_is_rung_and_sold_so(boss_shop: Shop) -> None:
    promote(boss_shop, "水买二送一", "buy get", "1001", buy=2, more=1)
    promote(boss_shop, "可乐第二件半价", "buy get", "1002", buy=1, more=1, rate=Rate.percent("50"))
    bill = boss_shop.bill("1001", "1002", "1001", session=boss_shop.manager)
    assert amounts(bill) == ["2.00", "3.50", "2.00"]
    basket.ring(bill, items.find_item("1001"), ONE)
    # Three for two, on the two lines of it.
    assert (amounts(bill), bill.amount_due) == (["1.33", "3.50", "2.67"], yuan("7.50"))
    basket.ring_code(bill, "6901234500028")
    assert (bill.amount_due, bill.saved_amount) == (yuan("9.25"), yuan("3.75"))
    assert amounts(basket.refresh(bill)) == amounts(bill)
    assert held_view(bill.draft).lines[0].offs == (("水买二送一", yuan("0.67")),)

    made = sell(boss_shop, bill)
    assert made.total == yuan("9.25")
    first, _, _, last = sale_view(made.key).lines
    assert (first.amount, first.offs) == (yuan("1.33"), (("水买二送一", yuan("0.67")),))
    assert last.offs == (("可乐第二件半价", yuan("0.87")),)
    assert not [str(found) for found in proof.verify()]


def test_a_line_less_takes_its_promotion_with_it(boss_shop: Shop) -> None:
    promote(boss_shop, "可乐和水 4 元", "bundle", "1001", "1002", amount=yuan("4"))
    bill = boss_shop.bill("1001", "1002", session=boss_shop.manager)
    assert bill.amount_due == yuan("4.00")
    number = bill.lines[0].number
    bill_changes.remove_line(boss_shop.manager, bill.draft, number, uid=new_uid())
    basket.catch_up(bill, number)
    assert amounts(bill) == ["3.50"] == amounts(basket.refresh(bill))
    # Another price by hand takes the place of all promotions; a discount comes off what is left.
    promote(boss_shop, "九折", "percent", rate=Rate.percent("10"))
    bill = boss_shop.bill("1002", "1004", session=boss_shop.manager)
    first, second = (line.number for line in bill.lines)
    bill_changes.override_price(
        boss_shop.manager, bill.draft, first, yuan("3"), uid=new_uid()
    )  # fmt: skip
    bill_changes.discount_line(
        boss_shop.manager, bill.draft, second, Rate.percent("20"), uid=new_uid()
    )  # fmt: skip
    basket.catch_up(bill, first, second)
    assert amounts(bill) == ["3.00", "18.00"]
    bill_changes.discount_line(boss_shop.owner, bill.draft, second, yuan("24"), uid=new_uid())
    basket.catch_up(bill, second)
    assert amounts(bill) == ["3.00", "0.00"]
    assert sell(boss_shop, bill).total == yuan("3.00")
    assert not [str(found) for found in proof.verify()]


@pytest.mark.row("ORD-18", "MKT-24")
def test_what_comes_back_takes_its_share_and_the_owner_sees_the_effect(boss_shop: Shop) -> None:
    promote(boss_shop, "三件两件价", "buy get", "1001", "1002", "1004", buy=2, more=1)
    bill = boss_shop.bill("1004", "1002", "1001", session=boss_shop.manager)
    made = sell(boss_shop, bill)
    assert (made.total, amounts(bill)) == (yuan("28.50"), ["23.36", "3.27", "1.87"])
    assert effect(boss_shop) == [["三件两件价", 1, "2.00", "25.21", "28.50"]]
    got = []
    for line, back in ((1, "23.36"), (3, "1.87"), (2, "3.27")):
        returned = return_goods(
            boss_shop.manager, made.key, {line: ONE}, shown=yuan(back), reason="unwanted",
            uid=new_uid(),
        )  # fmt: skip
        got.append(sale_view(returned.key).lines[0].offs)
    assert got == [(("三件两件价", yuan(off)),) for off in ("-1.64", "-0.13", "-0.23")]
    assert effect(boss_shop) == [["三件两件价", 1, "0.00", "0.00", "0.00"]]
    assert not sold_lines(made.key)[0].left
    assert not [str(found) for found in proof.verify()]


def test_three_for_ten_go_back_one_by_one(boss_shop: Shop) -> None:
    """Users' case: -3.33, -3.34, -3.33."""
    promote(boss_shop, "可乐三件十元", "together", "1002", buy=3, amount=yuan("10"))
    bill = boss_shop.bill("1002", "1002", "1002", session=boss_shop.manager)
    made = sell(boss_shop, bill)
    for back in ("3.33", "3.34", "3.33"):
        return_goods(
            boss_shop.manager, made.key, {1: ONE}, shown=yuan(back), reason="unwanted",
            uid=new_uid(),
        )  # fmt: skip
    assert not [str(found) for found in proof.verify()]


def test_the_hour_of_the_first_line_counts(boss_shop: Shop) -> None:
    """What was shown is paid: a happy hour that ends while somebody looks for his purse."""
    hour = promote(boss_shop, "早市", "percent", rate=Rate.percent("50"), begins=9 * 60, ends=600)
    bill = boss_shop.bill("1001", session=boss_shop.manager)
    boss_shop.clock.move(hours=2)
    basket.ring(bill, items.find_item("1002"), ONE)
    assert amounts(bill) == ["1.00", "1.75"] == amounts(basket.refresh(bill))
    assert sell(boss_shop, bill).total == yuan("2.75")
    late = boss_shop.bill("1001", session=boss_shop.manager)
    assert amounts(late) == ["2.00"]
    # Who changes a promotion changes bills that are open: they are shown anew before they are paid.
    with pytest.raises(TotalChanged):
        save_promotion(
            boss_shop.owner, hour.key, version=1, name="全天", kind="percent", begins=0, ends=1440,
            rate=Rate.percent("50"), uid=new_uid(),
        )  # fmt: skip
        sell(boss_shop, late)
    assert sell(boss_shop, basket.refresh(late)).total == yuan("1.00")


def test_a_bill_that_was_begun_without_promotions_has_none(boss_shop: Shop) -> None:
    assert promotions_in_use() == ()
    bill = boss_shop.bill("1001", session=boss_shop.manager)
    made = promote(boss_shop, "九折", "percent", rate=Rate.percent("10"))
    basket.ring(bill, items.find_item("1002"), ONE)
    assert sell(boss_shop, bill).total == yuan("5.50")
    switch_promotion(boss_shop.owner, made.key, version=1, uid=new_uid())
    assert promotions_in_use() == ()


def test_for_a_level_and_for_a_category_with_all_below_it(boss_shop: Shop) -> None:
    level = save_choice(boss_shop.owner, None, kind=LEVEL, name="金卡", uid=new_uid())
    gold = save_person(boss_shop.owner, None, name="王芳", level=level.key, uid=new_uid())
    other = save_person(boss_shop.owner, None, name="李雷", uid=new_uid())
    top = Category.create(key=901, code="01", name="食品")
    under = Category.create(key=902, code="0101", name="饮料", parent=top)
    Goods.update(category=under).where(Goods.code == "1002").execute()
    promote(
        boss_shop, "金卡半价", "percent", rate=Rate.percent("50"), level=level.key,
        lines=[{"category": top.key}],
    )  # fmt: skip
    promote(boss_shop, "会员一件减一角", "amount", amount=yuan("0.10"), for_named=True)
    bill = boss_shop.bill("1002", "1001", session=boss_shop.manager)
    assert amounts(bill) == ["3.50", "2.00"]
    set_customer(boss_shop.manager, bill, gold.key)
    assert amounts(bill) == ["1.75", "1.90"]
    set_customer(boss_shop.manager, bill, other.key)
    assert amounts(bill) == ["3.40", "1.90"]
    # A member who is taken off the bill takes his price with him.
    set_customer(boss_shop.manager, bill, None)
    assert amounts(bill) == ["3.50", "2.00"] == amounts(basket.refresh(bill))


@pytest.mark.row("ORD-05")
def test_members_have_their_price_and_a_level_its_list(boss_shop: Shop) -> None:
    """An item with four prices and one for members; one without sells at its usual price."""
    level = save_choice(boss_shop.owner, None, kind=LEVEL, name="批发", uid=new_uid())
    trader = save_person(boss_shop.owner, None, name="老赵", level=level.key, uid=new_uid())
    other = save_person(boss_shop.owner, None, name="李雷", uid=new_uid())
    cola = boss_shop.goods("1002")
    save_goods(
        boss_shop.owner, cola.key, version=cola.version, member_price=yuan("3.20"),
        price2=yuan("3"), price3=yuan("2.80"), price4=yuan("2.50"), uid=new_uid(),
    )  # fmt: skip
    promote(boss_shop, "会员价", "of list", price_list="member_price", for_named=True)
    promote(boss_shop, "批发价", "of list", price_list="price3", level=level.key)
    bill = boss_shop.bill("1002", "1001", session=boss_shop.manager)
    basket.ring(bill, items.find_item("1002"), Quantity.of(2))
    assert amounts(bill) == ["3.50", "2.00", "7.00"]
    set_customer(boss_shop.manager, bill, other.key)
    assert amounts(bill) == ["3.20", "2.00", "6.40"]
    set_customer(boss_shop.manager, bill, trader.key)
    assert amounts(bill) == ["2.80", "2.00", "5.60"]
    made = sell(boss_shop, bill)
    assert sale_view(made.key).lines[2].offs == (("批发价", yuan("1.40")),)
    assert not [str(found) for found in proof.verify()]


@pytest.mark.row("H-5")
def test_one_that_comes_in_the_place_of_another_counts_at_once(boss_shop: Shop) -> None:
    """Nobody looks between: as many as before are in use, of versions that sum to the same."""
    made = [
        promote(boss_shop, f"{n}折", "percent", "1001", rate=Rate.percent(f"{n}"), rank=n)
        for n in range(1, 9)
    ]
    for n in range(9, 15):
        assert [row.key for row, _ in promotions_in_use()] == [row.key for row in made]
        gone = made.pop(3)
        switch_promotion(boss_shop.owner, gone.key, version=gone.version, uid=new_uid())
        rate = Rate.percent(f"{n}")
        made.append(promote(boss_shop, f"{n}折", "percent", "1001", rate=rate, rank=n))
    assert [row.key for row, _ in promotions_in_use()] == [row.key for row in made]


def test_a_coupon_is_used_once(boss_shop: Shop) -> None:
    made = promote(
        boss_shop, "五元券", "spend", from_amount=yuan("20"), amount=yuan("5"), code="save5", uses=1
    )
    bill = boss_shop.bill("1004", session=boss_shop.manager)
    second = boss_shop.bill("1004", session=boss_shop.manager)
    assert use_coupon(bill, "NOSUCH") is None
    for one in (bill, second, bill):
        found = use_coupon(one, "Save5")
        assert found is not None and one.amount_due == yuan("20.00")
    sold = sell(boss_shop, bill)
    with pytest.raises(CouponUsed):
        sell(boss_shop, second)
    # Scanned again it goes off the bill, which can be sold then.
    with pytest.raises(CouponSpent):
        use_coupon(second, "SAVE5")
    assert second.amount_due == yuan("25.00") == basket.refresh(second).amount_due
    with pytest.raises(CouponSpent):
        use_coupon(second, "SAVE5")
    # A bill that is opened again has it still, one that is undone gives it back.
    again = basket.new_basket(boss_shop.manager)
    reopen_sale(boss_shop.manager, sold.key, again.draft, reason="mistyped", uid=new_uid())
    sold = sell(boss_shop, basket.refresh(again))
    assert sold.total == yuan("20.00")
    void_sale(boss_shop.manager, sold.key, reason="mistyped", uid=new_uid())
    use_coupon(second, "SAVE5")
    assert sell(boss_shop, second).total == yuan("20.00")
    switch_promotion(boss_shop.owner, made.key, version=1, uid=new_uid())
    with pytest.raises(CouponNotNow):
        use_coupon(boss_shop.bill("1004", session=boss_shop.manager), "SAVE5")
    assert not [str(found) for found in proof.verify()]


@pytest.mark.parametrize(
    ("kind", "values", "refusal"),
    [
        ("percent", {}, PromotionLacks(field="rate")),
        ("percent", {"rate": Rate.percent("101")}, PromotionWrong(field="rate")),
        ("amount", {"amount": yuan("-1")}, PromotionWrong(field="amount")),
        ("amount", {"amount": yuan("0")}, PromotionLacks(field="amount")),
        ("buy get", {"buy": 2}, PromotionLacks(field="more")),
        ("together", {"buy": 3}, PromotionLacks(field="amount")),
        ("bundle", {"amount": yuan("5")}, PromotionLacks(field="goods")),
        ("gift", {"buy": 1}, PromotionLacks(field="goods")),
        ("spend", {"from_amount": yuan("9")}, PromotionLacks(field="amount")),
        ("each spend", {"amount": yuan("9")}, PromotionLacks(field="from_amount")),
        ("of list", {}, PromotionLacks(field="price_list")),
        ("price", {"amount": yuan("9"), "most": 0}, PromotionWrong(field="most")),
        ("price", {"amount": yuan("9"), "weekdays": 0}, PromotionWrong(field="weekdays")),
        ("price", {"amount": yuan("9"), "ends": 1441}, PromotionWrong(field="ends")),
        ("price", {"amount": yuan("9"), "since": FIRST_DAY, "until": FIRST_DAY - timedelta(1)},
         PromotionWrong(field="until")),
        ("price", {"amount": yuan("9"), "lines": [{}]}, PromotionLacks(field="goods")),
        ("price", {"amount": yuan("9"), "lines": [{"goods": 0, "pieces": 10_000}]},
         PromotionWrong(field="goods")),
        ("price", {"amount": yuan("9"), "code": "taken"},
         RecordTaken(listing="Promotions", name="TAKEN")),
    ],
)  # fmt: skip
def test_what_is_no_promotion(
    shop: Shop, kind: str, values: dict[str, Any], refusal: Exception
) -> None:
    promote(shop, "x", "price", amount=yuan("1"), code="TAKEN")
    for line in values.get("lines", ()):
        if "goods" in line:
            line["goods"] = shop.goods("1001").key
    with pytest.raises(type(refusal)) as told:
        promote(shop, "y", kind, **values)
    assert str(told.value) == str(refusal)


def effect(shop: Shop) -> list[list[object]]:
    made = make(shop.owner, EFFECT, Period(FIRST_DAY, FIRST_DAY))
    return [[str(cell) if isinstance(cell, Money) else cell for cell in row] for row in made.rows]
