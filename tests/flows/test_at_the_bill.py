"""What a hurried cashier meets at the bill: goods by weight, held bills, a question typed over."""

from __future__ import annotations

import pytest

from models.people.records import save_person
from models.trust.operation import Session, new_uid
from models.trust.sealed import Sealed
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import APPLES, COLA, MANAGER, TISSUES, WATER
from tests.flows.till import Till, books_of
from tui.desk.frame import ASKED

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


@pytest.mark.row("ORD-26", "NFR-05")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_goods_by_weight_ask_for_it(floor: Floor, till: Counter, lang: str) -> None:
    term: Till = till(floor(language=lang), lang=lang)
    # An English store names its units in English.
    unit = {"en": "kg", "zh": APPLES.unit}[lang]
    term.begin()
    term.scan(APPLES)
    term.see("Weight of {item}, in {unit}", item=APPLES.name, unit=unit)
    # The next item is not the weight.
    term.scan(WATER)
    term.see_flat(term.w(ASKED, code=WATER.barcode))
    term.key("f12")
    term.calm()
    term.enter("1.284")
    term.wait_total("16.44")
    # Asked and not answered: nothing is rung.
    term.enter(APPLES.code)
    term.see("Weight of {item}, in {unit}", item=APPLES.name, unit=unit)
    term.key("f12")
    term.calm()
    assert term.total == "16.44"
    term.enter(f"0.5*{APPLES.code}")
    term.wait_total("22.84")


def test_only_delete_cancels_a_bill_and_it_can_be_fetched_again(
    floor: Floor, till: Counter
) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER, COLA)
    term.wait_total("5.50")
    term.key("ctrl+x")
    term.see("Cancel the whole bill of {amount}?", amount="5.50")
    assert WATER.name in term.text()
    # A code, an Enter, what else is typed by somebody who looks at the goods.
    term.enter("10001")
    term.calm()
    assert term.w("Cancel the whole bill of {amount}?", amount="5.50") in term.text()
    term.key("f12")
    term.see("Cancel the whole bill of {amount}?", amount="5.50", gone=True)
    assert term.total == "5.50"
    term.key("ctrl+x")
    term.see("Cancel the whole bill of {amount}?", amount="5.50")
    term.key("delete")
    term.see("The bill was cancelled. F8 fetches it again today.")
    assert term.total == "0.00"
    term.key("f8")
    term.see("Which bill?")
    assert term.w("cancelled: {title}", title=WATER.name) in term.text()
    term.key("enter")
    term.wait_total("5.50")
    term.pay_exact()


def test_f12_takes_back_what_is_entered_and_nothing_else(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.type("3*")
    for _ in range(4):
        term.key("f12")
        term.calm()
    assert (term.total, term.w("Selling") in term.text()) == ("2.00", True)
    term.scan(COLA)
    term.wait_total("5.50")
    term.key("delete")
    term.wait_total("2.00")
    term.key("delete")
    term.wait_total("0.00")
    term.key("f12")
    term.calm()
    assert term.w("Selling") in term.text(), "it leaves no screen either"


def test_held_bills_are_known_by_their_first_item(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    for first, second in ((WATER, COLA), (COLA, COLA)):
        term.scan(first, second)
        term.calm()
        term.key("f5")
        term.wait_total("0.00")
    term.scan(TISSUES)
    term.wait_total("9.90")
    term.key("ctrl+x")
    term.see("Cancel the whole bill of {amount}?", amount="9.90")
    term.key("delete")
    term.wait_total("0.00")
    term.key("f8")
    term.see("Which bill?")
    shown = term.text()
    assert f"{WATER.name} +1" in shown and "5.50" in shown
    assert COLA.name in shown and "7.00" in shown
    assert shown.index("7.00") < shown.index("5.50"), "the newest is the first"
    assert shown.index("5.50") < shown.index("9.90"), "a cancelled one comes behind"


def test_a_held_bill_keeps_the_name_it_was_given(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    term.type("红帽子")
    term.key("f5")
    term.wait_total("0.00")
    term.scan(COLA)
    term.wait_total("3.50")
    # With a bill on the screen the two change places in one step.
    term.key("f8")
    term.wait_total("2.00")
    term.key("f8")
    term.wait_total("3.50")
    term.key("f5")
    term.wait_total("0.00")
    term.key("f8")
    term.see("Which bill?")
    assert "红帽子" in term.text() and COLA.name in term.text()


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


@pytest.mark.row("CUS-15", "CUS-43")
def test_a_bill_is_somebodys(floor: Floor, till: Counter) -> None:
    folder = floor()
    with books_of(folder):
        owner = Session(User.get(User.login == MANAGER).key, 1)
        save_person(
            owner, None, name="欧阳娜娜", phone=Sealed("13812345678"), wants="低糖", uid=new_uid()
        )
    term: Till = till(folder)
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    # The end of her phone is typed before it.
    term.choose_customer("5678", "欧阳娜娜")
    assert term.total == "2.00"
    term.pay_exact()
    # What she bought, and what she asks for, from the next bill of hers.
    term.key("f2")
    term.wait("欧阳娜娜")
    term.calm()
    term.key("enter")
    term.key("f2")
    term.see("No customer on this bill")
    term.key("1")
    term.wait(WATER.name)
    assert "低糖" in term.text() and "S01-000001" in term.text()
