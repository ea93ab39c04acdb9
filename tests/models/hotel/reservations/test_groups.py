"""Blocks of groups: held, picked up once, given back at the cut-off; the proof of the counts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from models.base import database
from models.hotel.reservations.bookings import (
    reserve,
)
from models.hotel.reservations.cancelling import (
    cancel_stay,
)
from models.hotel.reservations.groups import (
    BlockRoom,
    CutOffWrong,
    hold_block,
    pick_up,
    release_blocks,
)
from models.hotel.rooms.room_days import RoomDay, TypeFull, left_between
from models.hotel.rooms.rooms import OUT_OF_ORDER
from models.hotel.stays.housekeeping import close_room
from models.hotel.stays.rack import read_rack
from models.hotel.stays.stays import IN_HOUSE, Night, Stay
from models.ledger.proving import proof
from models.trust.operation import new_uid
from tests.models.hotel.house import House, rooms_of
from tests.models.hotel.staying import day
from tests.stores import FIRST_DAY

TODAY = FIRST_DAY


def left(house: House, on: date) -> int:
    return left_between(on, on + timedelta(days=1))[house.twin.key, on].left


@pytest.fixture
def block(house: House) -> Stay:
    """Three of five twins held for two nights; one more room is sold to its leader."""
    booking = reserve(house.desk, [house.wish(day(5), day(7))], name="旅行团", uid=new_uid())
    hold_block(
        house.desk, booking, house.twin, rooms=3, arrival=day(5), departure=day(7), cut_off=day(3),
        uid=new_uid(),
    )  # fmt: skip
    return rooms_of(booking)[0]


def test_a_block_is_picked_up_room_by_room_and_counted_once(house: House, block: Stay) -> None:
    assert left(house, day(5)) == 1
    wishes = [house.wish(day(5), day(7), name=name) for name in ("赵", "钱")]
    pick_up(house.desk, block.booking, wishes, uid=new_uid())
    assert left(house, day(5)) == 1
    assert [stay.name for stay in rooms_of(block.booking)] == ["旅行团", "赵", "钱"]
    assert [row.picked for row in BlockRoom.select()] == [2, 2]
    with pytest.raises(TypeFull):
        pick_up(house.desk, block.booking, wishes, uid=new_uid())
    assert len(rooms_of(block.booking)) == 3 and not proof.verify()


def test_at_the_cut_off_the_rest_comes_back(house: House, block: Stay) -> None:
    pick_up(house.desk, block.booking, [house.wish(day(5), day(7))], uid=new_uid())
    with database.transaction():
        assert release_blocks(day(2)) == 0
        assert release_blocks(day(3)) == 4
    assert left(house, day(5)) == 3 and not proof.verify()


def test_blocks_that_cannot_be(house: House, block: Stay) -> None:
    def hold(rooms: int, arrival: int, departure: int, cut_off: int) -> None:
        hold_block(
            house.desk, block.booking, house.twin, rooms=rooms, arrival=day(arrival),
            departure=day(departure), cut_off=day(cut_off), uid=new_uid(),
        )  # fmt: skip

    for wrong in ((0, 5, 6, 3), (1, 5, 5, 3), (1, 5, 6, 6), (1, 5, 6, -1)):
        with pytest.raises(CutOffWrong):
            hold(*wrong)
    with pytest.raises(TypeFull):
        hold(2, 5, 6, 3)


def test_the_rack_says_what_each_room_is(house: House) -> None:
    stay = house.book(day(0), day(1), room=house.room("201").key, name="张三")
    Stay.update(state=IN_HOUSE).where(Stay.key == stay.key).execute()
    house.book(day(0), day(2), room=house.room("202").key, name="李四")
    house.book(day(0), day(2), name="无房")
    close_room(
        house.desk, house.room("301"), OUT_OF_ORDER, first=day(0), until=day(2), reason="x",
        uid=new_uid(),
    )  # fmt: skip
    rack = read_rack(day(1))
    rooms = {room.number: room for room in rack.rooms}
    assert list(rack.floors) == ["2", "3"]
    assert (rooms["201"].code, rooms["201"].guest, rooms["201"].is_due_out) == ("OC", "张三", True)
    assert (rooms["202"].code, rooms["202"].arriving_guest) == ("VC", "李四")
    assert rooms["301"].code == "OOO" and not rooms["301"].is_ready
    assert (rack.due_in, rack.due_out, rack.occupied, rack.ready) == (2, 1, 1, 6)


@pytest.mark.parametrize(
    ("plant", "number"),
    [
        (lambda: RoomDay.update(sold=RoomDay.sold + 1).execute(), 80),
        (lambda: RoomDay.update(held=RoomDay.held - 1).execute(), 80),
        (lambda: RoomDay.update(closed=1).execute(), 80),
        (lambda: Stay.update(departure=day(6)).execute(), 81),
        (lambda: Stay.update(state="cancelled").execute(), 81),
        (lambda: Night.update(is_live=False).execute(), 82),
    ],
)
def test_a_wrong_count_is_found(house: House, block: Stay, plant: object, number: int) -> None:
    assert not proof.verify()
    plant()  # type: ignore[operator]
    assert number in {finding.number for finding in proof.verify()}


def test_a_cancelled_stay_leaves_nothing_behind(house: House, block: Stay) -> None:
    cancel_stay(house.desk, block, version=block.version, reason="", uid=new_uid())
    assert left(house, day(5)) == 2 and not proof.verify()
