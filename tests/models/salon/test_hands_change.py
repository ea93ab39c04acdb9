"""Somebody else did the work: put right behind a paid sale, and only the commission moves."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.daily.till_events import TillEvent
from models.ledger.documents import Entry
from models.ledger.proving.proof import verify
from models.people.history import history_of
from models.people.records import save_person
from models.reports.bills import sale_view
from models.reports.report import Period, make, this_month
from models.reports.salon.salon_lists import COMMISSION, SERVICES, STYLISTS
from models.reports.takings import shift_view
from models.reports.takings_lists import BY_ITEM
from models.salon.commission_rules import save_commission_rule
from models.salon.hands_change import HandsStay, change_hands, lines_to_change
from models.salon.tickets import StylistUnknown, stylists_of
from models.shop.basket import load_key, new_basket
from models.shop.customers import set_customer
from models.shop.reopening import reopen_sale
from models.shop.returns import SaleReturned, void_sale
from models.stock.stock import stock_of
from models.trust.operation import NeedsOverride, new_uid
from models.trust.print_queue import PrintJob
from tests.models.salon.salon import COLOUR, CUT
from tests.models.salon.test_tickets import entries, give_back, ticket
from tests.stores import FIRST_DAY, Shop, yuan

pytestmark = pytest.mark.row("UIX-22", "B-2")


def change(shop: Shop, sale: Any, line: int, said: str, **more: Any) -> Any:
    more = {"reason": "hands", "uid": new_uid(), **more}
    return change_hands(more.pop("session", shop.manager), sale.key, line, said, **more)


def people(shop: Shop) -> list[tuple[str, int, int, str, str]]:
    rows = make(shop.owner, STYLISTS, this_month()).rows
    return [(row[0], row[1], row[2], str(row[3]), str(row[5])) for row in rows]


def test_the_commission_goes_to_who_did_it(salon: Shop) -> None:
    """A cut of 128.00 at 10 per cent was booked for 8, and 9 did it, asked for; then 9 and 21 in
    halves. It comes back, and nobody has anything.
    """
    save_commission_rule(salon.owner, None, rate=Rate.percent("10"), uid=new_uid())
    save_commission_rule(salon.owner, None, rate=Rate.percent("20"), way="asked", uid=new_uid())
    wang = save_person(salon.owner, None, name="王芳", uid=new_uid())
    bill = ticket(salon, (CUT, "8"), (COLOUR, "21"))
    set_customer(salon.manager, bill, wang.key)
    sale = salon.pay(load_key(bill.draft))
    papers, used = PrintJob.select().count(), stock_of(salon.goods("1003").key).quantity
    z, items = shift_view(sale.shift), make(salon.owner, BY_ITEM, Period(FIRST_DAY, FIRST_DAY))
    assert people(salon) == [
        ("赵库管", 1, 0, "380.00", "38.00"), ("李经理", 1, 0, "128.00", "12.80"),
    ]  # fmt: skip
    uid = new_uid()
    once, twice = (change(salon, sale, 1, "9*", uid=uid) for _ in "12")
    assert (once.key, once.label, str(once.total)) == (twice.key, "VH01-000001", "0.00")
    assert entries(once) == [("李经理", 1, "-128.00", "-12.80"), ("张收银", 2, "128.00", "25.60")]
    assert people(salon) == [
        ("赵库管", 1, 0, "380.00", "38.00"), ("张收银", 1, 1, "128.00", "25.60"),
        ("李经理", 0, 0, "0.00", "0.00"),
    ]  # fmt: skip
    (event,) = TillEvent.select().where(TillEvent.kind == "change hands")
    assert (event.what, str(event.amount)) == (
        f"{sale.label} 女士剪发: 李经理 → 张收银", "128.00",
    )  # fmt: skip
    # Nothing else moved: no paper, no goods, no money, no figure of the till.
    assert PrintJob.select().count() == papers
    assert stock_of(salon.goods("1003").key).quantity == used
    assert {str(row.amount) for row in Entry.select().where(Entry.document == once.key)} == {"0.00"}
    now = shift_view(sale.shift)
    assert (now.sales_total, now.tenders, now.categories, now.taxes, now.sales_count) == (
        z.sales_total, z.tenders, z.categories, z.taxes, z.sales_count,
    )  # fmt: skip
    assert make(salon.owner, BY_ITEM, Period(FIRST_DAY, FIRST_DAY)).rows == items.rows
    done = {row[0]: row[1:4] for row in make(salon.owner, SERVICES, this_month()).rows}
    assert done["女士剪发"] == (1, 1, "100%")
    # What is looked at and printed again says who did it; and so does what is known of her.
    assert [line.hands for line in sale_view(sale.key).lines] == [("张收银*",), ("赵库管",)]
    assert lines_to_change(sale.key)[0] == (1, "女士剪发", "张收银", "9*")
    told = history_of(salon.owner, wang.key)
    assert "张收银" in str(told) and "李经理" not in str(told)

    change(salon, sale, 1, "9 21")
    assert [one[0] for one in people(salon)] == ["赵库管", "张收银", "李经理"]
    assert [one[3:] for one in people(salon)] == [
        ("444.00", "44.40"), ("64.00", "6.40"), ("0.00", "0.00"),
    ]  # fmt: skip
    back = give_back(salon, sale, {1: Quantity.of(1)})
    assert entries(back) == [("张收银", 1, "-64.00", "-6.40"), ("赵库管", 1, "-64.00", "-6.40")]
    assert make(salon.owner, COMMISSION, this_month()).totals[-1] == yuan("38.00")
    with pytest.raises(SaleReturned):
        change(salon, sale, 2, "8")
    assert verify() == []


def test_what_stays_and_what_is_undone_afterwards(salon: Shop) -> None:
    save_commission_rule(salon.owner, None, rate=Rate.percent("10"), uid=new_uid())
    sale = salon.pay(ticket(salon, (CUT, "8")))
    for line, said in ((1, "8"), (2, "9")):
        with pytest.raises(HandsStay):
            change(salon, sale, line, said)
    with pytest.raises(StylistUnknown):
        change(salon, sale, 1, "99")
    with pytest.raises(NeedsOverride):
        change(salon, sale, 1, "9", session=salon.who("clerk"))
    change(salon, sale, 1, "9")
    # Opened again it is his who was said last; undone, nobody earned anything.
    empty = new_basket(salon.manager)
    reopen_sale(salon.manager, sale.key, empty.draft, reason="mistyped", uid=new_uid())
    assert stylists_of(load_key(empty.draft).lines[0].hands) == "9"
    again = salon.pay(load_key(empty.draft))
    change(salon, again, 1, "")
    assert lines_to_change(again.key) == []
    void_sale(salon.manager, again.key, reason="left", uid=new_uid())
    assert [one[3:] for one in people(salon)] == [("0.00", "0.00")] * 2
    assert make(salon.owner, COMMISSION, this_month()).totals[-1] == yuan("0")
    assert verify() == []
