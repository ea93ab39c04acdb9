"""A hotel's real bookings, played night after night through what the desk does: room nights and
money are those that the records' README tells, and the books prove after every night.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models import store
from models.base import clock
from models.base.money import Money
from models.hotel.reservations.bookings_import import BOOKINGS
from models.hotel.stays.stays import CANCELLED, DEPARTED, NO_SHOW, Booking, Night, Stay
from models.ledger.proving.proof import verify
from tests.models.hotel.audit.test_audit_broken_off import POINTS, PowerCut, cut
from tests.replay import HEADS, MORNING, Replay, furnish, read_bookings, replayed, row
from tests.stores import CNY, Ticking

RECORDS = "hotel-bookings/resort_2016-05_06.csv"
FIRST = date(2016, 5, 1)
# By the README: arrivals, rooms and money of single nights; nights and money of each month.
NIGHTS = {
    FIRST: (25, 25, "1665.23"), date(2016, 5, 19): (61, 183, "12735.95"),
    date(2016, 6, 30): (43, 181, "17611.66"),
}  # fmt: skip
MONTHS = {5: (4844, "336186.01"), 6: (5375, "492518.87"), 7: (703, "62505.82")}
TYPES = {
    "A": (4109, "293495.66"), "B": (52, "3463.46"), "C": (703, "58438.05"),
    "D": (3068, "229335.50"), "E": (1766, "162374.71"), "F": (541, "57076.68"),
    "G": (442, "62364.50"), "H": (134, "19716.08"), "I": (107, "4946.06"),
}  # fmt: skip
SEGMENTS = {
    "Online TA": "336988.98", "Offline TA/TO": "342961.32", "Direct": "131084.94",
    "Groups": "67024.54", "Corporate": "13124.92", "Complementary": "26.00",
}  # fmt: skip


def test_the_first_real_night(real_data: Path, tmp_path: Path) -> None:
    bookings = [one for one in read_bookings(real_data / RECORDS) if one.arrival == FIRST]
    with closing(replayed(tmp_path, bookings)) as nights:
        night = next(nights)
        found = (night.arrivals, night.sold + night.free, str(night.room_revenue))
        assert found == NIGHTS[FIRST]


def test_the_first_real_night_with_its_audit_broken_off_at_every_step(
    real_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The lights go out behind each thing that the audit does, one after the other; it comes to the
    figures of the records all the same.
    """
    plain, points = Replay.audit, list(POINTS)
    cuts = []

    def broken(house: Replay, day: date) -> None:
        for where, name in points:
            with monkeypatch.context() as patch:
                cut(patch, where, name)
                with pytest.raises(PowerCut):
                    plain(house, day)
            cuts.append(name)
            assert not verify()
        plain(house, day)

    monkeypatch.setattr(Replay, "audit", broken)
    bookings = [one for one in read_bookings(real_data / RECORDS) if one.arrival == FIRST]
    with closing(replayed(tmp_path, bookings)) as nights:
        night = next(nights)
        found = (night.arrivals, night.sold + night.free, str(night.room_revenue))
        assert found == NIGHTS[FIRST] and len(cuts) == len(points) == 8


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_the_whole_file_in_one_import(real_data: Path, tmp_path: Path) -> None:
    """As a house takes over what another program holds: all two months on its first day."""
    bookings = read_bookings(real_data / RECORDS)
    with clock.use(Ticking(datetime.combine(FIRST, MORNING, UTC))):
        made = furnish(tmp_path, bookings)
        try:
            came = made.load(BOOKINGS, "bookings.csv", HEADS, [row(one) for one in bookings])
            assert (came.new, came.refused) == (3171, 0) and not verify()
            again = made.load(BOOKINGS, "bookings.csv", HEADS, [row(one) for one in bookings])
            assert (again.new, again.unchanged) == (0, 3171)
        finally:
            store.close_store()


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_two_real_months(real_data: Path, tmp_path: Path) -> None:
    bookings = read_bookings(real_data / RECORDS)
    assert len(bookings) == 3171
    months: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    by_day = guests = 0
    for night in (nights := replayed(tmp_path, bookings)):
        rooms = night.sold + night.free
        if night.day in NIGHTS:
            found = (night.arrivals, rooms, str(night.room_revenue))
            assert found == NIGHTS[night.day]
        months[night.day.month][0] += rooms
        months[night.day.month][1] += night.room_revenue.minor
        by_day += night.day_use
        if night.day == date(2016, 7, 19):
            _check_stays()
            guests = sum(stay.adults + len(stay.children) for stay in _stays(DEPARTED))
            break
    nights.close()
    kept = {month: (rooms, _said(minor)) for month, (rooms, minor) in months.items()}
    assert kept == MONTHS and (by_day, guests) == (51, 4559)


def _stays(state: str) -> list[Stay]:
    return list(Stay.select().where(Stay.state == state))


def _check_stays() -> None:
    counted = [len(_stays(state)) for state in (DEPARTED, CANCELLED, NO_SHOW)]
    assert counted == [2316, 831, 24]
    rooms: Counter[str] = Counter()
    money: Counter[str] = Counter()
    segments: Counter[str] = Counter()
    lived = Night.select(Night, Stay, Booking).join(Stay).join(Booking)
    for night in lived.where(Night.document.is_null(False)):
        rooms[night.room_type.code] += night.takes_room
        money[night.room_type.code] += night.price.minor
        segments[night.stay.booking.segment] += night.price.minor
    assert {code: (rooms[code], _said(money[code])) for code in rooms} == TYPES
    assert {name: _said(minor) for name, minor in segments.items()} == SEGMENTS


def _said(minor: int) -> str:
    return str(Money(minor, CNY))
