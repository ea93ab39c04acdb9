"""The night audit by its keys: thirteen steps, each with what it came to."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from models.base import clock
from models.base.database import database
from models.hotel.audit.audit_steps import BACKUP, ROOMS, AuditStep
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.postings import post_to_folio
from models.hotel.folios.departments import not_cleared
from models.hotel.reservations.cancelling import cancel_stay
from models.hotel.stays.stays import Stay
from models.ledger.daily.days import store_day
from models.ledger.daily.shift_life import count_drawer
from models.ledger.folio_kinds import CONTROL
from models.ledger.folios import open_folio
from models.trust.operation import Session, new_uid
from models.trust.print_queue import PrintJob
from models.trust.users import User
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import day
from tests.stores import OPENED_AT, Shop, Ticking, yuan
from tests.tui.hotel.conftest import Start, house, stay_of
from tests.tui.records.conftest import Person, at
from tui.desk import words
from tui.hotel.night_audit import named

__all__ = ["at"]


def _evening() -> Any:
    """王伟 stays, 李娜 has not come, and a call of an unknown extension stands somewhere."""
    made = house()
    made.shop.clock.at = made.shop.clock.at.replace(hour=15)
    unknown = open_folio(made.desk, kind=CONTROL, name="电话待查", limit=yuan("99"), uid=new_uid())
    post_to_folio(made.desk, unknown, "3000", yuan("8"), uid=new_uid())
    return made


def test_what_is_open_is_listed_with_the_comma_of_the_language() -> None:
    before = words.language()
    words.speak("zh")
    told = named([AuditStep(name, [1], only_tells=True) for name in (BACKUP, ROOMS)])
    words.speak(before)
    assert told == "还有未了的（不妨碍结日）：今日有备份 1 未完、房态相符 1 未完"


def _audit(name: str) -> Any:
    from tui.hotel.night_audit import NightAudit

    return NightAudit()


def _uneven() -> Any:
    """The drawer is counted and its shift not closed; a line says more than its entries."""
    made = _evening()
    count_drawer(made.shop.owner, {10_000: 5}, uid=new_uid())
    database.execute_sql('DROP TRIGGER "keep_folio_line_update"')
    FolioLine.update(net=FolioLine.net + yuan("1")).where(FolioLine.amount == yuan("8")).execute()
    return made


async def _step(person: Person, number: int) -> None:
    await person.press("home", *["down"] * number, "enter")


def _shut() -> Any:
    """A house without a guest; one is booked for the winter."""
    users = {user.login: user.key for user in User.select()}
    made = furnish(Shop("", Path(), Ticking(), users=users))
    made.book(day(4), day(5), name="李娜")
    return made


async def test_a_house_that_was_shut_is_asked_once(at: Start) -> None:
    ahead = Ticking(OPENED_AT + timedelta(days=10))
    with clock.use(ahead):
        await _shut_for_ten_days(at)


async def _shut_for_ten_days(at: Start) -> None:
    async with at("", prepared=_shut, screen=_audit) as person:
        await person.press("end", "enter")
        assert "李娜" in person.alarm
        await person.do(_cancelled)
        await person.press("f5", "end", "enter")
        await person.see("Was the house shut from 2026-03-02 on?", "Every date before 2026-03-12")
        await person.press("f12")
        assert await person.do(store_day) == day(0)
        await person.press("end", "enter")
        await person.see("Close them all")
        await person.press("enter")
        await person.see("Night audit")
        assert await person.do(store_day) == day(10)
        kinds = await person.do(lambda: [job.kind for job in PrintJob.select()])
        # Of the first day, on which goods came in, and of all others.
        assert sorted(kinds) == ["day", "day", "house", "house"]


def _cancelled() -> None:
    stay, owner = stay_of("李娜"), Session(User.get(User.login == "owner").key, 1)
    cancel_stay(owner, stay, version=stay.version, reason="歇业", uid=new_uid())


@pytest.mark.row("HTL-26", "HTL-27")
async def test_a_counted_drawer_hinders_and_departments_that_differ_are_shown(at: Start) -> None:
    async with at("", prepared=_uneven, screen=_audit) as person:
        await person.see("Shifts closed or going over", "1 open")
        await _step(person, 7)
        await person.see("Departments that differ", "Telephone", "9.00", "8.00")
        await person.press("f12")
        await person.see("Departments agree with the books", "9.00 charged")


@pytest.mark.row("HTL-27", "HTL-19")
async def test_thirteen_steps_each_with_its_result(at: Start) -> None:
    async with at("", prepared=_evening, screen=_audit) as person:
        await person.see(
            "Backup made today", "Shifts closed or going over", "Charges have their account",
            "Departures checked out", "Arrivals checked in", "Rooms agree with the rack",
            "Rates agree with the plan", "Departments agree with the books",
            "Room charges posted", "Departed guests have paid",
            "No account is overdue", "The books balance", "The day is closed",
        )  # fmt: skip
        # Departments: a call of 8.00. The proof says why the day could not be closed now.
        await person.see("8.00 charged", "1 came, 0 no-shows")
        await _step(person, 11)
        assert "王伟" in person.alarm
        # A key that changes nothing says so.
        await person.press("f5")
        assert "As it is now" in person.message
        await _step(person, 6)
        assert "Nothing is open in this step." in person.message
        await _step(person, 2)
        await person.see("What is placed?", "电话待查", "8.00")
        await person.press("enter")
        await person.see("To which room does 电话待查 go?")
        await person.type("201")
        await person.press("enter")
        await person.see("Night audit", "8.00 charged")
        assert await person.do(not_cleared) == []
        await _step(person, 4)
        await person.see("Did not come: no-show")
        await person.press("1")
        await person.see("李娜 did not come: no-show?", "the nights are free again")
        await person.press("enter")
        await person.see("1 came, 1 no-shows")
        await _step(person, 8)
        await person.see("1 night, 320.00", "come to zero", "328.00 charged")
        stay: Stay = await person.do(stay_of, "李娜")
        assert stay.state == "no show"
        # What only tells hinders nobody, and is named where the day is closed.
        told = named(person.app.screen.steps.row_values)  # type: ignore[attr-defined]
        assert told == "Open still, and no hindrance: Backup made today 1 open"
