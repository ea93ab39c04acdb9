"""A refusal is told in words wherever it was raised: mounting a screen, a timer, a callback."""

from __future__ import annotations

import asyncio
import importlib
import pkgutil
from collections.abc import Iterable
from typing import Any

import pytest
from textual.screen import Screen

import tui
from devices.faults import PaperOut
from models.base.database import StoreLost
from receipts.words import refusal_text
from tui.desk.app import DeskbellApp
from tui.desk.frame import FrameScreen
from tui.desk.frame_state import Chip
from tui.desk.telling import Telling
from tui.widgets.entry import Entry
from tui.widgets.panel import Message
from tui.widgets.status import Status

TOLD = refusal_text(StoreLost(detail=""), "en")


class Trouble(FrameScreen):
    """A screen that is refused in one of the ways in which a screen asks for something."""

    kind = "trouble"

    def __init__(self, way: str) -> None:
        super().__init__()
        self.way = way

    def body(self) -> Iterable[Any]:
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        if self.way == "mount":
            raise StoreLost(detail="")
        if self.way == "timer":
            self.set_timer(0.01, self.refuse)
        if self.way == "later":
            self.call_later(self.refuse)
        if self.way == "refresh":
            self.call_after_refresh(self.refuse)
        if self.way == "worker":
            self.desk.jobs.start(self.refuse)

    async def refuse(self) -> None:
        await asyncio.sleep(0)
        raise StoreLost(detail="")


@pytest.mark.parametrize("way", ["mount", "timer", "later", "refresh", "worker"])
async def test_a_refusal_is_told_and_the_program_goes_on(way: str) -> None:
    app = DeskbellApp(lang="en")
    async with app.run_test(size=(80, 24)) as pilot:
        screen = Trouble(way)
        await app.push_screen(screen)
        for _ in range(100):
            if app.notices.alarm:
                break
            await pilot.pause(0.01)
        assert app.notices.alarm == TOLD
        assert app.is_running and app.top_screen is screen
        # The screen was made whole all the same: it takes what is typed.
        await pilot.press("f12", "7")
        await pilot.pause(0.05)
        assert screen.entry.value == "7"


async def test_a_fault_of_a_device_too() -> None:
    app = DeskbellApp(lang="en")
    async with app.run_test(size=(80, 24)) as pilot:

        def fail() -> None:
            raise PaperOut(printer="receipt")

        app.call_later(fail)
        await pilot.pause(0.05)
        assert "no paper" in app.notices.alarm


async def test_a_fault_of_the_program_still_ends_it() -> None:
    """What nobody foresaw is no refusal: it must not be told as one."""

    class Broken(FrameScreen):
        kind = "broken"

        async def on_mount(self) -> None:
            raise ZeroDivisionError

    app = DeskbellApp(lang="en")
    with pytest.raises(ZeroDivisionError):
        async with app.run_test(size=(80, 24)) as pilot:
            await app.push_screen(Broken())
            await pilot.pause(0.1)


def test_every_screen_tells() -> None:
    """A screen that is added next year as well."""
    for module in pkgutil.walk_packages(tui.__path__, "tui."):
        if not module.name.endswith(("__main__", "_windows", "_linux")):
            importlib.import_module(module.name)
    found = list(_below(Screen))
    assert len(found) > 40
    assert not [each.__name__ for each in found if not issubclass(each, Telling)]


def _below(one: type[Any]) -> Iterable[type[Any]]:
    for each in one.__subclasses__():
        if each.__module__.startswith("tui."):
            yield each
        yield from _below(each)


def test_a_screen_without_its_parts_is_told_and_lives() -> None:
    """Busy work is told by a timer, which may come before a screen is composed, or after it."""
    for screen in (Message("told early"), FrameScreen()):
        screen.notices_changed()
    FrameScreen().strip_changed()


async def test_paper_that_waits_is_seen_behind_a_message_of_any_length() -> None:
    """The message is cut, and what fails gives way; with nothing waiting it stands whole."""
    app = DeskbellApp(lang="en")
    async with app.run_test(size=(80, 24)) as pilot:
        await app.push_screen(Trouble(""))
        told = " ".join(["word"] * 14)
        for queue, seen in ((3, "wor…   To print 3"), (0, "word word")):
            chips = (Chip("Scanner"), Chip("Printer", "out of paper"))
            app.update_frame(chips=chips, queue=queue, backup="19:10")
            app.inform(told)
            await pilot.pause()
            row = app.screen.query_one(Status).render_line(0).text
            assert row.rstrip().endswith(seen) and len(row) == 80, row
        app.inform("Saved")
        app.update_frame(queue=3)
        await pilot.pause()
        row = app.screen.query_one(Status).render_line(0).text
        assert row.startswith(" ✓ Saved   ") and row.rstrip().endswith(
            "Backup 19:10  To print 3"
        ), row
