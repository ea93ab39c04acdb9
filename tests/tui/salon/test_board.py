"""The board of appointments: booked, moved, welcomed, and taken to the till by keys."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from models.config.config import read_config
from models.ledger.daily.shift_life import open_shift
from models.members.lots import Lot
from models.people.records import save_person
from models.salon.appointments import DONE, STATE_WORDS, Appointment
from models.salon.board import Board, BoardColumn, read_board
from models.salon.roster import WorkDay
from models.salon.rotation import HERE, set_presence
from models.shop.basket import open_basket
from models.trust.operation import new_uid
from models.trust.users import User
from tests.models.salon.booked import book, who
from tests.models.salon.salon import COLOUR, CUT, WASH, open_salon
from tests.stores import FIRST_DAY, Shop, Ticking
from tests.tui.records.conftest import Start, at
from tui.salon.board import BoardScreen
from tui.salon.board_cells import layout
from tui.salon.board_places import BoardPlaces
from tui.salon.rotation import RotationScreen
from tui.shop.selling import Selling

__all__ = ["at"]


def salon() -> Shop:
    made = Shop("", Path(), Ticking(), users={user.login: user.key for user in User.select()})
    open_salon(made)
    open_shift(made.owner, {10_000: 5}, uid=new_uid())
    book(made, "10", (COLOUR, 8), name="王芳")
    book(made, "11", (WASH, 9), name="李雷")
    book(made, "14", (CUT, 8), name="周敏")
    return made


def _states() -> dict[str, str]:
    return {one.name: one.state for one in Appointment.select()}


async def _straight(app: Any) -> None:
    """The till with a shift open: these tests have no counter around it."""
    await app.go(Selling(await app.in_books(open_basket, app.session)))


@pytest.mark.row("B-3")
async def test_a_morning_at_the_board(
    at: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Booked at a free hour, moved, squeezed in, welcomed, and taken to the till."""
    monkeypatch.setattr("tui.salon.to_ticket.open_selling", _straight)
    looks = []

    def look(day: Any) -> Board:
        looks.append(day)
        return read_board(day)

    monkeypatch.setattr("tui.salon.board.read_board", look)
    async with at("goods", prepared=salon) as person:
        person.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        board = BoardScreen()
        await person.app.go(board)
        await person.see("8 李经理", "9 张收银", "21 赵库管", "王芳", "rests 王芳")
        assert looks == [FIRST_DAY]
        # Nobody is there: what is done with a client is refused.
        await person.type("9")
        await person.press("/")
        assert "no client under the cursor" in person.alarm
        # An hour that is none stays, to be put right.
        await person.type("77")
        await person.press("+")
        assert "77" in person.alarm
        board.entry.set_value("")
        # Booked where the cursor is, with the person of the column.
        board.lines.go_to_person(9)
        board.lines.go_to_minute(13 * 60)
        await person.press("f2")
        await person.see("New", "13:00", "9")
        await person.type("赵敏")
        await person.press(*["tab"] * 4)
        await person.type("11")
        await person.press(*["tab"] * 3)
        await person.type(CUT)
        # The hour is taken: the caret stands in it; the cursor goes to where he is booked.
        await person.press("f4")
        assert "李雷" in person.alarm
        await person.type("12")
        await person.press("f4")
        await person.see("Booked: 赵敏 12:00")
        assert (board.lines.person.number, board.lines.minute) == (9, 12 * 60)  # type: ignore[union-attr]
        # Picked up and put down on somebody else's client: refused, or squeezed in with a reason.
        await person.press("f4")
        await person.see("赵敏 is picked up")
        board.lines.go_to_person(8)
        board.lines.go_to_minute(14 * 60)
        await person.press("enter")
        await person.see("Squeeze in all the same?")
        assert "周敏" in person.alarm
        await person.type("老客")
        await person.press("enter")
        await person.see("Moved: 赵敏 14:00", "double")
        # F12 leaves what was picked up where it was.
        board.lines.go_to_minute(10 * 60)
        await person.press("f4")
        await person.see("王芳 is picked up")
        await person.press("f12")
        await person.see("Booked 4")
        # Here, in the chair, finished; one step too far is taken back.
        for text in ("here, waiting", "in the chair", "finished"):
            await person.press("+")
            await person.see(f"王芳: {text}")
        await person.press("+")
        assert "no further step" in person.alarm
        await person.press("-")
        await person.see("王芳: in the chair")
        # One key to the till: what was done, by whom.
        await person.press("/")
        await person.see("染发 · 李经理", "380.00")
        await person.press("f3")
        await person.see("Appointment board", "on a bill")
        assert (await person.do(_states))["王芳"] == DONE
        await person.press("/")
        assert "is not charged twice" in person.alarm
        # Reminded, called off, did not come.
        board.lines.go_to_person(9)
        board.lines.go_to_minute(11 * 60)
        await person.press("f5")
        await person.see("reminded")
        await person.press("delete")
        await person.see("Not come")
        await person.press("2")
        await person.see("李雷: did not come")
        await person.press("f9")
        await person.see("2026-03-03")
        await person.press("f8")
        await person.see("2026-03-02")


def with_a_client() -> Shop:
    made = salon()
    wang = save_person(made.owner, None, name="王芳", uid=new_uid())
    Appointment.update(person=wang.key).where(Appointment.name == "王芳").execute()
    return made


@pytest.mark.row("B-3")
async def test_a_deposit_is_found_by_whose_it_is(at: Start, tmp_path: Path) -> None:
    async with at("goods", prepared=with_a_client) as person:
        person.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        board = BoardScreen()
        await person.app.go(board)
        await person.see("王芳")
        await person.type("8")
        await person.type("10")
        await person.type("00")
        await person.press(".")
        await person.see("Deposit of 王芳")
        await person.type("50")
        await person.press("enter")
        await person.see("Deposit of 王芳 99", "Ways to pay")
        await person.press("enter")
        await person.see("deposit 50.00")
        assert await person.do(_owners) == [("王芳", "50.00")]


def _owners() -> list[tuple[str, str]]:
    return [(lot.name, str(lot.rest)) for lot in Lot.select()]


async def test_pages_of_people_and_what_is_off(at: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """Six fit 80 columns and ten 132; thirty come in pages, by the arrow or the number."""
    assert [layout(80, 6), layout(132, 10), layout(80, 30), layout(132, 30)] == [
        (6, 11), (10, 11), (6, 11), (10, 11),
    ]  # fmt: skip
    hours = WorkDay(((9 * 60, 12 * 60), (13 * 60, 21 * 60)), (12 * 60, 13 * 60))
    columns = [
        BoardColumn(n, n, f"人{n}", "大工", hours, ((14 * 60, 18 * 60),) if n == 30 else ())
        for n in range(1, 31)
    ]
    board = Board(FIRST_DAY, 9 * 60, 21 * 60, columns, [], dict.fromkeys(STATE_WORDS, 0))
    monkeypatch.setattr("tui.salon.board.read_board", lambda day: board)
    async with at("goods", prepared=salon) as person:
        screen = BoardScreen()
        await person.app.go(screen)
        await person.see("1 人1", "6 人6", "1-6/30")
        await person.press(*["right"] * 6)
        await person.see("7 人7", "12 人12", "7-12/30")
        await person.press("left")
        await person.see("1-6/30")
        await person.type("30")
        await person.see("30 人30", "25-30/30")
        # The number that was typed is done with as an arrow goes on.
        await person.press("down")
        await person.type("1430")
        await person.see("14:30 away")
        await person.press("left")
        await person.type("1230")
        await person.see("12:30 not at work", "break")
        # A number behind an hour, an hour behind a number: nothing has to be cleared before.
        await person.type("8")
        assert (screen.entry.value, screen.lines.person.number) == ("8", 8)  # type: ignore[union-attr]
        await person.type("1030")
        assert (screen.lines.person.number, screen.lines.minute) == (8, 630)  # type: ignore[union-attr]
        await person.press("f12")


def test_what_is_typed_on_the_board_leads_to_a_person_an_hour_or_both() -> None:
    places = BoardPlaces((1, 8, 9, 21), range(9 * 60, 22 * 60))
    for typed, person, minute in (
        ("9", 9, None), ("21", 21, None), ("930", None, 570), ("9:30", None, 570),
        ("1430", None, 870), ("8930", 8, 570), ("81430", 8, 870), ("211430", 21, 870),
        ("1930", None, 1170),
    ):  # fmt: skip
        assert places.of(typed) == (person, minute), typed
    late = BoardPlaces((9,), range(16 * 60, 28 * 60))
    assert (late.of("0015"), late.of("2415")) == ((None, 1455), (None, 1455))
    assert (late.of("90015"), late.of("0415"), late.of("1530")) == ((9, 1455), None, None)
    for typed in ("7", "77", "2560", "2300", "71430"):
        assert places.of(typed) is None, typed
    assert [typed for typed in ("14309", "9309", "21", "8143", "893", "2560", "21143")
            if places.begins_anew(typed)] == ["14309", "9309"]  # fmt: skip


def morning() -> Shop:
    made = salon()
    set_presence(made.owner, who(9).key, HERE, uid=new_uid())
    return made


@pytest.mark.row("B-3", "HR-16")
async def test_a_rotation_morning_by_keys(
    at: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two come, two walk in, one is asked for; seated, undone, finished, and to the till."""
    monkeypatch.setattr("tui.salon.to_ticket.open_selling", _straight)
    async with at("goods", prepared=morning) as person:
        person.app.config = read_config(tmp_path)  # type: ignore[attr-defined]
        screen = RotationScreen()
        await person.app.go(screen)
        await person.see("Nobody waits.", "张收银", "waiting")
        await person.type("21")
        await person.press("f4")
        await person.see("赵库管: waiting")
        await person.press("f4")
        assert "waiting" in person.alarm
        await person.type("88")
        await person.press("f5")
        assert "88" in person.alarm
        screen.entry.set_value("")
        await person.press("+")
        assert "Nobody waits" in person.alarm
        for said, name in ((WASH, "李雷"), (f"{WASH} 9*", "韩梅")):
            await person.press("f2")
            await person.see("Codes of services")
            await person.type(said)
            await person.press("enter")
            await person.see("Name of the client")
            await person.type(name)
            await person.press("enter")
            await person.see(name)
        await person.see("1 李雷  洗吹", "2 韩梅  洗吹  9*")
        # The head of the queue; undone, he is the head again.
        await person.press("+")
        await person.see("李雷: with 张收银", "with 李雷")
        await person.type("9")
        await person.press("-")
        await person.see("2 韩梅")
        # The second one of those who wait asked for him; the first goes to the next in turn.
        await person.type("2")
        await person.press("+")
        await person.see("韩梅: with 张收银")
        await person.press("+")
        await person.see("李雷: with 赵库管", "Nobody waits.")
        await person.type("9")
        await person.press("f6")
        assert "has 韩梅 in the chair" in person.alarm
        await person.press("f9")
        await person.press("f9")
        assert "no client" in person.alarm
        await person.press("f8")
        await person.type("吃饭")
        await person.press("enter")
        await person.press("f5")
        await person.see("on a break")
        await person.press("f6")
        await person.see("张收银: gone")
        await person.type("21")
        await person.press("/")
        await person.see("洗吹 · 赵库管", "38.00")
        await person.press("f3")
        await person.press("f2")
        await person.type(WASH)
        await person.press("enter")
        await person.press("enter")
        await person.see("1 Passer-by")
        await person.press("delete")
        await person.type("没空")
        await person.press("enter")
        await person.see("Nobody waits.")
