"""Tips: for whom, beside the bill, owed until they are paid out."""

from __future__ import annotations

from typing import Any

import pytest

from models.base.money import Money
from models.base.rates import Rate
from models.ledger.accounts import TIPS_OWED
from models.ledger.payments.taking import OverPaid
from models.ledger.ways.tender_kinds import Paying
from models.people.records import save_person
from models.reports.bills import sale_view
from models.reports.report import make, this_month
from models.reports.salon.salon_lists import STYLISTS, TIPS
from models.salon.commission import CommissionEntry
from models.salon.tickets import name_stylists
from models.salon.tips import (
    TipForNobody,
    TipsNotThere,
    TipUnreadable,
    all_owed,
    pay_tips,
    payings_for,
    read_tip,
    tips_owed,
)
from models.selling.charges import Served
from models.shop.basket import load_key
from models.shop.bill_changes import discount_bill
from models.shop.customers import set_customer
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods
from models.shop.sales import sell
from models.trust.operation import new_uid
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.models.members.carded import balance
from tests.models.members.pointed import has, rule
from tests.models.salon.salon import COLOUR, CUT, open_salon
from tests.models.salon.test_tickets import rule as commission
from tests.stores import CASH, Shop, sound, yuan


@pytest.fixture
def salon(shop: Shop) -> Shop:
    open_salon(shop)
    shop.open_shift(session=shop.owner)
    return shop


def shared(said: str, *lines: tuple[str, int]) -> list[str]:
    work = [(yuan(amount), [Served(user, f"{user}")]) for amount, user in lines]
    return [str(tip.amount) for tip in read_tip(said, work)]


def test_a_tip_is_shared_by_what_each_brought(salon: Shop) -> None:
    """SU-03: 60.00 on 199.90, 299.90 and a bottle of 99.80; and 20 per cent of 59.97."""
    who = {number: salon.users[login] for number, login in (
        (8, "manager"), (9, "cashier"), (21, "clerk"))}  # fmt: skip
    lines = [("199.90", who[8]), ("299.90", who[9]), ("99.80", who[21])]
    assert shared("60 8 9", *lines) == ["24.00", "36.00"]
    assert shared("60", *lines) == ["20.00", "30.01", "9.99"]
    equal = [("10", user) for user in who.values()]
    assert shared("1", *equal) == ["0.33", "0.33", "0.34"]
    small = [("9.99", who[8]), ("19.99", who[9]), ("29.99", who[21])]
    assert shared("20%", *small) == ["2.00", "4.00", "5.99"]
    assert shared("8:40 21：2.5", *lines) == ["40.00", "2.50"]
    for wrong in ("", "x", "0", "-5", "40 8:3", "8", "99:5", "8:0", "40 77"):
        with pytest.raises((TipUnreadable, TipForNobody)):
            shared(wrong, *([] if wrong == "8" else lines))
    with pytest.raises(TipForNobody):
        shared("40 8", ("10", who[9]))


def ticket(salon: Shop, *, tip: str = "") -> Any:
    """A colour by two and a cut, 10 per cent off, and a tip, paid in cash."""
    bill = salon.bill(CUT, COLOUR, session=salon.owner)
    for line, said in zip(list(bill.lines), ("9", "8:75 21:25"), strict=True):
        name_stylists(salon.owner, bill.draft, line.number, said, uid=new_uid())
    bill = load_key(bill.draft)
    wang = save_person(salon.owner, None, name="王芳", uid=new_uid())
    set_customer(salon.owner, bill, wang.key)
    discount_bill(salon.owner, bill.draft, Rate.percent("10"), uid=new_uid())
    bill = load_key(bill.draft)
    work = [(line.priced.amount, line.hands) for line in bill.lines]
    tips = payings_for(read_tip(tip, work)) if tip else []
    more = Money.total((-one.given for one in tips), bill.amount_due.currency)
    payings = [*tips, Paying(CASH, bill.amount_due + more)]
    sold = sell(salon.owner, bill.draft, payings, shown=bill.amount_due, uid=new_uid())
    return sold, wang


@pytest.mark.row("SAL-05", "B-2")
def test_a_tip_is_beside_the_bill_and_owed_to_who_did_the_work(salon: Shop) -> None:
    """SU-04: 508.00 less 10 per cent is 457.20, and 40.00 on top are 497.20 in cash, the discount
    touches no tip; it earns no points and no commission.
    """
    rule(salon)
    commission(salon, "30")
    plain, _ = ticket(salon)
    without = [str(one.amount) for one in CommissionEntry.select().order_by(
        CommissionEntry.document, CommissionEntry.line)]  # fmt: skip
    sold, wang = ticket(salon, tip="40")
    assert (str(sold.total), str(plain.total), has(wang)) == ("457.20", "457.20", 457)
    mine = CommissionEntry.select().where(CommissionEntry.document == sold.key)
    assert [str(one.amount) for one in mine.order_by(CommissionEntry.line)] == without
    # By what each brought: 128, 285 and 95 of 508.
    owed = {tip.name: str(tip.amount) for tip in all_owed()}
    assert owed == {"张收银": "10.08", "李经理": "22.44", "赵库管": "7.48"}
    assert balance(TIPS_OWED) == "40.00"
    view = sale_view(sold.key)
    assert [(one.name_zh, str(one.amount)) for one in view.payments] == [
        ("小费 张收银", "10.08"), ("小费 李经理", "22.44"), ("小费 赵库管", "7.48"),
        ("现金", "497.20"),
    ]  # fmt: skip
    said = [str(part) for part in sale_slip(view, Print("zh")).parts if "小费" in str(part)]
    assert len(said) == 3
    assert [row[-1] for row in make(salon.owner, STYLISTS, this_month()).rows if row[0] == "李经理"
            ] == [yuan("22.44")]  # fmt: skip

    # Paid out, no more than there is; what is left goes on.
    manager = salon.users["manager"]
    with pytest.raises(TipsNotThere):
        pay_tips(
            salon.owner, manager, [Paying(CASH, -yuan("30"))], amount=yuan("30"), uid=new_uid()
        )
    pay_tips(salon.owner, manager, [Paying(CASH, -yuan("20"))], amount=yuan("20"), uid=new_uid())
    assert str(tips_owed(manager)) == "2.44"
    rows = {row[0]: [str(one) for one in row[1:]] for row in make(
        salon.owner, TIPS, this_month()).rows}  # fmt: skip
    assert rows["李经理"] == ["0.00", "22.44", "20.00", "2.44"]
    # The work comes back, the tip stays.
    giving = giving_back(sold.key, {1: view.lines[0].quantity})
    return_goods(
        salon.owner, sold.key, {1: view.lines[0].quantity}, shown=giving.total, reason="unwanted",
        uid=new_uid(),
    )  # fmt: skip
    assert balance(TIPS_OWED) == "20.00"
    bill = salon.bill(CUT, session=salon.owner)
    with pytest.raises(OverPaid):
        tip = payings_for(read_tip("8:5", []))
        card = Paying(2, yuan("200"), reference="A")
        sell(salon.owner, bill.draft, [*tip, card], shown=bill.amount_due, uid=new_uid())
    with pytest.raises(TipForNobody):
        nobody = Paying(payings_for(read_tip("8:5", []))[0].tender, -yuan("5"), code="7")
        sell(
            salon.owner, bill.draft, [nobody, Paying(CASH, yuan("133"))], shown=bill.amount_due,
            uid=new_uid(),
        )  # fmt: skip
    sound()
