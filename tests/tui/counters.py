"""The counter's app over a small shop, in this process, with people who change at it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from models import store
from models.base import clock
from models.config.config import read_config
from models.ledger.daily import shift_life
from models.people.records import save_person
from models.trust.operation import Session, new_uid
from models.trust.users import Rights, Role, User, rights_of
from tests.databases import Stores
from tests.stores import Ticking, prepare
from tests.tui.pace import quick_keys
from tui.desk.counter import key_map, scan_rules
from tui.desk.counter_app import CounterApp
from tui.desk.database import DatabaseThread
from tui.desk.standing import Reminder, Standing, Tile
from tui.office.home import Home, day_steps, look
from tui.people.sign_in import SignIn
from tui.widgets.panel import Panel


def day_at_home(user: int, register: int = 1) -> list[Tile | Reminder]:
    """What home shows somebody of the day, without a counter."""
    seen = look(user, ())
    assert seen.rights is not None
    steps = day_steps(Standing(user, register, seen.rights), seen.trades)
    return [one for some in steps for one in some]


class Counter:
    """The counter's app over a shop, with somebody who changes."""

    def __init__(self, app: CounterApp, pilot: Any, users: dict[str, int]) -> None:
        self.app, self.pilot, self.users = app, pilot, users

    async def rest(self) -> None:
        for _ in range(200):
            await self.pilot.pause()
            if not self.app.gate.holds:
                break
            await asyncio.sleep(0.01)
        await asyncio.sleep(0.03)
        await self.pilot.pause()

    async def rights(self, login: str) -> Rights:
        found = await self.app.in_books(rights_of, self.users[login])
        assert found is not None
        return found

    async def changes_to(self, login: str) -> None:
        """He signs in at the door over whatever is there."""
        await self.app.go(SignIn(is_over=True))
        await self.app.take_over(Session(self.users[login], 1))
        await self.rest()

    async def begins(self, login: str) -> None:
        """He stands before home, with nothing open."""
        while len(self.app.screen_stack) > 2:
            top = self.app.screen
            if isinstance(top, Panel):
                top.answer(None)
            elif top.key_kind == "question":  # type: ignore[attr-defined]
                top.entry.answer(None)  # type: ignore[attr-defined]
            else:
                self.app.pop_screen()
            await self.rest()
        if self.app.screen.key_kind == "question":  # type: ignore[attr-defined]
            self.app.screen.entry.answer(None)  # type: ignore[attr-defined]
            await self.rest()
        await self.app.signed_in(Session(self.users[login], 1))
        self.app.notices.alarm = self.app.notices.message = ""

    async def opens(self, work: Any, *args: Any) -> None:
        self.app.jobs.start(work, *args)
        await self.rest()

    def text(self) -> str:
        """What stands in the middle of the screen: all but the frame."""
        screen = self.app.screen
        strips = screen._compositor.render_strips(screen.size)
        rows = ["".join(part.text for part in strip).rstrip() for strip in strips]
        return "\n".join(rows[1:-4])


def fill() -> dict[str, int]:
    """On the database thread: an open shift, and somebody with personal facts; who is there."""
    owner = Session(User.get(User.login == "owner").key, 1)
    shift_life.open_shift(owner, {10_000: 1}, uid=new_uid())
    save_person(owner, None, name="王芳", health="花生过敏", uid=new_uid())
    assert {user.role_id for user in User.select()} == {role.key for role in Role.select()}
    return {user.login: user.key for user in User.select()}


@asynccontextmanager
async def a_counter(stores: Stores) -> AsyncIterator[Counter]:
    keys = stores.folder / "keys-change"
    url = stores.copy_of("sqlite", "change", lambda empty: prepare(empty, keys))
    with clock.use(Ticking()), quick_keys():

        def opening() -> dict[str, int]:
            store.open_store(url, keys, register=1)
            return fill()

        database = DatabaseThread(opening, store.close_store)
        config = read_config(stores.folder)
        try:
            users: Any = await asyncio.wrap_future(database.opened)
            app = CounterApp(
                config=config, folder=stores.folder, database=database, keymap=key_map(config),
                rules=scan_rules(config),
            )  # fmt: skip
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                await app.signed_in(Session(users["owner"], 1))
                await app.go(Home(), instead=True)
                counter = Counter(app, pilot, users)
                await counter.rest()
                yield counter
        finally:
            database.close()
    stores.drop_made()


def owner() -> Session:
    """Who may do everything, at register 1."""
    return Session(User.get(User.login == "owner").key, 1)
