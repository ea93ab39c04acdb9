"""Several desks on one store: a room is given once, a night is posted once, and what is charged
while the audit runs is of the one date or of the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest

from models.base.hot import query
from models.hotel.audit.day_figures import DayFigures
from models.hotel.desk.arrivals import Guest, check_in
from models.ledger.proving.proof import verify
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.models.hotel import desks
from tests.models.hotel.house import House, furnish
from tests.models.hotel.staying import day
from tests.models.test_concurrency import contended
from tests.stores import FIRST_DAY, Shop

pytestmark = [pytest.mark.row("NFR-13", "HTL-28"), pytest.mark.timeout(300)]


@pytest.fixture
def house(shop_on: Callable[[str], Shop]) -> House:
    """A house on PostgreSQL; what becomes of it is decided at four desks."""
    return furnish(shop_on("postgres"))


def fill(house: House, *rooms: str) -> None:
    for number in rooms:
        room = house.room(number)
        stay = house.book(day(0), day(2), kind=room.room_type, name=f"客{number}")
        check_in(
            house.shop.owner, stay, [Guest(stay.name)], version=stay.version, room=room,
            uid=new_uid(),
        )  # fmt: skip


def test_the_last_room(house: House) -> None:
    """A guest at each of four desks, into the same room."""
    fill(house, "301", "302")
    told = contended(house.shop, desks.give_last_room, "303")
    assert told.pop("散客") == 1 and told.total() == 3, told
    assert set(told) <= {"TypeFull", "RoomLivedIn", "RoomNotFree"}
    assert query('SELECT count(*) FROM "stay"') == [(3,)]
    assert not verify()


def test_charges_while_two_desks_audit_the_night(house: House) -> None:
    change_settings(
        house.shop.owner, {"hotel.earliest_close": 0, "day.shifts_go_over": True}, uid=new_uid()
    )
    fill(house, "201", "202", "203", "204", "301", "302")
    told = contended(house.shop, desks.audit_or_charge, 2)
    assert told.pop("posted") == 1 and told.pop(f"closed {FIRST_DAY}") == 1, told
    after = (FIRST_DAY + timedelta(days=1)).isoformat()
    assert set(told) == {FIRST_DAY.isoformat(), after}, told
    booked = query(
        'SELECT d."day", count(*) FROM "folio_line" l JOIN "document" d '
        'ON d."key" = l."document_id" WHERE l."code" = \'4000\' GROUP BY d."day"'
    )
    assert Counter({on: int(count) for on, count in booked}) == told
    # Six nights, each once; the figures of the closed day hold what was charged on it.
    figures = DayFigures.get()
    assert (figures.sold, str(figures.room_revenue)) == (6, "1699.14")
    assert query('SELECT count(*) FROM "night" WHERE "document" IS NOT NULL') == [(6,)]
    assert not verify()
