"""What the gate lets through and what it keeps, inside one process: what the tests at a real
terminal, which run alone, look at too.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from textual import events

from tests.tui.test_jobs import App, Till, key, until
from tui.desk.gate import gate
from tui.desk.gate.scan import ScanRules
from tui.widgets.entry import Entry

WATER = "6901234567892"


@asynccontextmanager
async def opened(app: App, columns: int = 80) -> AsyncIterator[Any]:
    """The app with its till on the screen, however busy the machine is."""
    async with app.run_test(size=(columns, 24)) as pilot:
        await until(lambda: isinstance(app.screen, Till) and app.screen.painted.is_set(), 20)
        yield pilot


async def test_f12_forgets_what_was_typed_ahead_of_it() -> None:
    app = App()
    async with opened(app):
        app.gate.hold()
        for name, character in (("7", "7"), ("enter", "\r"), ("f12", None)):
            key(app, name, character)
        await until(lambda: any(getattr(one, "key", "") == "f12" for one in app.gate.queue), 20)
        app.gate.release()
        await until(lambda: app.gate.is_idle, 20)
        key(app, "8", "8")
        await until(lambda: app.screen.query_one(Entry).value == "8", 20)
        assert Till.seen == []


async def test_a_scan_at_an_open_question_is_refused_and_stays_out_of_the_answer() -> None:
    app = App(lang="en")
    async with opened(app):
        key(app, "f9")
        await until(lambda: not app.takes_scans, 20)
        app.gate.scan_arrived(WATER)
        await until(lambda: app.notices.alarm, 20)
        assert "question is open" in app.notices.alarm
        assert WATER in app.notices.alarm
        assert (Till.seen, app.screen.query_one(Entry).value) == ([], "")


async def test_what_is_typed_beyond_the_queue_is_refused_aloud_and_the_rest_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(gate, "QUEUE_LIMIT", 20)
    app = App(lang="en")
    async with opened(app):
        app.gate.hold()
        for _ in range(30):
            key(app, "a", "a")
        await until(lambda: app.notices.alarm, 20)
        assert app.notices.alarm.startswith("Too much was typed ahead.")
        assert app.notices.alarms == 1, "said once, and not for each key"
        app.gate.release()
        entry = app.screen.query_one(Entry)
        await until(lambda: app.gate.is_idle and entry.value, 20)
        assert entry.value == "a" * 20


async def test_a_digit_that_was_shown_is_taken_back_by_the_scan_that_it_began() -> None:
    # However busy the machine is, the rest comes before the first digit is taken for typed.
    app = App(rules=ScanRules(gap_s=60, unseen_s=60))
    async with opened(app):
        entry = app.screen.query_one(Entry)
        first = key(app, WATER[0], WATER[0])
        await until(lambda: entry.value == WATER[0], 20)
        for number, character in enumerate(f"{WATER[1:]}\r", 1):
            stroke = events.Key("enter" if character == "\r" else character, character)
            stroke.time = first.time + number * 0.02
            app.post_message(stroke)
        await until(lambda: Till.seen, 20)
        assert (Till.seen, entry.value) == ([f"scan {WATER}"], "")


async def test_nobody_pays_in_a_terminal_where_he_sees_nothing() -> None:
    app = App()
    async with opened(app, 79) as pilot:
        for name, character in (("7", "7"), ("enter", "\r"), ("f9", None)):
            key(app, name, character)
        await pilot.pause(0.1)
        assert (Till.seen, app.screen.query_one(Entry).value) == ([], "")
        await pilot.resize_terminal(80, 24)
        key(app, "8", "8")
        await until(lambda: app.screen.query_one(Entry).value == "8", 20)
