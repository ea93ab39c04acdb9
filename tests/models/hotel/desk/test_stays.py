"""A stay from the desk to the door: checked in, charged, moved, settled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from models.base.rates import Rate
from models.hotel.audit.audit import (
    next_block,
    post_nights,
)
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import post_charge
from models.hotel.charges.services import LATE_CODE
from models.hotel.charges.windows import (
    Routing,
    RoutingWrong,
    WindowMissing,
    add_window,
    own_folio,
    route_charges,
    stop_routing,
    windows_of,
)
from models.hotel.desk.arrivals import (
    Guardian,
    GuardianWanted,
    Guest,
    NotArrivalDay,
    RoomLivedIn,
    RoomNotReady,
    RoomWanted,
    check_in,
    masked,
    takes_dirty_rooms,
    walk_in,
)
from models.hotel.desk.departures import (
    BalanceChanged,
    TooLateToReinstate,
    WindowNotSettled,
    check_out,
    post_late_charge,
    refund_guest,
    reinstate_guest,
    review,
)
from models.hotel.desk.moves import MoveNeedsReason, move_guest
from models.hotel.folios import deposits
from models.hotel.folios.deposits import (
    DepositTooLate,
    DepositWrong,
    apply_deposit,
    return_deposit,
    take_deposit,
)
from models.hotel.folios.folio_payments import pay_folio, ways_for
from models.hotel.reservations.bookings import reserve
from models.hotel.rooms.room_days import left_between
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.stays import (
    DEPARTED,
    IN_HOUSE,
    Booking,
    Night,
    Stay,
    StayGuest,
    StayMoved,
    nights_of,
)
from models.ledger.accounts import GUEST_LEDGER, ROOM_SALES
from models.ledger.documents import DayTotal
from models.ledger.folio_kinds import COMPANY
from models.ledger.folios import CreditLimitExceeded, Folio, open_folio
from models.ledger.payments.taking import RefundTooMuch
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import NeedsOverride, new_uid
from models.trust.settings import change_settings
from tests.models.hotel.house import House, rooms_of
from tests.models.hotel.staying import arrive, balance, day, fresh, house_day, leave, roll
from tests.stores import CARD, CASH, yuan


@pytest.mark.row("HTL-01", "HTL-15")
def test_a_reserved_guest_checks_in_with_a_deposit(open_house: House) -> None:
    stay = arrive(open_house, deposit=[Paying(CASH, yuan("300"))])
    assert stay.state == IN_HOUSE and stay.room.number == "201"
    assert {night.room.number for night in nights_of(stay.key)} == {"201"}
    assert balance(stay) == "-300.00"
    guest = StayGuest.get()
    assert (guest.name, guest.paper) == ("张三", "440*************12")
    assert masked("A1234") == "A1234"
    assert not proof.verify()


def test_a_walk_in_is_booked_and_checked_in_at_once(open_house: House) -> None:
    wish = open_house.wish(day(0), day(1), room=open_house.room("202").key)
    stay = walk_in(open_house.desk, wish, [Guest("李四")], uid=new_uid())
    assert stay.state == IN_HOUSE and stay.name == "李四"
    with pytest.raises(RoomWanted):
        walk_in(open_house.desk, open_house.wish(day(0), day(1)), [], uid=new_uid())
    late = open_house.wish(day(1), day(2), room=open_house.room("203").key)
    with pytest.raises(NotArrivalDay):
        walk_in(open_house.desk, late, [], uid=new_uid())


def test_who_cannot_be_checked_in(open_house: House) -> None:
    arrive(open_house)
    other = open_house.book(day(0), day(1), name="李四")

    def attempt(stay: Stay, room: str | None) -> None:
        check_in(
            open_house.desk, stay, [], version=fresh(stay).version,
            room=open_house.room(room) if room else None, uid=new_uid(),
        )  # fmt: skip

    with pytest.raises(RoomLivedIn):
        attempt(other, "201")
    with pytest.raises(RoomWanted):
        attempt(other, None)
    set_care(open_house.desk, [open_house.room("203").key], "dirty", uid=new_uid())
    with pytest.raises(RoomNotReady):
        attempt(other, "203")
    booked = open_house.book(day(1), day(2), room=open_house.room("204").key, name="王五")
    with pytest.raises(NotArrivalDay):
        attempt(booked, "204")
    change_settings(open_house.shop.owner, {takes_dirty_rooms.name: True}, uid=new_uid())
    attempt(other, "203")
    with pytest.raises(StayMoved):
        attempt(other, "203")


@pytest.mark.row("HTL-02", "HTL-22")
def test_charges_are_held_against_credit_and_deposit(open_house: House) -> None:
    shop = open_house.shop
    stay = arrive(open_house, deposit=[Paying(CASH, yuan("100"))])
    shop.give(shop.owner, "收银员", post_charge=None)
    post_charge(shop.cashier, stay, "2000", yuan("1100"), uid=new_uid())
    with pytest.raises(CreditLimitExceeded):
        post_charge(shop.cashier, stay, "5000", yuan("0.01"), uid=new_uid())
    pay_folio(open_house.desk, own_folio(stay.key), [Paying(CASH, yuan("50"))], uid=new_uid())
    post_charge(shop.cashier, stay, "5000", yuan("50"), uid=new_uid())
    line = lines_of(own_folio(stay.key).key)[-1]
    assert (line.room, line.stay, line.document.user) == ("201", stay.key, shop.cashier.user)
    Stay.update(is_posting_stopped=True).where(Stay.key == stay.key).execute()
    with pytest.raises(StayMoved):
        post_charge(open_house.desk, stay, "2000", yuan("1"), uid=new_uid())


@pytest.mark.case("RTE-01")
@pytest.mark.row("HTL-14")
def test_charges_go_where_the_instructions_say(open_house: House) -> None:
    stay = arrive(open_house, nights=3)
    company = open_folio(
        open_house.desk, kind=COMPANY, name="公司", limit=yuan("9999"), uid=new_uid()
    )
    rule = route_charges(
        open_house.desk, stay, company, code="room", most=yuan("85"), uid=new_uid()
    )
    Night.update(price=yuan("355")).where(Night.stay == stay).execute()
    post_nights(open_house.desk, [stay.key], uid=new_uid())
    assert balance(stay) == "270.00"
    assert str(Folio.get_by_id(company.key).balance) == "85.00"
    post_charge(open_house.desk, stay, "1000", yuan("100"), uid=new_uid())
    assert balance(stay) == "370.00"
    stop_routing(open_house.desk, rule, uid=new_uid())
    with pytest.raises(RoutingWrong):
        stop_routing(open_house.desk, rule, uid=new_uid())
    assert not proof.verify()


@pytest.mark.case("RTE-04")
def test_a_share_changed_later_moves_nothing_that_is_posted(open_house: House) -> None:
    stay = arrive(open_house)
    second = add_window(open_house.desk, stay, name="同住", uid=new_uid())
    route_charges(open_house.desk, stay, second, share=Rate.percent("50"), uid=new_uid())
    post_charge(open_house.desk, stay, "2000", yuan("100"), uid=new_uid())
    Routing.update(share=Rate.percent("20")).execute()
    post_charge(open_house.desk, stay, "2000", yuan("100"), uid=new_uid())
    sums = {letter: str(folio.balance) for letter, folio in windows_of(stay.key)}
    assert sums == {"A": "130.00", "B": "70.00"}
    for wrong in ({"share": Rate(0)}, {"share": Rate(1_000_001)}, {"most": yuan("-1")}):
        with pytest.raises(RoutingWrong):
            route_charges(open_house.desk, stay, second, uid=new_uid(), **wrong)


@pytest.mark.row("HTL-07", "HTL-08")
def test_every_night_that_is_not_posted_is_posted_by_the_check_out(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    # The same evening, before any audit.
    open_house.shop.clock.move(hours=12)
    assert str(review(fresh(stay), house_day()).balance) == "320.00"
    with pytest.raises(BalanceChanged):
        leave(open_house, stay, shown=yuan("319.99"))
    with pytest.raises(WindowNotSettled):
        leave(open_house, stay, Paying(CASH, yuan("300")))
    # Taken it stands on his account, whatever becomes of the check-out.
    gone = leave(open_house, stay, Paying(CASH, yuan("20")))
    assert gone.state == DEPARTED and open_house.room("201").care == "dirty"
    assert next_block(house_day()) == []
    assert left_between(day(0), day(1))[open_house.twin.key, day(0)].left == 5
    totals = {row.account: row.debit - row.credit for row in DayTotal.select()}
    assert totals[ROOM_SALES] < 0 and totals[GUEST_LEDGER] == 0
    assert not proof.verify()
    with pytest.raises(WindowMissing):
        own_folio(stay.key)


@pytest.mark.case("HU-20")
def test_leaving_late_costs_half_a_night_and_stands_in_the_review(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    Night.update(price=yuan("300")).where(Night.stay == stay).execute()
    roll(open_house)
    pay_folio(open_house.desk, own_folio(stay.key), [Paying(CASH, yuan("300"))], uid=new_uid())
    # The audit was early: it is eight in the evening before the day on which he is due out.
    afternoon = open_house.shop.clock.at.replace(hour=7)
    open_house.shop.clock.at = afternoon - timedelta(hours=19)
    assert str(review(fresh(stay), house_day()).fee) == "0.00"
    open_house.shop.clock.at = afternoon  # three o'clock
    seen = review(fresh(stay), house_day())
    assert (str(seen.fee), str(seen.balance), seen.nights) == ("150.00", "150.00", ())
    with pytest.raises(WindowNotSettled):
        leave(open_house, stay)
    shop = open_house.shop
    shop.give(shop.owner, "收银员", check_out=None)
    with pytest.raises(NeedsOverride):
        check_out(
            shop.cashier, stay, version=fresh(stay).version, shown=yuan("0"),
            waives_fee="常客", uid=new_uid(),
        )  # fmt: skip
    leave(open_house, stay, Paying(CASH, yuan("150")))
    assert not proof.verify()


def test_who_leaves_a_day_early_pays_no_late_hour(open_house: House) -> None:
    stay = arrive(open_house, nights=2)
    roll(open_house)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=7)  # three in the afternoon
    seen = review(fresh(stay), house_day())
    # The night of the day is his; it was booked, and is posted with the one before.
    assert (str(seen.fee), str(seen.balance)) == ("0.00", "640.00")
    leave(open_house, stay, Paying(CASH, yuan("640")))
    codes = [line.code for line in lines_of(windows_of(stay.key)[0][1].key) if line.code]
    assert LATE_CODE not in codes and codes
    assert not proof.verify()


@pytest.mark.case("HU-17")
def test_a_deposit_by_card_goes_back_to_the_card(open_house: House) -> None:
    card = Paying(CARD, yuan("400"), reference="A1", last_four="1234")
    stay = arrive(open_house, nights=1, deposit=[card])
    Night.update(price=yuan("310")).execute()
    with pytest.raises(RefundTooMuch):
        leave(open_house, stay, Paying(CASH, yuan("-90")), shown=yuan("-90"))
    back = Paying(CARD, yuan("-90"), reference="A2", last_four="1234")
    leave(open_house, stay, back, shown=yuan("-90"))
    assert [folio.status for _, folio in windows_of(stay.key)] == ["closed"]
    assert not proof.verify()


@pytest.mark.row("HTL-30")
def test_what_is_left_becomes_a_debt_of_the_company(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    company = open_folio(
        open_house.desk, kind=COMPANY, name="公司", limit=yuan("9999"), uid=new_uid()
    )
    leave(open_house, stay, accounts={"A": company}, shown=yuan("320"))
    assert str(Folio.get_by_id(company.key).balance) == "320.00" and not proof.verify()


@pytest.mark.case("HU-30")
@pytest.mark.row("HTL-09")
def test_reinstated_on_the_day_and_not_later(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    gone = leave(open_house, stay, Paying(CASH, yuan("320")))
    set_care(open_house.desk, [open_house.room("202").key], "clean", uid=new_uid())
    back = reinstate_guest(
        open_house.desk, gone, version=gone.version, room=open_house.room("202"), uid=new_uid()
    )
    assert back.state == IN_HOUSE and back.room.number == "202"
    # He sleeps there tonight: the room is sold, and the night that was posted stands.
    assert left_between(day(0), day(1))[open_house.twin.key, day(0)].left == 4
    assert not proof.verify() and next_block(day(0)) == []
    post_charge(open_house.desk, back, "5000", yuan("8"), uid=new_uid())
    gone = leave(open_house, back, Paying(CASH, yuan("8")))
    roll(open_house)
    with pytest.raises(TooLateToReinstate):
        reinstate_guest(open_house.desk, gone, version=gone.version, uid=new_uid())
    late = post_late_charge(open_house.desk, gone, "5000", yuan("46"), uid=new_uid())
    letters = {letter: str(folio.balance) for letter, folio in windows_of(gone.key)}
    assert letters == {"A": "0.00", "B": "46.00"} and late.day == day(1)
    assert lines_of(windows_of(gone.key)[1][1].key)[0].service_day == day(0)
    with pytest.raises(StayMoved):
        leave(open_house, gone, shown=yuan("0"))


def test_moved_to_a_dearer_type_the_difference_is_list_to_list(open_house: House) -> None:
    stay = arrive(open_house, nights=3)
    Night.update(price=yuan("280")).where(Night.stay == stay).execute()
    roll(open_house)
    with pytest.raises(MoveNeedsReason):
        move_guest(
            open_house.desk, stay, open_house.room("301"), version=fresh(stay).version,
            reason=" ", uid=new_uid(),
        )  # fmt: skip
    moved = move_guest(
        open_house.desk, stay, open_house.room("301"), version=fresh(stay).version,
        reason="空调坏", is_free=False, uid=new_uid(),
    )  # fmt: skip
    assert [(n.room.number, str(n.price)) for n in nights_of(stay.key)] == [
        ("201", "280.00"), ("301", "280.00"), ("301", "280.00"),
    ]  # fmt: skip
    left = left_between(day(1), day(2))
    assert left[open_house.twin.key, day(1)].left == 5
    assert left[open_house.king.key, day(1)].left == 2
    assert open_house.room("201").care == "dirty" and not proof.verify()
    with pytest.raises(StayMoved):
        gone = leave(open_house, moved, Paying(CASH, yuan("560")))
        move_guest(
            open_house.desk, gone, open_house.room("302"), version=gone.version, reason="x",
            uid=new_uid(),
        )  # fmt: skip


def test_deposits_before_arrival_are_owed_until_the_guest_comes(open_house: House) -> None:
    stay = open_house.book(day(0), day(2), name="张三")
    booking = stay.booking
    paid = [Paying(CASH, yuan("300"))], [Paying(CASH, yuan("20"))]
    for each in paid:
        take_deposit(open_house.desk, booking, each, uid=new_uid())
    assert str(deposits.held(booking)) == "320.00"
    ways = deposits.ways_of_return(booking)
    assert [[str(p.given) for p in way] for way in ways] == [["-300.00", "-20.00"]]
    with pytest.raises(DepositWrong):
        take_deposit(open_house.desk, booking, [], uid=new_uid())
    with pytest.raises(DepositWrong):
        return_deposit(open_house.desk, booking, [Paying(CASH, yuan("-321"))], uid=new_uid())
    return_deposit(open_house.desk, booking, [Paying(CASH, yuan("-20"))], uid=new_uid())
    check_in(
        open_house.desk, fresh(stay), [], version=fresh(stay).version,
        room=open_house.room("201"), uid=new_uid(),
    )  # fmt: skip
    assert balance(stay) == "-300.00" and str(deposits.held(booking)) == "0.00"
    # He is there: on his account it would be set against what he owes, here it would lie.
    with pytest.raises(DepositTooLate):
        take_deposit(open_house.desk, booking, [Paying(CASH, yuan("1"))], uid=new_uid())
    assert not proof.verify()


def test_what_is_given_back_is_stored_as_it_is_given_and_goes_out_once(open_house: House) -> None:
    """A deposit of a reservation is on the account by then; it goes back to the card that paid."""
    desk, stay = open_house.desk, open_house.book(day(0), day(1), name="张三")
    card = Paying(CARD, yuan("500"), reference="A1", last_four="1234")
    take_deposit(desk, stay.booking, [card], uid=new_uid())
    check_in(
        desk, fresh(stay), [], version=fresh(stay).version, room=open_house.room("201"),
        deposit=[Paying(CASH, yuan("200"))], uid=new_uid(),
    )  # fmt: skip
    # Another card pays the same again, and gets it back.
    folio = own_folio(stay.key)
    pay_folio(desk, folio, [replace(card, last_four="4321")], stay=stay.key, uid=new_uid())
    both = [replace(card, given=yuan("-500"), last_four=four) for four in ("4321", "1234")]
    assert [way[0] for way in ways_for(folio.key, yuan("500"))][1:] == [
        replace(each, reference="") for each in both
    ]
    refund_guest(desk, stay, folio, both[1:], shown=yuan("-880"), uid=new_uid())
    uid = new_uid()
    ways = ways_for(folio.key, yuan("380"))
    assert [[(p.tender, str(p.given)) for p in way] for way in ways] == [
        [(CASH, "-200.00"), (CARD, "-180.00")], [(CARD, "-380.00")],
    ]  # fmt: skip
    back = Paying(CARD, yuan("-180"), reference="R1", last_four="4321")

    def give(paying: Paying, shown: str, uid: Any = None, **more: Any) -> list[int]:
        return refund_guest(
            desk, stay, folio, [paying], shown=yuan(shown), uid=uid or new_uid(),
            **more,
        )  # fmt: skip

    for wrong, shown in ((back, "-381"), (Paying(CASH, yuan("-380.10")), "-380"),
                         (Paying(CASH, yuan("1")), "-380")):  # fmt: skip
        with pytest.raises(BalanceChanged):
            give(wrong, shown)
    assert give(back, "-380", uid) == give(back, "-380", uid)
    # Broken off here, it is known: what is left is 200, in cash, and no more.
    assert (balance(stay), str(review(fresh(stay), house_day()).balance)) == ("-520.00", "-200.00")
    assert [str(way[0].given) for way in ways_for(folio.key, yuan("200"))] == ["-200.00", "-200.00"]
    # What went back is no money that came.
    assert ways_for(folio.key, yuan("520")) and not ways_for(folio.key, yuan("520.10"))
    give(Paying(CASH, yuan("-200")), "-200")
    with pytest.raises(BalanceChanged):
        give(Paying(CASH, yuan("-1")), "0")
    assert leave(open_house, stay, shown=yuan("0")).state == DEPARTED
    with pytest.raises(StayMoved):
        give(back, "0")
    assert not proof.verify()


def test_a_groups_deposit_waits_until_somebody_says_whose_it_is(open_house: House) -> None:
    wishes = [open_house.wish(day(0), day(1))] * 2
    booking = reserve(open_house.desk, wishes, name="团", uid=new_uid())
    take_deposit(open_house.desk, booking, [Paying(CASH, yuan("500"))], uid=new_uid())
    stay = rooms_of(booking)[0]
    check_in(
        open_house.desk, stay, [], version=stay.version, room=open_house.room("201"),
        uid=new_uid(),
    )  # fmt: skip
    assert str(deposits.held(booking)) == "500.00"
    folio = own_folio(stay.key)
    held = Booking.get_by_id(booking.key)
    apply_deposit(open_house.desk, held, folio, yuan("200"), uid=new_uid())
    assert (balance(stay), str(deposits.held(booking))) == ("-200.00", "300.00")
    with pytest.raises(DepositWrong):
        apply_deposit(
            open_house.desk, Booking.get_by_id(booking.key), folio, yuan("301"), uid=new_uid()
        )


@pytest.mark.row("H-2")
def test_of_a_guest_under_age_the_register_says_who_answers_for_him(open_house: House) -> None:
    stay = open_house.book(day(0), day(1), name="张三")
    child = Guest("张小", born=date(2015, 6, 1), guardian=Guardian("张三", "12", "父子"))

    def comes(guest: Guest) -> Stay:
        return check_in(
            open_house.desk, stay, [Guest("张三", born=date(1985, 6, 1)), guest],
            version=fresh(stay).version, room=open_house.room("201"), uid=new_uid(),
        )  # fmt: skip

    for guardian, field in (
        (None, "guardian"), (child.guardian, "guardian_phone"),
        (Guardian("张三", "13800001234"), "relation"),
    ):  # fmt: skip
        with pytest.raises(GuardianWanted) as refused:
            comes(replace(child, guardian=guardian))
        assert refused.value.fields["field"] == field
    comes(replace(child, guardian=Guardian("张三", "13800001234", "父子")))
    grown, kept = StayGuest.select().where(StayGuest.stay == stay).order_by(StayGuest.key)
    assert (kept.guardian, kept.guardian_phone.text, kept.relation) == (
        "张三", "13800001234", "父子",
    )  # fmt: skip
    assert str(kept.guardian_phone) == "138****1234" and not grown.guardian
