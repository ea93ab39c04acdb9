"""What a front desk is asked that it must not do: each is refused by its name, in words of both
languages, and nothing is half done.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from models import store
from models.base import clock
from models.base.refusals import Refusal
from models.hotel.audit.audit import DateNotOver, due_outs, next_block, post_nights
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.nights import pending_nights
from models.hotel.charges.postings import LineAnswered, LineIsCorrection, post_to_folio, void_charge
from models.hotel.charges.windows import own_folio, windows_of
from models.hotel.desk.arrivals import Guest, RoomLivedIn, RoomNotReady, check_in
from models.hotel.desk.departures import check_out, review
from models.hotel.folios.deposits import DepositWrong, return_deposit, take_deposit
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.reservations.bookings import StayDatesWrong, reserve
from models.hotel.rooms.rates import Party, TooManyPersons
from models.hotel.rooms.room_days import TypeFull
from models.hotel.rooms.rooms import DIRTY, OUT_OF_ORDER
from models.hotel.stays.free_rooms import RoomNotFree
from models.hotel.stays.housekeeping import close_room, set_care
from models.hotel.stays.identity import IdNumberWrong, read_id_card
from models.hotel.stays.stays import Booking, Stay, StayMoved
from models.ledger.daily import days
from models.ledger.folios import FolioNotOpen
from models.ledger.payments.taking import PaymentWrong, RefundTooMuch
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.founding import Founding
from models.trust.operation import Session, new_uid
from models.trust.users import User
from receipts.words import refusal_text
from tests.models.hotel.house import House, furnish
from tests.models.hotel.random_house import stands
from tests.models.hotel.staying import arrive, day, fresh, house_day, leave, roll
from tests.stores import CARD, CASH, PASSWORD, Shop, Ticking, yuan

Work = Callable[[House], Any]


def _paper(number: str) -> Work:
    return lambda house: read_id_card(number, day(0))


def _into(number: str, prepare: Callable[[House], Any] = lambda house: None) -> Work:
    """Check somebody into this room, after something has become of it."""

    def work(house: House) -> None:
        stay = house.book(day(0), day(1), name="想住")
        prepare(house)
        before = stands()
        try:
            check_in(
                house.desk, stay, [Guest("想住")], version=stay.version, room=house.room(number),
                uid=new_uid(),
            )  # fmt: skip
        finally:
            assert stands() == before

    return work


def _dirty(house: House) -> None:
    set_care(house.desk, [house.room("202").key], DIRTY, uid=new_uid())


def _shut(house: House) -> None:
    close_room(
        house.shop.owner, house.room("202"), OUT_OF_ORDER, first=day(0), until=day(1), reason="漏",
        uid=new_uid(),
    )  # fmt: skip


def _closed_folio(house: House) -> None:
    stay = arrive(house, nights=1)
    leave(house, stay, Paying(CASH, yuan("320")))
    post_to_folio(house.desk, windows_of(stay.key)[0][1], "2000", yuan("1"), uid=new_uid())


def _early_close(house: House) -> None:
    """At nine in the morning; and a date that lies behind."""
    house.shop.close_shift(house.desk)
    days.close_day(house.shop.owner, next_day=day(1), uid=new_uid())


def _other_date(house: House) -> None:
    house.shop.close_shift(house.desk)
    house.shop.clock.at = house.shop.clock.at.replace(hour=15)
    days.close_day(house.shop.owner, next_day=day(0), uid=new_uid())


def _never_paid(house: House) -> None:
    """Cash is not given back for what a card paid."""
    stay = arrive(house, nights=1, deposit=[_card("500")])
    leave(house, stay, Paying(CASH, yuan("-180")))


def _card(amount: str) -> Paying:
    return Paying(CARD, yuan(amount), reference="T", last_four="4242")


def _refunded_meanwhile(house: House) -> None:
    """Two desks look at 300.00 in cash that are held; the first gives them back."""
    booking = house.book(day(1), day(2)).booking
    take_deposit(house.desk, booking, [Paying(CASH, yuan("300"))], uid=new_uid())
    back = [Paying(CASH, yuan("-300"))]
    for _ in range(2):
        return_deposit(house.shop.owner, fresh_booking(booking), back, uid=new_uid())


def fresh_booking(booking: Booking) -> Booking:
    found: Booking = Booking.get_by_id(booking.key)
    return found


def _given_out_beside_the_departure(house: House) -> None:
    """A payment below zero is none: money goes back the way it came, when the guest leaves."""
    stay = arrive(house, nights=1, deposit=[Paying(CASH, yuan("500"))])
    back = Paying(CASH, yuan("-400"))
    pay_folio(house.desk, own_folio(stay.key), [back], stay=stay.key, uid=new_uid())


def _reversal_reversed(house: House) -> None:
    stay = arrive(house)
    folio = own_folio(stay.key)
    post_to_folio(house.desk, folio, "2000", yuan("30"), uid=new_uid())
    void_charge(house.desk, lines_of(folio.key)[-1], reason="x", uid=new_uid())
    void_charge(house.desk, lines_of(folio.key)[-1], reason="y", uid=new_uid())


def _reversed_twice(house: House) -> None:
    stay = arrive(house)
    folio = own_folio(stay.key)
    post_to_folio(house.desk, folio, "2000", yuan("30"), uid=new_uid())
    line = lines_of(folio.key)[-1]
    for _ in range(2):
        void_charge(house.desk, line, reason="x", uid=new_uid())


def _last_room(house: House) -> None:
    """Two desks saw 203 free; the second one's guest does not get it."""
    one, two = (house.book(day(0), day(1), name=name) for name in ("甲", "乙"))
    for stay in (one, two):
        check_in(
            house.desk, stay, [Guest(stay.name)], version=stay.version, room=house.room("203"),
            uid=new_uid(),
        )  # fmt: skip


def _sold_beyond(house: House) -> None:
    for _ in range(6):
        house.book(day(0), day(1))


def _too_many(house: House) -> None:
    house.book(day(0), day(1), party=Party(3))


def _backwards(house: House) -> None:
    wish = house.wish(day(2), day(1))
    reserve(house.desk, [wish], name="倒", uid=new_uid())


def _gone_twice(house: House) -> None:
    stay = arrive(house, nights=1)
    leave(house, stay, Paying(CASH, yuan("320")))
    check_out(
        house.desk, fresh(stay), version=fresh(stay).version, shown=yuan("0"), uid=new_uid()
    )  # fmt: skip


BAD: dict[str, tuple[Work, type[Refusal]]] = {
    "wrong check digit": (_paper("110105194912310021"), IdNumberWrong),
    "impossible birthday": (_paper("110105194913310023"), IdNumberWrong),
    "impossible dates": (_backwards, StayDatesWrong),
    "dirty room": (_into("202", _dirty), RoomNotReady),
    "room out of order": (_into("202", _shut), RoomNotFree),
    "room taken": (_into("201", lambda house: arrive(house)), RoomLivedIn),
    "closed folio": (_closed_folio, FolioNotOpen),
    "audit too early": (_early_close, DateNotOver),
    "audit of another date": (_other_date, days.NextDayWrong),
    "cash never paid": (_never_paid, RefundTooMuch),
    "refunded at another desk": (_refunded_meanwhile, DepositWrong),
    "given out beside the departure": (_given_out_beside_the_departure, PaymentWrong),
    "reversal reversed": (_reversal_reversed, LineIsCorrection),
    "reversed twice": (_reversed_twice, LineAnswered),
    "last room": (_last_room, RoomLivedIn),
    "type full": (_sold_beyond, TypeFull),
    "more persons than beds": (_too_many, TooManyPersons),
    "gone already": (_gone_twice, StayMoved),
}


@pytest.mark.row("HTL-01", "HTL-27")
@pytest.mark.parametrize("name", BAD)
def test_it_is_refused_by_name_and_nothing_is_half_done(
    shop_on: Callable[[str], Shop], name: str
) -> None:
    house = furnish(shop_on("sqlite"))
    house.shop.open_shift(session=house.desk)
    work, wanted = BAD[name]
    with pytest.raises(Refusal) as refused:
        work(house)
    assert type(refused.value) is wanted
    texts = [refusal_text(refused.value, lang) for lang in ("zh", "en")]
    assert texts[0] != texts[1] and "{" not in "".join(texts)
    assert "This was refused" not in texts[1]
    assert not proof.verify()


@pytest.mark.row("HTL-28")
def test_the_next_date_is_not_closed_by_a_second_run(open_house: House) -> None:
    """By hand, then by the schedule: the date that has just begun is not over."""
    arrive(open_house, nights=3)
    roll(open_house)
    open_house.shop.close_shift(open_house.desk)
    before = stands()
    with pytest.raises(DateNotOver):
        days.close_day(open_house.shop.owner, next_day=day(2), uid=new_uid())
    assert stands() == before and house_day() == day(1)


@pytest.mark.row("HTL-28")
def test_a_clock_that_was_set_back_or_on_posts_each_night_once(open_house: House) -> None:
    """Back to the morning between the nights and the close; three days on at the next audit: the
    date goes on by one, and no night is posted twice or left out.
    """
    stay = arrive(open_house, nights=5)
    clock_of = open_house.shop.clock
    clock_of.at = clock_of.at.replace(hour=15)
    post_nights(open_house.desk, next_block(day(0)), uid=new_uid())
    clock_of.move(hours=-14)
    assert next_block(day(0)) == []
    open_house.shop.close_shift(open_house.desk)
    with pytest.raises(DateNotOver):
        days.close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    clock_of.move(hours=14)
    days.close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    open_house.shop.open_shift(session=open_house.desk)
    clock_of.move(days=3)
    post_nights(open_house.desk, next_block(day(1)), uid=new_uid())
    open_house.shop.close_shift(open_house.desk)
    days.close_day(open_house.shop.owner, next_day=day(2), uid=new_uid())
    posted = [line.service_day for line in lines_of(own_folio(stay.key).key)]
    assert posted == [day(0), day(1)] and not proof.verify()


@pytest.mark.parametrize(
    ("first", "leaves", "fee"),
    [
        # Clocks go on at two in the night, and back: noon is noon by the clock on the wall.
        (date(2026, 3, 28), datetime(2026, 3, 29, 9, 50, tzinfo=UTC), "0.00"),
        (date(2026, 3, 28), datetime(2026, 3, 29, 10, 10, tzinfo=UTC), "210.00"),
        (date(2026, 10, 24), datetime(2026, 10, 25, 10, 50, tzinfo=UTC), "0.00"),
        (date(2026, 10, 24), datetime(2026, 10, 25, 11, 10, tzinfo=UTC), "210.00"),
    ],
)
def test_departure_nights_and_audit_over_a_change_of_summer_time(
    tmp_path: Path, first: date, leaves: datetime, fee: str
) -> None:
    url, keys = f"sqlite:///{tmp_path / 'store.db'}", tmp_path / "keys"
    ticking = Ticking(datetime.combine(first, datetime.min.time(), UTC) + timedelta(hours=8))
    with clock.use(ticking):
        store.found_store(
            url, keys,
            Founding(
                name="Hotel", owner_login="owner", owner_name="Anna", owner_password=PASSWORD,
                first_day=first, trades=("shop", "hotel"), zone="Europe/Berlin",
            ),
        )  # fmt: skip
        try:
            owner = User.get(User.login == "owner").key
            users = {"owner": owner, "manager": owner}
            house = furnish(Shop(url, keys, ticking, users=users), first=first)
            house.shop.open_shift(session=house.desk)
            stay, stays_on = _lives_since(house, first), _lives_since(house, first, 3, "202")
            ticking.at = ticking.at.replace(hour=21)
            post_nights(house.desk, next_block(first), uid=new_uid())
            house.shop.close_shift(house.desk)
            days.close_day(
                Session(owner, 1), next_day=first + timedelta(days=1), uid=new_uid()
            )  # fmt: skip
            ticking.at = leaves
            second = first + timedelta(days=1)
            due = review(fresh(stay), second)
            assert str(due.fee or "0.00") == fee and not due.nights
            _closes_at_six(house, second, stays_on)
            assert not proof.verify()
        finally:
            store.close_store()


def _lives_since(house: House, first: date, nights: int = 1, room: str = "201") -> Stay:
    stay = house.book(first, first + timedelta(days=nights))
    return check_in(
        house.desk, stay, [Guest("王伟")], version=stay.version, room=house.room(room),
        uid=new_uid(),
    )  # fmt: skip


def _closes_at_six(house: House, day: date, stay: Stay) -> None:
    """The day of 23 or 25 hours is over at 18:00 on the wall; each of its nights is posted once, a
    day apart.
    """
    for due_out in due_outs(day):
        balance = review(due_out, day).balance
        card = Paying(CARD, balance, reference="T", last_four="4242")
        leave(house, due_out, card)
    post_nights(house.desk, next_block(day), uid=new_uid())
    six = datetime(day.year, day.month, day.day, 18, tzinfo=ZoneInfo("Europe/Berlin"))
    for minutes, closes in ((-5, False), (5, True)):
        house.shop.clock.at = (six + timedelta(minutes=minutes)).astimezone(UTC)
        if closes:
            days.close_day(house.shop.owner, next_day=day + timedelta(days=1), uid=new_uid())
            continue
        with pytest.raises(DateNotOver):
            days.close_day(house.shop.owner, next_day=day + timedelta(days=1), uid=new_uid())
    posted = [line.service_day for line in lines_of(own_folio(stay.key).key)]
    assert posted == [day - timedelta(days=1), day]
    third = day + timedelta(days=1)
    assert [night.day for night in pending_nights(fresh(stay), third)] == [third]
