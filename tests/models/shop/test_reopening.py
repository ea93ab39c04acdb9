"""A sale is opened again: undone whole, and its goods lie on the bill to be put right."""

from __future__ import annotations

import pytest

from models.base.rates import Rate
from models.goods.goods import Goods
from models.ledger.daily.till_events import TillEvent
from models.ledger.proving import proof
from models.people.records import save_person
from models.shop import basket, bill_changes
from models.shop.customers import customer_of, set_customer
from models.shop.reopening import BillInTheWay, reopen_sale
from models.shop.returns import SaleReturned
from models.stock.stock import stock_of
from models.trust.operation import new_uid
from tests.stores import CARD, Shop, yuan

pytestmark = pytest.mark.row("UIX-22", "TIL-03")


def test_a_wrong_sale_is_put_right_in_one_step(shop: Shop) -> None:
    """Two bottles, one of them dear by hand, and a discount of the bill; sold to a customer."""
    shop.open_shift()
    who = save_person(shop.owner, None, name="王芳", uid=new_uid())
    bill = shop.bill("1001", "1002", session=shop.manager)
    set_customer(shop.manager, bill, who.key)
    basket.set_salesperson(bill, shop.cashier.user)
    number = bill.lines[1].number
    bill_changes.discount_line(shop.manager, bill.draft, number, yuan("0.50"), uid=new_uid())
    bill_changes.discount_bill(shop.manager, bill.draft, Rate.percent("10"), uid=new_uid())
    sold = shop.pay(basket.refresh(bill), session=shop.manager, tender=CARD, reference="A1")
    assert sold.total == yuan("4.50")
    water = Goods.get(Goods.code == "1001").key
    before = stock_of(water).quantity

    full = shop.bill("1003", session=shop.manager)
    with pytest.raises(BillInTheWay):
        reopen_sale(shop.manager, sold.key, full.draft, reason="mistyped", uid=new_uid())
    empty, uid = basket.new_basket(shop.manager), new_uid()
    undone, twice = (
        reopen_sale(shop.manager, sold.key, empty.draft, reason="mistyped", uid=uid) for _ in "12"
    )
    assert undone.key == twice.key
    assert (undone.label, undone.total) == ("V01-000001", yuan("-4.50"))
    assert stock_of(water).quantity.thousandths == before.thousandths + 1000
    again = basket.refresh(empty)
    assert [(line.item.code, str(line.priced.amount)) for line in again.lines] == [
        ("1001", "2.00"), ("1002", "3.00"),
    ]  # fmt: skip
    assert (again.amount_due, customer_of(again.head)) == (yuan("4.50"), (who.key, "王芳"))
    assert basket.salesperson_of(again.head)[0] == shop.cashier.user
    assert TillEvent.select().where(TillEvent.kind == "void sale").count() == 1
    # Put right, and sold at the price that is right; the books agree.
    bill_changes.discount_bill(shop.manager, again.draft, None, uid=new_uid())
    right = shop.pay(basket.refresh(again), session=shop.manager)
    assert (right.label, right.total) == ("S01-000002", yuan("5.00"))
    with pytest.raises(SaleReturned):
        reopen_sale(
            shop.manager, sold.key, basket.new_basket(shop.manager).draft, reason="mistyped",
            uid=new_uid(),
        )  # fmt: skip
    # What was sold for more than its price is not sold for less unseen.
    dear = shop.bill("1002", session=shop.manager)
    bill_changes.override_price(shop.manager, dear.draft, 1, yuan("4"), uid=new_uid())
    sold = shop.pay(basket.refresh(dear), session=shop.manager)
    empty = basket.new_basket(shop.manager)
    reopen_sale(shop.manager, sold.key, empty.draft, reason="mistyped", uid=new_uid())
    assert basket.refresh(empty).amount_due == sold.total == yuan("4.00")
    assert not proof.verify()
