"""Goods, categories, units and taxes: added, changed, moved and deleted, on both engines."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.cost import UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.goods.basics import (
    CategoryLoop,
    CategoryNameWrong,
    CategoryNotEmpty,
    UnitWrong,
    below,
    drop_category,
    drop_unit,
    path_of,
    save_category,
    save_unit,
)
from models.goods.goods import Barcode, Category, Goods, TaxRate, Unit
from models.goods.records import (
    GoodsInUse,
    GoodsTwice,
    PackWrong,
    add_barcode,
    barcodes_of,
    drop_goods,
    save_goods,
    switch_goods,
)
from models.goods.rules import (
    CodeTaken,
    CodeWrong,
    PriceMissing,
    StockBoundsWrong,
    ValueNegative,
    ValueTooHigh,
    has_wrong_check_digit,
)
from models.goods.search import search_goods
from models.selling.items import CodeUnknown, NotForSale, find_item
from models.shop import basket, bill_life
from models.trust.audit import Audit
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import (
    LinkUnknown,
    NameMissing,
    RecordChanged,
    RecordInUse,
    RecordTaken,
    TextTooLong,
)
from tests.stores import CNY, Shop, yuan


def save(shop: Shop, key: int | None = None, **values: Any) -> Goods:
    if key is None:
        values = {"name": "酱油", "price": yuan("9.90")} | values
    return save_goods(shop.manager, key, uid=new_uid(), **values)


@pytest.mark.row("STK-02")
def test_an_item_is_added_changed_and_deleted(shop: Shop) -> None:
    unit = Unit.get(Unit.name == "瓶")
    made = save(
        shop, code="S1", unit=unit.key, spec="500ml", cost=UnitCost.parse("6.3333", CNY),
        min_stock=Quantity.of(5), barcodes=[{"code": "6901234567892"}],
    )  # fmt: skip
    assert (made.pinyin, made.tax.key, made.unit.name) == ("jy", TaxRate.get().key, "瓶")
    assert find_item("6901234567892").name == "酱油 500ml"
    assert find_item("S1").price == yuan("9.90")

    changed = save(shop, made.key, version=1, name="老抽酱油", price=yuan("10.50"), brand="海天")
    assert (changed.version, changed.pinyin, changed.spec) == (2, "lcjy", "500ml")
    row = Audit.select().order_by(Audit.at.desc()).first()
    assert row.detail["changes"]["price"] == ["9.90", "10.50"]
    drop_goods(shop.manager, made.key, version=2, uid=new_uid())
    for code in ("S1", "6901234567892"):
        with pytest.raises(CodeUnknown):
            find_item(code)


def test_the_same_uid_saves_once(shop: Shop) -> None:
    uid = new_uid()
    first = save_goods(shop.manager, None, name="醋", price=yuan("5.00"), uid=uid)
    again = save_goods(shop.manager, None, name="醋", price=yuan("5.00"), uid=uid)
    assert first.key == again.key
    assert Goods.select().where(Goods.name == "醋").count() == 1


def test_two_people_at_one_item(shop: Shop) -> None:
    made = save(shop)
    save(shop, made.key, version=1, price=yuan("8.00"))
    with pytest.raises(RecordChanged):
        save(shop, made.key, version=1, price=yuan("7.00"))
    assert shop.goods(made.code).price == yuan("8.00")


def test_codes_are_numbered_and_skip_what_is_taken(shop: Shop) -> None:
    first = save(shop, name="甲")
    assert first.code == "100001"
    save(shop, name="乙", code="100002")
    save(shop, name="丙", barcodes=[{"code": "100003"}], code="x")
    assert save(shop, name="丁", code="  ").code == "100004"


@pytest.mark.row("STK-04")
def test_duplicates_of_code_name_and_specification(shop: Shop) -> None:
    save(shop, code="D1", name="牙膏", spec="120g")
    with pytest.raises(CodeTaken) as taken:
        save(shop, code="D1", name="别的")
    assert taken.value.fields["goods"] == "牙膏"
    with pytest.raises(GoodsTwice) as twice:
        save(shop, code="D2", name=" 牙膏 ", spec="120g")
    assert twice.value.fields["other"] == "D1"
    other = save(shop, code="D2", name="牙膏", spec="90g")
    with pytest.raises(GoodsTwice):
        save(shop, other.key, version=1, spec="120g")
    save(shop, other.key, version=1, spec="120g", is_twin_meant=True)
    # What was meant once is not asked again.
    save(shop, other.key, version=2, price=yuan("3.00"), name="牙膏", spec="120g")


def test_a_code_rings_one_item_be_it_code_or_bar_code(shop: Shop) -> None:
    for wrong in ({"code": "6901234500011"}, {"barcodes": [{"code": "1001"}]}):
        with pytest.raises(CodeTaken):
            save(shop, **wrong)
    own = save(shop, code="6901234567892", barcodes=[{"code": "6901234567892"}])
    assert find_item("6901234567892").goods == own.key


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"name": " \u200b "}, NameMissing),
        ({"name": "x" * 121}, TextTooLong),
        ({"price": None}, PriceMissing),
        ({"price": Money(-1, CNY)}, ValueNegative),
        ({"member_price": Money(-1, CNY)}, ValueNegative),
        ({"cost": UnitCost(-1, CNY)}, ValueNegative),
        ({"shelf_life_days": -1}, ValueNegative),
        ({"min_stock": Quantity(-1)}, ValueNegative),
        ({"price": Money(6_901_234_567_892_00, CNY)}, ValueTooHigh),
        ({"price4": Money(10**10, CNY)}, ValueTooHigh),
        ({"cost": UnitCost(10**14, CNY)}, ValueTooHigh),
        ({"shelf_life_days": 10**6}, ValueTooHigh),
        ({"max_stock": Quantity(10**10)}, ValueTooHigh),
        ({"barcodes": [{"code": "9", "price": Money(10**10, CNY)}]}, ValueTooHigh),
        ({"min_stock": Quantity(2), "max_stock": Quantity(1)}, StockBoundsWrong),
        ({"category": 1}, LinkUnknown),
        ({"code": "a b"}, CodeWrong),
        ({"code": "x" * 21}, CodeWrong),
        ({"barcodes": [{"code": "a;b"}]}, CodeWrong),
        ({"barcodes": [{"code": "9", "pack": Quantity(-1)}]}, PackWrong),
        ({"barcodes": [{"code": "9", "price": Money(-1, CNY)}]}, ValueNegative),
    ],
)
def test_what_is_refused(shop: Shop, values: dict[str, Any], refusal: type[Refusal]) -> None:
    before = Goods.select().count()
    with pytest.raises(refusal):
        save(shop, **values)
    assert Goods.select().count() == before


def test_a_new_item_needs_name_and_price(shop: Shop) -> None:
    with pytest.raises(NameMissing):
        save_goods(shop.manager, None, price=yuan("1.00"), uid=new_uid())
    with pytest.raises(PriceMissing):
        save_goods(shop.manager, None, name="x", uid=new_uid())
    with pytest.raises(TypeError):
        save(shop, colour="red")


def test_only_who_keeps_goods_may(shop: Shop) -> None:
    with pytest.raises(NeedsOverride):
        save_goods(shop.cashier, None, name="x", price=yuan("1.00"), uid=new_uid())


def test_initials_are_made_follow_and_can_be_ones_own(shop: Shop) -> None:
    made = save(shop, name="重酱油")
    assert made.pinyin == "zjy", "what comes of a sign with two sounds; people change it"
    own = save(shop, made.key, version=1, pinyin="CJY2")
    assert own.pinyin == "cjy2"
    kept = save(shop, made.key, version=2, name="重味酱油", pinyin="cjy2")
    assert kept.pinyin == "cjy2"
    assert [found.goods for found in search_goods("cjy2")] == [made.key]
    again = save(shop, made.key, version=3, pinyin="", name="生抽")
    assert again.pinyin == "sc"
    follows = save(shop, made.key, version=4, pinyin="sc", name="老抽")
    assert follows.pinyin == "lc"


def test_bar_codes_are_added(shop: Shop) -> None:
    key = shop.goods("1001").key
    add_barcode(
        shop.manager, key, "16901234500018", pack=Quantity.of(24), price=yuan("40"), uid=new_uid()
    )
    item = find_item("16901234500018")
    assert (item.pack, item.price) == (Quantity.of(24), yuan("40.00"))
    # The same code again changes its pack; a main one takes the place of the other.
    add_barcode(
        shop.manager, key, "16901234500018", pack=Quantity.of(12), is_main=True, uid=new_uid()
    )
    assert [(line["code"], line["is_main"]) for line in barcodes_of(key)] == [
        ("16901234500018", True),
        ("6901234500011", False),
    ]
    assert find_item("16901234500018").price == yuan("24.00")
    with pytest.raises(RecordChanged):
        add_barcode(shop.manager, 5, "1", uid=new_uid())
    assert shop.goods("1001").version == 3


def test_the_form_gives_all_bar_codes(shop: Shop) -> None:
    made = save(
        shop, barcodes=[{"code": "69A"}, {"code": ""}, {"code": "69B", "pack": Quantity(6)}]
    )
    assert [line["code"] for line in barcodes_of(made.key)] == ["69A", "69B"]
    assert barcodes_of(made.key)[0]["is_main"]
    save(shop, made.key, version=1, barcodes=[{"code": "69B", "is_main": True}])
    assert [(line["code"], line["pack"]) for line in barcodes_of(made.key)] == [
        ("69B", Quantity.of(1))
    ]
    save(shop, made.key, version=2, price=yuan("1.00"))
    assert Barcode.select().where(Barcode.goods == made.key).count() == 1


def test_a_wrong_check_digit_is_told_and_taken(shop: Shop) -> None:
    assert has_wrong_check_digit("6901234567890")
    assert not has_wrong_check_digit("6901234567892")
    assert not has_wrong_check_digit("12345")
    save(shop, barcodes=[{"code": "6901234567890"}])
    row = Audit.select().order_by(Audit.at.desc()).first()
    assert row.detail["doubt"] == "check digit"
    assert find_item("6901234567890").name == "酱油"


def test_what_was_sold_moved_or_lies_in_a_bill_is_not_deleted(shop: Shop) -> None:
    with pytest.raises(GoodsInUse):
        drop_goods(shop.manager, shop.goods("1001").key, version=1, uid=new_uid())
    made = save(shop, code="S1")
    shop.open_shift()
    bill = basket.new_basket(shop.cashier)
    basket.ring(bill, find_item("S1"), Quantity.of(1))
    with pytest.raises(GoodsInUse):
        drop_goods(shop.manager, made.key, version=1, uid=new_uid())
    # Until the day closes it can be fetched again.
    bill_life.cancel_bill(shop.cashier, bill.draft, uid=new_uid())
    with pytest.raises(GoodsInUse):
        drop_goods(shop.manager, made.key, version=1, uid=new_uid())
    with pytest.raises(RecordChanged):
        drop_goods(shop.manager, made.key, version=2, uid=new_uid())
    switch_goods(shop.manager, made.key, version=1, is_active=False, uid=new_uid())
    with pytest.raises(NotForSale):
        find_item("S1")
    with pytest.raises(RecordChanged):
        switch_goods(shop.manager, made.key, version=1, is_active=True, uid=new_uid())


# --- categories


def category(shop: Shop, name: str, key: int | None = None, **values: Any) -> Category:
    return save_category(shop.manager, key, name=name, uid=new_uid(), **values)


def put_into(shop: Shop, code: str, category: int | None) -> None:
    """Another category for an item."""
    goods = shop.goods(code)
    save_goods(shop.manager, goods.key, version=goods.version, category=category, uid=new_uid())


@pytest.mark.row("STK-01")
def test_categories_make_a_tree(shop: Shop) -> None:
    food = category(shop, "食品")
    drinks = category(shop, "饮料", parent=food.key)
    soda = category(shop, "汽水", parent=drinks.key)
    assert (food.code, drinks.code, soda.code, soda.pinyin) == ("01", "0101", "010101", "qs")
    assert path_of(Category.get_by_id(soda.key)) == "食品 > 饮料 > 汽水"
    assert sorted(below(food.key)) == sorted([food.key, drinks.key, soda.key])

    renamed = category(shop, "酒水", drinks.key, version=1, parent=food.key)
    assert (renamed.name, renamed.code) == ("酒水", "0101")
    moved = category(shop, "汽水", soda.key, version=1, parent=None)
    assert moved.parent is None

    for code in ("1001", "1002"):
        put_into(shop, code, soda.key)
    assert shop.goods("1001").category.key == soda.key
    with pytest.raises(CategoryNotEmpty) as full:
        drop_category(shop.manager, soda.key, version=2, uid=new_uid())
    assert full.value.fields["goods"] == 2
    with pytest.raises(CategoryNotEmpty):
        drop_category(shop.manager, food.key, version=1, uid=new_uid())
    for code in ("1001", "1002"):
        put_into(shop, code, None)
    drop_category(shop.manager, soda.key, version=2, uid=new_uid())
    assert Category.get_or_none(Category.key == soda.key) is None


def test_what_a_tree_refuses(shop: Shop) -> None:
    food = category(shop, "食品", code="F")
    drinks = category(shop, "饮料", parent=food.key)
    with pytest.raises(CategoryLoop):
        category(shop, "食品", food.key, version=1, parent=drinks.key)
    with pytest.raises(CategoryLoop):
        category(shop, "食品", food.key, version=1, parent=food.key)
    for name, code in (("别的", "F"), ("食品", "")):
        with pytest.raises(RecordTaken):
            category(shop, name, code=code)
    assert category(shop, "食品", parent=drinks.key).code == "F0101"
    with pytest.raises(CategoryNameWrong):
        category(shop, "食品 > 饮料")
    with pytest.raises(NameMissing):
        category(shop, " ")
    with pytest.raises(LinkUnknown):
        category(shop, "新", parent=1)
    with pytest.raises(RecordChanged):
        category(shop, "新", food.key, version=9)
    with pytest.raises(RecordChanged):
        drop_category(shop.manager, food.key, version=9, uid=new_uid())
    with pytest.raises(LinkUnknown):
        put_into(shop, "1001", 1)


def test_a_tree_is_not_too_deep_for_a_screen(shop: Shop) -> None:
    parent: int | None = None
    made = []
    for level in range(8):
        made.append(category(shop, f"层{level}", parent=parent))
        parent = made[-1].key
    with pytest.raises(CategoryLoop):
        category(shop, "太深", parent=parent)
    top = category(shop, "顶")
    with pytest.raises(CategoryLoop):
        category(shop, "层0", made[0].key, version=1, parent=top.key)


# --- units and taxes


@pytest.mark.row("STK-32")
def test_units(shop: Shop) -> None:
    made = save_unit(shop.manager, None, name="米", decimals=2, uid=new_uid())
    save_unit(shop.manager, made.key, version=1, name="公尺", decimals=3, uid=new_uid())
    goods = save(shop, name="布", unit=made.key, code="B1")
    assert (find_item("B1").unit, find_item("B1").decimals) == ("公尺", 3)
    for refusal, key, version, name, decimals in (
        (RecordTaken, None, 0, "公尺", 0),
        (UnitWrong, None, 0, "尺", 4),
        (NameMissing, None, 0, "", 0),
        (RecordChanged, made.key, 1, "尺", 0),
    ):
        with pytest.raises(refusal):
            save_unit(
                shop.manager, key, version=version, name=name, decimals=decimals, uid=new_uid()
            )
    with pytest.raises(RecordInUse):
        drop_unit(shop.manager, made.key, version=2, uid=new_uid())
    save(shop, goods.key, version=1, unit=None)
    drop_unit(shop.manager, made.key, version=2, uid=new_uid())
    with pytest.raises(RecordChanged):
        drop_unit(shop.manager, made.key, version=2, uid=new_uid())
