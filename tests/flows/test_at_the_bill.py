"""What a hurried cashier meets at the bill: goods by weight, held bills, a question typed over."""

from __future__ import annotations

import pytest

from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import APPLES, COLA, WATER
from tests.flows.till import Till
from tui.desk.frame import ASKED

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


@pytest.mark.row("ORD-26", "NFR-05")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_goods_by_weight_ask_for_it(floor: Floor, till: Counter, lang: str) -> None:
    term: Till = till(floor(language=lang), lang=lang)
    term.begin()
    term.scan(APPLES)
    term.see("Weight of {item}, in {unit}", item=APPLES.name, unit=APPLES.unit)
    # The next item is not the weight.
    term.scan(WATER)
    term.see_flat(term.w(ASKED, code=WATER.barcode))
    term.key("f12")
    term.calm()
    term.enter("1.284")
    term.wait_total("16.44")
    # Asked and not answered: nothing is rung.
    term.enter(APPLES.code)
    term.see("Weight of {item}, in {unit}", item=APPLES.name, unit=APPLES.unit)
    term.key("f12")
    term.calm()
    assert term.total == "16.44"
    term.enter(f"0.5*{APPLES.code}")
    term.wait_total("22.84")


def test_a_code_typed_at_a_grave_question_answers_nothing(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.key("f12")
    term.see("Cancel the whole bill of {amount}?", amount="5.50")
    term.enter("10001")
    term.calm()
    assert term.w("Cancel the whole bill of {amount}?", amount="5.50") in term.text()
    term.key("f12")
    term.see("Cancel the whole bill of {amount}?", amount="5.50", gone=True)
    assert term.total == "5.50"
    # Pressed again with nothing typed, it does what it says.
    term.key("f12")
    term.see("Cancel the whole bill of {amount}?", amount="5.50")
    term.key("enter")
    term.see("The bill was cancelled.")


def test_held_bills_are_known_by_their_first_item(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    for first, second in ((WATER, COLA), (COLA, COLA)):
        term.scan(first, second)
        term.calm()
        term.key("f5")
        term.wait_total("0.00")
    term.key("f8")
    term.see("Which bill?")
    shown = term.text()
    assert f"{WATER.name} +1" in shown and "5.50" in shown
    assert COLA.name in shown and "7.00" in shown


def test_in_a_window_too_small_to_read_nothing_is_done(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.key("f9")
    term.see("Payment")
    term.resize(60, 20)
    term.wait("60")
    term.calm()
    term.key("enter")
    term.calm()
    term.resize(80, 24)
    term.see("Payment")
    assert term.total == "2.00"
