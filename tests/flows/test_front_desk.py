"""The front desk in a real terminal: two days with their nights, and a kill in the middle."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from models.base import database
from models.hotel.audit.day_figures import DayFigures
from models.hotel.charges.postings import post_to_folio
from models.hotel.charges.windows import own_folio
from models.hotel.desk.departures import check_out, post_late_charge, review
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.rooms.rooms import OUT_OF_ORDER, RoomClosing
from models.hotel.stays.housekeeping import close_room
from models.hotel.stays.stays import Night, Stay
from models.ledger.daily.shifts import open_shift_key
from models.ledger.debts.receivables import open_balance
from models.ledger.folio_kinds import COMPANY, CONTROL
from models.ledger.folios import open_folio
from models.ledger.proving.proof import verify
from models.ledger.ways.tender_kinds import Paying
from models.reports.takings import day_view
from models.trust.operation import new_uid, open_day
from tests.flows.conftest import Counter, Floor
from tests.flows.desk import at_the_rack, house_of, lives, set_clock
from tests.flows.till import Till, books_of
from tests.models.hotel.house import House
from tests.stores import CARD, yuan

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180)]


def house_in(folder: Path) -> None:
    """王伟 lives in 201 for one night, 张敏 in 202 for two; 李娜 is expected today. And what an
    audit asks about besides: a call of nobody, a guest in a room under repair, a price beside the
    plan, a charge that came after the departure, a company that is late.
    """
    with house_of(folder) as house:
        day, desk = open_day(1), house.shop.owner
        lives(house, "王伟", "201")
        second = lives(house, "张敏", "202", nights=2)
        house.book(day, day + timedelta(days=2), name="李娜", kind=house.king)
        unknown = open_folio(desk, kind=CONTROL, name="电话待查", limit=yuan("99"), uid=new_uid())
        post_to_folio(desk, unknown, "3000", yuan("8"), uid=new_uid())
        late = open_folio(desk, kind=COMPANY, name="锦程公司", limit=yuan("999"), uid=new_uid())
        open_balance(
            desk, late, yuan("90"), due=day - timedelta(days=40), note="旧账", uid=new_uid()
        )
        _gone_and_charged(house)
        shut = close_room(
            desk, house.room("204"), OUT_OF_ORDER, first=day, until=day + timedelta(days=1),
            reason="漏水", uid=new_uid(),
        )  # fmt: skip
        with database.transaction():
            Night.update(price=yuan("300")).where(Night.stay == second).execute()
            # No operation shuts a room in which somebody lives: what an audit finds came otherwise.
            RoomClosing.update(room=second.room).where(RoomClosing.key == shut.key).execute()


def _gone_and_charged(house: House) -> None:
    """赵磊 has left; his minibar is found afterwards."""
    stay = lives(house, "赵磊", "203")
    due = review(stay, open_day(1)).balance
    card = Paying(CARD, due, reference="T", last_four="4242")
    desk, nothing = house.shop.owner, yuan("0")
    pay_folio(desk, own_folio(stay.key), [card], stay=stay.key, uid=new_uid())
    gone = check_out(desk, stay, version=stay.version, shown=nothing, uid=new_uid())
    post_late_charge(house.shop.owner, gone, "5000", yuan("12"), uid=new_uid())


@pytest.mark.row("HTL-28", "HTL-08", "HTL-30")
def test_two_nights_with_every_question_and_a_kill_between_them(
    floor: Floor, till: Counter
) -> None:
    folder = floor("zh")
    house_in(folder)
    set_clock(folder, days=0, hour=19)
    term = at_the_rack(till, folder)
    assert "201 OC 王伟" in term.text()
    # The desk works through both nights: its shift goes over the close.
    leaves_a_deposit_where_no_shift_is_open(term)
    term.key("f3")
    term.see("Home")
    term.enter("79")
    term.see("Arrivals checked in")
    asks_what_only_people_know(term)
    # 李娜 has not come: that hinders, and is answered.
    term.see("Did not come: no-show")
    term.key("1")
    term.see_flat(term.w("Nothing is kept, and the nights are free again."))
    term.pump(0.2)
    term.key("enter")
    term.see("Still open")
    term.key("enter")
    term.see("Nights posted: {done} of {all}", done=2, all=2)
    term.kill()

    again: Till = till(folder)
    again.sign_in()
    again.enter("79")
    again.see("The day is closed")
    # The nights are posted, and are not posted again.
    close_day(again, is_told=True)
    again.wait("42.86%")
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
        assert states == {
            "王伟": "in house", "张敏": "in house", "李娜": "no show", "赵磊": "departed",
        }  # fmt: skip
        posted = Night.select().where(Night.document.is_null(False))
        assert posted.count() == 5
        days = list(DayFigures.select().order_by(DayFigures.day))
        assert [(day.rooms, day.sold, day.arrivals) for day in days] == [(8, 3, 3), (8, 2, 0)]
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


def asks_what_only_people_know(term: Till) -> None:
    """Each step that has something to ask, by its place; nothing is taken for granted."""
    for place, asked, shown in (
        (2, "What is placed?", "电话待查"), (6, "Nights at another price", "张敏"),
        (9, "Accounts that are open still", "赵磊"), (10, "Accounts that are overdue", "锦程公司"),
    ):  # fmt: skip
        to_step(term, place)
        term.see(asked)
        assert shown in term.text()
        if place != 2:
            term.key("f12")
            term.see(asked, gone=True)
            continue
        term.key("enter")
        term.see_flat(term.w("To which room does {name} go?", name="电话待查"))
        term.enter("201")
        term.calm()
    # Whoever lives in a room that is shut is shown with his account.
    to_step(term, 5)
    term.see("Rooms that differ")
    term.calm()
    term.key("enter")
    term.see("Guest account")
    assert "202 张敏" in term.text()
    term.key("f3")
    term.see("Night audit")
    to_step(term, 11)
    term.see_flat(term.w("refusal.HouseIncomplete", date="", stays="").split("：")[0])
    # The close says what is open before it asks anything.
    to_step(term, 12)
    term.see_flat(term.w("refusal.ArrivalsOpen", stays="").split("：")[0])
    assert term.w("Close day {day}. The next business date is:", day="")[:3] not in term.text()
    to_step(term, 0)
    # A proved copy, at a few minutes past seven.
    term.wait(term.w("at {time}", time="").strip(), timeout_s=40)
    to_step(term, 4)


def to_step(term: Till, place: int) -> None:
    """The cursor to a step, and Enter."""
    term.calm()
    term.key("home", *["down"] * place)
    term.calm()
    term.key("enter")


GOES_ON = (
    "Shifts go on at these tills: {tills}. What they take from now on is of the next date; "
    "nothing of this day can be changed afterwards."
)


def close_day(term: Till, *, goes_on: bool = True, is_told: bool = False) -> None:
    """The close of the day by its questions; the house's figures stand there. `goes_on`: with the
    shift of the desk; `is_told`: what is open and hinders nobody is named.
    """
    term.key("enter")
    term.see("Close day {day}. The next business date is:", day=business_day(term))
    term.key("enter")
    term.see("Close the day")
    if is_told:
        one = term.w("{count} open", count=1)
        rooms = f"{term.w('Rooms agree with the rack')} {one}"
        term.see_flat(term.w("Open still, and no hindrance: {steps}", steps=rooms))
        term.see_flat(f"{term.w('Departed guests have paid')} {one}")
    if goes_on:
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
