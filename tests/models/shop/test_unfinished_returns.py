"""A return that is being worked on: kept with the bill, found after a power cut, ended with it."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.shop import basket, bill_changes, bill_life
from models.shop.exchanges import Coming, exchange
from models.shop.returns import return_goods
from models.shop.unfinished_returns import (
    BegunReturn,
    ReturnUnfinished,
    begun_label,
    begun_of,
    give_up_return,
    keep_return,
)
from models.trust import drafts
from models.trust.operation import new_uid
from tests.stores import WECHAT, Shop, yuan

pytestmark = pytest.mark.row("ORD-18", "UIX-22")
ONE = Quantity.of(1)


@pytest.fixture
def open_shop(shop: Shop) -> Shop:
    shop.open_shift(session=shop.manager)
    return shop


def test_what_was_chosen_is_found_after_a_power_cut(open_shop: Shop) -> None:
    sold = open_shop.sell("1001", "1002", tender=WECHAT, session=open_shop.manager)
    bill = open_shop.bill(session=open_shop.manager)
    keep_return(bill, sold.key, {1: ONE, 2: ONE})
    keep_return(bill, sold.key, {2: ONE})
    open_shop.reopen()
    found = basket.open_basket(open_shop.manager)
    assert found.draft == bill.draft
    assert begun_of(found.head) == BegunReturn(sold.key, {2: ONE})
    assert begun_label(found.head) == "S01-000001"
    return_goods(
        open_shop.manager, sold.key, {2: ONE}, shown=yuan("3.50"), reason="unwanted",
        draft=found.draft, uid=new_uid(),
    )  # fmt: skip
    assert begun_of(drafts.read(found.draft).head) is None


def test_a_bill_is_not_sold_while_goods_come_back_for_it(open_shop: Shop) -> None:
    sold = open_shop.sell("1001", session=open_shop.manager)
    bill = open_shop.bill("1002", session=open_shop.manager)
    keep_return(bill, sold.key, {1: ONE})
    with pytest.raises(ReturnUnfinished):
        open_shop.pay(bill, session=open_shop.manager)
    # Other goods instead, and a bill that waits: what comes back stays with it.
    bill_changes.remove_line(
        open_shop.manager, bill.draft, bill.lines[0].number, uid=new_uid()
    )  # fmt: skip
    bill = basket.refresh(bill)
    assert begun_of(bill.head) == BegunReturn(sold.key, {1: ONE})
    basket.ring_code(bill, "1001")
    bill_life.hold_bill(open_shop.manager, bill.draft, title="x", uid=new_uid())
    bill_life.fetch_bill(open_shop.manager, bill.draft, uid=new_uid())
    coming = Coming(sold.key, {1: ONE}, "mixed up")
    exchange(open_shop.manager, bill.draft, coming, (), shown=yuan("0"), uid=new_uid())


def test_nothing_comes_back_after_all(open_shop: Shop) -> None:
    sold = open_shop.sell("1001", session=open_shop.manager)
    bill = open_shop.bill("1002", session=open_shop.manager)
    keep_return(bill, sold.key, {1: ONE})
    give_up_return(bill)
    assert begun_of(bill.head) is None and begun_label(bill.head) == ""
    assert open_shop.pay(bill, session=open_shop.manager).total == yuan("3.50")


@pytest.mark.parametrize("head", [None, {"coming": 5}, {"coming": [1, {"x": 1}]}])
def test_a_head_that_was_altered_says_of_no_return(head: object) -> None:
    assert begun_of(head) is None
