"""The chart of rooms: bars of stays, rooms out of order, what is left and what has no room yet."""

from __future__ import annotations

from datetime import timedelta

from models.hotel.desk.moves import move_guest
from models.hotel.rooms.chart import Bar, read_chart
from models.hotel.rooms.rooms import OUT_OF_ORDER
from models.hotel.stays.housekeeping import close_room
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, fresh, roll


def test_who_has_which_room_on_which_night(open_house: House) -> None:
    house = open_house
    lived = arrive(house, nights=3, room="201")
    booked = house.book(day(2), day(5), room=house.room("202").key, name="李四")
    house.book(day(1), day(3), name="没排房")
    close_room(
        house.desk, house.room("203"), OUT_OF_ORDER, first=day(1), until=day(9), reason="漏水",
        uid=new_uid(),
    )  # fmt: skip
    chart = read_chart(day(0), 4)
    bars = {row.number: row.bars for row in chart.rows}
    assert bars["201"] == [Bar(0, 3, "张三", lived.key, "in house")]
    assert bars["202"] == [Bar(2, 2, "李四", booked.key, "reserved")]
    assert bars["203"] == [Bar(1, 3, "漏水")]
    assert bars["204"] == bars["301"] == []
    # Five twins and three kings; one lived in, one booked without a room, one shut.
    assert chart.left == [7, 5, 4, 6] and chart.without == [0, 1, 1, 0]
    later = {row.number: row.bars for row in read_chart(day(3), 2).rows}
    assert later["202"] == [Bar(0, 2, "李四", booked.key, "reserved", begins=False)]


def test_a_guest_who_moved_has_a_bar_in_each_room(open_house: House) -> None:
    house = open_house
    stay = arrive(house, nights=3, room="201")
    roll(house)
    move_guest(
        house.desk, stay, house.room("205"), version=fresh(stay).version, reason="空调",
        uid=new_uid(),
    )  # fmt: skip
    rows = {row.number: row for row in read_chart(day(0), 3).rows}
    assert [(bar.first, bar.days) for bar in rows["201"].bars] == [(0, 1)]
    assert [(bar.first, bar.days) for bar in rows["205"].bars] == [(1, 2)]
    assert rows["201"].at(1) is None and rows["205"].at(2) is not None
    assert read_chart(day(0), 3).day(2) == day(0) + timedelta(days=2)
