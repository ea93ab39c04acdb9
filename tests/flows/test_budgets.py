"""How many keys the frequent jobs take, counted at the real terminal; scans are no keys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from models.ledger.ways.tender_kinds import Paying
from models.members.card_kinds import save_card_kind
from models.members.cards import balance_of, sell_card
from models.people.records import save_person
from models.trust.operation import new_uid, open_day
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import COLA, FIVE, NOODLES, TISSUES, WATER
from tests.flows.till import Till, books_of, owner_of
from tests.stores import yuan
from tui.shop.member_offers import NOT_OFFERED

pytestmark = [pytest.mark.terminal, pytest.mark.row("NFR-05", "NFR-11")]
MEMBER = "880001"


@contextmanager
def at_most(
    till: Till, budget: int, job: str, capsys: pytest.CaptureFixture[str]
) -> Iterator[None]:
    """Counts the presses of a job, prints them, and holds them to the budget."""
    before = till.presses
    yield
    taken = till.presses - before
    with capsys.disabled():
        print(f"\n  {job}: {taken} of {budget} key presses", end="")
    assert taken <= budget


def scan_five(till: Till) -> None:
    """Five items, 21.90."""
    till.scan(*FIVE)
    till.wait_total("21.90")
    till.pump(0.15)


def test_a_cash_sale_of_five_items_with_notes(
    selling: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    with at_most(selling, 5, "cash sale of 5 scans, notes handed over", capsys):
        scan_five(selling)
        selling.key("enter")
        # Typed ahead: an amount and its Enter need not wait for the screen.
        selling.enter("50")
        selling.wait_paid()
    assert selling.total == "28.10"


def test_a_cash_sale_with_exact_money(selling: Till, capsys: pytest.CaptureFixture[str]) -> None:
    with at_most(selling, 2, "the same, exact money", capsys):
        scan_five(selling)
        selling.pay_exact()
    assert selling.total == "0.00"


def test_a_payment_by_phone_with_its_confirmation(
    selling: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    with at_most(selling, 3, "the same, by phone with its confirmation", capsys):
        scan_five(selling)
        selling.key("enter")
        selling.see("Ways to pay")
        selling.key("f4")
        selling.received(selling.w("WeChat"), "21.90")
        selling.wait_paid()


@pytest.mark.row("SAL-05")
def test_a_member_pays_from_his_card(
    floor: Floor, till: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = floor()
    with owner_of(folder) as owner:
        kind = save_card_kind(owner, None, name="储值卡", form="value", uid=new_uid())
        who = save_person(owner, None, name="王芳", uid=new_uid())
        paid = [Paying(2, yuan("100"), reference="A1", last_four="1234")]
        sell_card(owner, kind.key, MEMBER, paid, amount=yuan("100"), person=who.key, uid=new_uid())
    term: Till = till(folder)
    term.begin()
    with at_most(term, 3, "member sale by card scan, paid from balance", capsys):
        scan_five(term)
        term.key("f9")
        term.see("Ways to pay")
        term.scan(MEMBER)
        term.received("储值卡", "21.90", "{tender} {amount}: take it off?")
        term.wait_paid()
    # What he may use is asked before payment: a note that is typed ahead is none of it.
    # Her card says whose bill it is, also with its symbology before it.
    term.scan(f"]C1{MEMBER}")
    term.see("Customer: {name}", name="王芳")
    term.scan(WATER)
    term.wait_total("2.00")
    term.key("f9")
    term.see_flat(term.w("To pay {due}: what of this is used? {left} is left", due="2.00",
                         left="0.00"))  # fmt: skip
    term.type("50")
    term.see_flat(term.w(NOT_OFFERED, typed="0"))
    term.key("f12", "f12")
    term.wait("储值卡", gone=True)
    term.kill()
    with books_of(folder):
        assert str(balance_of(MEMBER, open_day(1))) == "78.10"


def test_hold_a_bill_serve_another_and_fetch_it(
    selling: Till, capsys: pytest.CaptureFixture[str]
) -> None:
    """The other customer's sale has its own budget of two."""
    with at_most(selling, 3 + 2, "hold, serve another (2 of its own), fetch", capsys):
        selling.scan(TISSUES)
        selling.wait_total("9.90")
        selling.key("f5")
        selling.wait_total("0.00")
        selling.scan(WATER)
        selling.wait_total("2.00")
        selling.pay_exact()
        selling.key("f8")
        selling.wait_total("9.90")


def test_price_and_stock_of_an_item(selling: Till, capsys: pytest.CaptureFixture[str]) -> None:
    selling.scan(WATER)
    selling.wait_total("2.00")
    with at_most(selling, 2, "price and stock of a scanned item, and back", capsys):
        selling.key("ctrl+g")
        selling.see("Scan the item, or type its code.")
        selling.scan(COLA)
        selling.wait("3.50")
        selling.wait("500")
        selling.key("f12")
        selling.see("Price and stock", gone=True)
    assert selling.total == "2.00", "nothing was sold by asking"


def test_open_a_shift_with_the_usual_float(
    floor: Floor, till: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    """From home: the float of the shift before stands there."""
    term: Till = till(floor())
    term.sign_in()
    _first_shift(term)
    with at_most(term, 4, "open a shift with the usual float", capsys):
        term.key("enter")
        term.see("Open the shift")
        term.wait_total("350.00")
        term.key("f9")
        term.wait(term.w("Next customer, please."))


def _first_shift(till: Till) -> None:
    """300 in notes and 50 in coins, and closed as it was."""
    till.enter("11")
    till.see("Open the shift")
    till.enter("3")
    till.enter("1")
    till.wait_total("350.00")
    till.key("f9")
    till.wait(till.w("Next customer, please."))
    till.key("f3")
    till.see("Home")
    till.enter("14")
    till.see("Close the shift")
    till.enter("3")
    till.enter("1")
    till.key("f9")
    till.see("The drawer is right.")
    till.key("enter")
    till.see("Shift closed: {number}", number="Z01-00001")
    till.see("Home")


def test_close_a_shift_with_a_count_of_eight_denominations(
    floor: Floor, till: Counter, capsys: pytest.CaptureFixture[str]
) -> None:
    """Two digits for each note and coin; the last one needs no Enter before F9."""
    term: Till = till(floor())
    term.sign_in()
    float_counts = ("12", "10", "15", "20", "10", "40", "20", "30")
    term.enter("11")
    term.see("Open the shift")
    for pieces in float_counts:
        term.enter(pieces)
    term.wait_total("2303.00")
    term.key("f9")
    term.wait(term.w("Next customer, please."))
    term.scan(NOODLES)
    term.wait_total("4.50")
    term.pay_exact()
    term.key("f3")
    term.see("Home")
    counted = (*float_counts[:5], "44", "21", "30")
    with at_most(term, 28, "close a shift, 8 denominations counted", capsys):
        term.enter("14")
        term.see("Close the shift")
        for pieces in counted[:-1]:
            term.enter(pieces)
        term.type(counted[-1])
        term.key("f9")
        term.see("The drawer is right.")
        term.key("enter")
        term.see("Shift closed: {number}", number="Z01-00001")
        term.see("Home")
