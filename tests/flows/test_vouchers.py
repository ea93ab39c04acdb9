"""Vouchers and store credit with keys and scans only, and the cards that paid too much."""

from __future__ import annotations

import pytest

from models.ledger.proving import proof
from models.members.lots import Lot
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import NOODLES, TISSUES
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer

pytestmark = [pytest.mark.terminal, pytest.mark.row("TIL-01", "NFR-05")]
CARD_NUMBER = "9900000000004"


def to_payment(one: Till, piece: object, total: str) -> None:
    one.scan(piece)  # type: ignore[arg-type]
    one.wait_total(total)
    one.pump(0.15)
    one.key("enter")
    one.see("Ways to pay")
    one.calm()


def test_a_voucher_is_sold_used_and_money_stays_as_credit(
    floor: Floor, till: Counter, peer: object
) -> None:
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    one: Till = till(folder)
    one.sign_in()
    one.open_shift()
    # A printed card of 10.00, paid with 20.00.
    one.key("f10")
    one.calm()
    one.enter("87")
    one.see("What is the voucher worth?")
    one.enter("10")
    one.see_flat(one.w("Voucher of {amount}: scan a card, or Enter alone: a new number",
                       amount="10.00"))  # fmt: skip
    one.scan(CARD_NUMBER)
    one.see("Ways to pay")
    one.wait_total("10.00")
    one.enter("20")
    one.see("Give {change} change.", change="10.00")
    one.key("enter")
    one.calm()
    # It pays 4.50 of noodles by a scan, and what is left of tissues; the rest is cash.
    to_payment(one, NOODLES, "4.50")
    one.scan(CARD_NUMBER)
    one.received("礼券", "4.50", "{tender} {amount}: take it off?")
    one.wait_paid()
    # The customer asks what is left.
    one.see_flat("礼券 4.50 " + one.w("({amount} left)", amount="5.50"))
    to_payment(one, TISSUES, "9.90")
    one.scan(CARD_NUMBER)
    one.received("礼券", "5.50", "{tender} {amount}: take it off?")
    one.wait_total("4.40")
    one.pump(0.15)
    one.key("enter")
    one.wait_paid()
    # Nothing is on it any more.
    to_payment(one, NOODLES, "4.50")
    one.scan(CARD_NUMBER)
    one.see_flat("只剩 0.00")
    one.key("f12", "enter")
    one.wait_paid()
    # What was paid in cash stays as credit: / before the reason.
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.scan("S01000003")
    one.see("Can return")
    one.type("+")
    one.calm()
    one.key("enter")
    one.see("Give back {amount}. Why?", amount="4.50")
    one.key("/")
    one.see_flat("退货余额 4.50")
    one.key("2")
    one.see("{tender} {amount}: put it back?", tender="退货余额", amount="4.50")
    one.key("enter")
    one.wait_paid()
    # A card took 5.50 for 4.50: the rest goes back in cash, and stands as change.
    to_payment(one, NOODLES, "4.50")
    one.type("5.5")
    one.key("f4")
    one.received("微信", "5.50")
    one.see("{amount} was paid too much. How does it go back?", amount="1.00")
    one.key("enter")
    one.wait_paid()
    one.wait_total("1.00")
    slips = printed_by(printer, one, 8)
    one.close()
    _check_slips(slips)
    with books_of(folder):
        lots = [(lot.kind, str(lot.value), str(lot.rest)) for lot in Lot.select().order_by(Lot.key)]
        assert lots == [("gift voucher", "10.00", "0.00"), ("store credit", "4.50", "4.50")]
        assert not proof.verify()


def _check_slips(slips: list[ReadSlip]) -> None:
    """What is left of the voucher stands on each; the credit is a paper of its own."""
    card, sold, used, emptied, plain, credit, back, wechat = slips
    assert [card.beside(of) for of in ("编号", "价值", "余额", "单号")] == [
        CARD_NUMBER, "10.00", "10.00", "Q01-000001",
    ]  # fmt: skip
    assert [sold.beside(of) for of in ("单号", "合计", "现金", "找零")] == [
        "Q01-000001", "10.00", "20.00", "10.00",
    ]  # fmt: skip
    assert [used.beside(of) for of in ("合计", "礼券", "编号", "余额")] == [
        "4.50", "4.50", "…0004", "5.50",
    ]  # fmt: skip
    assert [emptied.beside(of) for of in ("合计", "礼券", "余额", "现金")] == [
        "9.90", "5.50", "0.00", "4.40",
    ]  # fmt: skip
    assert (plain.beside("现金"), "礼券" in plain.text) == ("4.50", False)
    assert [credit.beside(of) for of in ("价值", "余额", "单号")] == ["4.50", "4.50", "R01-000001"]
    assert [back.beside(of) for of in ("单号", "原单号", "退款 退货余额", "余额")] == [
        "R01-000001", "S01-000003", "-4.50", "4.50",
    ]  # fmt: skip
    assert credit.beside("编号")[-4:] == back.beside("编号")[-4:]
    assert [wechat.beside(of) for of in ("合计", "微信", "现金")] == ["4.50", "5.50", "-1.00"]
