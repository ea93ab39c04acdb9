"""Two accounts in one room: one takes it, whoever stays longer has it afterwards."""

from __future__ import annotations

import pytest

from models.hotel.audit.day_figures import figures_of
from models.hotel.desk.arrivals import NobodyToShareWith, walk_in
from models.hotel.desk.departures import reinstate_guest
from models.hotel.desk.moves import move_guest
from models.hotel.rooms.room_days import left_between
from models.hotel.stays.free_rooms import RoomNotFree
from models.hotel.stays.stays import Stay, living_in
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import GUEST, arrive, day, fresh, house_day, leave, roll
from tests.stores import CASH, yuan


def _share(house: House, nights: int = 2, room: str = "201") -> Stay:
    wish = house.wish(
        day(0), day(nights), room=house.room(room).key, prices=(yuan("100"),) * nights, shares=True
    )
    return walk_in(house.shop.owner, wish, [GUEST], credit_limit=yuan("900"), uid=new_uid())


def _left(house: House, number: int) -> int:
    return left_between(day(number), day(number + 1))[house.twin.key, day(number)].left


def test_who_shares_takes_no_room_and_pays_his_own_account(open_house: House) -> None:
    house = open_house
    with pytest.raises(NobodyToShareWith):
        _share(house)
    first = arrive(house, nights=2)
    second = _share(house)
    assert [stay.key for stay in living_in("201")] == [first.key, second.key]
    assert _left(house, 0) == 4 and not proof.verify()
    roll(house)
    figures = figures_of(day(0))
    assert (figures.sold, figures.guests, str(figures.house.occupancy)) == (1, 2, "12.50")
    assert not proof.verify()


def test_who_stays_longer_has_the_room_afterwards(open_house: House) -> None:
    house = open_house
    first, second = arrive(house, nights=1), _share(house, nights=3)
    roll(house)
    assert _left(house, 1) == 5
    leave(house, first, Paying(CASH, yuan("320")))
    assert not fresh(second).is_sharing and _left(house, 1) == _left(house, 2) == 4
    with pytest.raises(RoomNotFree):
        house.book(house_day(), day(3), room=house.room("201").key)
    assert not proof.verify()
    roll(house)
    assert figures_of(day(1)).sold == 1


def test_who_moves_out_of_a_shared_room_takes_one(open_house: House) -> None:
    house = open_house
    arrive(house, nights=2)
    second = _share(house)
    moved = move_guest(
        house.desk, second, house.room("203"), version=second.version, reason="吵", uid=new_uid()
    )
    assert not moved.is_sharing and _left(house, 0) == 3 and not proof.verify()


def test_who_shared_comes_back_into_the_room_or_has_it_alone(open_house: House) -> None:
    house = open_house
    first, second = arrive(house, nights=2), _share(house)
    gone = leave(house, second, Paying(CASH, yuan("100")))
    back = reinstate_guest(house.desk, gone, version=gone.version, uid=new_uid())
    assert back.is_sharing and _left(house, 0) == 4 and not proof.verify()
    leave(house, back)
    leave(house, first, Paying(CASH, yuan("320")))
    alone = reinstate_guest(house.desk, back, version=fresh(back).version, uid=new_uid())
    assert not alone.is_sharing and _left(house, 0) == 4 and not proof.verify()
