"""A bill that waited keeps the name under which it is fetched, until its last line goes."""

from __future__ import annotations

import pytest

from models.shop import basket, bill_changes, bill_life
from models.trust.operation import new_uid
from tests.stores import Shop

pytestmark = pytest.mark.engine


def test_a_fetched_bill_says_what_it_was_called(shop: Shop) -> None:
    held = shop.bill("1001")
    assert bill_life.name_of(held.head) == ""
    bill_life.hold_bill(shop.cashier, held.draft, title="T恤", called="阿姨", uid=new_uid())
    other = shop.bill("1002")
    bill_life.hold_bill(shop.cashier, other.draft, title="矿泉水", uid=new_uid())
    bill_life.fetch_bill(shop.cashier, held.draft, uid=new_uid())
    found = basket.load_key(held.draft)
    assert bill_life.name_of(found.head) == "阿姨"
    put_aside = bill_life.fetch_bill(
        shop.cashier, other.draft, instead_of=held.draft, title="T恤", uid=new_uid()
    )
    found = basket.load_key(other.draft)
    # A title of its own making is shown, and made anew when it waits again.
    assert (put_aside, bill_life.name_of(found.head)) == ("阿姨", "矿泉水")
    again = bill_life.hold_bill(shop.cashier, other.draft, title="可乐", uid=new_uid())
    assert again == "可乐"
    bill_life.fetch_bill(shop.cashier, other.draft, uid=new_uid())
    found = basket.load_key(other.draft)
    bill_changes.remove_line(shop.cashier, other.draft, found.lines[0].number, uid=new_uid())
    assert bill_life.name_of(basket.load_key(other.draft).head) == ""
