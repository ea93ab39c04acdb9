"""A bill that was changed beside the program is not sold without somebody who may set prices."""

from __future__ import annotations

import pytest

from models.base.database import database
from models.base.hot import query
from models.base.quantity import Quantity
from models.ledger.payments import taken
from models.ledger.ways.tender_kinds import Paying
from models.shop import basket, bill_changes
from models.shop.bill_limits import is_beyond
from models.shop.stored_bills import BillAltered
from models.trust import drafts
from models.trust.mark_checks import MARK_CHECK
from models.trust.operation import OverrideRefused, new_uid
from tests.stores import CARD, Shop, yuan

pytestmark = pytest.mark.row("SYS-11", "TIL-02")

CHEAP = 'UPDATE "draft_line" SET "body" = replace("body", \'"price":200\', \'"price":4\')'
FREE = 'UPDATE "draft" SET "head" = \'{"discount":["rate",1000000]}\''
PAID = 'UPDATE "taken_payment" SET "given" = 550'


def altered(shop: Shop, statement: str) -> basket.Basket:
    """A bill over 5.50, 1.00 of it paid by card, changed in the file."""
    shop.open_shift()
    bill = shop.bill("1001", "1002")
    card = Paying(CARD, yuan("1.00"), reference="T1")
    taken.take_for(shop.cashier, bill.draft, card, uid=new_uid())
    assert not is_beyond(basket.load_key(bill.draft), shop.cashier)
    assert database.execute_sql(statement).rowcount
    return basket.load_key(bill.draft)


@pytest.mark.parametrize("statement", [CHEAP, FREE, PAID], ids=["line", "head", "payment"])
def test_an_altered_bill_waits_for_a_manager(shop: Shop, statement: str) -> None:
    bill = altered(shop, statement)
    rest, due = bill.left_to_pay.minor / 100, bill.amount_due
    assert is_beyond(bill, shop.cashier)
    with pytest.raises(BillAltered):
        shop.pay(bill, f"{max(rest, 0.01):.2f}")
    uid = new_uid()
    with pytest.raises(BillAltered):
        bill_changes.approve_bill(shop.cashier, bill.draft, uid=uid)
    bill_changes.approve_bill(shop.cashier, bill.draft, uid=uid, override=shop.override(uid))
    found = basket.load_key(bill.draft)
    assert not is_beyond(found, shop.cashier) and found.amount_due == due
    assert not [each for some in MARK_CHECK.steps(quick=False) for each in some]
    assert query('SELECT count(*) FROM "audit" WHERE "detail" LIKE \'%"altered":true%\'') == [(1,)]


def test_who_may_not_set_prices_cannot_accept_it(shop: Shop) -> None:
    bill, uid = altered(shop, CHEAP), new_uid()
    shop.take(shop.owner, "经理", "override price")
    with pytest.raises(OverrideRefused):
        bill_changes.approve_bill(shop.cashier, bill.draft, uid=uid, override=shop.override(uid))


def test_changing_an_altered_bill_does_not_make_it_good(shop: Shop) -> None:
    bill = altered(shop, CHEAP)
    number = bill.lines[0].number
    bill_changes.set_quantity(shop.cashier, bill.draft, number, Quantity.of(2), uid=new_uid())
    drafts.save_head(bill.draft, 1, {"salesperson": "x"})
    assert basket.load_key(bill.draft).is_altered
    # One of the two gets a price of its own: a line made of an altered one is no better.
    one, uid = Quantity.of(1), new_uid()
    bill_changes.override_price(
        shop.cashier, bill.draft, number, yuan("0.04"), pieces=one, uid=uid,
        override=shop.override(uid),
    )  # fmt: skip
    bill_changes.remove_line(shop.cashier, bill.draft, number, uid=new_uid())
    assert basket.load_key(bill.draft).is_altered
    number = basket.load_key(bill.draft).lines[-1].number
    # The line that was altered goes, and with it what was wrong.
    bill_changes.remove_line(shop.cashier, bill.draft, number, uid=new_uid())
    assert not basket.load_key(bill.draft).is_altered
