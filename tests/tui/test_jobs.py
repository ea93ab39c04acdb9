"""Jobs, questions and the gate's safety nets, inside one process."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

import pytest
from textual import events

from models.base.refusals import Refusal
from tui.desk.app import DeskbellApp
from tui.desk.database import DatabaseThread
from tui.desk.frame import FrameScreen
from tui.desk.gate import gate as gate_module
from tui.desk.gate.scan import Code
from tui.widgets.edit import EditLine
from tui.widgets.entry import Entry
from tui.widgets.panel import Ask, Confirm


class NotNow(Refusal):
    """A refusal of these tests."""


class GraveReason(Ask):
    needs_fresh_key = True


class Form(FrameScreen):
    """Two fields; Enter in the first goes to the second by a message, as in every form."""

    kind = "form"

    def body(self) -> Iterable[Any]:
        yield EditLine(id="one")
        yield EditLine(id="two")

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        self.query_one("#two", EditLine).focus()


class Till(FrameScreen):
    kind = "selling"
    seen: ClassVar[list[str]] = []

    def body(self) -> Iterable[Any]:
        yield Entry()

    def on_mount(self) -> None:
        self.seen.clear()

    async def on_entry(self, text: str) -> None:
        await asyncio.sleep(0.01)
        self.seen.append(text)

    async def on_scan(self, code: Code) -> None:
        self.seen.append(f"scan {code}")

    async def do_pay(self) -> None:
        self.seen.append(f"paid {await self.question('Amount')}")

    async def do_hold_bill(self) -> None:
        raise NotNow(bill=1)

    async def do_fetch_bill(self) -> None:
        await asyncio.sleep(30)
        self.seen.append("never")

    async def do_bill_discount(self) -> None:
        is_sure = await self.desk.ask(Confirm("Sure?", is_grave=True))
        self.seen.append(f"sure {is_sure}")

    async def do_salesperson(self) -> None:
        reason = await self.desk.ask(GraveReason("Why?"))
        self.seen.append(f"reason {reason}")

    async def do_find_goods(self) -> None:
        self.seen.append(await self.in_books(str.upper, "from the books"))


class App(DeskbellApp):
    async def on_mount(self) -> None:
        await self.go(Till())


def key(app: App, name: str, character: str | None = None) -> events.Key:
    event = events.Key(name, character)
    app.post_message(event)
    return event


async def until(found: Any, seconds: float = 2.0) -> None:
    for _ in range(int(seconds / 0.01)):
        if found():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(f"did not come: {Till.seen}")


async def test_a_lost_fence_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate_module, "WATCH_S", 0.2)
    app = App()
    async with app.run_test(size=(80, 24)):
        send = app.gate._send_fence
        app.gate._send_fence = lambda rounds: None  # type: ignore[method-assign]
        key(app, "a", "a")
        await asyncio.sleep(0.05)
        app.gate._send_fence = send  # type: ignore[method-assign]
        key(app, "b", "b")
        await asyncio.sleep(0.05)
        assert app.screen.query_one(Entry).value == "a"
        await until(lambda: app.screen.query_one(Entry).value == "ab")
        assert app.gate.lost_fences == 1
        app.gate._send_fence = lambda rounds: None  # type: ignore[method-assign]
        key(app, "c", "c")
        key(app, "d", "d")
        await until(lambda: app.screen.query_one(Entry).value == "abcd", 20)
        assert app.gate.lost_fences >= 3


class Door(FrameScreen):
    """The first field is looked up before the second gets the focus, as at sign-in."""

    kind = "form"
    meanwhile: Callable[[], object]

    def body(self) -> Iterable[Any]:
        yield EditLine(id="one")
        yield EditLine(id="two")

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        self.desk.jobs.start(self._looked_up)

    async def _looked_up(self) -> None:
        await asyncio.sleep(0.05)
        self.meanwhile()
        self.query_one("#two", EditLine).focus()


async def test_a_key_read_while_the_focus_moves_goes_where_it_was_meant() -> None:
    """The focus moves by a message: a key that lies before it in the app's queue, when the work
    ends, waits for it.
    """
    app = App()
    async with app.run_test(size=(80, 24)):
        door = Door()
        await app.go(door)
        one, two = door.query_one("#one", EditLine), door.query_one("#two", EditLine)
        one.focus()
        door.meanwhile = lambda: key(app, "a", "a")
        for name in ("1", "enter"):
            key(app, name, "1" if name == "1" else "\r")
        await until(lambda: two.has_focus and app.gate.is_idle, 20)
        key(app, "b", "b")
        await until(lambda: two.value.endswith("b"), 20)
        assert (one.value, two.value) == ("1", "ab")


async def test_the_gate_waits_for_a_job_and_opens_for_its_question() -> None:
    app = App()
    async with app.run_test(size=(80, 24)):
        for name, character in (("a", "a"), ("enter", "\r"), ("b", "b"), ("enter", "\r")):
            key(app, name, character)
        key(app, "f9")
        for character in "75":
            key(app, character, character)
        key(app, "enter", "\r")
        await until(lambda: len(Till.seen) == 3)
        assert Till.seen == ["a", "b", "paid 75"]
        assert app.gate.holds == 0


async def test_what_work_has_changed_is_painted_where_it_ends() -> None:
    app, written, at_release = App(), [], []
    display, release = app._display, app.gate.release

    def note_display(screen: Any, renderable: Any) -> None:
        written.append(renderable)
        display(screen, renderable)

    def note_release() -> None:
        before = len(written)
        release()
        at_release.append([what is not None for what in written[before:]])

    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        app._display, app.gate.release = note_display, note_release  # type: ignore[method-assign]

        async def work() -> None:
            await asyncio.sleep(0.02)
            app.screen.query_one(Entry).set_value("12")

        app.jobs.start(work)
        await until(lambda: at_release)
    assert at_release == [[True]]


async def test_a_refusal_is_told_and_what_was_typed_behind_it_is_forgotten() -> None:
    app = App(lang="en")
    async with app.run_test(size=(80, 24)):
        key(app, "f5")
        key(app, "x", "x")
        app.gate.scan_arrived("4012345678901")
        await until(lambda: Till.seen and app.notices.alarm)
        assert Till.seen == ["scan 4012345678901"]
        assert "NotNow" in app.notices.alarm
        assert app.screen.query_one(Entry).value == ""


async def test_f12_puts_an_alarm_away_and_does_nothing_else() -> None:
    app = App(lang="en")
    async with app.run_test(size=(80, 24)):
        entry = app.screen.query_one(Entry)
        for character in "75":
            key(app, character, character)
        await until(lambda: entry.value == "75")
        app.alarm("Nothing was printed at this register yet.")
        await asyncio.sleep(0.15)
        key(app, "f12")
        await until(lambda: not app.notices.alarm)
        assert entry.value == "75", "the alarm's key took the text back too"
        key(app, "f12")
        await until(lambda: entry.value == "")


async def test_work_that_may_be_left_ends_with_esc() -> None:
    app = App()
    async with app.run_test(size=(80, 24)) as pilot:
        screen = app.screen
        assert isinstance(screen, Till)
        app.jobs.start(screen.do_fetch_bill, can_leave=True)
        await pilot.pause(0.05)
        assert app.gate.holds == 1
        key(app, "x", "x")
        await pilot.pause(0.05)
        key(app, "f12")
        await until(lambda: app.gate.holds == 0)
        assert screen.entry.value == ""
        assert Till.seen == []


async def test_a_grave_question_wants_a_key_pressed_after_it_was_painted() -> None:
    app = App(lang="en")
    async with app.run_test(size=(80, 24)):
        key(app, "f6")
        early = key(app, "enter", "\r")
        await until(lambda: isinstance(app.screen, Confirm) and app.screen.painted_at)
        await asyncio.sleep(0.1)
        assert isinstance(app.screen, Confirm)
        assert early.time < (app.screen.painted_at or 0)
        old = events.Key("enter", "\r")
        old.time = early.time
        app.post_message(old)
        await asyncio.sleep(0.1)
        assert isinstance(app.screen, Confirm), "an old key counted"
        key(app, "enter", "\r")
        await until(lambda: Till.seen == ["sure True"])


async def test_a_query_runs_on_the_database_thread() -> None:
    database = DatabaseThread()
    app = App(database=database)
    async with app.run_test(size=(80, 24)):
        key(app, "f7")
        await until(lambda: Till.seen == ["FROM THE BOOKS"])
    database.close()


async def test_keys_go_on_when_a_screen_is_left_under_its_work() -> None:
    app = App()
    async with app.run_test(size=(80, 24)):
        await app.go(Till())
        key(app, "f9")
        await asyncio.sleep(0.1)
        app.screen.leave()  # type: ignore[attr-defined]
        await asyncio.sleep(0.1)
        key(app, "z", "z")
        await until(lambda: app.screen.query_one(Entry).value == "z")


async def test_keys_typed_ahead_in_a_form_go_to_the_next_field() -> None:
    app = App()
    async with app.run_test(size=(80, 24)):
        await app.go(Form())
        for character in "ab\rcd":
            key(app, "enter" if character == "\r" else character, character)
        form = app.screen
        await until(lambda: form.query_one("#two", EditLine).value == "cd")
        assert form.query_one("#one", EditLine).value == "ab"


async def test_a_question_about_money_forgets_what_was_typed_before_it() -> None:
    app = App()
    async with app.run_test(size=(80, 24)):
        for name, character in (("f4", None), ("9", "9"), ("enter", "\r")):
            key(app, name, character)
        await until(lambda: isinstance(app.screen, GraveReason) and app.screen.painted_at)
        await asyncio.sleep(0.2)
        assert Till.seen == []
        for character in "7\r":
            key(app, "enter" if character == "\r" else character, character)
        await until(lambda: Till.seen == ["reason 7"])
