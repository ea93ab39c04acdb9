"""The screens of records over a store on SQLite, driven through the app as a person would."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual import events

from models import store
from models.base import clock
from models.imports.import_kind import kind_named
from models.trust.operation import Session
from models.trust.users import User
from tests.databases import Stores
from tests.stores import Ticking, prepare
from tests.tui.pace import quick_keys
from tests.tui.records.harness import RecordsApp, fill
from tui.desk.database import DatabaseThread
from tui.desk.gate.gate import Typed
from tui.imports.screen import Imports
from tui.records.open import screen_of

Start = Callable[..., AbstractAsyncContextManager["Person"]]
Put = Callable[..., Path]


class Person:
    """Somebody at the screen: types, presses, looks."""

    def __init__(self, app: RecordsApp, pilot: Any) -> None:
        self.app, self.pilot = app, pilot

    def text(self) -> str:
        """What stands on the screen or panel on top."""
        screen = self.app.screen
        strips = screen._compositor.render_strips(screen.size)
        return "\n".join("".join(part.text for part in strip).rstrip() for strip in strips)

    async def press(self, *keys: str) -> None:
        """Keys, one after the other, each with time to have its effect."""
        for key in keys:
            await self.pilot.press(key)
            await self.rest()

    async def type(self, text: str) -> None:
        for character in text:
            await self.pilot.press(NAMES.get(character, character))
            # Longer than a scanner's pace, so that no digits and no Enter behind them are a scan.
            await asyncio.sleep(0.04)
        await self.rest()

    async def scan_short(self, digits: str) -> None:
        """A code that no rule knows, as a scanner sends it: keys without a pause, and Enter."""
        keys = [events.Key(sign, sign) for sign in digits]
        self.app.post_message(Typed([*keys, events.Key("enter", "\r")]))
        await self.rest()

    async def rest(self) -> None:
        """Until the gate is quiet and still is a moment later. What was refused is read first: a
        key that comes at once with it does not answer it.
        """
        until = time.perf_counter() + 5
        for moment in (0.01, 0.03):
            await asyncio.sleep(moment)
            await self.pilot.pause()
            while self.app.gate.holds and time.perf_counter() < until:
                await asyncio.sleep(0.005)
        if self.alarm:
            await asyncio.sleep(0.1)
        await self.pilot.pause()

    async def see(self, *texts: str, gone: bool = False) -> str:
        """Wait until the screen shows every one of these texts (or none of them), and has done so
        at the terminal: a key before that confirms nothing.
        """
        until = time.perf_counter() + 5
        while True:
            shown = self.text()
            is_shown = all((text in shown) != gone for text in texts)
            if is_shown and getattr(self.app.screen, "painted_at", 0.0) is not None:
                return shown
            assert time.perf_counter() < until, f"{texts} not as expected:\n{shown}"
            await self.pilot.pause(0.02)

    async def do(self, work: Callable[..., Any], *args: Any, **fields: Any) -> Any:
        """Something at another counter, or a look into the books."""
        return await self.app.in_books(work, *args, **fields)

    @property
    def alarm(self) -> str:
        """What was refused aloud."""
        return self.app.notices.alarm

    @property
    def message(self) -> str:
        return self.app.notices.message


NAMES = {" ": "space", ".": "full_stop", "-": "minus", "=": "equals_sign", "!": "exclamation_mark"}


@pytest.fixture
def at(stores: Stores) -> Iterator[Start]:
    """Start the list of a listing: `async with at("goods", login="clerk") as person`."""
    opened: list[DatabaseThread] = []
    ticking = Ticking()

    @asynccontextmanager
    async def start(
        name: str, *, login: str = "owner", lang: Any = "en", size: tuple[int, int] = (80, 24),
        prepared: Callable[[], Any] = fill, screen: Callable[[str], Any] = screen_of,
    ) -> AsyncIterator[Person]:  # fmt: skip
        keys = stores.folder / "keys-records"
        url = stores.copy_of("sqlite", "records", lambda empty: prepare(empty, keys))

        def opening() -> Session:
            store.open_store(url, keys, register=1)
            prepared()
            return Session(User.get(User.login == login).key, 1)

        database = DatabaseThread(opening, store.close_store)
        opened.append(database)
        session = await asyncio.wrap_future(database.opened)
        app = RecordsApp(database, session, lambda: screen(name), lang=lang)
        async with app.run_test(size=size) as pilot:
            person = Person(app, pilot)
            await person.rest()
            yield person

    with clock.use(ticking), quick_keys():
        yield start
        for database in opened:
            database.close()
    stores.drop_made()


def of_goods(_: str) -> Imports:
    return Imports(kind_named("goods"))


@pytest.fixture
def at_imports(at: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Start:
    """The screen of imports; files lie in the folder `imports` under the test's own."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    (tmp_path / "imports").mkdir()
    monkeypatch.setattr("tui.imports.screen.import_folder", lambda desk: tmp_path / "imports")
    return partial(at, "", screen=of_goods, prepared=lambda: None)


@pytest.fixture
def put(tmp_path: Path) -> Put:
    """Write a file into the folder of imports."""

    def write(name: str, text: str, *, encoding: str = "utf-8") -> Path:
        path = tmp_path / "imports" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode(encoding))
        return path

    return write
