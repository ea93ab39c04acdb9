"""The front desk in a real terminal: two days with their nights, and a kill in the middle."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from models.hotel.arrivals import Guest, check_in
from models.hotel.day_figures import DayFigures
from models.hotel.rooms import Room
from models.hotel.stays import Night, Stay
from models.ledger.proof import verify
from models.ledger.shifts import open_shift_key
from models.reports.takings import day_view
from models.trust import sign_in
from models.trust.operation import new_uid, open_day
from models.trust.users import User
from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import MANAGER, MANAGER_PASSWORD, ZONE
from tests.flows.till import Till, books_of
from tests.models.hotel.house import House, furnish
from tests.stores import Shop, Ticking

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(120)]


def set_clock(folder: Path, *, days: int, hour: int) -> None:
    """The counter's wall clock: so many days on, at this hour."""
    now = datetime.now(ZONE)
    wanted = now.replace(hour=hour, minute=0, second=0) + timedelta(days=days)
    (folder / "clock").write_text(str((wanted - now).total_seconds()), encoding="ascii")


def house_in(folder: Path) -> None:
    """王伟 lives in 201 for one night, 张敏 in 202 for two; 李娜 is expected today."""
    with books_of(folder):
        users = {
            "owner": User.get(User.login == MANAGER).key,
            "manager": User.get(User.login == MANAGER).key,
        }
        sign_in.sign_in(1, MANAGER, MANAGER_PASSWORD)
        day = open_day(1)
        last = day + timedelta(days=400)
        shop = Shop("", folder, Ticking(), users=users)
        house: House = furnish(shop, first=day, last=last)
        for name, number, nights in (("王伟", "201", 1), ("张敏", "202", 2)):
            stay = house.book(day, day + timedelta(days=nights), name=name)
            room = Room.get(Room.number == number)
            check_in(
                shop.owner, stay, [Guest(name)], version=stay.version, room=room, uid=new_uid()
            )
        house.book(day, day + timedelta(days=2), name="李娜", kind=house.king)


@pytest.mark.row("HTL-28", "HTL-08", "HTL-30")
def test_two_nights_with_every_question_and_a_kill_between_them(
    floor: Floor, till: Counter
) -> None:
    folder = floor("zh")
    house_in(folder)
    set_clock(folder, days=0, hour=19)
    term: Till = till(folder)
    term.sign_in()
    term.enter("70")
    term.see("Room rack")
    assert "201 OC 王伟" in term.text()
    # The desk works through both nights: its shift goes over the close.
    leaves_a_deposit_where_no_shift_is_open(term)
    term.key("f3")
    term.see("Home")
    term.enter("79")
    term.see("Arrivals checked in")
    # 李娜 has not come: that hinders, and is answered.
    term.key("enter")
    term.see("Did not come: no-show")
    term.key("1")
    term.see("Still open")
    term.key("enter")
    term.see("Nights posted: {done} of {all}", done=2, all=2)
    term.kill()

    again: Till = till(folder)
    again.sign_in()
    again.enter("79")
    again.see("The day is closed")
    # The nights are posted, and are not posted again.
    close_day(again)
    again.wait("25.00%")
    again.key("enter")
    again.see("Night audit")
    set_clock(folder, days=1, hour=19)
    again.key("f5")
    again.calm()
    # 王伟 was to leave; he stays another night.
    again.key("enter")
    again.see("Stays one more night")
    again.key("1")
    again.see("Still open")
    again.key("enter")
    again.see("Nights posted: {done} of {all}", done=2, all=2)
    close_day(again)
    again.key("enter")
    again.kill()
    with books_of(folder):
        assert verify() == []
        states = {stay.name: stay.state for stay in Stay.select()}
        assert states == {"王伟": "in house", "张敏": "in house", "李娜": "no show"}
        posted = Night.select().where(Night.document.is_null(False))
        assert posted.count() == 4
        days = list(DayFigures.select().order_by(DayFigures.day))
        assert [(day.rooms, day.sold, day.arrivals) for day in days] == [(8, 2, 2), (8, 2, 0)]
        over = [day_view(day.day).shifts_over for day in days]
        assert [[str(each.drawer) for each in shown] for shown in over] == [["100.00"]] * 2
        assert open_shift_key(1)


def leaves_a_deposit_where_no_shift_is_open(term: Till) -> None:
    """Cash needs a drawer: its float is asked for over the payment, which stays as it was."""
    term.type("202")
    term.key(".")
    term.see_flat(term.w("{name} pays how much?", name="张敏"))
    term.enter("100")
    term.see("Ways to pay")
    term.key("enter")
    term.see("Open the shift")
    term.see("refusal.NoOpenShift", register=1)
    term.key("f3")
    term.see("Ways to pay")
    assert "100.00" in term.text()
    term.key("enter")
    term.see("Open the shift")
    term.enter("1")
    term.calm()
    term.key("f9")
    term.see("Ways to pay")
    assert "100.00" in term.text()
    term.key("f3")
    term.see("Room rack")


GOES_ON = (
    "Shifts go on at these tills: {tills}. What they take from now on is of the next date; "
    "nothing of this day can be changed afterwards."
)


def close_day(term: Till) -> None:
    """The close of the day by its questions; the house's figures stand there."""
    term.key("enter")
    term.see("Close day {day}. The next business date is:", day=business_day(term))
    term.key("enter")
    term.see("Close the day")
    term.see_flat(term.w(GOES_ON, tills="1").split("。")[0])
    term.pump(0.2)
    term.key("enter")
    term.see("Go on", timeout_s=20)
    term.key("enter")
    term.see("Rooms sold", timeout_s=20)


def business_day(term: Till) -> str:
    """What the header says."""
    head = term.lines()[0]
    return next(word for word in head.split() if word.count("-") == 2)
