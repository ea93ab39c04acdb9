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


def ring(selling: Till, *pieces: object, total: str) -> None:
    selling.scan(*pieces)  # type: ignore[arg-type]
    selling.wait_total(total)
    selling.pump(0.15)


def bill_off(selling: Till, typed: str, *, leaves: str = "") -> None:
    """F6 and a discount; `leaves` stands behind it before Enter."""
    selling.key("f6")
    selling.see_flat(selling.w("Discount on the bill"))
    selling.type(typed)
    if leaves:
        selling.see("leaves {amount}", amount=leaves)
    selling.key("enter")


def test_the_prompt_shows_what_a_discount_leaves(selling: Till) -> None:
    ring(selling, TISSUES, total="9.90")
    selling.key("/")
    selling.type("9")
    selling.see("leaves {amount}", amount="8.91")
    selling.key("backspace")
    for typed, leaves in (("90", "8.91"), ("95", "9.41"), ("-10%", "8.91"), ("减0.50", "9.40")):
        selling.type(typed)
        selling.see("leaves {amount}", amount=leaves)
        selling.key(*["backspace"] * len(typed))
    selling.enter("9折")
    selling.wait_total("8.91")
    assert "9折" in selling.text()


def test_an_emptied_bill_passes_no_discount_on(selling: Till) -> None:
    """One line, a discount, Delete: nothing is left, and the next customer pays the price."""
    ring(selling, TISSUES, total="9.90")
    bill_off(selling, "-0.90", leaves="9.00")
    selling.wait_total("9.00")
    selling.key("delete")
    selling.wait_total("0.00")
    ring(selling, COLA, total="3.50")
    selling.key("f3")
    selling.see("Home")
    selling.enter("11")
    selling.wait_total("3.50")
    selling.pay_exact()


def test_the_rest_does_not_keep_the_discount_of_the_whole(selling: Till) -> None:
    """8.00 off 88.00 and 2.00 is little; off the 2.00 it is more than there is."""
    ring(selling, WATER, LAST, total="90.00")
    bill_off(selling, "-8")
    selling.wait_total("82.00")
    selling.key("delete")
    selling.wait_total("2.00")
    selling.see_flat(selling.w(WENT))
    # Holding, leaving and coming back work as ever.
    selling.key("f12")
    selling.key("f3")
    selling.see("Home")
    selling.enter("11")
    selling.wait_total("2.00")
    selling.pay_exact()


def test_fewer_pieces_lose_the_discount_of_many(selling: Till) -> None:
    selling.type("10*")
    ring(selling, WATER, total="20.00")
    selling.key("/")
    selling.enter("-2")
    selling.see_flat(selling.w("For how many of the {count}? 1 is the last one", count=10))
    selling.key("enter")
    selling.wait_total("18.00")
    selling.enter("1*")
    selling.wait_total("2.00")
    selling.see_flat(selling.w(WENT))


def test_a_thousandth_of_a_bottle_is_no_quantity(selling: Till) -> None:
    """By every way to a quantity."""
    ring(selling, WATER, total="2.00")
    for ways in ("0.001*", "0*"):
        selling.enter(ways)
        selling.see_flat(selling.w("refusal.QuantityWrong", goods=WATER.name, quantity=ways[:-1]))
        selling.key("f12")
    selling.key("*")
    selling.see("Quantity of {item}", item=WATER.name)
    selling.enter("0.001")
    selling.see_flat(selling.w("refusal.QuantityWrong", goods=WATER.name, quantity="0.001"))
    selling.key("f12")
    selling.type("0.001*")
    selling.scan(COLA)
    selling.see_flat(selling.w("refusal.QuantityWrong", goods=COLA.name, quantity="0.001"))
    assert selling.total == "2.00"


def test_half_off_two_yuan_is_asked_again_for_a_large_bill(selling: Till) -> None:
    ring(selling, WATER, total="2.00")
    bill_off(selling, "-50%")
    selling.approve()
    selling.wait_total("1.00")
    ring(selling, LAST, total="45.00")
    selling.see_flat(selling.w(BEYOND))
    selling.key("f12")
    selling.key("f9")
    selling.wait("90.00，现售 45.00")
    selling.approve("新店开业")
    selling.see("Ways to pay")
    assert selling.total == "45.00"
    selling.key("enter")
    selling.wait_paid()


def test_one_of_two_gets_another_price(selling: Till) -> None:
    """Rung twice, the second with a dented can: 9.90 and 5.00, not 10.00."""
    ring(selling, TISSUES, TISSUES, total="19.80")
    selling.key(".")
    selling.enter("5")
    selling.see_flat(selling.w("For how many of the {count}? 1 is the last one", count=2))
    selling.enter("1")
    selling.approve("压扁了")
    selling.wait_total("14.90")
    ring(selling, TISSUES, total="24.80")
    selling.key("up")
    selling.calm()
    assert "=5.00" in selling.text()


def test_the_discount_of_the_bill_is_a_line_and_the_band_follows(selling: Till) -> None:
    ring(selling, WATER, COLA, total="5.50")
    bill_off(selling, "90", leaves="4.95")
    selling.wait_total("4.95")
    assert "-0.55" in selling.text()
    assert f"1 {COLA.unit} × 3.50" in selling.text()
    selling.key("up")
    selling.wait(f"1 {WATER.unit} × 2.00")
    selling.key("down", "down")
    selling.wait("9折 = -0.55")
    selling.key("delete")
    selling.wait_total("5.50")


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
    selling: Till = till(folder)
    selling.sign_in(MANAGER)
    selling.see("Home")
    selling.enter("11")
    selling.see_flat(selling.w(MENDED))
    assert selling.total == left
    selling.key("f12")
    selling.pay_exact()
