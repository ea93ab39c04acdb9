"""What a price is made of, as the customer's slip tells it: the price of members, promotions, a
coupon, a price by hand, the discount of the bill; who served; what the customer paid last time; and
what the drawer gives and takes beside sales. By keys and scans, the slips read from the paper.
"""

from __future__ import annotations

import pytest

from models.base.rates import Rate
from models.goods.goods import Goods
from models.goods.records import save_goods
from models.ledger.daily.till_events import TillEvent
from models.ledger.proving import proof
from models.people.records import save_person
from models.selling.promotion_rows import save_promotion
from models.trust.operation import new_uid
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import COLA, MANAGER, MANAGER_PASSWORD, NOODLES, TISSUES, WATER
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.till import Till, books_of, owner_of
from tests.peers.printers import RunningPeer
from tests.stores import yuan

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]
PAPERS = 4


def _promoted(folder: object) -> None:
    """A member's price, two and one free, and a coupon; and the customer."""
    with owner_of(folder) as owner:  # type: ignore[arg-type]
        goods = {of.code: Goods.get(Goods.code == of.code) for of in (WATER, TISSUES)}
        tissues = goods[TISSUES.code]
        save_goods(owner, tissues.key, version=tissues.version, member_price=yuan("9.00"),
                   uid=new_uid())  # fmt: skip
        for name, kind, more in (
            ("会员价", "of list", {"price_list": "member_price", "for_named": True}),
            ("买二送一", "buy get", {"buy": 2, "more": 1, "rate": Rate.percent("100"),
                                     "goods": [{"goods": goods[WATER.code].key}]}),
            ("新客立减", "spend", {"from_amount": yuan("20"), "amount": yuan("5"),
                                   "code": "XIN5", "is_combined": True, "uses": 1}),
        ):  # fmt: skip
            save_promotion(owner, None, name=name, kind=kind, uid=new_uid(), **more)  # type: ignore[arg-type]
        save_person(owner, None, name="王芳", phone="", uid=new_uid())


@pytest.mark.row("MKT-04", "ORD-05", "ORD-11", "ORD-12", "TIL-02", "TIL-03", "NFR-05")
def test_a_bill_of_every_price(floor: Floor, till: Counter, peer: object) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    _promoted(folder)
    one: Till = till(folder)
    one.begin()
    _hold_one_with_the_coupon(one)
    _sell_by_every_price(one)
    _sell_without_the_coupon(one)
    _sell_to_her_again(one)
    _move_cash(one)
    _look_at_the_exceptions(one)
    slips = printed_by(printer, one, PAPERS)
    one.kill()

    with books_of(folder):
        events = [event.kind for event in TillEvent.select().order_by(TillEvent.key)]
        assert events.count("void line") == 1, events
        assert not [str(each) for each in proof.verify()]
    _check_slips(slips)


def _ring(one: Till, piece: object, total: str) -> None:
    one.scan(piece)  # type: ignore[arg-type]
    one.wait_total(total)
    one.pump(0.15)


def _hold_one_with_the_coupon(one: Till) -> None:
    """29.70 less 5.00 wait, and the coupon is good for one bill."""
    one.type("3*")
    _ring(one, TISSUES, "29.70")
    one.enter("xin5")
    one.wait_total("24.70")
    one.key("f5")
    one.wait_total("0.00")


def _sell_without_the_coupon(one: Till) -> None:
    """It is told before anybody pays, and a scan of it takes it off; she does not want them so."""
    one.key("f8")
    one.wait_total("24.70")
    one.key("f9")
    one.see_flat(one.w("refusal.CouponUsed", coupon="新客立减", uses=1))
    one.key("f12")
    one.calm()
    one.enter("xin5")
    one.see_flat(one.w("refusal.CouponSpent", coupon="新客立减", uses=1))
    one.wait_total("29.70")
    one.key("f12")
    one.key("ctrl+x")
    one.see("Cancel the whole bill of {amount}?", amount="29.70")
    one.key("delete")
    one.wait_total("0.00")


def _sell_by_every_price(one: Till) -> None:
    """Three for two of water, tissues at the price of members, a cola at 3.00, 5.00 off by a coupon
    and 5 per cent off the bill: 4.00 + 9.00 + 3.00 + 9.00 = 25.00, 20.00, 19.00.
    """
    one.type("3*")
    _ring(one, WATER, "4.00")
    _ring(one, TISSUES, "13.90")
    one.choose_customer("wf", "王芳")
    one.wait_total("13.00")
    _ring(one, COLA, "16.50")
    one.key(".")
    one.enter("3")
    one.approve("压扁了")
    one.wait_total("16.00")
    one.type("2*")
    _ring(one, NOODLES, "25.00")
    one.enter("xin5")
    one.wait_total("20.00")
    one.key("f4")
    one.see("Who serves?")
    one.enter("小王")
    one.calm()
    one.key("f6")
    one.see_flat(one.w("Discount on the bill"))
    one.type("95")
    one.see("leaves {amount}", amount="19.00")
    one.key("enter")
    one.wait_total("19.00")
    one.key("f9")
    one.see("Ways to pay")
    one.enter("20")
    one.wait_paid()
    assert one.total == "1.00"


def _sell_to_her_again(one: Till) -> None:
    """What she paid last, less the 5 per cent of the bill, is told; the water was a mistake."""
    _ring(one, WATER, "2.00")
    one.key("delete")
    one.wait_total("0.00")
    one.choose_customer("wf", "王芳")
    _ring(one, COLA, "3.50")
    one.see("{item}: last paid {price} on {day}", item=COLA.name, price="2.85", day=one.day)
    one.pay_exact()


def _move_cash(one: Till) -> None:
    """50.00 of small change in, 20.00 out for stamps."""
    for choice, amount, why in (("Cash in", "50", "换零钱"), ("Cash out", "20", "买邮票")):
        one.key("ctrl+d")
        one.see(choice)
        one.enter("1" if choice == "Cash in" else "2")
        one.see("{what}: how much?", what=one.w(choice))
        one.enter(amount)
        one.see("Reason")
        one.enter(why)
        one.approve(why)
        one.see_flat(f"{one.w(choice)} {amount}.00")


def _look_at_the_exceptions(one: Till) -> None:
    """The owner sees what the promotions gave, and what the cashier did besides selling."""
    one.key("f3")
    one.see("Home")
    one.switch_user(MANAGER, MANAGER_PASSWORD)
    one.see("Home")
    one.enter("40")
    one.see("Effect of promotions")
    shown = one.text()
    assert all(name in shown for name in ("会员价", "买二送一", "新客立减")), shown
    assert all(given in shown for given in ("0.90", "2.00", "5.00")), shown
    one.key("f3")
    one.see("Home")
    one.enter("47")
    one.wait("改价")
    rows = one.text().splitlines()
    changed, removed = (next(row for row in rows if what in row) for what in ("改价", "删行"))
    assert changed.split()[-2:] == ["1", "-0.50"] and removed.split()[-2:] == ["1", "2.00"]


def _check_slips(slips: list[ReadSlip]) -> None:
    """What the customer tore off says how each amount came about."""
    first, again, into, out = slips
    assert [first.beside(of) for of in ("单号", "营业员", "客户")] == ["S01-000001", "小王", "王芳"]
    assert [first.numbers_of(of.name) for of in (WATER, TISSUES, COLA, NOODLES)] == [
        ["3", "2.00", "3.09"], ["1", "9.90", "6.95"], ["1", "3.50", "3.00"], ["2", "4.50", "6.96"],
    ]  # fmt: skip
    # A price by hand takes no promotion; the coupon's 5.00 are spread over the rest.
    notes = [line.strip() for line in first.lines if line.startswith("  ") and " -" in line]
    assert notes == [
        "买二送一 -2.00", "新客立减 -0.91", "会员价 -0.90", "新客立减 -2.05", "折扣 -0.50",
        "新客立减 -2.04",
    ]  # fmt: skip
    assert [first.beside(of) for of in ("小计", "合计", "件数", "现金", "找零")] == [
        "20.00", "19.00", "7", "20.00", "1.00",
    ]  # fmt: skip
    assert ["折扣", "-1.00"] in [line.split() for line in first.lines]
    assert first.numbers_of("13%")[-2:] == ["16.81", "2.19"]
    assert (again.beside("单号"), again.beside("合计")) == ("S01-000002", "3.50")
    assert [(slip.lines[1].strip(), slip.beside("金额")) for slip in (into, out)] == [
        ("现金存入", "50.00"), ("现金支出", "20.00"),
    ]  # fmt: skip
    assert "事由：换零钱" in into.text and "事由：买邮票" in out.text
