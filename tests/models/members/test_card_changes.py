"""Cards: what comes back onto one, what becomes of one, and what goes back for one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from devices.profiles import PROFILES
from models.base.quantity import Quantity
from models.ledger.accounts import (
    CARD_PROFIT,
    COURSE_LIABILITY,
    VALUE_CARD_LIABILITY,
)
from models.ledger.daily.days import close_day
from models.ledger.documents import Document
from models.ledger.payments.taking import RefundTooMuch
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.members.card_changes import (
    CardEndWrong,
    CardSame,
    CardStateWrong,
    extend_card,
    merge_cards,
    replace_card,
    set_card_state,
    transfer_card,
)
from models.members.card_kinds import CardKind
from models.members.card_refunds import (
    CardEmpty,
    CardRefundTooMuch,
    CardSumChanged,
    refund_card,
    worth_of,
)
from models.members.card_tenders import worth_of_times
from models.members.cards import (
    GOOD,
    CardNumberTaken,
    balance_of,
)
from models.members.lots import Lot, LotUnknown, lots_of
from models.members.vouchers import pay_back_lot, save_lot, switch_lot
from models.people.history import history_of
from models.reports.cards import card_sale_view
from models.selling.items import find_item
from models.selling.lines import NewPrice
from models.shop.basket import ring
from models.shop.bill_changes import discount_line
from models.shop.sales import sell as sell_bill
from models.trust.operation import new_uid
from receipts.layout import layout
from receipts.slips.card import card_slip
from receipts.slips.common import Print
from receipts.text import text_of
from tests.models.members.carded import (
    NUMBER,
    OTHER,
    balance,
    bring_back,
    card,
    item,
    kind,
    parts,
    person,
    sell,
    times,
    use,
    value,
)
from tests.stores import CARD, CASH, FIRST_DAY, Shop, yuan

pytestmark = pytest.mark.row("B-1")


# --- back


@pytest.mark.case("SU-15")
def test_what_a_card_paid_goes_back_to_the_lot_bonus_as_bonus(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    sell(open_till, loose, "300", bonus="150")
    Lot.update(bonus_expires=FIRST_DAY).execute()
    sold = use(open_till, "120")
    assert parts() == [("220.00", "110.00")]
    open_till.close_shift(open_till.owner)
    close_day(open_till.owner, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    assert parts() == [("220.00", "0.00")]
    open_till.open_shift(session=open_till.owner)
    with pytest.raises(RefundTooMuch):
        bring_back(open_till, sold, "120", [value("-120", OTHER)])
    before = balance(VALUE_CARD_LIABILITY)
    bring_back(open_till, sold, "120", [value("-120")])
    assert parts() == [("300.00", "40.00")] and (before, balance(VALUE_CARD_LIABILITY)) == (
        "220.00", "300.00",
    )  # fmt: skip
    today = FIRST_DAY + timedelta(days=1)
    assert str(balance_of(NUMBER, today)) == "300.00"
    now = card()
    until = FIRST_DAY + timedelta(days=9)
    extend_card(open_till.owner, now.key, until, version=now.version, uid=new_uid())
    assert str(balance_of(NUMBER, today)) == "340.00"


@pytest.mark.case("SU-31")
def test_an_empty_card_takes_back_what_it_paid_and_no_cash_goes_out(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    sell(open_till, loose, "22")
    sold = use(open_till, "20")
    use(open_till, "2")
    with pytest.raises(RefundTooMuch):
        bring_back(open_till, sold, "20", [Paying(CASH, yuan("-20"))])
    bring_back(open_till, sold, "20", [value("-20")])
    assert str(balance_of(NUMBER, FIRST_DAY)) == "20.00"


def test_what_comes_back_in_parts_goes_to_each_lot_once(open_till: Shop, loose: CardKind) -> None:
    """For two services of 75.00 the first lot gave 100.00 and the second 50.00."""
    sell(open_till, loose, "100", bonus="0")
    sell(open_till, loose, "100", bonus="0")
    item(open_till, "u75", "75")
    bill = open_till.bill("u75", "u75", session=open_till.owner)
    paid = [value("150")]
    sold = sell_bill(open_till.owner, bill.draft, paid, shown=yuan("150"), uid=new_uid())
    rest = [parts()]
    for _ in range(2):
        bring_back(open_till, sold, "75", [value("-75")])
        rest.append(parts())
    assert [[paid for paid, _ in each] for each in rest] == [
        ["0.00", "50.00"], ["25.00", "100.00"], ["100.00", "100.00"],
    ]  # fmt: skip
    assert proof.verify() == []


# --- changes


def test_a_lost_card_is_replaced_with_all_that_is_on_it(open_till: Shop, loose: CardKind) -> None:
    sell(open_till, loose, "1000")
    sold = use(open_till, "300")
    old = card()
    made = replace_card(
        open_till.owner, old.key, OTHER, version=old.version, reason="lost", uid=new_uid()
    )
    assert made.number == OTHER and parts(OTHER) == [("750.00", "150.00")] and parts() == []
    assert card().state == "closed"
    bring_back(open_till, sold, "300", [value("-300")])
    assert parts(OTHER) == [("1000.00", "200.00")]
    gone = card()
    for change in (
        lambda: replace_card(
            open_till.owner, gone.key, "880003", version=gone.version, uid=new_uid()
        ),
        lambda: set_card_state(
            open_till.owner, gone.key, GOOD, version=gone.version, uid=new_uid()
        ),
    ):
        with pytest.raises(CardStateWrong):
            change()
    with pytest.raises(CardNumberTaken):
        replace_card(open_till.owner, made.key, NUMBER, version=made.version, uid=new_uid())
    assert proof.verify() == []


@pytest.mark.case("SU-23")
def test_two_cards_of_one_owner_become_one_and_owe_the_same(open_till: Shop) -> None:
    named = kind(open_till)
    somebody, other = person(open_till), person(open_till, "李娜")
    sell(open_till, named, "300", bonus="60", whose=somebody)
    sell(open_till, named, "200", OTHER, bonus="0", whose=other)
    before, two = balance(VALUE_CARD_LIABILITY), card(OTHER)
    with pytest.raises(CardSame):
        merge_cards(open_till.owner, two.key, NUMBER, version=two.version, uid=new_uid())
    transfer_card(
        open_till.owner, two.key, somebody.key, version=two.version, reason="夫妻", uid=new_uid()
    )
    two = card(OTHER)
    merge_cards(open_till.owner, two.key, NUMBER, version=two.version, uid=new_uid())
    assert parts() == [("300.00", "60.00"), ("200.00", "0.00")]
    assert str(balance_of(NUMBER, FIRST_DAY)) == "560.00"
    assert before == balance(VALUE_CARD_LIABILITY) == "500.00"
    assert {lot.name for lot in lots_of(NUMBER)} == {"王芳"} and proof.verify() == []


def test_a_card_is_not_extended_to_a_day_that_is_over(open_till: Shop, loose: CardKind) -> None:
    sell(open_till, loose, "1000")
    now, end = card(), FIRST_DAY + timedelta(days=30)
    for until in (FIRST_DAY - timedelta(days=1), end):
        with pytest.raises(CardEndWrong):
            extend_card(open_till.owner, now.key, until, version=now.version, uid=new_uid())
    extend_card(
        open_till.owner, now.key, end + timedelta(days=1), version=now.version, uid=new_uid()
    )
    assert lots_of(NUMBER)[0].bonus_expires == end + timedelta(days=1)
    # Later than what is over, and over all the same.
    Lot.update(bonus_expires=FIRST_DAY - timedelta(days=9)).execute()
    now = card()
    with pytest.raises(CardEndWrong):
        extend_card(
            open_till.owner, now.key, FIRST_DAY - timedelta(days=1), version=now.version,
            uid=new_uid(),
        )  # fmt: skip


# --- given up


def give_up(
    shop: Shop, amount: str, cause: str = "store", shown: str | None = None, number: str = NUMBER
) -> Document:  # fmt: skip
    now = card(number)
    return refund_card(
        shop.owner, now.key, [Paying(CARD, -yuan(amount), reference="B2")], version=now.version,
        amount=yuan(amount), cause=cause, shown=yuan(shown or amount), reason="搬家",
        uid=new_uid(),
    )  # fmt: skip


def test_a_card_is_given_up_by_ratio_at_list_price_or_as_agreed(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    """Paid 1000 and 200 given, 300 used for what costs 400: 750 by ratio, 600 at list price."""
    sell(open_till, loose, "1000")
    item(open_till, "400", "400")
    bill = open_till.bill("400", session=open_till.owner)
    discount_line(
        open_till.owner, bill.draft, bill.lines[0].number, NewPrice(yuan("300")), uid=new_uid()
    )
    sell_bill(open_till.owner, bill.draft, [value("300")], shown=yuan("300"), uid=new_uid())
    worth = worth_of(card())
    assert (str(worth.paid), str(worth.had), str(worth.by_ratio), str(worth.by_list)) == (
        "1000.00", "400.00", "750.00", "600.00",
    )  # fmt: skip
    with pytest.raises(CardSumChanged):
        give_up(open_till, "700", shown="700")
    with pytest.raises(CardRefundTooMuch):
        give_up(open_till, "1000.01", shown="750")
    given_up = give_up(open_till, "500", shown="750")
    slip = card_sale_view(given_up.key)
    assert (slip.title, str(slip.paid), str(slip.bonus)) == ("CARD TAKEN BACK", "500.00", "150.00")
    assert (balance(VALUE_CARD_LIABILITY), balance(CARD_PROFIT)) == ("0.00", "250.00")
    with pytest.raises(CardEmpty):
        give_up(open_till, "1", shown="0")
    assert proof.verify() == []


@pytest.mark.parametrize(
    ("price", "pieces", "each", "used", "by_ratio", "by_list"),
    [("1000", 10, "150", 3, "700.00", "550.00"), ("2000", 60, "40", 12, "1600.00", "1520.00")],
)
def test_times_that_are_given_up(
    open_till: Shop, *, price: str, pieces: int, each: str, used: int, by_ratio: str, by_list: str
) -> None:  # fmt: skip
    """Ten of 1000, list price 150; and the court's case: 2000 for 60, 12 used, 1600 back."""
    goods = item(open_till, "300", each)
    course = kind(
        open_till, "次卡", "times", price=yuan(price), is_named=False,
        parts=[{"goods": goods, "pieces": pieces}],
    )  # fmt: skip
    sell(open_till, course, price)
    worth = worth_of_times(NUMBER, goods, FIRST_DAY, used)
    bill = open_till.bill(session=open_till.owner)
    place = ring(bill, find_item("300"), Quantity.of(used))
    cheaper = NewPrice(yuan("100")) if each == "150" else yuan("80")
    number = bill.lines[place].number
    discount_line(open_till.owner, bill.draft, number, cheaper, uid=new_uid())
    sell_bill(open_till.owner, bill.draft, [times(str(worth), "300")], shown=worth, uid=new_uid())
    now = worth_of(card())
    assert (str(now.by_ratio), str(now.by_list)) == (by_ratio, by_list)
    given_up = give_up(open_till, by_list, "customer")
    assert balance(COURSE_LIABILITY) == "0.00" and proof.verify() == []
    # A card of times says that none are left: it never held money.
    slip = card_slip(card_sale_view(given_up.key), Print("zh"))
    paper = text_of(layout(slip, PROFILES["80mm"]))
    assert "余额" not in paper and re.search(r"项目300 +0 次\n", paper), paper


def test_what_comes_back_onto_a_card_that_was_given_up_goes_back_too(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    """Of 1000 and 200 given 120 are used, and 900 go back; then what was had comes back."""
    sell(open_till, loose, "1000")
    sold = use(open_till, "120")
    give_up(open_till, "900")
    with pytest.raises(CardEmpty):
        give_up(open_till, "1", shown="0")
    bring_back(open_till, sold, "120", [value("-120")])
    assert parts() == [("100.00", "20.00")]
    with pytest.raises(CardRefundTooMuch):
        give_up(open_till, "101", shown="100")
    give_up(open_till, "100")
    assert (parts(), balance(VALUE_CARD_LIABILITY)) == ([("0.00", "0.00")], "0.00")
    with pytest.raises(CardEmpty):
        give_up(open_till, "1", shown="0")
    assert proof.verify() == []


def test_what_stands_on_a_card_is_changed_with_the_card_alone(
    open_till: Shop, loose: CardKind
) -> None:  # fmt: skip
    """The list of vouchers pays nothing of it out: the bonus would become money."""
    who = person(open_till)
    sell(open_till, loose, "1000", whose=who)
    use(open_till, "300")
    course = kind(
        open_till, "次卡", "times", price=yuan("500"), is_named=False, days=1,
        parts=[{"goods": item(open_till, "300", "150"), "pieces": 5}],
    )  # fmt: skip
    sell(open_till, course, "500", OTHER, whose=who)
    lot = lots_of(NUMBER)[0]
    back = [Paying(CARD, yuan("-900"), reference="B3")]
    for change in (
        lambda: pay_back_lot(open_till.owner, lot, back, uid=new_uid()),
        lambda: save_lot(open_till.owner, lot.key, version=lot.version, uid=new_uid()),
        lambda: switch_lot(open_till.owner, lot.key, version=lot.version, uid=new_uid()),
    ):
        with pytest.raises(LotUnknown):
            change()
    known = history_of(open_till.owner, who.key)
    assert known is not None
    held = [(one.label, str(one.value)) for one in known.figures]
    assert {("Stored value", "900.00"), ("Times paid ahead", "5")} <= set(held)
    # Times that are over are gone with what was paid for them.
    open_till.close_shift(open_till.owner)
    for days in (1, 2):
        close_day(open_till.owner, next_day=FIRST_DAY + timedelta(days=days), uid=new_uid())
    assert (str(lots_of(OTHER)[0].rest), lots_of(OTHER)[0].pieces_rest) == ("0.00", 0)
    assert balance(COURSE_LIABILITY) == "0.00" and proof.verify() == []
