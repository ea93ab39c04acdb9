"""What the house knows of a person's past stands in his history, beside what he bought."""

from __future__ import annotations

from dataclasses import replace

import pytest

from models.hotel.desk.arrivals import check_in
from models.hotel.folios.deposits import take_deposit
from models.hotel.reservations.cancelling import (
    cancel_stay,
)
from models.hotel.stays.stays import Booking, Stay, StayGuest
from models.ledger.folios import OPEN, Folio
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.people import records
from models.people.history import history_of
from models.people.persons import Person
from models.trust.operation import new_uid
from models.trust.users import Role
from tests.models.hotel.house import House
from tests.models.hotel.staying import GUEST, day, fresh, leave
from tests.stores import CASH, yuan


def told(house: House, person: Person) -> tuple[list[tuple[str, str, str, str]], dict[str, str]]:
    found = history_of(house.desk, person.key)
    assert found is not None
    events = [(e.kind, e.label, e.what, str(e.amount or "")) for e in found.events]
    return events, {figure.label: str(figure.value) for figure in found.figures}


@pytest.mark.row("CUS-15", "HTL-31")
def test_stays_and_deposits_stand_in_the_history(open_house: House) -> None:
    house = open_house
    wang = records.save_person(house.shop.owner, None, name="王芳", uid=new_uid())
    lived = house.book(day(0), day(1), name="王芳", person=wang.key)
    house.book(day(0), day(1), name="别人")
    check_in(
        house.desk, lived, [GUEST], version=lived.version, room=house.room("201"),
        credit_limit=yuan("1000"), uid=new_uid(),
    )  # fmt: skip
    leave(house, lived, Paying(CASH, yuan("320")))
    house.shop.clock.move(minutes=1)
    gone = house.book(day(5), day(6), name="王芳", person=wang.key)
    cancel_stay(house.desk, gone, version=fresh(gone).version, reason="x", uid=new_uid())
    house.shop.clock.move(minutes=1)
    comes = house.book(day(7), day(9), name="王芳", person=wang.key)
    booking = Booking.get_by_id(comes.booking_id)
    Booking.update(person=wang.key).where(Booking.key == booking.key).execute()
    house.shop.clock.move(minutes=1)
    take_deposit(house.desk, booking, [Paying(CASH, yuan("100"))], uid=new_uid())

    events, figures = told(house, wang)
    assert [(kind, amount) for kind, _, _, amount in events] == [
        ("Deposit", "100.00"), ("Booked", ""), ("Cancelled", ""), ("Stayed", "320.00"),
    ]  # fmt: skip
    assert events[3][2] == f"201  {day(0)} - {day(1)}" and events[1][1] == comes.number
    assert (figures["Times here"], figures["Nights"], figures["For rooms"]) == ("1", "1", "320.00")
    # Who sees only his own work sees what he booked.
    Role.update(scope="own").where(Role.name == "收银员").execute()
    mine = history_of(house.shop.cashier, wang.key)
    assert mine is not None and mine.events == []


@pytest.mark.row("CUS-33")
def test_a_name_that_is_corrected_is_right_wherever_the_guest_still_is(open_house: House) -> None:
    house = open_house
    wang = records.save_person(house.shop.owner, None, name="王方", uid=new_uid())
    guest = replace(GUEST, name="王方")
    left = house.book(day(0), day(1), name="王方", person=wang.key)
    check_in(
        house.desk, left, [guest], version=left.version, room=house.room("201"),
        credit_limit=yuan("1000"), uid=new_uid(),
    )  # fmt: skip
    leave(house, left, Paying(CASH, yuan("320")))
    lives = house.book(day(0), day(2), name="王方", person=wang.key)
    check_in(
        house.desk, lives, [guest], version=lives.version, room=house.room("202"),
        credit_limit=yuan("1000"), uid=new_uid(),
    )  # fmt: skip
    comes = house.book(day(5), day(6), name="王方", person=wang.key)
    assistant = house.book(day(5), day(6), name="秘书", person=wang.key)
    records.save_person(house.shop.owner, wang.key, version=1, name="王芳", uid=new_uid())

    def names(stay: Stay) -> tuple[str, str, str]:
        now = fresh(stay)
        return now.name, now.pinyin, now.booking.name

    assert names(lives) == names(comes) == ("王芳", "wf", "王芳")
    assert names(assistant) == ("秘书", "ms", "秘书"), "another name was meant"
    assert names(left) == ("王方", "wf", "王方"), "the name on the papers that he has"
    assert [guest.name for guest in StayGuest.select().where(StayGuest.stay == lives)] == ["王芳"]
    accounts = Folio.select().where(Folio.owner == wang.key, Folio.status == OPEN)
    assert {each.name for each in accounts} == {"王芳"}
    assert not [str(each) for each in proof.verify()]
