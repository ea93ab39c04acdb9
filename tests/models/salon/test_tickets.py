"""Tickets: who did the work of a line, what it costs by them, what they get, what it uses up.

The sums are worked out by hand from the rules of the trade: base x share x rate, half up to a fen.
"""

from __future__ import annotations

from typing import Any

import pytest

from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.proving.proof import verify
from models.people.records import save_person
from models.reports.report import make, this_month
from models.reports.salon.salon_lists import COMMISSION, STYLISTS
from models.salon.commission import CommissionEntry
from models.salon.commission_rules import (
    CommissionRuleWrong,
    save_commission_rule,
    switch_commission_rule,
)
from models.salon.hands_change import change_hands
from models.salon.stylists import Grade, Stylist, save_grade, switch_stylist
from models.salon.tickets import (
    HandsUnreadable,
    SharesWrong,
    StylistTwice,
    StylistUnknown,
    name_stylists,
    stylists_of,
    usual_stylist,
)
from models.selling.charges import ChargeStaff
from models.selling.items import find_item
from models.shop.basket import load_key, new_basket, ring
from models.shop.bill_changes import discount_bill, discount_line, override_price
from models.shop.customers import set_customer
from models.shop.reopening import reopen_sale
from models.shop.return_lines import giving_back
from models.shop.returns import return_goods, void_sale
from models.stock.stock import stock_of
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import RecordTaken
from models.trust.users import User
from tests.models.salon.salon import COLOUR, CUT, WASH, service, stylist
from tests.stores import Shop, yuan


def rule(salon: Shop, rate: str = "", **more: Any) -> Any:
    found = Rate.percent(rate) if rate else None
    return save_commission_rule(salon.owner, None, rate=found, uid=new_uid(), **more)


def ticket(salon: Shop, *lines: tuple[str, str]) -> Any:
    """A bill of services, each with who did it."""
    bill = salon.bill(*(code for code, _ in lines))
    for line, (_, said) in zip(list(bill.lines), lines, strict=True):
        name_stylists(salon.cashier, bill.draft, line.number, said, uid=new_uid())
    return load_key(bill.draft)


def entries(document: Any) -> list[tuple[str, int, str, str]]:
    found = CommissionEntry.select().where(CommissionEntry.document == document.key)
    return [
        (one.name, one.rule, str(one.base), str(one.amount))
        for one in found.order_by(CommissionEntry.line)
    ]


def give_back(salon: Shop, sale: Any, quantities: dict[int, Quantity]) -> Any:
    giving = giving_back(sale.key, quantities)
    return return_goods(
        salon.manager, sale.key, quantities, shown=giving.total, reason="unwanted", uid=new_uid()
    )


@pytest.mark.row("SAL-05")
def test_who_did_it_stands_on_the_line_and_says_the_price(salon: Shop) -> None:
    senior, junior = Grade.get(Grade.position == 1), Grade.get(Grade.position == 3)
    save_grade(
        salon.owner, junior.key, version=junior.version, name=junior.name, position=3,
        price_level=2, uid=new_uid(),
    )  # fmt: skip
    bill = ticket(salon, (CUT, "21"), (COLOUR, "8：70点，２１：30"), (WASH, ""))
    cut, colour, wash = bill.lines
    # The apprentice cuts at price 2; with the master the colour costs his price.
    assert [str(line.priced.amount) for line in bill.lines] == ["98.00", "380.00", "38.00"]
    assert [(one.name, one.share.millionths, one.is_asked) for one in colour.hands] == [
        ("李经理", 700_000, True), ("赵库管", 300_000, False),
    ]  # fmt: skip
    assert colour.hands[0].grade == senior.name and not wash.hands
    assert stylists_of(colour.hands) == "8:70* 21:30" and stylists_of(cut.hands) == "21"
    # The dearer of two hands says the price, whoever is named first.
    name_stylists(salon.cashier, bill.draft, cut.number, "21 8", uid=new_uid())
    assert str(load_key(bill.draft).lines[0].price) == "128.00"
    name_stylists(salon.cashier, bill.draft, cut.number, "8", uid=new_uid())
    # The same work again is somebody else's, and a line of its own.
    name_stylists(salon.cashier, bill.draft, wash.number, "9", uid=new_uid())
    bill = load_key(bill.draft)
    ring(bill, find_item(WASH), Quantity.of(1))
    assert [line.quantity for line in bill.lines] == [Quantity.of(1)] * 4
    sale = salon.pay(load_key(bill.draft))
    hands = ChargeStaff.select().where(ChargeStaff.document == sale.key)
    assert [(one.of_line, one.name, one.role, one.is_asked) for one in hands] == [
        (1, "李经理", "stylist", False), (2, "李经理", "stylist", True),
        (2, "赵库管", "stylist", False), (3, "张收银", "stylist", False),
    ]  # fmt: skip
    assert verify() == []


def test_another_grade_walks_no_discount_over_the_limit(salon: Shop) -> None:
    """A cashier may give 10 per cent: of 98.00 by the apprentice, not of 128.00 by the master; nor
    keep 12.80 off 128.00 when it costs 98.00.
    """
    junior = Grade.get(Grade.position == 3)
    save_grade(
        salon.owner, junior.key, version=junior.version, name=junior.name, position=3,
        price_level=2, uid=new_uid(),
    )  # fmt: skip
    salon.give(salon.owner, "收银员", give_discount=10_000, override_price=None)
    bill = ticket(salon, (CUT, "21"))
    override_price(salon.cashier, bill.draft, 1, yuan("88.20"), uid=new_uid())
    with pytest.raises(NeedsOverride):
        name_stylists(salon.cashier, bill.draft, 1, "8", uid=new_uid())
    name_stylists(salon.manager, bill.draft, 1, "8", uid=new_uid())
    other = ticket(salon, (CUT, "8"))
    discount_line(salon.cashier, other.draft, 1, yuan("12.80"), uid=new_uid())
    with pytest.raises(NeedsOverride):
        name_stylists(salon.cashier, other.draft, 1, "21", uid=new_uid())
    assert str(load_key(other.draft).lines[0].price) == "128.00"


def test_what_cannot_be_said_of_hands_is_refused(salon: Shop) -> None:
    bill = salon.bill(CUT)
    for said, refusal in (
        ("x", StylistUnknown), ("8:", HandsUnreadable), ("*", HandsUnreadable),
        ("99", StylistUnknown),
        ("8 8", StylistTwice), ("8:70 21:20", SharesWrong), ("8:70 21:40", SharesWrong),
        ("8:100 21", SharesWrong), ("8:0 21", SharesWrong), ("8:50", SharesWrong),
        (" ".join(map(str, range(1, 12))), HandsUnreadable),
    ):  # fmt: skip
        with pytest.raises(refusal):
            name_stylists(salon.cashier, bill.draft, 1, said, uid=new_uid())
    assert not load_key(bill.draft).lines[0].hands
    # A name, what it begins with, or its initials do for a number; of several nobody is meant.
    for said, typed in (("李经理", "8"), ("ljl*", "8*"), ("张:70 赵库管:30", "9:70 21:30")):
        name_stylists(salon.cashier, bill.draft, 1, said, uid=new_uid())
        assert stylists_of(load_key(bill.draft).lines[0].hands) == typed
    stylist(salon, 30, "auditor", grade=3)
    User.update(name="张审计", pinyin="zsj").where(User.login == "auditor").execute()
    with pytest.raises(StylistUnknown):
        name_stylists(salon.cashier, bill.draft, 1, "张", uid=new_uid())
    # Of three nobody said a share: they come to the whole all the same.
    name_stylists(salon.cashier, bill.draft, 1, "8 9 21", uid=new_uid())
    three = load_key(bill.draft).lines[0]
    assert [one.share.millionths for one in three.hands] == [333_333, 333_334, 333_333]


@pytest.mark.row("B-2")
def test_the_most_special_rule_pays_and_what_was_earned_stays(salon: Shop) -> None:
    cut, apprentice = salon.goods(CUT).key, Grade.get(Grade.position == 3).key
    general = rule(salon, "30")
    rule(salon, "40", way="asked")
    rule(salon, "12.5", grade=apprentice)
    rule(salon, "50", goods=cut, way="asked")
    rule(salon, goods=salon.goods(WASH).key, each=yuan("5"))
    with pytest.raises(RecordTaken):
        rule(salon, "1")
    for wrong in ({}, {"rate": Rate.percent("1"), "each": yuan("1")}, {"base": "profit"}):
        with pytest.raises(CommissionRuleWrong):
            save_commission_rule(salon.owner, None, way="turn", uid=new_uid(), **wrong)
    bill = ticket(salon, (CUT, "8*"), (COLOUR, "8:70* 21:30"), (WASH, "9 21"))
    sale = salon.pay(bill)
    earned = [
        # 128.00 asked for, of the item: 50 %. 380.00: 70 % of it asked for, 30 % by the apprentice.
        ("李经理", 4, "128.00", "64.00"), ("李经理", 2, "266.00", "106.40"),
        ("赵库管", 3, "114.00", "14.25"),
        # 5.00 a wash, in halves.
        ("张收银", 5, "19.00", "2.50"), ("赵库管", 5, "19.00", "2.50"),
    ]  # fmt: skip
    assert entries(sale) == earned
    switch_commission_rule(salon.owner, general.key, version=general.version, uid=new_uid())
    assert entries(sale) == earned
    # Nothing fits a turn of the master any more.
    assert entries(salon.pay(ticket(salon, (CUT, "8")))) == []
    assert [row[-1] for row in make(salon.owner, COMMISSION, this_month()).rows] == [
        yuan(text) for text in ("2.50", "64.00", "106.40", "14.25", "2.50")
    ]
    # Each sees his own, and so does the apprentice's report.
    found = make(salon.owner, STYLISTS, this_month())
    assert [(row[0], row[1], row[2], str(row[3]), str(row[5])) for row in found.rows] == [
        ("李经理", 3, 2, "522.00", "170.40"), ("赵库管", 2, 0, "133.00", "16.75"),
        ("张收银", 1, 0, "19.00", "2.50"),
    ]  # fmt: skip
    assert (found.totals[3], found.totals[5]) == (yuan("674.00"), yuan("189.65"))
    assert verify() == []


@pytest.mark.row("B-2", "SAL-07")
def test_a_rule_is_of_its_base_and_work_uses_goods_up(salon: Shop) -> None:
    """60 g of 5.50 a kilogram are 0.33. Prices hold 13 % of tax: of 342.00 there are 302.65 without
    it, of 34.20 there are 30.27.
    """
    rule(salon, "10", base="margin")
    rule(salon, "10", goods=salon.goods(CUT).key, base="list")
    rule(salon, "10", goods=salon.goods(WASH).key, base="net")
    service(salon, "105", "头皮", "100")
    rule(salon, "10", goods=salon.goods("105").key, base="paid")
    before = stock_of(salon.goods("1003").key).quantity
    bill = ticket(salon, (CUT, "8"), (COLOUR, "8"), (WASH, "8"), ("105", "8"))
    discount_bill(salon.owner, bill.draft, Rate.percent("10"), uid=new_uid())
    sale = salon.pay(load_key(bill.draft), session=salon.owner)
    assert entries(sale) == [
        ("李经理", 2, "128.00", "12.80"), ("李经理", 1, "302.32", "30.23"),
        ("李经理", 3, "30.27", "3.03"), ("李经理", 4, "90.00", "9.00"),
    ]  # fmt: skip
    assert before - stock_of(salon.goods("1003").key).quantity == Quantity(60)
    # What was used does not come back with the money.
    give_back(salon, sale, {2: Quantity.of(1)})
    assert before - stock_of(salon.goods("1003").key).quantity == Quantity(60)
    salon.sell(COLOUR, COLOUR)
    assert before - stock_of(salon.goods("1003").key).quantity == Quantity(180)
    assert verify() == []


@pytest.mark.row("B-2")
def test_what_comes_back_takes_its_commission_back(salon: Shop) -> None:
    """Three for 100.00 at 10 % are 10.00 of commission: back 3.33, 3.34, 3.33. A rule that changed
    meanwhile changes nothing.
    """
    three = service(salon, "104", "护理", "33.33")
    paying = rule(salon, "10")
    member = save_person(salon.owner, None, name="王芳", uid=new_uid())
    rule(salon, "20", buyer="member")
    bill = salon.bill("104", "104", "104")
    name_stylists(salon.cashier, bill.draft, 1, "8:70 9:30", uid=new_uid())
    sale = salon.pay(load_key(bill.draft))
    assert entries(sale) == [("李经理", 1, "69.99", "7.00"), ("张收银", 1, "30.00", "3.00")]
    switch_commission_rule(salon.owner, paying.key, version=paying.version, uid=new_uid())
    backs = [entries(give_back(salon, sale, {1: Quantity.of(1)})) for _ in range(3)]
    assert [[amount for _, _, _, amount in back] for back in backs] == [
        ["-2.33", "-1.00"], ["-2.34", "-1.00"], ["-2.33", "-1.00"],
    ]  # fmt: skip
    assert three.key == salon.goods("104").key
    # The bill of a member has another rule; all of it undone leaves nothing earned.
    bill = ticket(salon, (CUT, "8"))
    set_customer(salon.manager, bill, member.key)
    again = salon.pay(load_key(bill.draft))
    assert entries(again) == [("李经理", 2, "128.00", "25.60")]
    # Opened again, it says who did it.
    empty = new_basket(salon.manager)
    reopened = ticket(salon, (CUT, "8:70* 9:30"))
    wrong = salon.pay(reopened)
    reopen_sale(salon.manager, wrong.key, empty.draft, reason="mistyped", uid=new_uid())
    assert stylists_of(load_key(empty.draft).lines[0].hands) == "8:70* 9:30"
    undone = void_sale(salon.manager, again.key, reason="mistyped", uid=new_uid())
    assert entries(undone) == [("李经理", 2, "-128.00", "-25.60")]
    assert make(salon.owner, COMMISSION, this_month()).totals[-1] == yuan("0")
    assert verify() == []


def test_a_refund_takes_commission_back_at_the_rate_at_which_it_was_earned(salon: Shop) -> None:
    """SU-01: 300.00 at 30 per cent, shared 70 to 30; the rate rises to 35; a third comes back."""
    service(salon, "301", "护理", "100")
    thirty = rule(salon, "30")
    bill = salon.bill()
    ring(bill, find_item("301"), Quantity.of(3))
    name_stylists(salon.cashier, bill.draft, 1, "8:70 21:30", uid=new_uid())
    sold = salon.pay(load_key(bill.draft))
    assert [amount for *_, amount in entries(sold)] == ["63.00", "27.00"]
    save_commission_rule(
        salon.owner, thirty.key, version=thirty.version, rate=Rate.percent("35"), uid=new_uid()
    )
    back = give_back(salon, sold, {1: Quantity.of(1)})
    assert [amount for *_, amount in entries(back)] == ["-21.00", "-9.00"]


@pytest.mark.row("SAL-05", "SAL-02")
def test_who_did_it_the_last_time_is_proposed(salon: Shop) -> None:
    """Of the same service, for this client, while he works here; whether he is asked for is said
    each time anew.
    """
    wang = save_person(salon.owner, None, name="王芳", uid=new_uid())
    goods = salon.goods(CUT).key

    def usual(whose: int | None) -> str:
        bill = new_basket(salon.owner)
        set_customer(salon.owner, bill, whose)
        return usual_stylist(bill.draft, goods)

    assert usual(wang.key) == ""
    sales = []
    for said in ("8*", "9"):
        bill = ticket(salon, (CUT, said), (WASH, "21"))
        set_customer(salon.owner, bill, wang.key)
        sales.append(salon.pay(bill).key)
    assert (usual(wang.key), usual(None)) == ("9", "")
    change_hands(salon.owner, sales[1], 1, "21", reason="mistyped", uid=new_uid())
    assert usual(wang.key) == "21", "as it was last said"
    change_hands(salon.owner, sales[1], 1, "9", reason="mistyped", uid=new_uid())
    gone = Stylist.get(Stylist.number == 9)
    switch_stylist(salon.owner, gone.key, version=gone.version, uid=new_uid())
    assert usual(wang.key) == "8"
