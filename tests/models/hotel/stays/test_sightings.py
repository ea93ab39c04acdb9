"""What housekeeping saw against what the desk holds: sleep and skip, until they are dealt with."""

from __future__ import annotations

import pytest

from models.hotel.audit.audit_steps import ROOMS, audit_steps
from models.hotel.rooms.rooms import CLEAN
from models.hotel.stays.housekeeping import set_care
from models.hotel.stays.rack import read_rack
from models.hotel.stays.sightings import OCCUPIED, SKIP, SLEEP, VACANT, discrepancies, report_seen
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import NeedsOverride, new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, house_day, leave, roll
from tests.stores import CASH, yuan


def report(house: House, saw: str, *numbers: str) -> list[str]:
    rooms = [house.room(number).key for number in numbers]
    return report_seen(house.desk, rooms, saw, uid=new_uid())


def clean(house: House, number: str) -> None:
    set_care(house.desk, [house.room(number).key], CLEAN, uid=new_uid())


def odd() -> list[tuple[str, str, str]]:
    return [
        (each.number, each.what, each.stay.name if each.stay else "")
        for each in discrepancies(house_day())
    ]


@pytest.mark.row("H-3")
def test_a_skip_and_a_sleep_stand_until_the_desk_has_dealt_with_them(open_house: House) -> None:
    house, stay = open_house, arrive(open_house, nights=1)
    assert report(house, OCCUPIED, "201") == [] and odd() == []
    assert report(house, VACANT, "201", "202") == ["201"]
    assert report(house, OCCUPIED, "203") == ["203"]
    assert odd() == [("201", SKIP, "张三"), ("203", SLEEP, "")]
    rack = {room.number: room.odd for room in read_rack(house_day()).rooms}
    assert (rack["201"], rack["202"], rack["203"]) == (SKIP, "", SLEEP)
    step = next(each for each in audit_steps(house_day()) if each.name == ROOMS)
    assert [each.number for each in step.left] == ["201", "203"] and not step.hinders
    # The desk checks one in and the other out.
    arrive(house, room="203")
    leave(house, stay, Paying(CASH, yuan("320")))
    assert odd() == []


def test_who_left_after_he_was_seen_is_no_sleeper_and_a_new_day_begins_anew(
    open_house: House,
) -> None:
    house, stay = open_house, arrive(open_house, nights=1)
    report(house, OCCUPIED, "201", "202")
    house.shop.clock.move(hours=1)
    leave(house, stay, Paying(CASH, yuan("320")))
    assert odd() == [("202", SLEEP, "")]
    report(house, VACANT, "202")
    assert odd() == []
    other = arrive(house, nights=3, room="204")
    report(house, VACANT, "204")
    assert other.name and odd() == [("204", SKIP, "张三")]
    # Who moves in after him was not there when the room was seen empty.
    leave(house, other, Paying(CASH, yuan("320")))
    clean(house, "204")
    arrive(house, nights=3, room="204")
    assert odd() == []
    assert report(house, VACANT, "204") == ["204"]
    roll(house)
    assert odd() == []


@pytest.mark.row("H-3")
def test_who_left_before_somebody_was_seen_did_not_sleep_there(open_house: House) -> None:
    house, stay = open_house, arrive(open_house, nights=1)
    leave(house, stay, Paying(CASH, yuan("320")))
    house.shop.clock.move(hours=1)
    assert report(house, OCCUPIED, "201") == ["201"] and odd() == [("201", SLEEP, "")]
    # The sleeper is put into the books, pays and goes: the room is empty, and all is told.
    clean(house, "201")
    leave(house, arrive(house, nights=1), Paying(CASH, yuan("320")))
    assert odd() == []


def test_who_may_say_it(open_house: House) -> None:
    room = open_house.room("201").key
    with pytest.raises(NeedsOverride):
        report_seen(open_house.shop.cashier, [room], VACANT, uid=new_uid())
    with pytest.raises(ValueError, match="gone"):
        report_seen(open_house.desk, [room], "gone", uid=new_uid())
