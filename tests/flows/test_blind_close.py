"""The close of a shift at the terminal: blind until the count is stored, then one panel."""

from __future__ import annotations

import pytest

from models.ledger.daily.shifts import CashCount, Shift
from models.ledger.daily.till_events import TillEvent
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import NOODLES
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120), pytest.mark.row("TIL-02")]


def ready_to_close(term: Till) -> None:
    """A float of 300.00 and a cash sale of 4.50."""
    term.begin()
    term.scan(NOODLES)
    term.wait_total("4.50")
    term.pay_exact()
    term.key("f3")
    term.see("Home")
    term.enter("14")
    term.see("Close the shift")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_is_told_before_a_count_and_digits_are_no_reason(
    floor: Floor, till: Counter, lang: str
) -> None:
    folder = floor(lang)
    term: Till = till(folder, lang=lang)
    ready_to_close(term)
    for key in ("f9", "+"):
        term.key(key)
        term.see_flat(term.w("refusal.CountEmpty"))
        assert "304.50" not in term.text()
        term.key("f12")
        term.calm()
    term.enter("3")
    term.key("f9")
    term.see("Close the shift?")
    assert all(text in term.text() for text in ("304.50", "300.00", term.w("Short")))
    # Somebody goes on counting: no digits, and no Enter behind them, close anything.
    term.enter("4500")
    term.calm()
    term.key("down")
    term.enter("12")
    term.calm()
    term.see("Close the shift?")
    term.scan(NOODLES)
    term.calm()
    term.see("Close the shift?")
    # Back to the count, one more coin, and once more: each count is kept.
    term.key("f12")
    term.see("Close the shift?", gone=True)
    term.key("up")
    for _ in range(5):
        term.key("down")
    term.calm()
    term.enter("4")
    term.key("f9")
    term.see("Close the shift?")
    assert all(text in term.text() for text in ("304.00", "0.50"))
    term.see("count {number}", number=2)
    # Enter alone closes nothing while it is short, and a reason of digits is none.
    term.key("enter")
    term.see_flat(term.w("Choose why with ↑↓, or press F12 to count again."))
    term.key("up")
    term.key("enter")
    term.see("Why is the drawer over or short?")
    term.enter("500")
    term.see_flat(term.w("Say it in words: digits alone are no reason."))
    term.key("down")
    term.key("enter")
    term.see("Shift closed: {number}", number="Z01-00001")
    term.kill()
    with books_of(folder):
        shift = Shift.get()
        assert (str(shift.counted), str(shift.expected)) == ("304.00", "304.50")
        assert shift.reason == term.w("Wrong change was given")
        kept = CashCount.select(CashCount.attempt).where(~CashCount.is_opening).distinct()
        assert sorted(row.attempt for row in kept) == [1, 2]
        assert TillEvent.select().where(TillEvent.kind == "count").count() == 2


def test_a_counted_drawer_goes_on_where_it_was(floor: Floor, till: Counter) -> None:
    """After a power cut, or when somebody left: to close it, or to count again."""
    folder = floor()
    term: Till = till(folder)
    ready_to_close(term)
    term.enter("0")
    term.key("f9")
    term.see("Close the shift?")
    term.kill()
    again: Till = till(folder)
    again.sign_in()
    again.enter("14")
    again.see("Close the shift?")
    assert all(text in again.text() for text in ("304.50", "0.00", "304.50"))
    again.key("f12")
    again.see("Close the shift?", gone=True)
    for pieces in ("3", "0", "0", "0", "0", "4", "1"):
        again.enter(pieces)
    again.wait_total("304.50")
    again.key("f9")
    again.see("The drawer is right.")
    again.key("enter")
    again.see("Shift closed: {number}", number="Z01-00001")


def test_what_was_entered_is_taken_back_and_an_odd_float_is_asked_once(
    floor: Floor, till: Counter
) -> None:
    folder = floor()
    term: Till = till(folder)
    ready_to_close(term)
    for pieces in ("3", "0", "0", "0", "0", "4"):
        term.enter(pieces)
    term.wait_total("304.00")
    term.enter("9")
    term.wait_total("308.50")
    term.key("f12")
    term.wait_total("304.00")
    term.key("f12")
    term.wait_total("300.00")
    term.enter("4")
    term.enter("1")
    term.wait_total("304.50")
    term.key("f9")
    term.see("The drawer is right.")
    term.key("enter")
    term.see("Home")
    # 3,000.00 where 300.00 is usual; and the entry of the float is taken back as well.
    term.enter("11")
    term.see("Open the shift")
    term.wait_total("300.00")
    term.enter("30")
    term.wait_total("3000.00")
    term.key("f9")
    term.see("A float of {amount}?", amount="3000.00")
    term.key("f12")
    term.calm()
    term.key("f12")
    term.wait_total("300.00")
    term.enter("30")
    term.key("f9")
    term.see("A float of {amount}?", amount="3000.00")
    term.key("enter")
    term.wait(term.w("Next customer, please."))
    term.kill()
    with books_of(folder):
        assert [str(shift.float_amount) for shift in Shift.select()] == ["300.00", "3000.00"]
