"""Two guests exchange their rooms: in a full house, of one type or of two."""

from __future__ import annotations

import pytest

from models.hotel.desk.arrivals import Guest, walk_in
from models.hotel.desk.moves import MoveNeedsReason, swap_guests
from models.hotel.rooms.room_days import left_between
from models.hotel.rooms.rooms import CLEAN, Room
from models.hotel.stays.free_rooms import RoomNotFree
from models.hotel.stays.stays import Stay, StayMoved, nights_of
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, fresh, leave, roll
from tests.stores import CASH, yuan


def _swap(house: House, stay: Stay, other: Stay, reason: str = "太吵") -> Stay:
    return swap_guests(
        house.desk, stay, other, version=fresh(stay).version, other_version=fresh(other).version,
        reason=reason, uid=new_uid(),
    )  # fmt: skip


def _king(house: House, room: str, nights: int) -> Stay:
    wish = house.wish(day(0), day(nights), kind=house.king, room=house.room(room).key)
    return walk_in(house.desk, wish, [Guest("李四")], credit_limit=yuan("1000"), uid=new_uid())


@pytest.mark.row("H-3")
def test_two_guests_exchange_their_rooms_in_a_full_house(open_house: House) -> None:
    stay, other = arrive(open_house, nights=3), _king(open_house, "301", 2)
    # Nothing else is left of either type.
    for number in ("302", "303"):
        _king(open_house, number, 3)
    for number in ("202", "203", "204", "205"):
        arrive(open_house, nights=3, room=number)
    roll(open_house)
    _swap(open_house, stay, other)
    assert [(n.room.number, n.room_type.code) for n in nights_of(stay.key)] == [
        ("201", "TWN"), ("301", "KNG"), ("301", "KNG"),
    ]  # fmt: skip
    assert [n.room.number for n in nights_of(other.key)] == ["301", "201"]
    assert {str(n.price) for n in nights_of(stay.key)} == {"320.00"}
    assert [open_house.room(number).care for number in ("201", "301")] == ["dirty", "dirty"]
    left = left_between(day(1), day(3))
    # The second leaves first: the night after that his new twin is left.
    assert [left[open_house.twin.key, day(n)].left for n in (1, 2)] == [0, 1]
    assert [left[open_house.king.key, day(n)].left for n in (1, 2)] == [0, 0]
    assert not proof.verify()


def test_an_exchange_that_cannot_be_is_refused(open_house: House) -> None:
    stay, other = arrive(open_house, nights=3), arrive(open_house, nights=1, room="202")
    with pytest.raises(MoveNeedsReason):
        _swap(open_house, stay, other, reason=" ")
    with pytest.raises(RoomNotFree):
        _swap(open_house, stay, stay)
    # The other's room is somebody's from tomorrow on.
    coming = open_house.book(day(1), day(2), name="后来", room=open_house.room("202").key)
    with pytest.raises(RoomNotFree) as told:
        _swap(open_house, stay, other)
    assert told.value.fields["days"] == str(day(1)) and coming.room_id
    gone = leave(open_house, other, Paying(CASH, yuan("320")))
    Room.update(care=CLEAN).execute()
    with pytest.raises(StayMoved):
        _swap(open_house, stay, gone)
    assert not proof.verify()
