"""Bookings: priced night by night, counted day by day, and the last room goes to one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.hotel.reservations.bookings import (
    NameWanted,
    RoomOfOtherType,
    StayDatesWrong,
    assign_room,
    confirm_stay,
    reserve,
)
from models.hotel.reservations.cancelling import (
    cancel_stay,
    reinstate_stay,
)
from models.hotel.reservations.changing import NightPosted, change_stay
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import (
    FREE,
    Party,
    RateMissing,
    RatePrice,
    RateWrong,
    TooManyPersons,
    after_move,
    by_price,
    price_nights,
    save_plan,
    save_price,
)
from models.hotel.rooms.room_days import TypeFull, close_sale, days_between, left_between
from models.hotel.rooms.rooms import (
    OUT_OF_ORDER,
    OUT_OF_SERVICE,
    DatesWrong,
    PersonsWrong,
    Room,
    RoomInUse,
    floor_of,
    save_room,
    save_room_type,
)
from models.hotel.stays.free_rooms import (
    RoomNotFree,
)
from models.hotel.stays.housekeeping import close_room, reopen_room, set_care
from models.hotel.stays.stays import (
    CANCELLED,
    OPTION,
    RESERVED,
    WAITING,
    Night,
    Stay,
    StayMoved,
    nights_of,
)
from models.trust.operation import NeedsOverride, new_uid
from models.trust.records import RecordChanged, RecordTaken
from tests.models.hotel.house import House, rooms_of
from tests.models.hotel.staying import day
from tests.stores import FIRST_DAY, yuan

TODAY = FIRST_DAY  # a Monday


def left(house: House, on: date) -> tuple[int, int]:
    one = left_between(on, on + timedelta(days=1))[house.twin.key, on]
    return one.left, one.sellable


@pytest.mark.case("HU-39")
def test_nights_are_quoted_and_stored_each_at_its_own_price(house: House) -> None:
    # Thursday to Monday: the weekend is the nights of Friday and Saturday.
    stay = house.book(day(3), day(7))
    nights = nights_of(stay.key)
    assert [str(night.price) for night in nights] == ["320.00", "420.00", "420.00", "320.00"]
    quoted = price_nights(house.plan, house.twin, days_between(day(3), day(7)), Party(1))
    assert by_price(quoted) == "2 x 320.00 + 2 x 420.00"
    assert sum(night.price.minor for night in nights) == 148_000
    assert stay.number == "B01-00001-1" and stay.state == RESERVED


@pytest.mark.case("HU-05")
def test_the_day_of_departure_is_no_night(house: House) -> None:
    for room in ("201", "202", "203", "204"):
        close_room(
            house.desk, house.room(room), OUT_OF_ORDER, first=TODAY, until=day(30), reason="x",
            uid=new_uid(),
        )  # fmt: skip
    house.book(day(22), day(25))
    house.book(day(19), day(22))
    with pytest.raises(TypeFull) as full:
        house.book(day(21), day(24))
    assert full.value.fields["days"] == f"{day(21)}, {day(22)}, {day(23)}"


@pytest.mark.case("HU-07")
def test_an_overbooked_day_and_a_room_out_of_order(house: House) -> None:
    save_room_type(
        house.shop.owner, house.twin.key, version=house.twin.version, code="TWN", name="Twin",
        oversold=1, uid=new_uid(),
    )  # fmt: skip
    close_room(
        house.desk, house.room("205"), OUT_OF_ORDER, first=day(21), until=day(23), reason="pipe",
        uid=new_uid(),
    )  # fmt: skip
    for number in range(4):
        house.book(day(21) if number < 3 else day(22), day(24))
    assert [left(house, day(number)) for number in (21, 22, 23)] == [(1, 2), (0, 1), (1, 2)]
    house.book(day(22), day(23))
    with pytest.raises(TypeFull):
        house.book(day(22), day(23))
    assert left(house, day(22)) == (-1, 0)


def test_out_of_service_leaves_the_count(house: House) -> None:
    close_room(
        house.desk, house.room("205"), OUT_OF_SERVICE, first=TODAY, until=day(2), reason="lamp",
        uid=new_uid(),
    )  # fmt: skip
    assert left(house, TODAY) == (5, 5)


def test_a_closing_takes_the_room_off_bookings_and_comes_back_early(house: House) -> None:
    stay = house.book(day(1), day(4), room=house.room("203").key)
    closing = close_room(
        house.desk, house.room("203"), OUT_OF_ORDER, first=day(2), until=day(9), reason="leak",
        uid=new_uid(),
    )  # fmt: skip
    assert Stay.get_by_id(stay.key).room is None
    assert {night.room_id for night in nights_of(stay.key)} == {None}
    assert left(house, day(5)) == (4, 4)
    fresh = Stay.get_by_id(stay.key)
    with pytest.raises(RoomNotFree):
        assign_room(house.desk, fresh, house.room("203"), version=fresh.version, uid=new_uid())
    reopen_room(house.desk, closing, version=1, uid=new_uid())
    assert left(house, day(5)) == (5, 5)
    with pytest.raises(RecordChanged):
        reopen_room(house.desk, closing, version=1, uid=new_uid())
    with pytest.raises(RecordChanged):
        reopen_room(house.desk, closing, version=2, uid=new_uid())
    with pytest.raises(DatesWrong):
        close_room(
            house.desk, house.room("203"), OUT_OF_ORDER, first=day(3), until=day(3), reason="x",
            uid=new_uid(),
        )  # fmt: skip


def test_a_stay_extended_and_shortened_keeps_the_prices_that_were_agreed(house: House) -> None:
    stay = house.book(day(1), day(3))
    for price in RatePrice.select():
        save_price(
            house.shop.owner, price.key, version=price.version, plan=house.plan,
            room_type=price.room_type, first=price.first, last=price.last, price=yuan("500"),
            weekdays=price.weekdays, uid=new_uid(),
        )  # fmt: skip
    longer = change_stay(
        house.desk, stay, version=stay.version, arrival=day(1), departure=day(5), uid=new_uid()
    )
    prices = [str(night.price) for night in nights_of(stay.key)]
    assert prices == ["320.00", "320.00", "500.00", "500.00"]
    change_stay(
        house.desk, longer, version=longer.version, arrival=day(1), departure=day(2), uid=new_uid()
    )
    assert [str(night.price) for night in nights_of(stay.key)] == ["320.00"]
    assert [left(house, day(number))[0] for number in (1, 2, 3, 4)] == [4, 5, 5, 5]


def test_more_persons_price_the_nights_anew_but_not_posted_ones(house: House) -> None:
    stay = house.book(day(0), day(3), kind=house.king, party=Party(2))
    Night.update(document=1).where(Night.stay == stay, Night.day == day(0)).execute()
    changed = change_stay(
        house.desk, stay, version=stay.version, arrival=day(0), departure=day(3), party=Party(3),
        uid=new_uid(),
    )  # fmt: skip
    assert [str(night.price) for night in nights_of(stay.key)] == ["320.00", "400.00", "400.00"]
    with pytest.raises(NightPosted):
        change_stay(
            house.desk, changed, version=changed.version, arrival=day(1), departure=day(3),
            uid=new_uid(),
        )  # fmt: skip
    with pytest.raises(TooManyPersons):
        change_stay(
            house.desk, changed, version=changed.version, arrival=day(0), departure=day(3),
            party=Party(4), uid=new_uid(),
        )  # fmt: skip


def test_rooms_are_fixed_and_only_one_stay_has_a_room_on_a_night(house: House) -> None:
    first = house.book(day(1), day(3), room=house.room("201").key)
    second = house.book(day(2), day(4))
    with pytest.raises(RoomNotFree) as taken:
        assign_room(house.desk, second, house.room("201"), version=second.version, uid=new_uid())
    assert taken.value.fields["days"] == str(day(2))
    with pytest.raises(RoomOfOtherType):
        assign_room(house.desk, second, house.room("301"), version=second.version, uid=new_uid())
    fixed = assign_room(
        house.desk, second, house.room("202"), version=second.version, uid=new_uid()
    )
    with pytest.raises(RecordChanged):
        assign_room(house.desk, second, None, version=second.version, uid=new_uid())
    freed = assign_room(house.desk, fixed, None, version=fixed.version, uid=new_uid())
    assert freed.room is None
    with pytest.raises(RoomInUse):
        room = house.room("201")
        save_room(
            house.shop.owner, room.key, version=room.version, number="201", room_type=house.king,
            uid=new_uid(),
        )  # fmt: skip
    cancelled = cancel_stay(
        house.desk, first, version=Stay.get_by_id(first.key).version, reason="ill", uid=new_uid()
    )
    assert cancelled.state == CANCELLED and left(house, day(1)) == (5, 5)
    with pytest.raises(StayMoved):
        assign_room(house.desk, cancelled, None, version=cancelled.version, uid=new_uid())


def test_cancelled_and_wanted_again(house: House) -> None:
    stay = house.book(day(1), day(3))
    gone = cancel_stay(house.desk, stay, version=stay.version, reason="", uid=new_uid())
    with pytest.raises(StayMoved):
        cancel_stay(house.desk, gone, version=gone.version, reason="", uid=new_uid())
    back = reinstate_stay(house.desk, gone, version=gone.version, uid=new_uid())
    assert back.state == RESERVED and left(house, day(1)) == (4, 4)
    with pytest.raises(StayMoved):
        reinstate_stay(house.desk, back, version=back.version, uid=new_uid())


def test_options_and_the_waiting_list(house: House) -> None:
    option = reserve(
        house.desk, [house.wish(day(1), day(2))], name="李娜", option_until=day(0), uid=new_uid()
    )
    (held,) = rooms_of(option)
    assert held.state == OPTION and left(house, day(1)) == (4, 4)
    assert confirm_stay(house.desk, held, version=held.version, uid=new_uid()).state == RESERVED
    waiting = reserve(
        house.desk, [house.wish(day(1), day(2))] * 2, name="团", is_waiting=True, uid=new_uid()
    )
    first, second = rooms_of(waiting)
    assert waiting.is_group and first.state == WAITING and left(house, day(1)) == (4, 4)
    assert (first.number, second.number) == ("B01-00002-1", "B01-00002-2")
    confirm_stay(house.desk, first, version=first.version, uid=new_uid())
    assert left(house, day(1)) == (3, 3)


def test_a_day_closed_for_sale(house: House) -> None:
    def close(first: date, last: date, *, is_stopped: bool = True) -> None:
        close_sale(
            house.shop.owner, house.twin, first=first, last=last, is_stopped=is_stopped,
            uid=new_uid(),
        )  # fmt: skip

    for first, last, field in (
        (day(-1), day(1), "first"), (day(2), day(1), "last"), (day(0), day(732), "last"),
    ):  # fmt: skip
        with pytest.raises(DatesWrong) as wrong:
            close(first, last)
        assert wrong.value.fields["field"] == field
    close(day(1), day(2))
    assert [left(house, day(n)) for n in range(4)] == [(5, 5), (5, 0), (5, 0), (5, 5)]
    with pytest.raises(TypeFull):
        house.book(day(0), day(2))
    house.book(day(0), day(1))
    close(day(1), day(1), is_stopped=False)
    assert [left(house, day(n))[1] for n in range(4)] == [4, 5, 0, 5]


def test_a_block_counts_its_rooms_once(house: House) -> None:
    from models.base import database

    night = [(day(1), house.twin.key)]
    house.book(day(1), day(2))
    with database.transaction():
        room_days.move(night, held=3)
        room_days.pick_up(night)
    assert left(house, day(1)) == (1, 1)
    with database.transaction():
        room_days.move(night, held=-2)
    assert left(house, day(1)) == (3, 3)
    with pytest.raises(TypeFull), database.transaction():
        room_days.pick_up(night)


def test_what_cannot_be_booked(house: House) -> None:
    with pytest.raises(NameWanted):
        house.book(day(0), day(1), name=" ")
    for arrival, departure in ((day(-1), day(1)), (day(1), day(1)), (day(2), day(1))):
        with pytest.raises(StayDatesWrong):
            house.book(arrival, departure)
    with pytest.raises(RateMissing) as missing:
        house.book(date(2027, 12, 31), date(2028, 1, 2))
    assert missing.value.fields["days"] == "2028-01-01"
    with pytest.raises(TooManyPersons):
        house.book(day(0), day(1), party=Party(2, (5,)))


def test_an_agreed_price_needs_its_right(house: House) -> None:
    front = house.shop.cashier
    wish = house.wish(day(0), day(1), prices=(yuan("280"),))
    house.shop.give(house.shop.owner, "收银员", reserve=None)
    with pytest.raises(NeedsOverride) as denied:
        reserve(front, [wish], name="陈", uid=new_uid())
    assert denied.value.fields["right"] == "agree rates"
    uid = new_uid()
    made = reserve(front, [wish], name="陈", uid=uid, override=house.shop.override(uid))
    (night,) = nights_of(rooms_of(made)[0].key)
    assert (str(night.price), str(night.list_price)) == ("280.00", "320.00")


@pytest.mark.case("HU-40")
def test_a_family_pays_by_age(house: House) -> None:
    big = save_room_type(
        house.shop.owner, None, version=0, code="FAM", name="家庭 Family", persons=5, uid=new_uid()
    )
    save_price(
        house.shop.owner, None, version=0, plan=house.plan, room_type=big, first=TODAY,
        last=day(30), price=yuan("60"), extra_adult=yuan("30"),
        ages=((0, 2, 0), (3, 14, 1500), (15, 17, 2000)), uid=new_uid(),
    )  # fmt: skip
    nights = price_nights(house.plan, big, [day(0), day(1)], Party(2, (2, 3, 15)))
    assert [str(night.price) for night in nights] == ["95.00", "95.00"]
    with pytest.raises(TooManyPersons):
        price_nights(house.plan, big, [day(0)], Party(2, (2, 3, 15, 4)))
    # One adult and one child have the two places of the price.
    assert str(price_nights(house.plan, big, [day(0)], Party(1, (9,)))[0].price) == "60.00"


def test_the_narrowest_price_wins(house: House) -> None:
    def price(amount: str, first: int, last: int, least_nights: int = 1) -> None:
        save_price(
            house.shop.owner, None, version=0, plan=house.plan, room_type=house.twin,
            first=day(first), last=day(last), price=yuan(amount), least_nights=least_nights,
            uid=new_uid(),
        )  # fmt: skip

    price("600", 10, 12)
    price("250", 0, 300, least_nights=7)
    one = price_nights(house.plan, house.twin, [day(11)], Party(1))
    assert str(one[0].price) == "600.00"
    week = price_nights(house.plan, house.twin, days_between(day(9), day(16)), Party(1))
    assert {str(night.price) for night in week} == {"250.00"}


def test_a_free_plan_costs_nothing_and_a_longer_least_stay_is_told(house: House) -> None:
    free = save_plan(
        house.shop.owner, None, version=0, code="COMP", name="免费", use=FREE, uid=new_uid()
    )
    assert str(price_nights(free, house.twin, [day(0)], Party(1))[0].price) == "0.00"
    long = save_plan(
        house.shop.owner, house.plan.key, version=house.plan.version, code="RACK", name="x",
        least_nights=3, uid=new_uid(),
    )  # fmt: skip
    with pytest.raises(RateMissing):
        price_nights(long, house.twin, [day(0), day(1)], Party(1))


def test_a_move_takes_the_difference_from_list_to_list() -> None:
    agreed, old, new = yuan("360"), yuan("400"), yuan("520")
    assert after_move(agreed, old_list=old, new_list=new) == yuan("480")


def test_rooms_and_rates_are_kept_with_care(house: House) -> None:
    owner = house.shop.owner
    with pytest.raises(RecordTaken):
        save_room(owner, None, version=0, number="201", room_type=house.twin, uid=new_uid())
    with pytest.raises(RecordTaken):
        save_room_type(owner, None, version=0, code="TWN", name="x", uid=new_uid())
    with pytest.raises(PersonsWrong):
        save_room_type(owner, None, version=0, code="NIL", name="x", persons=0, uid=new_uid())
    with pytest.raises(RecordChanged):
        room = house.room("202")
        save_room(owner, room.key, version=9, number="202", room_type=house.twin, uid=new_uid())
    with pytest.raises(RecordTaken):
        save_plan(owner, None, version=0, code="RACK", name="x", uid=new_uid())
    with pytest.raises(RateWrong):
        save_plan(owner, None, version=0, code="X", name="x", least_nights=0, uid=new_uid())
    with pytest.raises(RecordChanged):
        save_plan(owner, house.plan.key, version=9, code="RACK", name="x", uid=new_uid())
    for wrong in ({"ages": ((0, 5, 0), (4, 9, 0))}, {"weekdays": 0}, {"persons": 0}):
        with pytest.raises(RateWrong):
            save_price(
                owner, None, version=0, plan=house.plan, room_type=house.twin, first=TODAY,
                last=day(3), price=yuan("1"), uid=new_uid(), **wrong,
            )  # fmt: skip
    assert [floor_of(number) for number in ("301", "1203", "A12", "7")] == ["3", "12", "", ""]


def test_housekeeping_sets_one_room_or_many(house: House) -> None:
    rooms = [house.room(number).key for number in ("201", "202")]
    set_care(house.desk, rooms, "dirty", uid=new_uid())
    assert [room.care for room in Room.select().where(Room.key << rooms)] == ["dirty", "dirty"]
    assert house.room("203").care == "clean"
