"""A bill shown before it is paid, opened again after it, invoiced, given back by nothing typed; and
the ways to pay of every day that are no cash: by keys and scans, the slips read from the paper.
"""

from __future__ import annotations

import pytest

from models.base.cost import UnitCost
from models.ledger.daily.till_events import TillEvent
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import Folio, open_folio
from models.ledger.proving import proof
from models.ledger.ways.tenders import Payment, save_tender
from models.people.records import save_person
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import CNY, COLA, NOODLES, TISSUES, WATER
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.till import Till, books_of, owner_of
from tests.peers.printers import RunningPeer
from tests.stores import yuan
from tui.shop.coming_back import NOT_SOLD

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(240)]
DEAL, DOLLARS, PAPERS = 20, 21, 11


def _of_every_day(folder: object) -> None:
    """A customer with an account that keeps small change, coupons of a platform, dollars."""
    with owner_of(folder) as owner:  # type: ignore[arg-type]
        who = save_person(owner, None, name="王芳", phone="", uid=new_uid())
        open_folio(owner, kind=COMPANY, name="王芳", limit=yuan("50"), owner=who.key, uid=new_uid())
        change_settings(owner, {"cash.keep_below": 100, "shift.handover_slip": True}, uid=new_uid())
        for number, name, kind, more in (
            (DEAL, "团购券", "platform", {}),
            (DOLLARS, "美元", "foreign", {"foreign": "USD", "rate": UnitCost.parse("7", CNY)}),
        ):
            save_tender(
                owner, None, version=0, number=number, name_zh=name, name_en=name, kind=kind,
                uid=new_uid(), **more,  # type: ignore[arg-type]
            )  # fmt: skip


@pytest.mark.row("UIX-22", "ORD-16", "H-4", "H-5", "TIL-01", "TIL-03", "NFR-05")
def test_bills_are_shown_opened_again_invoiced_and_given_back(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    _of_every_day(folder)
    one: Till = till(folder)
    one.sign_in()
    one.open_shift()
    _show_before_it_is_paid(one)
    _keep_the_small_change(one)
    _open_again(one)
    _pay_by_every_way(one)
    _paid_otherwise(one)
    _ask_for_an_invoice(one)
    _scan_into_a_quantity(one)
    _give_back_by_nothing(one, "R01-000001", "0")
    _give_back_by_nothing(one, "R01-000002")
    _hand_over(one)
    slips = printed_by(printer, one, PAPERS)
    one.kill()

    with books_of(folder):
        assert Folio.get(Folio.name == "王芳").balance == yuan("5.00")
        paid = [(row.tender.kind, str(row.amount)) for row in Payment.select()]
        assert sorted(paid) == sorted([
            ("cash", "6.00"), ("account", "-0.50"), ("cash", "-5.50"), ("account", "5.50"),
            ("platform", "5.00"), ("foreign", "4.90"), ("cash", "2.00"), ("cash", "-2.00"),
            ("phone", "2.00"), ("cash", "-10.00"), ("cash", "-10.00"),
        ])  # fmt: skip
        assert TillEvent.select().where(TillEvent.kind == "no sale").count() == 1
        assert not [str(each) for each in proof.verify()]
    _check_slips(slips)


def _show_before_it_is_paid(one: Till) -> None:
    """5.50 of Wang Fang, printed with NOT PAID."""
    one.scan(WATER, COLA)
    one.wait_total("5.50")
    one.pump(0.15)
    one.choose_customer("wf", "王芳")
    one.key("ctrl+f")
    one.see("Printing.")


def _keep_the_small_change(one: Till) -> None:
    """10.00 for 5.50: 4.00 are given, 0.50 stay on her account."""
    one.key("f9")
    one.see("Ways to pay")
    one.enter("10")
    one.see_flat(one.w("{amount} of the change onto the account of {name}?", amount="0.50",
                       name="王芳"))  # fmt: skip
    one.key("enter")
    one.wait_paid()
    assert one.total == "4.00"


def _open_again(one: Till) -> None:
    """It was to go on her account: opened again, and charged."""
    one.key("ctrl+a")
    one.see("Open {bill} of {amount} again, to put it right? Why?", bill="S01-000001",
            amount="5.50")  # fmt: skip
    one.key("3")
    one.wait_total("5.50")
    one.see_flat(one.w("{bill} is undone: give back {amount} ({ways}), then sell it anew.",
                       bill="S01-000001", amount="5.50", ways="现金 5.50"))  # fmt: skip
    one.key("f12")
    one.key("f9")
    one.see("Ways to pay")
    one.key("f6")
    one.see("Which account?")
    one.key("enter")
    one.received(one.w("On account"), "5.50", "{tender} {amount}: charge it?")
    one.wait_paid()


def _pay_by_every_way(one: Till) -> None:
    """9.90: a coupon of a platform for 5.00, and a dollar at 7, of which 2.10 are change."""
    one.scan(TISSUES)
    one.wait_total("9.90")
    one.pump(0.15)
    one.key("f9")
    one.see("Ways to pay")
    one.type("5")
    one.key("/")
    one.see("How is it paid?")
    one.enter(str(DEAL))
    one.see("{tender}: its code", tender="团购券")
    one.enter("MT889900")
    one.received("团购券", "5.00")
    one.wait_total("4.90")
    one.type("1")
    one.key("/")
    one.see("How is it paid?")
    one.enter(str(DOLLARS))
    one.see("{code} {amount} at {rate}?", code="USD", amount="1.00", rate="7.00")
    one.key("enter")
    one.wait_paid()
    assert one.total == "2.10"


def _paid_otherwise(one: Till) -> None:
    """Booked as cash, paid by WeChat: nothing is undone, and nothing printed."""
    one.scan(WATER)
    one.wait_total("2.00")
    one.pay_exact()
    one.key("ctrl+a")
    one.see("Open {bill} of {amount} again, to put it right? Why?", bill="S01-000004",
            amount="2.00")  # fmt: skip
    one.key("3")
    one.see("{bill}: how was {amount} paid in truth?", bill="S01-000004", amount="2.00")
    one.enter("微信")
    one.received(one.w("WeChat"), "2.00")
    one.see_flat(one.w("{bill} is booked as paid by {tender}. Ctrl+R prints its slip.",
                       bill="S01-000004", tender=one.w("WeChat")))  # fmt: skip
    # The sale that still stands there says it too.
    one.see_flat(f"{one.w('WeChat')} 2.00")


def _ask_for_an_invoice(one: Till) -> None:
    one.key("f3")
    one.see("Home")
    one.enter("18")
    one.see("Find a bill")
    one.enter("3")
    one.see("Sold bill")
    one.key("f4")
    one.see("Invoice title")
    one.enter("李雷")
    one.see("Which invoice?")
    one.key("enter")
    one.see("Printing.")
    one.key("f12")
    one.enter("11")
    one.wait(one.w("Next customer, please."))


def _scan_into_a_quantity(one: Till) -> None:
    """What was not sold on the bill is refused aloud, and its digits are no quantity."""
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.scan("S01000003")
    one.see("Can return")
    one.type("1")
    bells = one.bells
    one.scan(NOODLES)
    one.see_flat(one.w(NOT_SOLD, code=NOODLES.barcode))
    assert one.bells > bells
    one.key("f12")
    one.pump(0.3)
    one.key("f12")
    one.see("Can return", gone=True)


def _give_back_by_nothing(one: Till, number: str, *typed: str) -> None:
    """A bill of -10.00: Enter alone, and 0 and Enter, both give back 10.00."""
    one.type("5*")
    one.scan(WATER)
    one.wait_total("10.00")
    one.pump(0.15)
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.key("f4")
    one.see("Without a slip: all on this bill comes back, {amount}. Why?", amount="10.00")
    one.key("2")
    one.see("To pay out")
    one.wait_total("10.00")
    for text in typed:
        one.type(text)
    one.key("enter")
    one.wait(one.w("Given back: {number}", number=number))
    one.wait_total("10.00")


def _hand_over(one: Till) -> None:
    """The drawer is opened for nothing, with its reason; 278.40 and a dollar are counted."""
    one.key("ctrl+o")
    one.see("Why is the drawer opened?")
    one.enter("换零钱")
    one.key("f3")
    one.see("Home")
    one.enter("14")
    one.see("Close the shift")
    for pieces in ("2", "1", "1", "0", "1", "3", "0", "4"):
        one.enter(pieces)
    one.wait_total("278.40")
    one.key("f9")
    one.see("{code} in the drawer: how much? 0: none", code="USD")
    one.enter("1")
    one.see("The drawer is right.")
    one.key("enter")
    one.see("Shift closed: {number}", number="Z01-00001")
    one.see("Home")


def _check_slips(slips: list[ReadSlip]) -> None:
    """What the customers tore off, and what the office has."""
    held, first, undone, charged, mixed, _plain, invoice, *back, z, handed = slips
    assert held.text.count("** 未结帐 **") == 2 and "S01" not in held.text
    assert (held.beside("合计"), held.beside("件数"), held.beside("客户")) == ("5.50", "2", "王芳")
    assert [first.beside(of) for of in ("单号", "现金", "存零", "找零")] == [
        "S01-000001", "10.00", "0.50", "4.00",
    ]  # fmt: skip
    assert [undone.beside(of) for of in ("原单号", "事由", "合计", "退款 现金")] == [
        "S01-000001", "收款方式选错", "-5.50", "-5.50",
    ]  # fmt: skip
    assert undone.numbers_of(COLA.name) == ["-1", "3.50", "-3.50"]
    assert [charged.beside(of) for of in ("单号", "挂账", "账户")] == ["S01-000002", "5.50", "王芳"]
    assert "签字" in charged.text and "签字" not in first.text
    assert [mixed.beside(of) for of in ("团购券", "美元", "参考号", "找零")] == [
        "5.00", "7.00", "USD 1.00 x 7.00", "2.10",
    ]  # fmt: skip
    assert [invoice.beside(of) for of in ("单号", "类型", "发票抬头", "应开金额")] == [
        "S01-000003", "普通发票", "李雷", "9.90",
    ]  # fmt: skip
    assert invoice.numbers_of("13%")[-2:] == ["8.76", "1.14"]
    assert [(slip.beside("单号"), slip.beside("退款 现金")) for slip in back] == [
        ("R01-000001", "-10.00"), ("R01-000002", "-10.00"),
    ]  # fmt: skip
    assert [z.beside(of) for of in ("净销售额", "无交易开箱", "应有现金", "实点现金")] == [
        "-2.60", "1", "278.40", "278.40",
    ]  # fmt: skip
    assert [z.numbers_of(of)[:2] for of in ("现金", "微信", "挂账", "团购券", "美元")] == [
        ["6", "-19.50"], ["1", "2.00"], ["2", "5.00"], ["1", "5.00"], ["1", "4.90"],
    ]  # fmt: skip
    assert (handed.beside("实点"), handed.beside("外币现金 USD")) == ("278.40", "1.00")
