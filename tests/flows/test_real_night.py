"""The first real night of a hotel by hand at the keys of a real terminal: who came is checked in,
who did not is cancelled or a no-show as the records have it, the night is posted and closed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from models import store
from models.base import clock
from models.hotel.audit.day_figures import DayFigures
from models.hotel.reservations.bookings_import import BOOKINGS
from models.ledger.proving.proof import verify
from tests.flows.conftest import Counter
from tests.flows.counter_program import configure
from tests.flows.test_front_desk import close_day
from tests.flows.till import Till, books_of
from tests.replay import EVENING, HEADS, MORNING, STAYED, Booked, furnish, read_bookings, row
from tests.stores import PASSWORD, Ticking

pytestmark = [pytest.mark.terminal, pytest.mark.long, pytest.mark.timeout(1800)]

RECORDS = "hotel-bookings/resort_2016-05_06.csv"
FIRST = date(2016, 5, 1)


def house_in(folder: Path, bookings: list[Booked]) -> None:
    """The house of the records with the bookings of its first day, at the desk's evening."""
    folder.mkdir()
    with clock.use(Ticking(datetime.combine(FIRST, MORNING, UTC))):
        made = furnish(folder, bookings)
        with clock.use(made.shop.clock):
            came = made.load(BOOKINGS, "bookings.csv", HEADS, [row(one) for one in bookings])
            assert (came.new, came.refused) == (len(bookings), 0)
            store.close_store()
    configure(folder)
    behind = datetime.combine(FIRST, EVENING, UTC) - datetime.now(UTC)
    (folder / "clock").write_text(str(behind.total_seconds()), encoding="ascii")


def test_the_first_real_night_by_hand(real_data: Path, tmp_path: Path, till: Counter) -> None:
    bookings = [one for one in read_bookings(real_data / RECORDS) if one.arrival == FIRST]
    folder = tmp_path / "store"
    house_in(folder, bookings)
    desk: Till = till(folder, rows=43)
    desk.sign_in("owner", PASSWORD)
    desk.enter("70")
    desk.see("Room rack")
    for one in bookings:
        if one.status == STAYED:
            arrives(desk, one.name)
    desk.key("f3")
    desk.see("Home")
    desk.enter("79")
    desk.see("Arrivals checked in")
    missing = [one for one in bookings if one.status != STAYED]
    assert len(missing) == 8
    for left, one in zip(range(8, 0, -1), missing, strict=True):
        does_not_come(desk, one, is_last=left == 1)
    desk.key("enter")
    desk.see("Nights posted: {done} of {all}", done=25, all=25, timeout_s=60)
    close_day(desk, goes_on=False)
    desk.wait("1665.23")
    desk.key("enter")
    desk.see("Night audit")
    desk.kill()
    with books_of(folder):
        assert verify() == []
        night = DayFigures.get()
        found = (night.day, night.arrivals, night.sold + night.free, str(night.room_revenue))
        assert found == (FIRST, 25, 25, "1665.23")


def arrives(desk: Till, name: str) -> None:
    """From the list of who is expected, into the room that is proposed."""
    desk.key("f9")
    desk.see("Who arrives?")
    desk.type(name.split()[-1])
    desk.calm()
    desk.key("enter")
    desk.see("Why this room")
    desk.key("f4")
    desk.see("Room rack")
    desk.see_flat(desk.w("In the house: {guest}", guest="").strip())
    desk.calm()


def does_not_come(desk: Till, one: Booked, *, is_last: bool) -> None:
    """The first step that is open asks; the answer is that of the records."""
    desk.key("enter")
    if not is_last:
        desk.see("Who has not come?")
        desk.type(one.number)
        desk.calm()
        desk.key("enter")
    desk.see("Did not come: no-show")
    if one.status == "No-Show":
        desk.key("1")
        desk.see_flat(desk.w("Nothing is kept, and the nights are free again."))
        desk.pump(0.2)
        desk.key("enter")
    else:
        desk.key("3")
        desk.see_flat(desk.w("Why is {name} cancelled?", name=one.name))
        desk.enter("取消")
    desk.see("Still open")
    desk.calm()
