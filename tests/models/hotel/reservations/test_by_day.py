"""Rooms by day, and rooms of another type than the booked one."""

from __future__ import annotations

from datetime import date

import pytest

from models.hotel.audit.audit import due_outs
from models.hotel.audit.day_figures import figures_of
from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.services import DAY_USE_CODE
from models.hotel.charges.windows import windows_of
from models.hotel.desk.arrivals import NotArrivalDay, check_in, walk_in
from models.hotel.desk.departures import review
from models.hotel.reservations.bookings import RoomWish, StayDatesWrong, reserve
from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.rates import (
    DAY_USE,
    FREE,
    HOURLY,
    Party,
    RatePlan,
    RateWrong,
    save_plan,
    save_price,
)
from models.hotel.rooms.room_days import TypeFull, left_between
from models.hotel.rooms.rooms import RoomType
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.stays import Stay, nights_of
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import GUEST, arrive, day, fresh, leave, roll
from tests.stores import CASH, FIRST_DAY, yuan


def _plan(house: House, code: str, use: str) -> RatePlan:
    return save_plan(
        house.shop.owner, None, version=0, code=code, name=code, use=use, uid=new_uid()
    )


def _price(house: House, plan: RatePlan, kind: RoomType, price: str) -> None:
    save_price(
        house.shop.owner, None, version=0, plan=plan, room_type=kind, first=FIRST_DAY,
        last=date(2027, 12, 31), price=yuan(price), uid=new_uid(),
    )  # fmt: skip


@pytest.fixture
def by_day(open_house: House) -> RatePlan:
    """A plan for the day, 180.00 for a twin."""
    plan = _plan(open_house, "DAY", DAY_USE)
    _price(open_house, plan, open_house.twin, "180")
    return plan


def _wish(house: House, plan: RatePlan, until: int = 0, **more: object) -> RoomWish:
    return RoomWish(house.twin.key, day(0), day(until), plan.key, **more)  # type: ignore[arg-type]


def test_a_room_by_day_is_paid_and_let_again_for_the_night(
    open_house: House, by_day: RatePlan
) -> None:
    house, room = open_house, open_house.room("201")
    wish = _wish(house, by_day, room=room.key, party=Party(2))
    stay = walk_in(house.desk, wish, [GUEST], credit_limit=yuan("500"), uid=new_uid())
    assert left_between(day(0), day(1))[house.twin.key, day(0)].left == 5
    tonight = house.book(day(0), day(1), name="李四", room=room.key)
    assert [each.number for each in due_outs(day(0))] == [stay.number]

    # After noon, and no fee for it: the price is for the day.
    house.shop.clock.move(hours=6)
    assert [str(each.due) for each in review(stay, day(0)).dues] == ["180.00"]
    leave(house, stay, Paying(CASH, yuan("180")))
    line = lines_of(windows_of(stay.key)[0][1].key)[-1]
    assert (line.code, line.service_day) == (DAY_USE_CODE, day(0))
    set_care(house.desk, [room.key], "clean", uid=new_uid())
    check_in(
        house.desk, fresh(tonight), [GUEST], version=fresh(tonight).version,
        credit_limit=yuan("500"), uid=new_uid(),
    )  # fmt: skip
    assert not proof.verify()
    roll(house)
    figures = figures_of(day(0))
    assert (figures.sold, figures.day_use, figures.guests) == (1, 1, 1)
    assert not proof.verify()


def test_the_dates_of_a_plan_for_the_day_are_one_day(open_house: House, by_day: RatePlan) -> None:
    house = open_house
    with pytest.raises(StayDatesWrong):
        reserve(house.desk, [_wish(house, by_day, 1)], name="张三", uid=new_uid())
    with pytest.raises(StayDatesWrong):
        reserve(house.desk, [_wish(house, house.plan, 0)], name="张三", uid=new_uid())
    made = reserve(house.desk, [_wish(house, by_day)], name="张三", uid=new_uid())
    stay = Stay.get(Stay.booking == made)
    with pytest.raises(StayDatesWrong):
        change_stay(
            house.desk, stay, version=stay.version, arrival=day(0), departure=day(2), uid=new_uid()
        )
    later = change_stay(
        house.desk, stay, version=stay.version, arrival=day(3), departure=day(3), uid=new_uid()
    )
    assert [(night.day, str(night.price)) for night in nights_of(stay.key)] == [(day(3), "180.00")]
    with pytest.raises(NotArrivalDay):
        check_in(
            house.desk, later, [], version=later.version, room=house.room("201"), uid=new_uid()
        )
    assert not proof.verify()


def test_a_full_house_still_lets_rooms_by_day(open_house: House, by_day: RatePlan) -> None:
    for _ in range(5):
        open_house.book(day(0), day(1))
    with pytest.raises(TypeFull):
        open_house.book(day(0), day(1))
    reserve(open_house.desk, [_wish(open_house, by_day)], name="张三", uid=new_uid())
    assert not proof.verify()


@pytest.mark.parametrize(("is_free", "prices"), [(True, "280 280 280"), (False, "340 340 340")])
def test_another_type_at_the_desk_is_counted_there_and_priced(
    open_house: House, is_free: bool, prices: str
) -> None:
    """Agreed at 280.00 instead of 320.00; a king costs 60.00 more by the list."""
    house = open_house
    _dearer(house)
    stay = house.book(day(0), day(3), prices=(yuan("280"),) * 3)
    arrived = check_in(
        house.desk, stay, [GUEST], version=stay.version, room=house.room("301"), is_free=is_free,
        credit_limit=yuan("2000"), uid=new_uid(),
    )  # fmt: skip
    assert fresh(arrived).room_type == house.king
    nights = nights_of(stay.key)
    assert [str(night.price) for night in nights] == [f"{price}.00" for price in prices.split()]
    assert all(night.room_type == house.king for night in nights)
    left = left_between(day(0), day(3))
    for number in range(3):
        assert left[house.twin.key, day(number)].left == 5
        assert left[house.king.key, day(number)].left == 2
    roll(house)
    assert not proof.verify()


def _dearer(house: House) -> None:
    """Kings cost 60.00 more, every night."""
    save_price(
        house.shop.owner, None, version=0, plan=house.plan, room_type=house.king,
        first=FIRST_DAY, last=date(2026, 12, 31), price=yuan("380"), uid=new_uid(),
    )  # fmt: skip


def test_another_type_that_is_sold_out_is_not_given(open_house: House) -> None:
    for _ in range(3):
        open_house.book(day(0), day(1), kind=open_house.king)
    stay = open_house.book(day(0), day(1))
    with pytest.raises(TypeFull):
        check_in(
            open_house.desk, stay, [GUEST], version=stay.version, room=open_house.room("301"),
            uid=new_uid(),
        )  # fmt: skip
    assert fresh(stay).state == "reserved" and not proof.verify()


def test_who_counts_as_a_guest_and_what_as_sold(open_house: House) -> None:
    """Children are guests; a night at nothing is no sold room, whatever its plan."""
    house = open_house
    family = house.book(day(0), day(1), kind=house.king, party=Party(2, (6,)), name="张三")
    gift = house.book(day(0), day(1), prices=(yuan("0"),), name="李四")
    free = _plan(house, "COMP", FREE)
    given = reserve(house.desk, [_wish(house, free, 1)], name="王五", uid=new_uid())
    for stay, number in ((family, "301"), (gift, "201"), (Stay.get(Stay.booking == given), "202")):
        check_in(
            house.desk, stay, [GUEST], version=stay.version, room=house.room(number),
            credit_limit=yuan("2000"), uid=new_uid(),
        )  # fmt: skip
    arrive(house, nights=1, room="203")
    roll(house)
    figures = figures_of(day(0))
    assert (figures.sold, figures.free, figures.guests) == (2, 2, 4)


@pytest.mark.parametrize(
    ("minutes", "price"), [(0, "180"), (100, "180"), (200, "180"), (211, "240"), (500, "260")]
)
def test_a_room_by_the_hour_costs_what_the_clock_says(
    open_house: House, minutes: int, price: str
) -> None:
    """60.00 an hour, three at least, half an hour free, 260.00 at most."""
    house, owner = open_house, open_house.shop.owner
    plan = save_plan(
        owner, None, version=0, code="HOUR", name="钟点房", use=HOURLY, least_hours=3,
        grace_minutes=30, uid=new_uid(),
    )  # fmt: skip
    save_price(
        owner, None, version=0, plan=plan, room_type=house.twin, first=FIRST_DAY,
        last=date(2027, 12, 31), price=yuan("60"), most=yuan("260"), uid=new_uid(),
    )  # fmt: skip
    wish = _wish(house, plan, room=house.room("201").key)
    stay = walk_in(house.desk, wish, [GUEST], credit_limit=yuan("500"), uid=new_uid())
    assert str(nights_of(stay.key)[0].price) == "180.00"
    house.shop.clock.move(minutes=minutes)
    assert [str(each.due) for each in review(stay, day(0)).dues] == [f"{price}.00"]
    leave(house, stay, Paying(CASH, yuan(price)))
    assert str(nights_of(stay.key)[0].price) == f"{price}.00"
    assert not proof.verify()


def test_a_room_by_the_hour_at_an_agreed_price_has_no_clock(open_house: House) -> None:
    house, owner = open_house, open_house.shop.owner
    plan = save_plan(owner, None, version=0, code="HOUR", name="钟点房", use=HOURLY, uid=new_uid())
    _price(house, plan, house.twin, "60")
    wish = _wish(house, plan, room=house.room("201").key, prices=(yuan("100"),))
    stay = walk_in(owner, wish, [GUEST], credit_limit=yuan("500"), uid=new_uid())
    house.shop.clock.move(hours=5)
    leave(house, stay, Paying(CASH, yuan("100")))
    assert not proof.verify()


@pytest.mark.parametrize(("hours", "grace"), [(0, 0), (25, 0), (1, 60), (1, -1)])
def test_hours_that_cannot_be(open_house: House, hours: int, grace: int) -> None:
    with pytest.raises(RateWrong):
        save_plan(
            open_house.shop.owner, None, version=0, code="HOUR", name="钟点房", use=HOURLY,
            least_hours=hours, grace_minutes=grace, uid=new_uid(),
        )  # fmt: skip
