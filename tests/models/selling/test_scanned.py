"""What a scanned code rings: plain codes, scale labels, GS1 strings."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base.quantity import Quantity
from models.goods.codes import check_digit
from models.goods.goods import Goods
from models.goods.records import add_barcode, save_goods
from models.selling.items import CodeUnknown, LabelDamaged, NotForSale, find_scanned
from models.shop import basket
from models.trust.operation import new_uid
from models.trust.settings import SettingWrong, change_settings
from tests.stores import Shop, yuan


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
    with pytest.raises(basket.WeightWanted) as refused:
        basket.ring_code(bill, "1003")
    assert refused.value.fields == {"goods": "苹果", "unit": "千克"}
    assert not bill.lines
    basket.ring_code(bill, "1003", Quantity.parse("1.284"))
    assert [str(line.quantity) for line in bill.lines] == ["1.284"]
