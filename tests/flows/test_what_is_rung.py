"""What a code and the quantity before it ring, by keys and scans: prefixes that are spent, labels
that say themselves how much they are, codes of any signs, and what is not there.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base.money import Money
from models.base.quantity import Quantity
from models.goods.codes import check_digit
from models.goods.goods import Goods
from models.goods.records import add_barcode, save_goods
from models.selling.charges import ChargeLine
from models.trust import settings
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import (
    APPLES,
    CNY,
    COLA,
    LAST,
    MANAGER,
    MANAGER_PASSWORD,
    TISSUES,
    WATER,
)
from tests.flows.till import Till, books_of

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120), pytest.mark.row("TIL-02")]


def prepared(folder: Path, *, below_zero: str = "warn") -> Path:
    """Apples that the scale calls 00123, an item with letters in its code, a carton of cola."""
    with books_of(folder):
        owner = Session(User.get(User.login == MANAGER).key, 1)
        apples = Goods.get(Goods.code == APPLES.code)
        add_barcode(owner, apples.key, "00123", uid=new_uid())
        cola = Goods.get(Goods.code == COLA.code)
        add_barcode(owner, cola.key, "6909999000012", pack=Quantity.of(12), uid=new_uid())
        save_goods(
            owner, None, code="ABC-1234", name="样品 A", price=Money(500, CNY), uid=new_uid()
        )
        settings.store_value("stock.below_zero", below_zero)
    return folder


@pytest.fixture
def term(floor: Floor, till: Counter) -> Till:
    one: Till = till(prepared(floor()))
    one.begin()
    return one


def label(payload: str) -> str:
    return payload + check_digit(payload)


def test_a_quantity_is_spent_by_the_next_ring_whatever_it_is(term: Till) -> None:
    # By a scan.
    term.type("3*")
    term.scan(WATER)
    term.wait_total("6.00")
    term.scan(COLA)
    term.wait_total("9.50")
    # By F7: the scan behind it is not tripled.
    term.type("3*")
    term.key("f7")
    term.see("Find goods: name, initials, or code")
    term.type(TISSUES.code)
    term.wait(TISSUES.name)
    term.calm()
    term.key("enter")
    term.wait_total("39.20")
    term.scan(WATER)
    term.wait_total("41.20")
    # By a pack, and by a code that nobody knows.
    term.type("2*")
    term.scan("6909999000012")
    term.wait_total("125.20")
    term.type("4*")
    term.scan("6909999000098")
    term.see_flat(term.w("refusal.TimesSpent", code="6909999000098", quantity=4))
    term.key("f12")
    term.calm()
    term.scan(WATER)
    term.wait_total("127.20")
    # What stands before a payment is not the next customer's.
    term.type("5*")
    term.key("f9")
    term.see("Ways to pay")
    term.key("enter")
    term.wait_paid()
    term.scan(WATER)
    term.wait_total("2.00")


def test_a_label_with_its_own_amount_refuses_a_quantity_and_clears_it(term: Till) -> None:
    code = label("210012301234")
    term.type("3*")
    term.scan(code)
    term.see_flat(term.w("refusal.QuantityOnLabel", goods=APPLES.name, quantity="3"))
    assert term.total == "0.00"
    term.key("f12")
    term.scan(code)
    term.wait_total("12.34")
    term.scan(WATER)
    term.wait_total("14.34")


def test_an_exact_code_is_rung_before_a_search(term: Till) -> None:
    for typed in ("ABC-1234", "abc-1234"):
        term.enter(typed)
        term.wait(term.w("Lines {lines}, pieces {pieces}", lines=1, pieces=1)
                  if typed == "ABC-1234" else
                  term.w("Lines {lines}, pieces {pieces}", lines=1, pieces=2))  # fmt: skip
    term.wait_total("10.00")
    # The next scan is a scan, and no panel is in its way.
    term.scan(WATER)
    term.wait_total("12.00")
    term.enter("可口")
    term.see("Find goods: name, initials, or code")
    term.wait(f"1箱(12{COLA.unit})")
    term.key("f12")


def test_gs1_codes_are_known_by_their_symbology(term: Till) -> None:
    """The number alone in sixteen digits, and with a count; AIM ids reach what reads them."""
    gtin = f"0{WATER.barcode}"
    term.send(f"]C101{gtin}\r")
    term.wait_total("2.00")
    term.send(f"]C102{gtin}3724\r")
    term.wait_total("50.00")
    term.pump(0.15)
    term.enter(f"01{gtin}")
    term.wait_total("52.00")


def test_f7_begins_with_goods_before_anything_is_typed(term: Till) -> None:
    term.key("f7")
    term.see("Find goods: name, initials, or code")
    term.wait(WATER.name)
    term.key("enter")
    term.wait_total("2.00")


def test_a_quantity_far_off_the_usual_is_asked_once(term: Till) -> None:
    term.enter(f"100*{WATER.code}")
    term.see_flat(term.w("{quantity} {unit} of {item}, usually {usual}? Type it again",
        quantity="100", unit=WATER.unit, item=WATER.name[:7], usual="1")[:6])  # fmt: skip
    # A bare Enter takes nothing, a scan is no answer.
    term.key("enter")
    term.calm()
    assert term.total == "0.00"
    term.enter(f"100*{WATER.code}")
    term.wait("100瓶")
    term.enter("10")
    term.wait_total("20.00")
    term.key("*")
    term.see("Quantity of {item}", item=WATER.name)
    term.enter("100")
    term.wait("100瓶")
    term.enter("100")
    term.wait_total("200.00")


def test_what_is_not_there_is_warned_of_on_the_line(term: Till) -> None:
    term.scan(LAST)
    term.wait_total("88.00")
    assert term.w("In stock: {stock}", stock="1") not in term.text()
    term.scan(LAST)
    term.wait_total("176.00")
    term.see("In stock: {stock}", stock="1")
    assert f"▲ {LAST.name}" in term.text()
    term.key("-")
    term.wait_total("88.00")
    term.see("In stock: {stock}", stock="1", gone=True)


def test_what_is_not_there_is_refused_when_it_is_rung(floor: Floor, till: Counter) -> None:
    """And an owner who has no override PIN lets it go by his password."""
    folder = prepared(floor(), below_zero="refuse")
    with books_of(folder):
        User.update(override_hash="").where(User.login == MANAGER).execute()

    term: Till = till(folder)
    term.begin()
    term.scan(LAST)
    term.wait_total("88.00")
    term.scan(LAST)
    term.see_flat(term.w("Who approves? The number"))
    term.wait(LAST.name)
    term.key("f12")
    term.see_flat(term.w("refusal.OutOfStock", goods=LAST.name, stock="1", asked="2"))
    assert term.total == "88.00"
    term.key("f12")
    term.scan(LAST)
    term.see_flat(term.w("Who approves? The number"))
    term.enter(MANAGER)
    term.calm()
    term.enter(MANAGER_PASSWORD)
    term.see("Reason for the approval")
    term.enter("样品在仓库")
    term.wait_total("176.00")
    term.pay_exact()
    term.kill()
    with books_of(folder):
        assert [str(line.quantity) for line in ChargeLine.select()] == ["2"]


def test_a_shift_does_not_close_over_an_open_bill_without_a_question(term: Till) -> None:
    term.scan(WATER)
    term.wait_total("2.00")
    term.key("f3")
    term.see("Home")
    term.enter("14")
    term.see("Close the shift")
    term.enter("3")
    term.key("f9")
    open_bill = "An unfinished bill is open (lines: {lines}). Close the shift all the same?"
    term.see_flat(term.w(open_bill, lines=1))
    term.key("f12")
    term.calm()
    term.key("f9")
    term.see_flat(term.w(open_bill, lines=1))
    term.key("enter")
    term.see("Close the shift?")
