"""What the board and the rotation come to: use of the roster, attendance, heads, whom to remind."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.ledger.proving.proof import verify
from models.people.records import save_person
from models.reports.member_lists import RECALL
from models.reports.report import Period, ReportKind, make
from models.reports.salon.board_lists import ATTENDANCE, HEADS, NO_SHOWS, TO_CALL, UTILISATION
from models.salon.absences import save_absence
from models.salon.appointments import ARRIVED, DONE, NO_SHOW, SERVING
from models.salon.booking import Client, cancel_appointment, save_appointment
from models.salon.rotation import GONE, HERE, set_presence
from models.salon.tickets import name_stylists
from models.salon.visits import note_reminder
from models.shop.basket import load_key
from models.shop.customers import set_customer
from models.shop.returns import void_sale
from models.trust.operation import new_uid
from tests.models.salon.booked import book, roster, step, who, wish
from tests.models.salon.salon import COLOUR, CUT, WASH
from tests.stores import FIRST_DAY, Shop

NEXT = FIRST_DAY + timedelta(days=1)


@pytest.mark.row("HR-16", "HR-26", "HR-41", "B-3")
def test_a_day_of_the_roster_in_figures(salon: Shop) -> None:
    """9 works from 10 to 19 with half an hour of break, 21 has tomorrow off."""
    roster(salon, 9, opens="10", closes="19", break_from="12", break_until="12:30")
    roster(salon, 21, opens="", closes="", day=NEXT, is_off=True)

    def rows(kind: ReportKind, last: Any = FIRST_DAY, session: Any = None) -> list[Any]:
        return list(make(session or salon.owner, kind, Period(FIRST_DAY, last)).rows)

    salon.clock.move(minutes=5)
    set_presence(salon.cashier, who(8).key, HERE, uid=new_uid())
    salon.clock.move(hours=1, minutes=15)
    set_presence(salon.cashier, who(9).key, HERE, uid=new_uid())
    # A colour keeps hands busy for an hour, a wash for half an hour, the absence is of an hour.
    book(salon, "13", (COLOUR, 8), name="王芳")
    missed = step(salon, book(salon, "13", (WASH, 9), name="李雷"), NO_SHOW)
    off = book(salon, "15", (CUT, 9), name="周敏")
    cancel_appointment(salon.cashier, off.key, version=1, reason="改天", uid=new_uid())
    done = step(salon, step(salon, book(salon, "16", (WASH, 9)), ARRIVED), SERVING)
    salon.clock.move(minutes=30)
    step(salon, done, DONE)
    save_absence(
        salon.manager, None, stylist=who(9).key, day=FIRST_DAY, since="17", until="18",
        uid=new_uid(),
    )  # fmt: skip
    # Rung at the till, with no appointment: a wash by two, and a cut of one that is undone.
    sold = []
    for code, said in ((WASH, "8:70 21:30"), (CUT, "21")):
        rung = salon.bill(code)
        name_stylists(salon.cashier, rung.draft, 1, said, uid=new_uid())
        sold.append(salon.pay(load_key(rung.draft)))
    before = [row[6] for row in rows(UTILISATION)]
    void_sale(salon.manager, sold[-1].key, reason="mistyped", uid=new_uid())
    assert before == [21, 0, 54]
    senior, junior = who(8).grade.name, who(21).grade.name
    assert rows(UTILISATION) == [
        ("李经理", senior, 1, 720, 0, 60, 21, "11%", 1, 0),
        ("张收银", senior, 1, 510, 60, 30, 0, "6%", 1, 1),
        ("赵库管", junior, 1, 720, 0, 0, 9, "1%", 0, 0),
    ]  # fmt: skip
    assert [(row[2], row[4], row[5], row[6]) for row in rows(NO_SHOWS)] == [
        ("李雷", "洗吹", "did not come", ""), ("周敏", "女士剪发", "cancelled", "改天"),
    ]  # fmt: skip
    tomorrow = book(salon, "9", (CUT, 8), name="韩梅", day=NEXT)
    note_reminder(salon.cashier, tomorrow.key, version=1, uid=new_uid())
    assert [(row[0], row[2], row[5], row[6]) for row in rows(TO_CALL)] == [
        (FIRST_DAY, "王芳", "李经理", "to be called"), (NEXT, "韩梅", "李经理", "reminded"),
    ]  # fmt: skip
    # From 09:05 to 22:00 are 775 minutes, of which 720 are rostered; 9 comes at 10:20.
    salon.clock.move(hours=11, minutes=10)
    set_presence(salon.cashier, who(8).key, GONE, uid=new_uid())
    set_presence(salon.cashier, who(9).key, GONE, uid=new_uid())
    assert rows(ATTENDANCE) == [
        (FIRST_DAY, "李经理", "09:00-21:00", "09:05", "22:00", 775, 5, 55, ""),
        (FIRST_DAY, "张收银", "10:00-19:00", "10:20", "22:00", 700, 20, 190, "away"),
        (FIRST_DAY, "赵库管", "09:00-21:00", "", "", 0, 0, 0, "absent"),
    ]  # fmt: skip
    # Each sees himself; the heads are for who keeps the roster.
    assert rows(HEADS, NEXT) == [(FIRST_DAY, 3, 0, 1, 2, 2), (NEXT, 2, 1, 0, 0, 0)]
    assert missed.state == NO_SHOW and verify() == []


@pytest.mark.row("MKT-26", "B-3")
def test_who_is_booked_is_not_called_back(salon: Shop) -> None:
    """Here once, and expected after the store's usual sixty days; booked, there is no call."""
    wang = save_person(salon.owner, None, name="王芳", uid=new_uid())
    bill = salon.bill(WASH)
    set_customer(salon.manager, bill, wang.key)
    salon.pay(load_key(bill.draft))
    late = Period(FIRST_DAY, FIRST_DAY + timedelta(days=90))
    assert [row[0] for row in make(salon.owner, RECALL, late).rows] == ["王芳"]
    found = save_appointment(
        salon.cashier, None, client=Client("王芳", person=wang.key), day=NEXT, minute=600,
        wishes=[wish(salon, CUT, 8)], uid=new_uid(),
    )  # fmt: skip
    assert make(salon.owner, RECALL, late).rows == []
    cancel_appointment(salon.cashier, found.key, version=1, reason="病了", uid=new_uid())
    assert [row[0] for row in make(salon.owner, RECALL, late).rows] == ["王芳"]
