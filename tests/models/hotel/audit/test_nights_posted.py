"""The night audit: posted once, answered first, closed from its evening on."""

from __future__ import annotations

import pytest

from models.base.money import Money
from models.base.rates import Rate
from models.hotel.audit.audit import (
    ArrivalsOpen,
    DateNotOver,
    DueOutsOpen,
    NightsNotPosted,
    due_outs,
    mark_no_show,
    next_block,
    no_arrivals,
    odd_rates,
    post_nights,
    reinstate_no_show,
)
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges.nights import NightTaken, post_night
from models.hotel.charges.services import ROOM_CODE, Service
from models.hotel.desk.arrivals import (
    check_in,
)
from models.hotel.desk.departures import (
    review,
)
from models.hotel.folios import deposits
from models.hotel.folios.deposits import take_deposit
from models.hotel.reservations.bookings import assign_room
from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.room_days import left_between
from models.hotel.stays.stays import (
    NO_SHOW,
    Night,
    Stay,
    StayMoved,
)
from models.ledger.accounts import ROOM_SALES
from models.ledger.daily.days import close_day
from models.ledger.documents import DayTotal, Document
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, new_uid, operation
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, balance, day, fresh, house_day, roll
from tests.stores import CASH, yuan


@pytest.mark.row("HTL-28")
def test_a_night_is_posted_once_and_the_date_waits_for_all(open_house: House) -> None:
    first, second = arrive(open_house), arrive(open_house, room="202")
    assert next_block(day(0)) == [first.key, second.key]
    assert post_nights(open_house.desk, [first.key], uid=new_uid()) == 1
    assert post_nights(open_house.desk, [first.key], uid=new_uid()) == 0
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15)
    open_house.shop.close_shift(open_house.desk)
    with pytest.raises(NightsNotPosted):
        close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    assert post_nights(open_house.desk, [second.key], uid=new_uid()) == 1
    close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    figures = DayFigures.get()
    assert (figures.sold, figures.rooms, figures.arrivals) == (2, 8, 2)
    assert (str(figures.room_revenue), str(figures.house.occupancy)) == ("566.38", "25.00")
    assert {open_house.room(number).care for number in ("201", "202")} == {"dirty"}
    assert not proof.verify()


@pytest.mark.case("HU-01")
@pytest.mark.row("HTL-28")
def test_a_date_is_closed_from_its_evening_on(open_house: House) -> None:
    arrive(open_house, nights=3)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15, minute=38)
    roll(open_house)
    assert house_day() == day(1)
    open_house.shop.clock.at = open_house.shop.clock.at.replace(day=2, hour=15, minute=50)
    post_nights(open_house.desk, next_block(day(1)), uid=new_uid())
    open_house.shop.close_shift(open_house.desk)
    with pytest.raises(DateNotOver):
        close_day(open_house.shop.owner, next_day=day(2), uid=new_uid())
    assert house_day() == day(1)


def test_due_outs_and_arrivals_are_answered_first(open_house: House) -> None:
    staying = arrive(open_house, nights=1)
    coming = open_house.book(day(0), day(2), name="未到")
    open_house.shop.clock.at = open_house.shop.clock.at.replace(hour=15)
    post_nights(open_house.desk, [staying.key], uid=new_uid())
    open_house.shop.close_shift(open_house.desk)
    assert no_arrivals(day(0)) == [coming]
    with pytest.raises(ArrivalsOpen):
        close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    gone = mark_no_show(open_house.desk, coming, version=coming.version, uid=new_uid())
    assert gone.state == NO_SHOW and gone.fee_document is None
    close_day(open_house.shop.owner, next_day=day(1), uid=new_uid())
    open_house.shop.clock.move(days=1)
    assert due_outs(day(1)) == [staying]
    with pytest.raises(DueOutsOpen):
        close_day(open_house.shop.owner, next_day=day(2), uid=new_uid())
    longer = change_stay(
        open_house.desk, fresh(staying), version=fresh(staying).version, arrival=day(0),
        departure=day(2), uid=new_uid(),
    )  # fmt: skip
    assert due_outs(day(1)) == [] and next_block(day(1)) == [longer.key]
    with pytest.raises(StayMoved):
        mark_no_show(open_house.desk, longer, version=longer.version, uid=new_uid())


@pytest.mark.case("HU-22", "HU-23")
def test_a_no_show_forfeits_his_first_night_and_comes_after_all(open_house: House) -> None:
    Service.update(tax=Rate.percent("6")).execute()
    stay = open_house.book(day(0), day(3), name="晚到")
    Night.update(price=yuan("400")).where(Night.day < day(2)).execute()
    Night.update(price=yuan("460")).where(Night.day == day(2)).execute()
    take_deposit(open_house.desk, stay.booking, [Paying(CASH, yuan("400"))], uid=new_uid())
    missed = mark_no_show(open_house.desk, fresh(stay), version=fresh(stay).version, uid=new_uid())
    assert str(deposits.held(stay.booking)) == "0.00"
    totals = {row.account: row.debit - row.credit for row in DayTotal.select()}
    assert totals[ROOM_SALES] == -37_736
    assert left_between(day(1), day(2))[open_house.twin.key, day(1)].left == 5
    roll(open_house)
    back = reinstate_no_show(open_house.desk, missed, version=fresh(missed).version, uid=new_uid())
    assert str(deposits.held(stay.booking)) == "400.00"
    room = assign_room(
        open_house.desk, back, open_house.room("201"), version=fresh(back).version, uid=new_uid()
    )
    guest = check_in(open_house.desk, room, [], version=fresh(room).version, uid=new_uid())
    seen = review(fresh(guest), day(2))
    assert str(seen.nights_total) == "1260.00" and str(seen.balance) == "860.00"
    assert DayFigures.get().sold == 0 and not proof.verify()


def test_odd_rates_are_listed(open_house: House) -> None:
    stay = arrive(open_house)
    assert odd_rates(day(0)) == []
    Night.update(price=Money(0, yuan("1").currency), why="免费").where(Night.stay == stay).execute()
    assert [night.why for night in odd_rates(day(0))] == ["免费"]
    post_nights(open_house.desk, [stay.key], uid=new_uid())
    assert (
        balance(stay) == "0.00" and Document.select().where(Document.kind == "charge").count() == 1
    )
    assert not proof.verify()


@operation(right="night audit")
def post_again(job: Job, stay: int) -> None:
    """Post a night that was read before somebody else posted it."""
    night, service = Night.get(Night.stay == stay), Service.get(Service.code == ROOM_CODE)
    post_night(job, Stay.get_by_id(stay), night, service)


def test_of_two_who_post_one_night_one_does(open_house: House) -> None:
    stay = arrive(open_house, nights=1)
    post_nights(open_house.desk, [stay.key], uid=new_uid())
    with pytest.raises(NightTaken):
        post_again(open_house.desk, stay.key, uid=new_uid())
    assert balance(stay) == "320.00" and not proof.verify()
