"""X and Z show how net sales become the money that was taken, and who counted what came to be."""

from __future__ import annotations

import pytest

from models.ledger.daily import drawer, shift_life, shifts
from models.ledger.daily.till_events import TillEvent
from models.ledger.ways.tender_kinds import Paying
from models.members.vouchers import sell_voucher
from models.reports.takings import shift_view
from models.shop import bill_changes
from models.trust.operation import new_uid
from tests.stores import CARD, Shop, yuan

pytestmark = [pytest.mark.row("TIL-02"), pytest.mark.engine]


def test_a_shift_with_a_voucher_a_bag_and_a_shortage(shop: Shop) -> None:
    shop.open_shift()
    sold = shop.sell("1001")
    sell_voucher(
        shop.cashier, "1234567890", [Paying(CARD, yuan("100"), reference="A1")],
        amount=yuan("100"), uid=new_uid(),
    )  # fmt: skip
    drawer.drop_to_safe(shop.manager, yuan("300"), bag="0042", uid=new_uid())
    x = shift_view(shifts.open_shift_key(1))
    taken = sum((one.amount for one in x.tenders), yuan("0"))
    assert (x.beside, taken) == ((("Vouchers sold", yuan("100")),), sold.total + yuan("100"))
    assert (x.bags, x.counted_by, x.reason) == ((("0042", yuan("300")),), "", "")

    shift_life.count_drawer(shop.manager, {10_000: 2}, leaves_work=True, uid=new_uid())
    closed = shift_life.close_shift(shop.manager, reason="找零给多了", uid=new_uid())
    z = shift_view(closed.key)
    assert (z.over_short, z.reason, z.counted_by) == (-sold.total, "找零给多了", "李经理")


def test_an_event_has_the_reason_and_the_name_of_who_approved_it(shop: Shop) -> None:
    shop.open_shift()
    shop.take(shop.owner, "收银员", "override price")
    bill, uid = shop.bill("1001"), new_uid()
    bill_changes.override_price(
        shop.cashier, bill.draft, bill.lines[0].number, yuan("1.00"), uid=uid,
        override=shop.override(uid, reason="老顾客"),
    )  # fmt: skip
    (event,) = TillEvent.select()
    assert event.reason == "老顾客"
