"""Taxes that goods carry, from the record to the books: one, several on a line, a piece."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.goods.goods import AS_STORE, IN_PRICE, ON_TOP, Goods, TaxRate
from models.goods.records import save_goods
from models.goods.taxes import (
    TaxGroupWrong,
    TaxRateInUse,
    TaxRateWrong,
    drop_tax_rate,
    save_tax_rate,
)
from models.ledger.accounts import CONTAINER_DEPOSIT, OTHER_TAX, OUTPUT_TAX, SALES
from models.ledger.documents import Document, Entry
from models.ledger.proving import proof
from models.selling.charges import ChargeTax
from models.selling.items import find_item
from models.selling.net_prices import price_of, price_of_net
from models.shop import basket, bill_changes
from models.trust.operation import new_uid
from models.trust.records import RecordChanged, RecordTaken
from models.trust.settings import change_settings
from tests.stores import Shop, yuan


def tax(shop: Shop, name: str, percent: str = "0", **more: Any) -> TaxRate:
    return save_tax_rate(
        shop.manager, more.pop("key", None), name=name, rate=Rate.percent(percent), uid=new_uid(),
        **more,
    )  # fmt: skip


def goods(shop: Shop, code: str, price: str, of: TaxRate, *, is_weighed: bool = False) -> Goods:
    return save_goods(
        shop.manager, None, name=f"货{code}", code=code, price=yuan(price), is_stocked=False,
        tax=of.key, is_weighed=is_weighed, uid=new_uid(),
    )  # fmt: skip


def entries(sold: Document, *accounts: int) -> list[str]:
    rows = {e.account_id: str(e.amount) for e in Entry.select().where(Entry.document == sold.key)}
    return [rows.get(account, "") for account in accounts]


def sold(shop: Shop, codes: str, quantity: str = "1", discount: Money | None = None) -> str:
    """What a bill of these comes to; it is paid, and the books are sound."""
    bill = shop.bill()
    for code in codes.split():
        basket.ring(bill, find_item(code), Quantity.parse(quantity))
    if discount is not None:
        bill_changes.discount_bill(shop.manager, bill.draft, discount, uid=new_uid())
    bill = basket.refresh(bill)
    due = str(bill.amount_due)
    shop.pay(bill, "500.00")
    assert not [str(found) for found in proof.verify(full=False)]
    return due


@pytest.mark.row("STK-32")
def test_a_tax_is_kept(shop: Shop) -> None:
    made = tax(shop, "农产品", "9")
    assert tax(shop, "农产品", "6", key=made.key, version=1).rate == Rate.percent("6")
    rice = goods(shop, "R1", "5", made)
    assert find_item("R1").taxes[0].rate == Rate.percent("6")
    for refusal, arguments, more in (
        (RecordTaken, ("13%", "9"), {}),
        (TaxRateWrong, ("x", "100"), {}),
        (TaxRateWrong, ("x", "-1"), {}),
        (TaxRateWrong, ("x", "1"), {"each": yuan("0.10")}),
        (TaxRateWrong, ("x", "0"), {"each": yuan("0")}),
        (RecordChanged, ("x", "9"), {"key": made.key, "version": 1}),
    ):
        with pytest.raises(refusal):
            tax(shop, *arguments, **more)
    with pytest.raises(TaxRateInUse):
        drop_tax_rate(shop.manager, made.key, version=2, uid=new_uid())
    save_goods(shop.manager, rice.key, version=1, tax=None, uid=new_uid())
    assert find_item("R1").taxes == ()
    drop_tax_rate(shop.manager, made.key, version=2, uid=new_uid())
    with pytest.raises(RecordChanged):
        drop_tax_rate(shop.manager, made.key, version=2, uid=new_uid())


@pytest.mark.row("ORD-10")
@pytest.mark.parametrize(
    ("place", "price", "net", "gross", "other", "new"),
    [
        # Without tax, with tax; and what the record holds when one without tax is typed.
        (AS_STORE, "113", "100", "113", "18.33", "20.71"),
        (ON_TOP, "113", "113", "127.69", "18.33", "18.33"),
    ],
)
def test_the_price_without_tax_and_that_with_it_give_each_other(
    shop: Shop, place: str, price: str, net: str, gross: str, other: str, new: str
) -> None:
    cup = goods(shop, "C1", price, tax(shop, "13", "13", place=place))
    found = price_of(cup)
    assert (found.net.rounded(), found.gross.rounded()) == (yuan(net), yuan(gross))
    typed = price_of_net(cup, yuan(other))
    assert (typed.price, typed.gross.rounded()) == (yuan(new), yuan("20.71"))
    save_goods(shop.manager, cup.key, version=1, price=typed.price, uid=new_uid())
    assert price_of(Goods.get_by_id(cup.key)).net.rounded() == yuan(other)


def test_a_group_is_made_of_taxes_that_are_none(shop: Shop) -> None:
    gst, pst = tax(shop, "GST", "5"), tax(shop, "PST", "7")
    both = tax(shop, "GST+PST", first=gst.key, second=pst.key)
    for more in (
        {"first": both.key},
        {"first": gst.key, "second": gst.key},
        {"percent": "5", "first": gst.key},
        {"each": yuan("1"), "first": gst.key},
        {"key": both.key, "version": 1, "first": both.key},
        {"key": gst.key, "version": 1, "first": pst.key},
    ):
        with pytest.raises(TaxGroupWrong):
            tax(shop, "x", **more)
    with pytest.raises(TaxRateInUse):
        drop_tax_rate(shop.manager, pst.key, version=1, uid=new_uid())
    alone = tax(shop, "GST+PST", key=both.key, version=1, second=gst.key)
    assert (alone.first, alone.second) == (gst, None)


@pytest.mark.row("TIL-01")
def test_several_taxes_on_a_line_each_go_to_their_account(open_shop: Shop) -> None:
    """GST and PST on top, and a deposit for the bottle: 30.00 and 1.50, 2.10 and 0.30."""
    gst = tax(open_shop, "GST", "5", place=ON_TOP)
    pst = tax(open_shop, "PST", "7", place=ON_TOP, account=OTHER_TAX)
    bottle = tax(open_shop, "bottle", each=yuan("0.10"), place=ON_TOP, account=CONTAINER_DEPOSIT)
    group = tax(open_shop, "all", first=gst.key, second=pst.key, third=bottle.key)
    goods(open_shop, "B1", "10.00", group)
    bill = open_shop.bill()
    basket.ring(bill, find_item("B1"), Quantity.of(3))
    bill = basket.refresh(bill)
    assert str(bill.amount_due) == "33.90"
    paid = open_shop.pay(bill, "40.00")
    assert entries(paid, SALES, OUTPUT_TAX, OTHER_TAX, CONTAINER_DEPOSIT) == [
        "-30.00", "-1.50", "-2.10", "-0.30",
    ]  # fmt: skip
    taxes = [(t.name, str(t.base), str(t.tax)) for t in ChargeTax.select().order_by(ChargeTax.line)]
    assert taxes == [
        ("GST", "30.00", "1.50"),
        ("PST", "30.00", "2.10"),
        ("bottle", "30.00", "0.30"),
    ]
    assert not [str(found) for found in proof.verify()]


def test_a_tax_says_itself_whether_the_price_holds_it(open_shop: Shop) -> None:
    """An eco tax of 0.50 a piece inside of the price, and 10 per cent on all of it on top."""
    eco = tax(open_shop, "eco", each=yuan("0.50"), place=IN_PRICE, is_based_on=True)
    vat = tax(open_shop, "vat", "10", place=ON_TOP)
    goods(open_shop, "E1", "20.50", tax(open_shop, "both", first=eco.key, second=vat.key))
    bill = open_shop.bill("E1")
    assert str(bill.amount_due) == "22.55"
    assert entries(open_shop.pay(bill, "30.00"), SALES, OUTPUT_TAX) == ["-20.00", "-2.55"]


@pytest.mark.parametrize(
    ("rounding", "codes", "quantity", "due"),
    [
        ("per_line", "T1 T2", "1", "0.64"),
        ("per_document", "T1 T2", "1", "0.63"),
        ("per_document", "W1 W2", "0.333", "6.60"),
        ("per_document_exact", "W1 W2", "0.333", "6.59"),
    ],
)
def test_where_a_tax_is_rounded(
    open_shop: Shop, rounding: str, codes: str, quantity: str, due: str
) -> None:
    """Twice 0.30 and 5 per cent on top; twice 0.333 at 9.90, tax inside."""
    change_settings(open_shop.owner, {"tax.rounding": rounding, "cash.step": 1}, uid=new_uid())
    top, inside = (
        tax(open_shop, "five", "5", place=ON_TOP), tax(open_shop, "in", "13", place=IN_PRICE)
    )  # fmt: skip
    for number in (1, 2):
        goods(open_shop, f"T{number}", "0.30", top)
        goods(open_shop, f"W{number}", "9.90", inside, is_weighed=True)
    assert sold(open_shop, codes, quantity) == due


@pytest.mark.parametrize(("basis", "due"), [("amounts", "98.31"), ("total", "100.00")])
def test_what_a_discount_of_the_bill_comes_off(open_shop: Shop, basis: str, due: str) -> None:
    """13.00 off twice 50.00, with 13 per cent on top."""
    change_settings(open_shop.owner, {"discount.basis": basis, "cash.step": 1}, uid=new_uid())
    goods(open_shop, "D1", "50.00", tax(open_shop, "top", "13", place=ON_TOP))
    assert sold(open_shop, "D1 D1", discount=yuan("13")) == due
