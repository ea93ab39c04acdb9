"""The reports of a front desk hold the figures of its accounts, and of its guests."""

from __future__ import annotations

from typing import Any

import pytest

from models.hotel.charges.folio_lines import lines_of
from models.hotel.charges.postings import adjust_line, post_charge, void_charge
from models.hotel.charges.windows import own_folio
from models.hotel.folios.folio_payments import pay_folio
from models.hotel.rooms.rooms import DIRTY
from models.hotel.stays.housekeeping import set_care
from models.ledger.ways.tender_kinds import Paying
from models.reports import desk_lists, hotel_lists
from models.reports.report import Period, make
from models.trust.guard import RightMissing
from models.trust.operation import new_uid
from tests.models.hotel.house import House
from tests.models.hotel.staying import arrive, day, roll
from tests.stores import CASH, yuan


def _rows(house: House, kind: Any, first: int = 0, last: int = 1) -> list[list[str]]:
    report = make(house.shop.owner, kind, Period(day(first), day(last)))
    return [[str(cell) for cell in row] for row in report.rows]


@pytest.mark.row("HTL-29")
def test_the_state_of_each_room_on_paper(open_house: House) -> None:
    arrive(open_house, nights=3, room="202")
    open_house.book(day(0), day(1), name="李娜", room=open_house.room("203").key)
    set_care(open_house.desk, [open_house.room("204").key], DIRTY, uid=new_uid())
    found = {row[0]: row[1:] for row in _rows(open_house, hotel_lists.ROOM_STATUS)}
    assert found["202"] == ["TWN", "OC", "occupied, clean", "张三", str(day(3)), ""]
    assert found["203"] == ["TWN", "VC", "vacant, clean", "", "None", "李娜"]
    assert found["204"] == ["TWN", "VD", "vacant, dirty", "", "None", ""]


@pytest.mark.row("RPT-12")
def test_the_transcript_is_what_accounts_came_to(open_house: House) -> None:
    stay = arrive(open_house, nights=3)
    pay_folio(
        open_house.desk, own_folio(stay.key), [Paying(CASH, yuan("500"))], stay=stay.key,
        uid=new_uid(),
    )  # fmt: skip
    roll(open_house)
    post_charge(open_house.desk, stay, "4000", yuan("35"), uid=new_uid())

    number = own_folio(stay.key).number
    assert _rows(open_house, desk_lists.GUEST_ACCOUNTS, 0, 0) == [
        [number, "张三", "0.00", "320.00", "-500.00", "-180.00"]
    ]
    assert _rows(open_house, desk_lists.GUEST_ACCOUNTS, 1, 1) == [
        [number, "张三", "-180.00", "35.00", "0.00", "-145.00"]
    ]


def test_who_owes_much_and_what_was_corrected(open_house: House) -> None:
    stay = arrive(open_house, nights=3)
    assert _rows(open_house, desk_lists.HIGH_BALANCES) == []
    post_charge(open_house.desk, stay, "4000", yuan("15"), uid=new_uid())
    post_charge(open_house.desk, stay, "2000", yuan("800"), uid=new_uid())
    ((number, name, room, _, owed, limit, left),) = _rows(open_house, desk_lists.HIGH_BALANCES)
    assert (name, room, owed, limit, left) == ("张三", "201", "815.00", "1000.00", "185.00")
    assert number == own_folio(stay.key).number

    first, second = lines_of(own_folio(stay.key).key)
    void_charge(open_house.desk, first, reason="记错", uid=new_uid())
    roll(open_house)
    adjust_line(open_house.shop.owner, second, yuan("20"), reason="菜凉了", uid=new_uid())
    found = _rows(open_house, desk_lists.CORRECTIONS)
    assert [(row[3], row[4], row[6], row[7]) for row in found] == [
        ("Voided", "201", "-15.00", "记错"),
        ("Let off", "201", "-20.00", "菜凉了"),
    ]


@pytest.mark.row("H-2")
def test_the_register_for_the_police_holds_whole_numbers_for_who_may_see_them(
    open_house: House,
) -> None:
    arrive(open_house)
    ((room, name, sex, _, kind, paper, *_),) = _rows(open_house, desk_lists.POLICE_REGISTER)
    assert (room, name, sex, kind) == ("201", "张三", "male", "Identity card")
    assert paper == "440308199901101512"
    with pytest.raises(RightMissing):
        make(open_house.shop.cashier, desk_lists.POLICE_REGISTER, Period(day(0), day(1)))
