"""Goods that come back: what is posted, to the fen, and what is refused."""

from __future__ import annotations

import pytest

from models.base.hot import query
from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.codes import check_digit
from models.goods.goods import Goods
from models.goods.records import add_barcode, switch_goods
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Payment
from models.reports.bills import sale_view
from models.reports.takings import shift_view, sold_on
from models.selling import items
from models.selling.charges import ChargeLine, ChargeTax
from models.shop import basket, bill_changes, returns, sales
from models.shop.return_lines import (
    NotASale,
    ReturnEmpty,
    ReturnTooMuch,
    giving_back,
    meant_by,
    sold_lines,
)
from models.shop.return_reasons import ReturnNeedsReason
from models.shop.returns import SaleOfOtherShift, SaleReturned
from models.shop.sales import Sale, TotalChanged
from models.stock import stock
from models.trust.operation import DuplicateUid, NeedsOverride, Session, new_uid
from models.trust.settings import change_settings
from tests.stores import CARD, CASH, FIRST_DAY, WECHAT, Shop, sound, yuan

pytestmark = pytest.mark.row("ORD-18", "ORD-19", "TIL-03", "UIX-22")

ONE = Quantity.of(1)


def back(
    shop: Shop, sale: Document, *, who: Session | None = None, shown: Money | None = None,
    is_scrapped: bool = False, reason: str = "damaged", **lines: str,
) -> Document:  # fmt: skip
    """Take back l1="2" of line 1."""
    wanted = {int(name[1:]): Quantity.parse(text) for name, text in lines.items()}
    total = giving_back(sale.key, wanted).total if shown is None else shown
    return returns.return_goods(
        who or shop.manager, sale.key, wanted, shown=total, reason=reason,
        is_scrapped=is_scrapped, uid=new_uid(),
    )  # fmt: skip


def sold_for(shop: Shop, price: str, pieces: str = "1", *, tender: int = CASH) -> Document:
    """So many of an item that together cost the price, in one line."""
    bill = shop.bill(session=shop.manager)
    basket.ring(bill, items.find_item("1001"), Quantity.parse(pieces))
    full = bill.amount_due
    if full > yuan(price):
        bill_changes.discount_line(shop.manager, bill.draft, 1, full - yuan(price), uid=new_uid())
    elif full < yuan(price):
        bill_changes.override_price(shop.manager, bill.draft, 1, yuan(price), uid=new_uid())
    return shop.pay(basket.refresh(bill), tender=tender, session=shop.manager)


@pytest.mark.case("tender-004")
def test_half_by_card_and_half_in_cash_goes_back_the_way_it_came(boss_shop: Shop) -> None:
    bill = boss_shop.bill("1001", session=boss_shop.manager)
    bill_changes.override_price(boss_shop.manager, bill.draft, 1, yuan("1000"), uid=new_uid())
    payings = [
        Paying(CARD, yuan("500"), reference="A78", last_four="4242"), Paying(CASH, yuan("500")),
    ]  # fmt: skip
    sold = sales.sell(boss_shop.manager, bill.draft, payings, shown=yuan("1000"), uid=new_uid())
    given = back(boss_shop, sold, l1="1")
    paid = Payment.select().where(Payment.document == given.key).order_by(Payment.line)
    assert [(p.tender.number, p.amount) for p in paid] == [
        (CARD, yuan("-500.00")), (CASH, yuan("-500.00")),
    ]  # fmt: skip


def test_a_sale_is_undone_whole(boss_shop: Shop) -> None:
    bill = boss_shop.bill("1004", "1003", session=boss_shop.manager)
    payings = [
        Paying(CARD, yuan("10"), reference="A77", last_four="4242"),
        Paying(CASH, yuan("30")),
    ]
    sold = sales.sell(boss_shop.manager, bill.draft, payings, shown=bill.amount_due, uid=new_uid())
    void = returns.void_sale(
        boss_shop.manager, sold.key, reason="mistyped", note="打错", uid=new_uid()
    )
    assert (void.label, void.total, void.note) == ("V01-000001", yuan("-34.90"), "打错")
    paid = Payment.select().where(Payment.document == void.key).order_by(Payment.line)
    assert [(p.tender.number, p.amount, p.reference) for p in paid] == [
        (CARD, yuan("-10"), "A77"), (CASH, yuan("-24.90"), ""),
    ]  # fmt: skip
    assert stock.stock_of(boss_shop.goods("1004").key).quantity == Quantity.of(3)
    event = TillEvent.get(TillEvent.kind == "void sale")
    assert (event.amount, event.reason) == (yuan("34.90"), "打错")
    shown = shift_view(void.shift)
    assert (shown.undone_count, shown.undone_total, shown.returns_count) == (1, yuan("34.90"), 0)
    assert [(one.name_en, one.amount) for one in shown.tenders] == [
        ("Cash", yuan("0")), ("Card", yuan("0")),
    ]  # fmt: skip
    assert sold_on(FIRST_DAY)[1] == yuan("0")
    assert query('SELECT sum("quantity"), sum("amount"), sum("cost") FROM "goods_month"') == [
        (0, 0, 0)
    ]
    view = sale_view(void.key)
    assert (view.original_number, view.item_count, view.total) == (
        "S01-000001", Quantity.of(-2), yuan("-34.90"),
    )  # fmt: skip
    sound()
    with pytest.raises(SaleReturned):
        returns.void_sale(
            boss_shop.manager, sold.key, reason="mistyped", note="打错", uid=new_uid()
        )
    with pytest.raises(ReturnTooMuch):
        back(boss_shop, sold, l1="1")


def test_three_for_ten_come_back_one_by_one(boss_shop: Shop) -> None:
    bill = boss_shop.bill(session=boss_shop.manager)
    basket.ring(bill, items.find_item("1002"), Quantity.of(3))
    bill_changes.discount_line(boss_shop.manager, bill.draft, 1, yuan("0.50"), uid=new_uid())
    sold = boss_shop.pay(basket.refresh(bill), tender=WECHAT, session=boss_shop.manager)
    assert sold.total == yuan("10.00")
    given = [back(boss_shop, sold, l1="1").total for _ in range(3)]
    assert given == [yuan("-3.33"), yuan("-3.34"), yuan("-3.33")]
    for table, names in ((ChargeLine, "full discount amount net tax cost"), (ChargeTax, "base tax"),
                         (Sale, "subtotal total net tax cost")):  # fmt: skip
        for name in names.split():
            assert sum(getattr(row, name).minor for row in table.select()) == 0, name
    assert stock.stock_of(boss_shop.goods("1002").key).quantity == Quantity.of(60)
    sound()
    with pytest.raises(ReturnTooMuch) as refused:
        back(boss_shop, sold, shown=yuan("3.33"), l1="1")
    assert (refused.value.fields["left"], refused.value.fields["sold"]) == (
        Quantity(0), Quantity.of(3),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("step", "mode", "price", "paid"),
    [(5, "down", "1.98", "1.95"), (5, "half_up", "1.98", "2.00"), (100, "down", "7.50", "7.00")],
)
def test_cash_goes_back_as_it_was_rounded(
    boss_shop: Shop, step: int, mode: str, price: str, paid: str
) -> None:
    change_settings(boss_shop.owner, {"cash.step": step, "cash.mode": mode}, uid=new_uid())
    sold = sold_for(boss_shop, price)
    returned = back(boss_shop, sold, l1="1")
    assert (sold.total, returned.total) == (yuan(paid), yuan("-" + paid))
    assert Sale.get_by_id(returned.key).rounding == -Sale.get_by_id(sold.key).rounding
    sound()


def test_what_was_paid_goes_back_also_under_another_rounding(boss_shop: Shop) -> None:
    change_settings(boss_shop.owner, {"cash.step": 5, "cash.mode": "half_up"}, uid=new_uid())
    sold = sold_for(boss_shop, "1.98")
    change_settings(boss_shop.owner, {"cash.mode": "down"}, uid=new_uid())
    assert back(boss_shop, sold, l1="1").total == yuan("-2.00")
    sound()


def test_rounded_cash_comes_back_in_parts(boss_shop: Shop) -> None:
    change_settings(boss_shop.owner, {"cash.step": 5}, uid=new_uid())
    # 3 for 0.99, paid 1.00: 0.33 and 0.66 in five-fen steps are 0.35 and 0.65.
    sold = sold_for(boss_shop, "0.99", "3")
    given = [back(boss_shop, sold, l1="1").total for _ in range(3)]
    assert given == [yuan("-0.35"), yuan("-0.30"), yuan("-0.35")]
    sound()


def test_a_weight_and_a_bill_discount_go_back_to_the_fen(boss_shop: Shop) -> None:
    bill = boss_shop.bill("1001", session=boss_shop.manager)
    basket.ring(bill, items.find_item("1003"), Quantity.parse("0.307"))
    bill_changes.discount_bill(boss_shop.manager, bill.draft, yuan("1.01"), uid=new_uid())
    sold = boss_shop.pay(basket.refresh(bill), tender=WECHAT, session=boss_shop.manager)
    assert sold.total == yuan("4.03")
    first = back(boss_shop, sold, l2="0.1")
    second = back(boss_shop, sold, l1="1", l2="0.207")
    assert first.total + second.total == yuan("-4.03")
    assert {p.tender.number for p in Payment.select()} == {WECHAT}
    sound()


def test_a_bag_is_known_by_its_label(boss_shop: Shop) -> None:
    """Three bags of one item: the label says which, also when the item is off sale by now."""
    apples = boss_shop.goods("1003").key
    add_barcode(boss_shop.manager, apples, "00123", uid=new_uid())
    weighed, dear, cheap = (
        body + check_digit(body) for body in ("26001230150001246", "210012301234", "210012300512")
    )
    bill = basket.new_basket(boss_shop.manager)
    for code in (cheap, dear, weighed):
        basket.ring_code(bill, code)
    lines = sold_lines(boss_shop.pay(bill, tender=WECHAT, session=boss_shop.manager).key)
    assert [str(sold.line.quantity) for sold in lines] == ["0.517", "1.246", "1.246"]
    version = Goods.get_by_id(apples).version
    switch_goods(boss_shop.manager, apples, version=version, is_active=False, uid=new_uid())
    for code, order in (
        (cheap, [1, 2, 3]),
        (dear, [2, 3, 1]),
        (weighed, [3, 2, 1]),
        ("1003", [1, 2, 3]),
    ):
        assert [sold.line.line for sold in meant_by(lines, code)] == order, code
    assert meant_by(lines, "1001") == meant_by(lines, "0000") == []
    with pytest.raises(items.LabelDamaged):
        meant_by(lines, cheap[:-1] + str((int(cheap[-1]) + 1) % 10))


def test_a_second_try_takes_nothing_back_twice(boss_shop: Shop) -> None:
    sold, uid = boss_shop.sell("1001", session=boss_shop.manager), new_uid()
    for _ in range(2):
        made = returns.return_goods(
            boss_shop.manager, sold.key, {1: ONE}, shown=yuan("2"), reason="unwanted", uid=uid
        )
        assert made.label == "R01-000001"
    with pytest.raises(DuplicateUid):
        returns.return_goods(
            boss_shop.manager, sold.key, {1: ONE}, shown=yuan("2"), reason="damaged", uid=uid
        )
    assert Document.select().where(Document.kind == "return").count() == 1


def test_scrapped_goods_stay_out_of_stock(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    returned = back(boss_shop, sold, l1="1", is_scrapped=True)
    assert stock.stock_of(boss_shop.goods("1001").key).quantity == Quantity.of(99)
    assert Sale.get_by_id(returned.key).cost == yuan("0")
    sound()


def test_what_a_return_refuses(boss_shop: Shop) -> None:
    sold = boss_shop.sell("1001", session=boss_shop.manager)
    with pytest.raises(ReturnNeedsReason):
        back(boss_shop, sold, l1="1", reason=" ")
    with pytest.raises(ReturnEmpty):
        back(boss_shop, sold, l7="1")
    with pytest.raises(ReturnTooMuch):
        back(boss_shop, sold, l1="2")
    with pytest.raises(ReturnTooMuch):
        back(boss_shop, sold, l1="-1")
    with pytest.raises(TotalChanged):
        back(boss_shop, sold, l1="1", shown=yuan("20"))
    with pytest.raises(NotASale):
        returns.void_sale(boss_shop.manager, 7, reason="left", uid=new_uid())
    with pytest.raises(NeedsOverride) as refused:
        back(boss_shop, sold, l1="1", who=boss_shop.cashier)
    assert refused.value.fields["right"] == "give refund"
    boss_shop.close_shift(boss_shop.manager)
    boss_shop.open_shift(session=boss_shop.manager)
    with pytest.raises(SaleOfOtherShift):
        returns.void_sale(boss_shop.manager, sold.key, reason="left", uid=new_uid())
    assert back(boss_shop, sold, l1="1").total == yuan("-2.00")
    sound()
