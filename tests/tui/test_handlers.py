"""Handlers of messages: Textual calls those of every base class too, unless it is told not to."""

from __future__ import annotations

import asyncio
import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import Any

from textual import events, message
from textual.message_pump import MessagePump

import tui
from tests.tui.test_jobs import key, until
from tui.desk.app import DeskbellApp
from tui.people.approver import question


def _under(kind: Any) -> Iterator[Any]:
    for each in kind.__subclasses__():
        yield each
        yield from _under(each)


def _load_all() -> None:
    for found in pkgutil.walk_packages(tui.__path__, "tui."):
        if not found.name.endswith(("__main__", "driver_windows")):
            importlib.import_module(found.name)


def _dispatched() -> set[str]:
    """The names of handlers that Textual calls by itself."""
    return {each.handler_name for each in _under(message.Message)}


def test_a_handler_that_stands_for_another_keeps_it_from_running() -> None:
    """Answered twice, a question took the second answer: the one of its base class."""
    _load_all()
    names = _dispatched()
    found = set()
    for kind in set(_under(MessagePump)):
        if not kind.__module__.startswith("tui."):
            continue
        for name, handler in vars(kind).items():
            is_ours = any(
                name in vars(base) and base.__module__.startswith("tui.")
                for base in kind.__mro__[1:]
            )
            if name in names and is_ours and "prevent_default" not in inspect.getsource(handler):
                found.add(f"{kind.__name__}.{name}")
    assert events.Key.handler_name in names
    assert not found, f"both run, or one of them twice: {sorted(found)}"


async def test_an_empty_reason_leaves_the_question_open() -> None:
    app: Any = DeskbellApp()
    told = list[str]()
    async with app.run_test(size=(80, 24)):
        app.alarm_text = told.append
        panel: Any = question("", ["1", "111111"])
        asked = asyncio.create_task(app.ask(panel))
        await until(lambda: app.screen is panel and panel.painted_at is not None)
        key(app, "enter", "\r")
        await until(lambda: told)
        await asyncio.sleep(0.05)
        assert not asked.done()
        for sign in "water":
            key(app, sign, sign)
        key(app, "enter", "\r")
        assert await asyncio.wait_for(asked, 5) == "water"
