"""Making a bill cheaper, by keys: what the prompt says, what the limit stops, and what a bill that
another hand left behind looks like.
"""

from __future__ import annotations

import pytest

from models.shop import basket
from models.shop.basket_lines import line_body
from models.trust import drafts
from models.trust.operation import Session
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import CASHIER, COLA, LAST, MANAGER, TISSUES, WATER
from tests.flows.till import Till, books_of
from tui.shop.line_changes import WENT
from tui.shop.selling import BEYOND
from tui.shop.whole_bill import MENDED

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120), pytest.mark.row("TIL-02")]


@pytest.fixture
def term(floor: Floor, till: Counter) -> Till:
    """A counter that sells, in Chinese."""
    one: Till = till(floor())
    one.begin()
    return one


def ring(term: Till, *pieces: object, total: str) -> None:
    term.scan(*pieces)  # type: ignore[arg-type]
    term.wait_total(total)
    term.pump(0.15)


def bill_off(term: Till, typed: str, *, leaves: str = "") -> None:
    """F6 and a discount; `leaves` stands behind it before Enter."""
    term.key("f6")
    term.see_flat(term.w("Discount on the bill"))
    term.type(typed)
    if leaves:
        term.see("leaves {amount}", amount=leaves)
    term.key("enter")


def test_the_prompt_shows_what_a_discount_leaves(term: Till) -> None:
    ring(term, TISSUES, total="9.90")
    term.key("/")
    term.type("9")
    term.see("leaves {amount}", amount="8.91")
    term.key("backspace")
    for typed, leaves in (("90", "8.91"), ("95", "9.41"), ("-10%", "8.91"), ("减0.50", "9.40")):
        term.type(typed)
        term.see("leaves {amount}", amount=leaves)
        term.key(*["backspace"] * len(typed))
    term.enter("9折")
    term.wait_total("8.91")
    assert "9折" in term.text()


def test_an_emptied_bill_passes_no_discount_on(term: Till) -> None:
    """One line, a discount, Delete: nothing is left, and the next customer pays the price."""
    ring(term, TISSUES, total="9.90")
    bill_off(term, "-0.90", leaves="9.00")
    term.wait_total("9.00")
    term.key("delete")
    term.wait_total("0.00")
    ring(term, COLA, total="3.50")
    term.key("f3")
    term.see("Home")
    term.enter("11")
    term.wait_total("3.50")
    term.pay_exact()


def test_the_rest_does_not_keep_the_discount_of_the_whole(term: Till) -> None:
    """8.00 off 88.00 and 2.00 is little; off the 2.00 it is more than there is."""
    ring(term, WATER, LAST, total="90.00")
    bill_off(term, "-8")
    term.wait_total("82.00")
    term.key("delete")
    term.wait_total("2.00")
    term.see_flat(term.w(WENT))
    # Holding, leaving and coming back work as ever.
    term.key("f12")
    term.key("f3")
    term.see("Home")
    term.enter("11")
    term.wait_total("2.00")
    term.pay_exact()


def test_fewer_pieces_lose_the_discount_of_many(term: Till) -> None:
    term.type("10*")
    ring(term, WATER, total="20.00")
    term.key("/")
    term.enter("-2")
    term.see_flat(term.w("For how many of the {count}? 1 is the last one", count=10))
    term.key("enter")
    term.wait_total("18.00")
    term.enter("1*")
    term.wait_total("2.00")
    term.see_flat(term.w(WENT))


def test_a_thousandth_of_a_bottle_is_no_quantity(term: Till) -> None:
    """By every way to a quantity."""
    ring(term, WATER, total="2.00")
    for ways in ("0.001*", "0*"):
        term.enter(ways)
        term.see_flat(term.w("refusal.QuantityWrong", goods=WATER.name, quantity=ways[:-1]))
        term.key("f12")
    term.key("*")
    term.see("Quantity of {item}", item=WATER.name)
    term.enter("0.001")
    term.see_flat(term.w("refusal.QuantityWrong", goods=WATER.name, quantity="0.001"))
    term.key("f12")
    term.type("0.001*")
    term.scan(COLA)
    term.see_flat(term.w("refusal.QuantityWrong", goods=COLA.name, quantity="0.001"))
    assert term.total == "2.00"


def test_half_off_two_yuan_is_asked_again_for_a_large_bill(term: Till) -> None:
    ring(term, WATER, total="2.00")
    bill_off(term, "-50%")
    term.approve()
    term.wait_total("1.00")
    ring(term, LAST, total="45.00")
    term.see_flat(term.w(BEYOND))
    term.key("f12")
    term.key("f9")
    term.wait("90.00，现售 45.00")
    term.approve("新店开业")
    term.see("Ways to pay")
    assert term.total == "45.00"
    term.key("enter")
    term.wait_paid()


def test_one_of_two_gets_another_price(term: Till) -> None:
    """Rung twice, the second with a dented can: 9.90 and 5.00, not 10.00."""
    ring(term, TISSUES, TISSUES, total="19.80")
    term.key(".")
    term.enter("5")
    term.see_flat(term.w("For how many of the {count}? 1 is the last one", count=2))
    term.enter("1")
    term.approve("压扁了")
    term.wait_total("14.90")
    ring(term, TISSUES, total="24.80")
    term.key("up")
    term.calm()
    assert "=5.00" in term.text()


def test_the_discount_of_the_bill_is_a_line_and_the_band_follows(term: Till) -> None:
    ring(term, WATER, COLA, total="5.50")
    bill_off(term, "90", leaves="4.95")
    term.wait_total("4.95")
    assert "-0.55" in term.text()
    assert f"1 {COLA.unit} × 3.50" in term.text()
    term.key("up")
    term.wait(f"1 {WATER.unit} × 2.00")
    term.key("down", "down")
    term.wait("9折 = -0.55")
    term.key("delete")
    term.wait_total("5.50")


@pytest.mark.parametrize("broke", ["head", "line", "unreadable"])
def test_a_bill_that_cannot_be_shown_is_offered_without_its_discount(
    floor: Floor, till: Counter, broke: str
) -> None:
    """What a version before left behind: the counter opens, says so, and sells the rest."""
    folder = floor()
    first: Till = till(folder)
    first.begin()
    ring(first, WATER, COLA, total="5.50")
    first.kill()
    with books_of(folder):
        cashier = User.get(User.login == CASHIER).key
        bill = basket.open_basket(Session(cashier, 1))
        body = line_body(bill.lines[1])
        if broke == "head":
            drafts.save_head(bill.draft, 1, {"discount": ["off", 70_00]})
        elif broke == "line":
            drafts.save_line(bill.draft, 1, 2, {**body, "discount": ["off", 70_00]}, kind="goods")
        else:
            drafts.save_line(bill.draft, 1, 2, {"what": "?"}, kind="goods")
    left = "2.00" if broke == "unreadable" else "5.50"
    term: Till = till(folder)
    term.sign_in(MANAGER)
    term.see("Home")
    term.enter("11")
    term.see_flat(term.w(MENDED))
    assert term.total == left
    term.key("f12")
    term.pay_exact()
