"""A bill and the stock: warned of on the line, refused when it is rung, let go by whoever may; and
quantities far off the usual, which must be meant.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.ledger.ways.tender_kinds import Paying
from models.selling import items
from models.shop import basket, bill_changes, sales
from models.shop.bill_stock import short_of
from models.shop.plausible import QuantityUnusual, check_plausible
from models.stock import stock
from models.stock.stock import OutOfStock
from models.trust.operation import OverrideRefused, Session, new_uid
from models.trust.settings import change_settings
from tests.stores import CARD, Shop

pytestmark = pytest.mark.row("TIL-02", "STK-01")


@pytest.fixture
def refusing(shop: Shop) -> Shop:
    """A shop that sells nothing that is not there. Of 1004 there are three, of 1002 sixty."""
    change_settings(shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    shop.open_shift()
    return shop


def short(bill: basket.Basket) -> list[str]:
    return [str(short_of(bill, line) or "") for line in bill.lines]


def ring(bill: basket.Basket, code: str, pieces: int = 1) -> int:
    return basket.ring(bill, items.find_item(code), Quantity.of(pieces))


def ring_below_zero(shop: Shop, bill: basket.Basket, code: str, **more: Any) -> int:
    return bill_changes.ring_below_zero(
        more.pop("who", shop.cashier), bill.draft, code, uid=more.pop("uid", new_uid()), **more
    )


def sell(shop: Shop, bill: basket.Basket, *, who: Session | None = None, **more: Any) -> Any:
    due = basket.refresh(bill).amount_due
    return sales.sell(
        who or shop.cashier, bill.draft, [Paying(CARD, due, reference="R")], shown=due,
        uid=more.pop("uid", new_uid()), **more,
    )  # fmt: skip


def test_the_line_says_when_less_is_there(shop: Shop) -> None:
    shop.open_shift()
    bill = basket.new_basket(shop.cashier)
    ring(bill, "1004", 2)
    assert short(bill) == [""]
    ring(bill, "1001")
    ring(bill, "1004", 2)
    assert short(bill) == ["3", "", "3"], "both lines take from the same three"
    # A pack counts as what is in it, and services have no stock.
    ring(bill, "6901234500066", 10)
    ring(bill, "1005", 500)
    assert short(bill)[3:] == ["", ""]
    ring(bill, "1002")
    assert short(bill)[3:] == ["60", "", "60"]
    assert short(basket.open_basket(shop.cashier)) == short(bill)
    bill_changes.remove_line(shop.cashier, bill.draft, bill.lines[0].number, uid=new_uid())
    basket.catch_up(bill, bill.lines[0].number)
    assert short(bill)[:2] == ["", ""]
    assert sell(shop, bill).total == bill.amount_due


def test_what_is_not_there_is_refused_when_it_is_rung(refusing: Shop) -> None:
    bill = basket.new_basket(refusing.cashier)
    ring(bill, "1004", 3)
    with pytest.raises(OutOfStock) as refused:
        ring(bill, "1004")
    assert [str(refused.value.fields[name]) for name in ("goods", "stock", "asked")] == [
        "香烟", "3", "4",
    ]  # fmt: skip
    with pytest.raises(OutOfStock):
        ring(bill, "6901234500066", 11)
    with pytest.raises(OutOfStock):
        bill_changes.set_quantity(
            refusing.cashier, bill.draft, bill.lines[0].number, Quantity.of(4), uid=new_uid()
        )
    assert basket.refresh(bill).pieces == Quantity.of(3)
    sell(refusing, bill)


def test_who_may_lets_so_much_go_and_no_more(refusing: Shop) -> None:
    bill = basket.new_basket(refusing.cashier)
    ring(bill, "1004", 3)
    with pytest.raises(OutOfStock):
        ring_below_zero(refusing, bill, "1004")
    uid = new_uid()
    with pytest.raises(OverrideRefused):
        # The auditor has no such right.
        refusing.take(refusing.owner, "经理", "sell below zero")
        ring_below_zero(refusing, bill, "1004", uid=uid, override=refusing.override(uid))
    refusing.give(refusing.owner, "经理", sell_below_zero=None)
    uid = new_uid()
    ring_below_zero(refusing, bill, "1004", uid=uid, override=refusing.override(uid))
    bill = basket.load_key(bill.draft)
    with pytest.raises(OutOfStock):
        ring(bill, "1004")
    assert sell(refusing, bill).total == bill.amount_due
    assert stock.stock_of(refusing.goods("1004").key).quantity == Quantity.of(-1)


def test_who_may_sell_below_zero_is_not_asked(refusing: Shop) -> None:
    bill = basket.new_basket(refusing.manager)
    ring(bill, "1004", 4)
    bill_changes.set_quantity(
        refusing.manager, bill.draft, bill.lines[0].number, Quantity.of(6), uid=new_uid()
    )
    sell(refusing, bill, who=refusing.manager)
    assert stock.stock_of(refusing.goods("1004").key).quantity == Quantity.of(-3)


def test_the_sale_is_the_last_lock(refusing: Shop) -> None:
    """Of two bills with the last three each, the second is refused."""
    bills = [basket.new_basket(refusing.cashier) for _ in range(2)]
    for bill in bills:
        ring(bill, "1004", 3)
    sell(refusing, bills[0])
    with pytest.raises(OutOfStock):
        sell(refusing, bills[1])
    uid = new_uid()
    sell(refusing, bills[1], uid=uid, override=refusing.override(uid))


# --- quantities that must be meant


def is_unusual(code: str, text: str) -> bool:
    try:
        check_plausible(items.find_item(code), Quantity.parse(text))
    except QuantityUnusual as unusual:
        assert str(unusual.fields["quantity"]) == text
        return True
    return False


def test_without_a_history_only_very_much_is_asked(shop: Shop) -> None:
    asked = {
        "1001": {"1": False, "12": False, "60": False, "61": True, "10001": True},
        "1003": {"0.02": False, "1.284": False, "20": False, "20.001": True, "1284": True},
        "6901234500066": {"2": False, "10": False, "11": True},
    }
    for code, texts in asked.items():
        assert {text: is_unusual(code, text) for text in texts} == texts


def test_what_sells_says_what_is_usual(shop: Shop) -> None:
    shop.open_shift()
    for weight in ("1.2", "0.8", "1.5", "1.1", "0.9", "1.3"):
        bill = basket.new_basket(shop.cashier)
        basket.ring(bill, items.find_item("1003"), Quantity.parse(weight))
        sell(shop, bill)
    for pieces in (1, 1, 2, 1, 3, 1):
        bill = basket.new_basket(shop.cashier)
        ring(bill, "1001", pieces)
        sell(shop, bill)
    # 12.84 typed for 1.284, and 0.012 for 1.2.
    asked = {"0.4": False, "1.284": False, "8": False, "12.84": True, "0.012": True}
    assert {text: is_unusual("1003", text) for text in asked} == asked
    asked = {"1": False, "12": False, "13": True, "24": True}
    assert {text: is_unusual("1001", text) for text in asked} == asked
    with pytest.raises(QuantityUnusual) as unusual:
        basket.ring_code(basket.new_basket(shop.cashier), "1001", Quantity.of(24))
    assert str(unusual.value.fields["usual"]) == "2"


def test_what_is_meant_is_taken(shop: Shop) -> None:
    bill = basket.new_basket(shop.cashier)
    for work in (
        lambda sure: basket.ring_code(bill, "1001", Quantity.of(99), is_sure=sure),
        lambda sure: bill_changes.set_quantity(
            shop.cashier, bill.draft, 1, Quantity.of(100), is_sure=sure, uid=new_uid()
        ),
    ):
        with pytest.raises(QuantityUnusual):
            work(False)
        work(True)
    assert str(basket.refresh(bill).lines[0].quantity) == "100"
    # A label that a scale printed is no typing.
    basket.ring_code(bill, "(01)06901234500011(30)99")
