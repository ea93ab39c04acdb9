"""What a member pays with, as it is proposed: times, a discount, stored value, points."""

from __future__ import annotations

import pytest

from models.ledger.ways.tender_kinds import Paying
from models.members.card_prices import TimesNotPaid, chosen_times, require_times
from models.members.cards import Card
from models.members.kinds import COURSE, POINTS, VALUE_CARD
from models.people.persons import Person
from models.reports.bills import sale_view
from models.shop.basket import Basket, load_key
from models.shop.customers import set_customer
from models.shop.member_offers import DISCOUNT, MemberOffer, choose_offers, offers_for, plan
from models.shop.reopening import reopen_sale
from models.shop.sales import sell as sell_bill
from models.trust.operation import new_uid
from tests.models.members.carded import item, kind, person, sell
from tests.models.members.pointed import buy, has, rule
from tests.stores import CASH, FIRST_DAY, Shop, sound, yuan


@pytest.fixture
def wang(open_till: Shop) -> Person:
    """A member with ten times of care, a fifth off services, 500 on a card and 1000 points."""
    care = item(open_till, "106", "168")
    item(open_till, "101", "100")
    rule(open_till)
    whose = person(open_till)
    ten = kind(open_till, "护理十次卡", "times", price=yuan("1280"), parts=[
        {"goods": care, "pieces": 10}])  # fmt: skip
    fifth = kind(open_till, "八折卡", "discount", price=yuan("99"), percent="20")
    value = kind(open_till)
    for of, number, amount in ((ten, "880001", "1280"), (fifth, "880002", "99"),
                               (value, "880003", "150")):  # fmt: skip
        sell(open_till, of, amount, number, whose=whose)
    buy(open_till, whose, "1000")
    return whose


def bill_of(shop: Shop, whose: Person | None, *codes: str) -> Basket:
    made = shop.bill(*codes, session=shop.owner)
    set_customer(shop.owner, made, whose.key if whose else None)
    return load_key(made.draft)


def told(offers: list[MemberOffer]) -> list[tuple[str, str, int, int]]:
    return [(one.kind, one.code[:6], one.count, one.of) for one in offers]


@pytest.mark.row("SAL-05", "B-1")
def test_times_then_discount_then_balance_then_points(open_till: Shop, wang: Person) -> None:
    """Care 168, a cut 100, water 2: one time stands for the care at its worth of 128, the card
    takes 20 off the cut, 150 of the balance go, and 60 are left for points and cash.
    """
    bill = bill_of(open_till, wang, "106", "101", "1001")
    # The card's fifth is off all services before anything is chosen.
    assert str(bill.amount_due) == "216.40"
    offers = offers_for(bill)
    assert told(offers)[:3] == [
        (COURSE, "880001", 1, 10), (DISCOUNT, "880002", 0, 0), (VALUE_CARD, "880003", 0, 0),
    ]  # fmt: skip
    assert (offers[3].kind, offers[3].of) == (POINTS, has(wang)) == (POINTS, 800)
    usual = {place for place, offer in enumerate(offers) if offer.is_usual}
    assert usual == {0, 1, 2}
    found = plan(bill, offers, usual)
    assert (str(found.due), str(found.left)) == ("210.00", "0.00")
    assert [str(each) for each in found.amounts] == ["128.00", "20.00", "82.00", "0.00"]
    # Each can be left out.
    assert str(plan(bill, offers, {0, 2}).due) == "230.00"
    assert [str(one.given) for one in plan(bill, offers, {2, 3}).payings] == ["150.00", "8.00"]
    assert str(plan(bill, offers, set()).due) == "270.00"

    found = choose_offers(bill, offers, {0, 1, 3})
    assert str(load_key(bill.draft).amount_due) == str(found.due) == "210.00"
    with pytest.raises(TimesNotPaid):
        sell_bill(
            open_till.owner, bill.draft, [Paying(CASH, yuan("210"))], shown=yuan("210"),
            uid=new_uid(),
        )  # fmt: skip
    rest = [*found.payings, Paying(CASH, found.left)]
    sold = sell_bill(open_till.owner, bill.draft, rest, shown=yuan("210"), uid=new_uid())
    # 800 points paid 8.00; 74.00 in cash brought 74 of what the card left of the cut and the water.
    assert (str(found.left), has(wang)) == ("74.00", 74)
    view = sale_view(sold.key)
    assert [line.offs[0][0] if line.offs else "" for line in view.lines] == [
        "护理十次卡", "八折卡", "",
    ]  # fmt: skip
    assert [one.times for one in view.payments if one.times is not None] == [9]
    sound()

    again = open_till.bill(session=open_till.owner)
    reopen_sale(open_till.owner, sold.key, again.draft, reason="mistyped", uid=new_uid())
    opened = load_key(again.draft)
    assert (has(wang), chosen_times(opened.head)) == (800, [])
    assert str(opened.amount_due) == "216.40"
    assert next(one.of for one in offers_for(opened)) == 10


def test_who_is_taken_off_the_bill_takes_his_cards_along(open_till: Shop, wang: Person) -> None:
    bill = bill_of(open_till, wang, "106", "106")
    offers = offers_for(bill)
    assert (offers[0].count, str(offers[0].most)) == (2, "256.00")
    choose_offers(bill, offers, {0, 1})
    assert chosen_times(bill.head) and str(bill.amount_due) == "256.00"
    set_customer(open_till.owner, bill, None)
    assert str(bill.amount_due) == "336.00" and not chosen_times(bill.head)
    require_times(bill.head, [], FIRST_DAY)
    assert offers_for(bill) == []
    # No more than the card holds.
    more = offers_for(bill_of(open_till, wang, *["106"] * 11))
    assert (more[0].count, more[0].of, str(more[0].most)) == (10, 10, "1280.00")
    # A card that is frozen, or over, gives nothing; who has none is asked nothing.
    Card.update(state="frozen").execute()
    bill = bill_of(open_till, wang, "106")
    assert str(bill.amount_due) == "168.00"
    assert [one.kind for one in offers_for(bill)] == [POINTS]
    assert offers_for(bill_of(open_till, person(open_till, "李雷"), "106")) == []
