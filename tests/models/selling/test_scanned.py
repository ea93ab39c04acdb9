"""What a scanned code rings: plain codes, scale labels, GS1 strings."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.base.quantity import Quantity
from models.goods.codes import check_digit
from models.goods.goods import Goods
from models.goods.records import add_barcode, save_goods
from models.ledger.daily import days
from models.reports.bills import sale_view
from models.selling.items import (
    CodeUnknown,
    LabelDamaged,
    NotForSale,
    WeightWanted,
    find_scanned,
)
from models.selling.offers import offers_of, search_offers
from models.shop import basket
from models.trust.operation import new_uid
from models.trust.settings import SettingWrong, change_settings
from tests.stores import CARD, FIRST_DAY, Shop, yuan


def label(payload: str) -> str:
    return payload + check_digit(payload)


@pytest.fixture
def weighed(shop: Shop) -> Goods:
    """Apples at 9.90 a kilogram, item 00123 on the scale."""
    return save_goods(
        shop.manager, None, code="00123", name="红富士", price=yuan("9.90"), is_weighed=True,
        uid=new_uid(),
    )  # fmt: skip


def test_a_plain_code_rings_one(shop: Shop) -> None:
    found = find_scanned("6901234500066")
    assert (found.item.pack, found.quantity, found.printed) == (
        Quantity.of(6),
        Quantity.of(1),
        None,
    )


def test_a_label_with_an_amount_sells_at_it(shop: Shop, weighed: Goods) -> None:
    found = find_scanned(label("210012301234"))
    assert (found.item.goods, found.printed) == (weighed.key, yuan("12.34"))
    assert found.quantity == Quantity.parse("1.246")
    shop.open_shift()
    bill = basket.new_basket(shop.cashier)
    basket.ring_code(bill, label("210012301234"))
    assert bill.amount_due == yuan("12.34")


def test_a_label_with_amount_and_weight(shop: Shop, weighed: Goods) -> None:
    found = find_scanned(label("26001230123401250"))
    assert (found.quantity, found.printed) == (Quantity.parse("1.25"), yuan("12.34"))


def test_a_damaged_label_does_not_sell(shop: Shop, weighed: Goods) -> None:
    good = label("210012301234")
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)
    with pytest.raises(LabelDamaged) as refused:
        find_scanned(wrong)
    assert refused.value.fields["goods"] == "红富士"


def test_a_plain_code_wins_over_the_pattern(shop: Shop, weighed: Goods) -> None:
    code = label("210012301234")
    add_barcode(shop.manager, shop.goods("1001").key, code, uid=new_uid())
    assert find_scanned(code).item.name == "矿泉水"


def test_the_patterns_are_a_setting(shop: Shop, weighed: Goods) -> None:
    code = label("250012301250")
    with pytest.raises(CodeUnknown):
        find_scanned(code)
    change_settings(shop.owner, {"goods.scale_labels": "25IIIIIWW.WWWC"}, uid=new_uid())
    assert find_scanned(code).quantity == Quantity.parse("1.25")
    assert find_scanned(code).printed is None
    for wrong in ("25 no layout", "25IIIIIC", ["25IIIIIWW.WWWC"]):
        with pytest.raises(SettingWrong):
            change_settings(shop.owner, {"goods.scale_labels": wrong}, uid=new_uid())
    change_settings(shop.owner, {"goods.scale_labels": ""}, uid=new_uid())
    with pytest.raises(CodeUnknown):
        find_scanned(code)


def test_counted_goods_at_a_printed_amount_are_one_piece(shop: Shop) -> None:
    save_goods(shop.manager, None, code="00777", name="卤味", price=yuan("5.00"), uid=new_uid())
    found = find_scanned(label("210077700850"))
    assert (found.quantity, found.printed) == (Quantity.of(1), yuan("8.50"))


def test_gs1_strings_find_the_item_by_any_form_of_its_number(shop: Shop) -> None:
    found = find_scanned("(01)06901234500011(17)261231(10)LOT7")
    assert found.item.name == "矿泉水"
    assert find_scanned("]C10106901234500011").item.name == "矿泉水"
    shop_goods = save_goods(
        shop.manager, None, code="M", name="牛肉", price=yuan("80.00"), is_weighed=True,
        barcodes=[{"code": "96385074"}], uid=new_uid(),
    )  # fmt: skip
    found = find_scanned("(01)00000096385074(3103)001250")
    assert (found.item.goods, found.quantity) == (shop_goods.key, Quantity.parse("1.25"))
    found = find_scanned("(01)00000096385074(3922)1050")
    assert found.printed == yuan("10.50")


def test_unknown_and_switched_off(shop: Shop, weighed: Goods) -> None:
    with pytest.raises(CodeUnknown) as unknown:
        find_scanned(label("210099901234"))
    assert unknown.value.fields["code"] == label("210099901234")
    Goods.update(is_active=False).where(Goods.key == weighed.key).execute()
    with pytest.raises(NotForSale):
        find_scanned(label("210012301234"))


def test_codes_of_real_scales(shop: Shop, real_data: Path) -> None:
    """None of the published layouts breaks the look-up, whatever its check digit."""
    text = (real_data / "devices" / "store_codes_cn.tsv").read_text(encoding="utf-8")
    codes = [each for each in text.split() if each.isdigit() and len(each) > 7]
    assert len(codes) >= 4
    for code in codes:
        with pytest.raises((CodeUnknown, LabelDamaged)):
            find_scanned(code)


@pytest.mark.row("ORD-26")
def test_what_is_weighed_is_not_rung_without_its_weight(shop: Shop) -> None:
    bill = basket.new_basket(shop.cashier)
    with pytest.raises(WeightWanted) as refused:
        basket.ring_code(bill, "1003")
    assert refused.value.fields == {"goods": "苹果", "unit": "千克"}
    assert not bill.lines
    basket.ring_code(bill, "1003", Quantity.parse("1.284"))
    assert [str(line.quantity) for line in bill.lines] == ["1.284"]


@pytest.mark.row("TIL-02")
def test_a_label_that_says_how_much_takes_no_quantity(shop: Shop, weighed: Goods) -> None:
    """Weight, amount and count of a label are its own: tripled it would sell at another price."""
    bill = basket.new_basket(shop.cashier)
    three = Quantity.of(3)
    for code in (
        label("210012301234"), label("26001230123401250"), "(01)06901234500011(30)2",
        "(02)06901234500011(37)4",
    ):  # fmt: skip
        with pytest.raises(basket.QuantityOnLabel) as refused:
            basket.ring_code(bill, code, three)
        assert refused.value.fields["quantity"] == three
    assert not bill.lines
    basket.ring_code(bill, "(01)06901234500011", three)
    assert [str(line.quantity) for line in bill.lines] == ["3"]


def test_counts_of_gs1_are_pieces(shop: Shop) -> None:
    """(30) is how many are in it, (37) how many of the item that (02) names."""
    for code, pieces in (
        ("(01)06901234500011(30)2", "2"),
        ("(02)06901234500028(37)24", "24"),
        ("]C1020690123450002837000024", "24"),
    ):
        assert str(find_scanned(code).quantity) == pieces
    assert find_scanned("(02)06901234500028(37)24").item.name == "可乐"


def test_a_gs1_code_may_hold_the_number_alone(shop: Shop) -> None:
    for code in (
        "0106901234500011",
        "]C10106901234500011",
        "(01)06901234500011",
        "]d20106901234500011",
    ):
        found = find_scanned(code)
        assert (found.item.name, str(found.quantity)) == ("矿泉水", "1")


@pytest.mark.parametrize(
    ("code", "typed"),
    [
        ("ABC-1234", ("ABC-1234", "abc-1234", " ABC-1234 ", "ＡＢＣ－１２３４")),
        ("A1", ("A1", "a 1", "A 1")),
        ("x_9/Z", ("x_9/Z",)),
        ("特价01", ("特价01",)),
    ],
)
def test_an_own_code_is_found_whatever_signs_it_has(
    shop: Shop, code: str, typed: tuple[str, ...]
) -> None:
    made = save_goods(shop.manager, None, code=code, name="样品", price=yuan("1.00"), uid=new_uid())
    for each in typed:
        assert find_scanned(each).item.goods == made.key


def test_an_own_code_that_looks_like_another_is_an_own_code(shop: Shop) -> None:
    code = "0106901234500011"
    made = save_goods(shop.manager, None, code=code, name="样品", price=yuan("1.00"), uid=new_uid())
    assert find_scanned(code).item.goods == made.key


@pytest.mark.row("TIL-02", "STK-02")
def test_a_pack_counts_as_what_is_in_it(shop: Shop) -> None:
    bill = basket.new_basket(shop.cashier)
    basket.ring_code(bill, "6901234500066", Quantity.of(2))
    basket.ring_code(bill, "1003", Quantity.parse("1.284"))
    basket.ring_code(bill, "1001")
    assert str(bill.pieces) == "14"
    shop.open_shift()
    sold = shop.pay(bill, tender=CARD, reference="R")
    assert str(sale_view(sold.key).item_count) == "14"
    assert [str(line.pack) for line in sale_view(sold.key).lines] == ["6", "1", "1"]


def test_a_look_up_begins_with_the_best_sellers_and_shows_packs(shop: Shop) -> None:
    shop.open_shift()
    # Nothing sold yet: the first goods there are.
    assert [offer.code for offer in search_offers("")][:2] == ["1001", "1002"]
    for _ in range(3):
        shop.sell("1004", tender=CARD, reference="R")
    shop.sell("1002", tender=CARD, reference="R")
    shop.close_shift()
    days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    assert [(offer.code, str(offer.pack), str(offer.price)) for offer in search_offers("")] == [
        ("1004", "1", "25.00"),
        ("1002", "1", "3.50"),
        ("6901234500066", "6", "19.90"),
    ]
    assert [offer.code for offer in search_offers("可乐")] == ["1002", "6901234500066"]
    goods = shop.goods("1002")
    add_barcode(shop.manager, goods.key, "K24", pack=Quantity.of(24), uid=new_uid())
    assert [str(offer.price) for offer in offers_of(goods.key)] == ["3.50", "19.90", "84.00"]
