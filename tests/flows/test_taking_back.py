"""Goods come back, are exchanged, and a sale is undone: by keys and scans, counted."""

from __future__ import annotations

import pytest

from models.base.quantity import Quantity
from models.goods.goods import Goods
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.ledger.ways.tenders import Payment
from models.shop.return_lines import ReturnLine
from models.stock.stock import stock_of
from tests.flows.conftest import Counter, Floor, printer_table
from tests.flows.counter_program import COLA, TISSUES, WATER
from tests.flows.slips_read import ReadSlip, printed_by
from tests.flows.test_budgets import at_most
from tests.flows.till import Till, books_of
from tests.peers.printers import RunningPeer
from tui.shop.coming_back import ALL_BACK, BILL_OPEN, NONE_CHOSEN

pytestmark = [pytest.mark.terminal, pytest.mark.row("ORD-18", "NFR-05")]


@pytest.mark.row("UIX-22")
def test_what_comes_back_is_given_back(
    floor: Floor, till: Counter, peer: object, capsys: pytest.CaptureFixture[str]
) -> None:
    """By the manager: a return from its slip, an exchange, a return without one, an undone sale."""
    printer: RunningPeer = peer()  # type: ignore[operator]
    folder = floor(printer=printer_table(printer))
    one: Till = till(folder)
    one.sign_in()
    one.open_shift()
    _sell(one, "9.00", WATER, COLA, COLA)
    with at_most(one, 5, "return 1 item from a scanned slip, cash back", capsys):
        one.key("ctrl+t")
        one.see("Return: which sale?")
        # One of another store is refused by its number, or differs in what stands above the goods.
        one.scan("S07000001")
        one.see_flat(one.w("refusal.BillUnknown", number="S07000001"))
        one.scan("S01000001")
        one.see("Can return")
        assert "王店长 售出，合计 9.00，请与小票核对" in one.text()
        # The cursor is on the water: one of it.
        one.type("+")
        one.calm()
        one.key("enter")
        one.see("Give back {amount}. Why?", amount="2.00")
        one.key("2")
        _see_given(one, "R01-000001", "2.00")

    one.scan(TISSUES)
    one.wait_total("9.90")
    one.pump(0.15)
    with at_most(one, 6, "exchange of 1 item, the difference in exact cash", capsys):
        one.key("ctrl+t")
        one.see("Return: which sale?")
        one.scan("S01000001")
        one.see("Can return")
        one.scan(COLA)
        one.calm()
        one.pump(0.15)
        one.key("enter")
        one.see("Exchange: {amount} to pay. Why?", amount="6.40")
        one.key("3")
        one.see("Ways to pay")
        one.wait_total("6.40")
        one.key("enter")
        one.wait_paid()

    one.scan(WATER)
    one.wait_total("2.00")
    one.pump(0.15)
    _undo_nothing_over_a_bill(one)
    _without_slip(one)
    one.see("To pay out")
    one.key("enter")
    _see_given(one, "R01-000002", "2.00")

    _sell(one, "3.50", COLA)
    with at_most(one, 2, "a wrong sale undone, with its reason", capsys):
        one.key("ctrl+y")
        one.see("Undo the sale {bill} of {amount}? Why?", bill="S01-000003", amount="3.50")
        one.key("1")
        _see_given(one, "S01-000003", "3.50", "Undone: {number}")
    slips = printed_by(printer, one, 6)
    one.key("f3")
    one.leave_program()
    _check_slips(slips)
    with books_of(folder):
        assert [document.label for document in Document.select().where(Document.kind == "void")]
        found = {one.reason: one.is_scrapped for one in ReturnLine.select()}
        assert found == {"unwanted": False, "mixed up": False, "damaged": True, "mistyped": False}
        water = Goods.get(Goods.code == WATER.code)
        # Sold one, one is back, and one that came without a slip is scrap.
        assert stock_of(water.key).quantity == Quantity.of(500)
        assert not [str(each) for each in proof.verify()]


def _undo_nothing_over_a_bill(one: Till) -> None:
    """The undone sale would stand where the bill stands, which nobody would see again."""
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.key("enter")
    one.see("Can return")
    one.key("enter")
    one.see_flat(one.w(NONE_CHOSEN))
    one.key("delete")
    one.see_flat(one.w(BILL_OPEN))
    _leave_return(one)
    assert one.total == "2.00"


def _leave_return(one: Till) -> None:
    """The first F12 puts away what was told."""
    one.key("f12")
    one.pump(0.3)
    one.key("f12")
    one.see("Can return", gone=True)


def _check_slips(slips: list[ReadSlip]) -> None:
    """Each says which bill it is about, why, and what was given for what."""
    sold, back, exchanged, unslipped, mistyped, undone = slips
    assert (sold.beside("单号"), sold.beside("合计")) == ("S01-000001", "9.00")
    assert [back.beside(of) for of in ("单号", "原单号", "事由", "合计", "退款 现金")] == [
        "R01-000001", "S01-000001", "顾客不想要了", "-2.00", "-2.00",
    ]  # fmt: skip
    assert back.numbers_of(WATER.name) == ["-1", "2.00", "-2.00"]
    assert back.numbers_of("13%")[-2:] == ["-1.77", "-0.23"]
    assert [exchanged.beside(of) for of in ("单号", "原单号", "事由", "合计", "现金")] == [
        "S01-000002", "S01-000001", "拿错商品", "6.40", "6.40",
    ]  # fmt: skip
    assert exchanged.numbers_of(COLA.name) == ["-1", "3.50", "-3.50"]
    assert exchanged.numbers_of(TISSUES.name) == ["1", "9.90", "9.90"]
    assert [unslipped.beside(of) for of in ("单号", "事由", "退款 现金")] == [
        "R01-000002", "商品损坏或有瑕疵", "-2.00",
    ]  # fmt: skip
    assert "原单号" not in unslipped.text
    assert mistyped.beside("单号") == "S01-000003"
    assert [undone.beside(of) for of in ("原单号", "事由", "合计", "退款 现金")] == [
        "S01-000003", "录入错误", "-3.50", "-3.50",
    ]  # fmt: skip


def test_a_cashier_is_asked_for_the_manager(floor: Floor, till: Counter) -> None:
    """Money goes out only with the right to it; F12 goes back step by step and leaves nothing."""
    folder = floor()
    one: Till = till(folder)
    one.begin()
    _sell(one, "2.00", WATER)
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.key("enter")
    one.see("Can return")
    one.type("2")
    one.key("enter")
    one.see_flat("可退 1，不能退 2")
    one.key("f12")
    # Nobody gives the right: back to what comes back, and F12 leaves nothing with the next bill.
    one.type("1")
    one.key("enter")
    one.key("enter")
    one.see("Give back {amount}. Why?", amount="2.00")
    one.key("2")
    one.see("Who approves? The number")
    one.key("f12")
    one.see("Can return")
    # The first F12 puts away what was told.
    _leave_return(one)
    one.see("Goods are coming back with this bill.", gone=True)
    one.key("ctrl+y")
    one.see("Undo the sale {bill} of {amount}? Why?", bill="S01-000001", amount="2.00")
    one.key("5")
    one.see("In words, and Enter:")
    one.key("f12")
    one.see("In words, and Enter:", gone=True)
    one.key("5")
    one.see("In words, and Enter:")
    one.enter("扫错")
    one.approve()
    _see_given(one, "S01-000001", "2.00", "Undone: {number}")
    one.key("ctrl+y")
    one.see("Nothing was sold in this shift that can be undone.")
    # Nor does it come back once more.
    one.key("ctrl+t")
    one.see("Return: which sale?")
    one.enter("1")
    one.see("Can return")
    one.key("enter")
    one.see_flat(one.w(ALL_BACK))
    _leave_return(one)

    # Without a slip by WeChat: the manager first, once, and then whether it is out. What is out
    # stays with the bill, and is gone on with.
    one.scan(WATER)
    one.wait_total("2.00")
    one.pump(0.15)
    _without_slip(one)
    one.approve()
    one.see("To pay out")
    one.type("1.5")
    one.key("f4")
    one.see("{tender} {amount} paid out?", tender=one.w("WeChat"), amount="1.50")
    one.key("enter")
    one.wait_total("0.50")
    one.key("f3")
    one.see("Paid out so far {amount}", amount="1.50")
    one.key("ctrl+t")
    one.see("Ways to pay out")
    one.key("enter")
    _see_given(one, "R01-000001", "2.00")
    one.see("Total {amount}", amount="2.00")
    one.kill()
    with books_of(folder):
        assert Document.get(Document.kind == "void").note == "扫错"
        back = Document.get(Document.kind == "return")
        paid = [str(row.amount) for row in Payment.select().where(Payment.document == back.key)]
        assert paid == ["-1.50", "-0.50"]
        assert not [str(each) for each in proof.verify()]


def _without_slip(till: Till) -> None:
    till.key("ctrl+t")
    till.see("Return: which sale?")
    till.key("f4")
    till.see("Without a slip: all on this bill comes back, {amount}. Why?", amount="2.00")
    till.key("1")


def _sell(till: Till, total: str, *pieces: object) -> None:
    till.scan(*pieces)  # type: ignore[arg-type]
    till.wait_total(total)
    till.pay_exact()


def _see_given(till: Till, number: str, amount: str, told: str = "Given back: {number}") -> None:
    till.wait(till.w(told, number=number))
    till.see("Given back")
    till.wait_total(amount)
