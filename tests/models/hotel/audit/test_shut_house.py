"""A house that was shut for a winter closes its dates in one go, once its bookings are answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.hotel.audit.audit import ArrivalsOpen
from models.hotel.audit.day_figures import DayFigures
from models.hotel.audit.shut_house import (
    GapWrong,
    HouseLivedIn,
    gap_end,
    require_gap_empty,
)
from models.hotel.desk.arrivals import Guest, walk_in
from models.hotel.reservations.cancelling import cancel_stay
from models.ledger.daily.days import close_day, close_uid, store_day
from models.ledger.proving import proof
from models.trust.operation import new_uid
from models.trust.print_queue import PrintJob
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import day, fresh
from tests.stores import Shop


@pytest.mark.case("HU-37")
def test_a_house_that_was_shut_closes_its_winter_at_once(shop_on: Callable[[str], Shop]) -> None:
    house = furnish(shop_on("sqlite"))
    booked = [house.book(day(at), day(at + 2), name=f"客{at}") for at in (10, 40, 79)]
    house.shop.clock.at += timedelta(days=81)
    assert gap_end(day(0)) == day(81)
    for until, refusal in ((day(81), ArrivalsOpen), (day(82), GapWrong), (day(0), GapWrong)):
        with pytest.raises(refusal):
            require_gap_empty(until)
    with pytest.raises(ArrivalsOpen) as asked:
        require_gap_empty(day(81))
    assert len(asked.value.fields["stays"].split(", ")) == 3
    assert {fresh(stay).state for stay in booked} == {"reserved"}
    for stay in booked:
        cancel_stay(house.desk, stay, version=stay.version, reason="歇业", uid=new_uid())
    require_gap_empty(day(81))
    closed = 0
    while (open_one := store_day()) < day(81):
        close_day(house.shop.owner, next_day=open_one + timedelta(days=1), uid=close_uid(open_one))
        closed += 1
    assert closed == 81
    assert store_day() == day(81) and gap_end(day(81)) is None
    revenue = [figures.room_revenue.minor for figures in DayFigures.select()]
    assert revenue == [0] * 81 and not proof.verify()
    # Goods came in on the first day; one paper of the house and one of the day for all others.
    papers = [(job.kind, job.body) for job in PrintJob.select() if job.kind in ("house", "day")]
    first, last = {"day": "2026-03-02"}, {"day": "2026-05-21"}
    assert papers == [
        ("house", first), ("day", first), ("house", last | {"since": "2026-03-03"}), ("day", last),
    ]  # fmt: skip
    wish = house.wish(day(81), day(82), name="王伟", room=house.room("201").key)
    walk_in(house.desk, wish, [Guest("王伟")], uid=new_uid())
    house.shop.clock.at += timedelta(days=3)
    with pytest.raises(HouseLivedIn):
        require_gap_empty(day(83))
