"""Paying at a real terminal: nothing is paid that was not meant, nothing that was paid is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.base.hot import query
from models.base.money import Money, currency
from models.ledger.payments.taken import take_for
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import Tender, save_tender
from models.trust.operation import new_uid
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import COLA, FIVE, WATER
from tests.flows.till import Till, books_of, owner_of
from tests.stores import yuan
from tui.desk.frame import ASKED
from tui.money.gateway.pay_codes import NO_PAY_CODE

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(240), pytest.mark.row("TIL-01")]
# A WeChat and an Alipay payment code, by their first digits and length.
WECHAT_CODE, ALIPAY_CODE = "134567890123456789", "281234567890123456"


@pytest.fixture
def paying(floor: Floor, till: Counter) -> Till:
    """A counter with five items on the bill, 21.90, in payment."""
    term: Till = till(floor())
    term.begin()
    to_payment(term)
    return term


def to_payment(term: Till) -> None:
    term.scan(*FIVE)
    term.wait_total("21.90")
    term.pump(0.15)
    term.key("f9")
    term.see("Ways to pay")


def sold(folder: Path) -> list[tuple[str, str]]:
    """Tenders and amounts of all sales; the books are sound."""
    with books_of(folder):
        rows = query(
            'SELECT t."name_en", p."amount" FROM "payment" p '
            'JOIN "tender" t ON t."key" = p."tender_id" ORDER BY p."document_id", p."line"'
        )
        assert not [str(found) for found in verify()]
        return [(name, str(Money(int(minor), currency("CNY")))) for name, minor in rows]


# --- what was not meant


def test_a_key_that_holds_a_bill_in_selling_sells_nothing_in_payment(paying: Till) -> None:
    """F5 and whatever comes with it at once: the confirmation takes only keys pressed after it."""
    paying.send("\x1b[15~\r\r")
    paying.see("{tender} {amount} received?", tender=paying.w("Alipay"), amount="21.90")
    assert paying.panel_total == "21.90"
    # The next customer's goods, scanned and typed: the question stays, aloud.
    paying.scan(COLA)
    paying.see_flat(paying.w(ASKED, code=COLA.barcode))
    paying.send("10001\r")
    paying.pump(0.4)
    assert paying.w("{tender} {amount} received?", tender=paying.w("Alipay"), amount="21.90") in (
        paying.text()
    )
    paying.key("f12")
    paying.pump(0.3)
    paying.key("f12")
    paying.pump(0.3)
    paying.key("f3")
    paying.see("Selling")
    paying.kill()
    assert sold(paying.folder) == []


@pytest.mark.parametrize("code", ["10001", "1234567", "99999"])
def test_a_short_code_that_is_scanned_is_no_amount(paying: Till, code: str) -> None:
    paying.send(f"{code}\r")
    paying.see_flat(paying.w("refusal.NumberScanned", code=code))
    assert paying.total == "21.90"
    paying.key("f12")
    # Typed before an amount of one's own, and in the question behind `*`.
    paying.type("5")
    paying.send(f"{code}\r")
    paying.see_flat(paying.w("refusal.NumberScanned", code=code))
    paying.key("f12")
    paying.calm()
    paying.key("f3")
    paying.see("Selling")
    paying.key("*")
    paying.see("Quantity of {item}", item=WATER.name)
    paying.send(f"{code}\r")
    paying.see_flat(paying.w("refusal.NumberScanned", code=code))
    assert paying.total == "21.90"
    # The question is open still: one F12 for the notice, one for the question.
    paying.key("f12", "f12")
    paying.see("Selling")
    paying.key("ctrl+d")
    paying.see("Cash: in, out, or to the safe?")
    paying.enter("1")
    paying.see("{what}: how much?", what=paying.w("Cash in"))
    paying.send(f"{code}\r")
    paying.see_flat(paying.w("refusal.NumberScanned", code=code))
    paying.kill()
    assert sold(paying.folder) == []


def test_goods_are_not_scanned_in_payment(paying: Till) -> None:
    paying.scan(COLA)
    paying.see_flat(paying.w(NO_PAY_CODE, code=COLA.barcode))
    assert paying.total == "21.90"


def test_much_more_cash_than_is_due_is_asked_and_no_enter_answers(paying: Till) -> None:
    paying.type("999.90")
    paying.send("\r\r\r")
    paying.see("{given} in cash, where {due} is due?", given="999.90", due="21.90")
    paying.key("enter")
    paying.pump(0.3)
    paying.see("{given} in cash, where {due} is due?", given="999.90", due="21.90")
    assert paying.panel_total == "978.00"
    paying.key("f12")
    paying.see("{given} in cash, where {due} is due?", given="999.90", due="21.90", gone=True)
    assert paying.total == "21.90"
    paying.enter("300")
    paying.see("{given} in cash, where {due} is due?", given="300.00", due="21.90")
    paying.key("f9")
    paying.wait_paid()
    assert paying.total == "278.10"


def test_a_single_note_is_never_asked_about(paying: Till) -> None:
    paying.enter("100")
    paying.wait_paid()
    assert paying.total == "78.10"


# --- what is meant


def test_a_pay_code_that_is_scanned_chooses_its_wallet(paying: Till) -> None:
    paying.scan(WECHAT_CODE)
    paying.received(paying.w("WeChat"), "21.90")
    paying.wait_paid()
    to_payment(paying)
    paying.type("20")
    paying.scan(ALIPAY_CODE)
    paying.received(paying.w("Alipay"), "20.00")
    paying.wait_total("1.90")
    paying.key("enter")
    paying.wait_paid()
    paying.kill()
    assert sold(paying.folder) == [("WeChat", "21.90"), ("Alipay", "20.00"), ("Cash", "1.90")]


def test_what_rounds_to_nothing_ends_with_enter(floor: Floor, till: Counter) -> None:
    term: Till = till(floor())
    term.sign_in()
    term.open_shift()
    term.scan(WATER)
    term.wait_total("2.00")
    term.key("f6")
    term.calm()
    term.enter("-1.96")
    term.wait_total("0.04")
    term.key("f9")
    term.see("Ways to pay")
    term.see("Cash {amount}: type what was handed over", amount="0.00")
    term.key("enter")
    term.wait_paid()
    term.kill()
    assert sold(term.folder) == [("Cash", "0.00")]


def test_a_wallet_that_needs_a_reference_asks_for_it(floor: Floor, till: Counter) -> None:
    folder = floor()
    with owner_of(folder) as owner:
        wechat = Tender.get(Tender.number == 3)
        save_tender(
            owner, wechat.key, version=wechat.version, number=3, name_zh="微信", name_en="WeChat",
            kind="phone", needs_reference=True, shortcut=2, pay_code="wechat", uid=new_uid(),
        )  # fmt: skip
    term: Till = till(folder)
    term.begin()
    to_payment(term)
    term.key("f4")
    term.see("{tender}: its reference", tender=term.w("WeChat"))
    # Empty is no reference, and asks again: what is typed next is no cash. F12 leaves it, and says
    # so. A card's number is none either.
    term.key("enter")
    term.see("Nothing was typed. Type it and Enter, or F12 goes back.")
    term.see("{tender}: its reference", tender=term.w("WeChat"))
    term.key("f12")
    term.pump(0.3)
    term.key("f12")
    term.see("{tender} {amount} was not taken.", tender=term.w("WeChat"), amount="21.90")
    term.key("f4")
    term.see("{tender}: its reference", tender=term.w("WeChat"))
    # It is told before anybody says that the money came, and the same question stands again.
    term.enter("4111.1111/1111_1111")
    term.see_flat(term.w("refusal.CardNumberRefused"))
    term.see("{tender}: its reference", tender=term.w("WeChat"))
    # The number of the transaction is scanned from the phone: 28 digits in one piece.
    term.send("4200001234202611221234567890\r")
    term.received(term.w("WeChat"), "21.90")
    term.wait_paid()
    term.kill()
    with books_of(folder):
        assert query('SELECT "reference" FROM "payment"') == [("4200001234202611221234567890",)]


# --- what was paid


def ten_by_card(term: Till) -> None:
    term.type("10")
    term.key("f2")
    term.see("Card: last four digits and the terminal's reference")
    term.enter("1234 REF998877")
    term.received("银行卡", "10.00")
    term.wait_total("11.90")


def test_a_card_survives_f3_and_kill(paying: Till, till: Counter) -> None:
    ten_by_card(paying)
    paying.key("f3")
    paying.see("Paid so far {amount}", amount="10.00")
    assert paying.total == "11.90"
    paying.pump(0.15)
    paying.key("f9")
    paying.see("Ways to pay")
    assert "REF9" in paying.text()
    paying.key("f3")
    paying.see("Paid so far {amount}", amount="10.00")
    paying.key("f3")
    paying.see("Home")
    paying.see_flat(
        paying.w("Paid on unfinished work: {amount}. Finish it, or take the payment off.",
                 amount="10.00")
    )  # fmt: skip
    # The drawer is not counted over it: told before the first note, and refused.
    paying.enter("14")
    paying.see_flat(paying.w("refusal.PaymentsOpen", amount="10.00"))
    paying.enter("3")
    paying.key("f9")
    paying.see_flat(paying.w("refusal.PaymentsOpen", amount="10.00"))
    paying.kill()
    again: Till = till(paying.folder)
    again.sign_in()
    again.enter("11")
    again.see("Paid so far {amount}", amount="10.00")
    again.pump(0.15)
    again.key("f9")
    again.see("Ways to pay")
    again.wait_total("11.90")
    again.enter("12")
    again.wait_paid()
    assert again.total == "0.10"
    again.kill()
    assert sold(paying.folder) == [("Card", "10.00"), ("Cash", "11.90")]


def test_a_bill_with_payments_is_not_cancelled_and_one_is_taken_off_by_an_event(
    paying: Till,
) -> None:
    ten_by_card(paying)
    paying.key("f3")
    paying.see("Selling")
    paying.key("ctrl+x")
    paying.see("Cancel the whole bill of {amount}?", amount="21.90")
    paying.key("delete")
    paying.see_flat(paying.w("refusal.PaymentsTaken", amount="10.00"))
    paying.key("f12")
    paying.pump(0.15)
    # Held and fetched, it is there.
    paying.key("f5")
    paying.wait_total("0.00")
    paying.key("f8")
    paying.see("Paid so far {amount}", amount="10.00")
    paying.pump(0.15)
    paying.key("f9")
    paying.see("Ways to pay")
    paying.key("delete")
    paying.see("Take {amount} by {tender} off again?", amount="10.00", tender="银行卡")
    paying.key("f12")
    paying.see("Take {amount} by {tender} off again?", amount="10.00", tender="银行卡", gone=True)
    assert paying.total == "11.90"
    paying.key("delete")
    paying.see("Take {amount} by {tender} off again?", amount="10.00", tender="银行卡")
    paying.key("enter")
    paying.wait_total("21.90")
    paying.key("f3")
    paying.see("Selling")
    paying.key("ctrl+x")
    paying.see("Cancel the whole bill of {amount}?", amount="21.90")
    paying.key("delete")
    paying.wait_total("0.00")
    paying.kill()
    assert sold(paying.folder) == []
    with books_of(paying.folder):
        events = query('SELECT "kind", "amount", "what" FROM "till_event" ORDER BY "key"')
        assert events[0] == ("void payment", 1000, "银行卡 1234 REF998877")
        assert [kind for kind, _, _ in events] == ["void payment", "cancel bill"]


def test_what_is_paid_in_full_and_not_sold_ends_with_enter(paying: Till, till: Counter) -> None:
    """As a kill between the stored payment and the sale leaves it."""
    ten_by_card(paying)
    paying.key("f4")
    paying.see("{tender} {amount} received?", tender=paying.w("WeChat"), amount="11.90")
    paying.kill()
    with owner_of(paying.folder) as owner:
        (draft,) = query('SELECT "key" FROM "draft"')[0]
        take_for(owner, draft, Paying(3, yuan("11.90")), uid=new_uid())
    again: Till = till(paying.folder)
    again.sign_in()
    again.enter("11")
    again.see("Paid so far {amount}", amount="21.90")
    again.pump(0.15)
    again.key("f9")
    again.see("Everything is paid: Enter finishes.")
    again.key("enter")
    again.wait_paid()
    again.kill()
    assert sold(paying.folder) == [("Card", "10.00"), ("WeChat", "11.90")]
