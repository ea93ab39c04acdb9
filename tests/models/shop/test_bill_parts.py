"""A bill split in two, and two put together, whatever was given, let go or paid of them."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.rates import Rate
from models.ledger.payments.taken import PaymentsTaken, take_for, taken_of
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.people.records import save_person
from models.shop.basket import LineGone, load_key, new_basket, set_salesperson
from models.shop.bill_changes import (
    LineNeedsReason,
    discount_bill,
    discount_line,
    remove_line,
    ring_below_zero,
)
from models.shop.bill_life import (
    BillDiscounted,
    NothingSplit,
    fetch_bill,
    hold_bill,
    join_bills,
    print_bill,
    split_bill,
)
from models.shop.customers import customer_of, set_customer
from models.shop.unfinished_returns import ReturnUnfinished, keep_return
from models.trust import drafts
from models.trust.drafts import DraftGone
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.stores import CARD, CASH, Shop, yuan


def held(shop: Shop, *codes: str, title: str = "阿姨") -> Any:
    bill = shop.bill(*codes)
    hold_bill(shop.cashier, bill.draft, title=title, uid=new_uid())
    return bill


def lines(draft: int) -> list[tuple[str, str]]:
    return [(line.item.code, str(line.priced.amount)) for line in load_key(draft).lines]


def join(shop: Shop, draft: int, other: int) -> str:
    return join_bills(shop.cashier, draft, other, uid=new_uid())


def split(shop: Shop, draft: int, *numbers: int) -> int:
    return split_bill(shop.cashier, draft, numbers, title="另一张", uid=new_uid())


@pytest.mark.row("SAL-05", "TIL-02")
def test_two_bills_become_one_and_one_becomes_two(shop: Shop) -> None:
    """2.00, 3.50 less 10 per cent and 3.50: the second goes onto its own and comes back."""
    shop.open_shift()
    wang = save_person(shop.owner, None, name="王芳", uid=new_uid())
    bill = shop.bill("1001", "1002", "1002")
    first, second = bill.lines
    discount_line(shop.owner, bill.draft, second.number, Rate.percent("10"), uid=new_uid())
    bill = load_key(bill.draft)
    set_customer(shop.owner, bill, wang.key)
    for wrong in ((), (first.number, second.number)):
        with pytest.raises(NothingSplit):
            split(shop, bill.draft, *wrong)
    with pytest.raises(LineGone):
        split(shop, bill.draft, 77)
    made = split(shop, bill.draft, second.number)
    assert lines(bill.draft) == [("1001", "2.00")] and lines(made) == [("1002", "6.30")]
    waiting = drafts.read(made)
    assert (waiting.state, waiting.title, customer_of(waiting.head)) == (
        "held", "另一张", (wang.key, "王芳"),
    )  # fmt: skip
    # Another customer waits with a salesperson: the open bill's customer stays, he comes along.
    other = shop.bill("1003")
    lee = save_person(shop.owner, None, name="李雷", uid=new_uid())
    set_customer(shop.owner, other, lee.key)
    set_salesperson(other, shop.users["clerk"])
    hold_bill(shop.cashier, other.draft, title="李雷", uid=new_uid())
    assert (
        join(shop, bill.draft, made) == "另一张" and join(shop, bill.draft, other.draft) == "李雷"
    )
    assert [code for code, _ in lines(bill.draft)] == ["1001", "1002", "1003"]
    assert lines(bill.draft)[1] == ("1002", "6.30")
    head = drafts.read(bill.draft).head
    assert customer_of(head) == (wang.key, "王芳") and head["salesperson"][1] == "赵库管"
    for gone in (made, other.draft):
        with pytest.raises(DraftGone):
            join(shop, bill.draft, gone)
        with pytest.raises(DraftGone):
            drafts.read(gone)
    shop.pay(load_key(bill.draft))
    assert verify() == []


def test_what_is_of_the_whole_bill_goes_on_neither(shop: Shop) -> None:
    shop.open_shift()
    bill, other = shop.bill("1001", "1002"), held(shop, "1003")
    discount_bill(shop.owner, bill.draft, Rate.percent("5"), uid=new_uid())
    for done in (
        lambda: join(shop, bill.draft, other.draft),
        lambda: split(shop, bill.draft, bill.lines[0].number),
    ):
        with pytest.raises(BillDiscounted):
            done()
    discount_bill(shop.owner, bill.draft, None, uid=new_uid())
    sold = shop.pay(shop.bill("1001"))
    keep_return(load_key(bill.draft), sold.key, {})
    with pytest.raises(ReturnUnfinished):
        split(shop, bill.draft, bill.lines[0].number)
    # Who has it on paper gets back no line without a reason, on neither bill.
    paper = shop.bill("1001", "1002")
    print_bill(shop.cashier, paper.draft, uid=new_uid())
    made = split(shop, paper.draft, paper.lines[0].number)
    fetch_bill(shop.cashier, made, instead_of=paper.draft, title="x", uid=new_uid())
    with pytest.raises(LineNeedsReason):
        remove_line(shop.cashier, made, load_key(made).lines[0].number, uid=new_uid())


def test_payments_go_along_and_never_exceed_what_is_left(shop: Shop) -> None:
    """Of 5.50 are 3.00 paid: 3.50 may stay, 2.00 may not; put onto another they are its."""
    shop.open_shift()
    bill = shop.bill("1001", "1002")
    one, two = bill.lines
    take_for(shop.cashier, bill.draft, Paying(CARD, yuan("3"), reference="T1"), uid=new_uid())
    with pytest.raises(PaymentsTaken):
        split(shop, bill.draft, two.number)
    split(shop, bill.draft, one.number)
    hold_bill(shop.cashier, bill.draft, title="王芳", uid=new_uid())
    onto = shop.bill("1003")
    take_for(shop.cashier, onto.draft, Paying(CASH, yuan("1")), uid=new_uid())
    join(shop, onto.draft, bill.draft)
    found = load_key(onto.draft)
    assert str(found.paid) == "4.00" and taken_of(bill.draft) == {}
    paid = [each.paying for each in taken_of(onto.draft).values()]
    assert [(one.reference, str(one.given)) for one in paid] == [("", "1.00"), ("T1", "3.00")]
    shop.pay(found, f"{found.left_to_pay}")
    assert verify() == []


def test_what_was_let_go_below_zero_is_let_go_on_one_bill(shop: Shop) -> None:
    """Three of 1004 are there: four are let go on one bill, and four on the other."""
    change_settings(shop.owner, {"stock.below_zero": "refuse"}, uid=new_uid())
    shop.open_shift()
    bills = []
    for pieces in (4, 4):
        bill = new_basket(shop.cashier)
        for _ in range(pieces):
            ring_below_zero(shop.owner, bill.draft, "1004", uid=new_uid())
        bills.append(bill.draft)
    hold_bill(shop.cashier, bills[1], title="x", uid=new_uid())
    join(shop, bills[0], bills[1])
    assert [units for units, _ in drafts.read(bills[0]).head["short"].values()] == [8000]
