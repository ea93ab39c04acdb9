"""A small house at a real terminal: its rooms and guests, its clock, its rack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from models.base import clock
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import Stay
from models.ledger.daily.shift_life import open_shift
from models.trust import sign_in
from models.trust.operation import new_uid, open_day
from models.trust.users import User
from tests.flows.conftest import Counter
from tests.flows.counter_program import MANAGER, MANAGER_PASSWORD, ZONE, shifted
from tests.flows.till import Till, books_of
from tests.models.hotel.house import House, furnish
from tests.stores import Shop, Ticking


def set_clock(folder: Path, *, days: int, hour: int) -> None:
    """The counter's wall clock: so many days on, at this hour."""
    now = datetime.now(ZONE)
    wanted = now.replace(hour=hour, minute=0, second=0) + timedelta(days=days)
    (folder / "clock").write_text(str((wanted - now).total_seconds()), encoding="ascii")


@contextmanager
def house_of(folder: Path, *, has_shift: bool = False) -> Iterator[House]:
    """Eight rooms in the store of a folder, open to be booked and lived in at the counter's clock;
    a shift with 500.00 in notes where it is asked for.
    """
    with clock.use(lambda: shifted(folder / "clock")), books_of(folder):
        manager = User.get(User.login == MANAGER).key
        sign_in.sign_in(1, MANAGER, MANAGER_PASSWORD)
        shop = Shop("", folder, Ticking(), users={"owner": manager, "manager": manager})
        day = open_day(1)
        if has_shift:
            open_shift(shop.owner, {10_000: 5}, uid=new_uid())
        yield furnish(shop, first=day, last=day + timedelta(days=400))


def lives(house: House, name: str, room: str, *, nights: int = 1) -> Stay:
    """Somebody comes today and is given this room."""
    day = open_day(1)
    stay = house.book(day, day + timedelta(days=nights), name=name)
    return check_in(
        house.shop.owner, stay, [Guest(name)], version=stay.version,
        room=Room.get(Room.number == room), uid=new_uid(),
    )  # fmt: skip


def at_the_rack(till: Counter, folder: Path) -> Till:
    """A counter over the house, signed in, with the rack in sight."""
    term: Till = till(folder)
    term.sign_in()
    term.enter("70")
    term.see("Room rack")
    return term
