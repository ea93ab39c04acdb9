"""A room for who is expected: a swap is proposed before it is said that none is ready."""

from __future__ import annotations

import pytest

from models.hotel.reservations.changing import change_stay
from models.hotel.rooms.rooms import DIRTY, Room
from models.hotel.stays.proposing import propose_room, propose_swap
from models.hotel.stays.stays import Stay
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, fresh


def _only(house: House, *numbers: str) -> None:
    """The twins that are clean tonight."""
    Room.update(care=DIRTY).where(
        Room.room_type == house.twin, Room.number.not_in(numbers)
    ).execute()


def _give(house: House, stay: Stay, room: str) -> Stay:
    return change_stay(
        house.desk, stay, version=fresh(stay).version, arrival=stay.arrival,
        departure=stay.departure, gives_room=True, room=house.room(room), uid=new_uid(),
    )  # fmt: skip


@pytest.mark.row("H-1")
def test_who_holds_the_only_room_that_is_ready_goes_to_another(open_house: House) -> None:
    house = open_house
    coming = house.book(day(0), day(3))
    other = _give(house, house.book(day(1), day(2), name="钱一"), "201")
    lives = arrive(house, nights=2, room="202")
    _only(house, "201")
    assert propose_room(coming) is None
    found = propose_swap(coming)
    assert found is not None
    # 202 is lived in on his night; 203 is dirty tonight and his tomorrow.
    assert (found.room.number, found.other.name, found.to.number) == ("201", "钱一", "203")
    _give(house, other, found.to.number)
    proposed = propose_room(coming)
    assert proposed is not None and proposed.room.number == "201"
    assert propose_swap(coming) is None, "nothing to swap where a room is ready"
    # Two who hold it, and one who lives there, are not sent away.
    _give(house, other, "201")
    _give(house, house.book(day(2), day(3), name="孙二"), "201")
    assert propose_swap(coming) is None
    assert fresh(lives).room == house.room("202")
