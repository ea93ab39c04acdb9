"""What config.toml says of the screen is what the counter does."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, timedelta
from typing import Any
from unicodedata import east_asian_width

import pytest
from textual.app import App

from models import store
from models.base import clock
from models.config.config import read_config
from models.ledger.daily.days import close_day
from models.shop.basket import open_basket, ring_code
from models.trust.operation import Session, new_uid
from models.trust.trades_used import used_names
from models.trust.users import User
from tests.databases import Stores
from tests.stores import FIRST_DAY, Ticking, prepare
from tui.desk.counter import key_map, scan_rules
from tui.desk.counter_app import CounterApp
from tui.desk.database import DatabaseThread
from tui.desk.frame_state import Notices
from tui.desk.menu import menu_of
from tui.desk.trade_screens import declared
from tui.desk.words import t
from tui.people.sign_in import SignIn
from tui.records.open import screen_of
from tui.shop.selling import Selling

Start = Callable[[str], AbstractAsyncContextManager[CounterApp]]


@pytest.fixture
def counter(stores: Stores) -> Iterator[Start]:
    """The counter's app with these lines in config.toml, somebody signed in."""
    opened: list[DatabaseThread] = []

    @asynccontextmanager
    async def start(lines: str) -> AsyncIterator[CounterApp]:
        keys = stores.folder / "keys-configured"
        url = stores.copy_of("sqlite", "configured", lambda empty: prepare(empty, keys))
        (stores.folder / "config.toml").write_text(lines, encoding="utf-8")
        config = read_config(stores.folder)

        def opening() -> Session:
            store.open_store(url, keys, register=1)
            return Session(User.get(User.login == "owner").key, 1)

        database = DatabaseThread(opening, store.close_store)
        opened.append(database)
        session: Any = await asyncio.wrap_future(database.opened)
        app = CounterApp(
            config=config,
            folder=stores.folder,
            database=database,
            keymap=key_map(config),
            rules=scan_rules(config),
        )
        async with app.run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            await app.signed_in(session)
            yield app

    with clock.use(Ticking()):
        yield start
        for database in opened:
            database.close()
    (stores.folder / "config.toml").unlink(missing_ok=True)
    stores.drop_made()


@pytest.mark.parametrize("sound", [True, False])
async def test_a_refusal_sounds_where_it_is_wanted(
    counter: Start, sound: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[Any] = []
    monkeypatch.setattr(App, "bell", lambda app: rung.append(app))
    async with counter(f"[ui]\nsound = {str(sound).lower()}\n") as app:
        app.alarm("Nothing was printed at this register yet.")
        assert bool(rung) is sound


async def test_a_message_stays_as_long_as_it_is_told(counter: Start) -> None:
    async with counter("[ui]\nmessage_s = 1\n") as app:
        app.inform("Printing a copy.")
        message = app.notices.message
        await asyncio.sleep(0.5)
        assert app.notices.message == message != ""
        await asyncio.sleep(0.8)
        assert app.notices.message == Notices().message == ""


def _basket(session: Session) -> Any:
    basket = open_basket(session)
    ring_code(basket, "1001", None)
    return basket


@pytest.mark.parametrize("hides", [True, False])
async def test_the_idle_lock_hides_totals_or_shows_them(counter: Start, hides: bool) -> None:
    lines = f"[lock]\nidle_minutes = 1\nhide_totals = {str(hides).lower()}\n"
    async with counter(lines) as app:
        await app.go(Selling(await app.in_books(_basket, app.session)))
        app.idle_since -= 61
        await app._watch_idle()
        locked = app.screen
        assert isinstance(locked, SignIn) and locked.is_lock
        strips = locked._compositor.render_strips(locked.size)
        shown = "".join(part.text for strip in strips for part in strip)
        assert ("2.00" in "".join(locked.hints())) is not hides
        assert ("2.00" in shown) is not hides


async def test_the_sentence_about_a_box_shows_in_the_counters_colours_too(counter: Start) -> None:
    """The counter loads more styles than the form's own; none of them may take its second row."""
    async with counter("") as app:
        await app.go(screen_of("settings"))
        await asyncio.sleep(0.3)
        sheet: Any = app.screen.sheet  # type: ignore[attr-defined]
        sheet.go(sheet.find("cash.step"))
        await asyncio.sleep(0.2)
        strips = app.screen._compositor.render_strips(app.screen.size)
        shown = "".join(part.text for strip in strips for part in strip)
        assert t("Only what is paid in cash; the rounding stands on the slip.") in shown


async def test_colours_signs_and_keys_are_those_of_the_file(counter: Start) -> None:
    """Without box lines, blocks and bullets, which some consoles draw two cells wide; and F12 finds
    goods in the map of a widespread till.
    """
    lines = '[ui]\ntheme = "light"\nascii_borders = true\nkey_map = "till"\n'
    async with counter(lines) as app:
        assert app.theme == "deskbell-light"
        await app.go(Selling(await app.in_books(_basket, app.session)))
        await asyncio.sleep(0.2)
        for key in ("", "find_goods", "menu"):
            if key:
                app.run_command(key)
                await asyncio.sleep(0.3)
            for screen in app.screen_stack[1:]:
                strips = screen._compositor.render_strips(screen.size)
                shown = "".join(part.text for strip in strips for part in strip)
                ambiguous = {
                    sign for sign in shown
                    if not sign.isascii() and east_asian_width(sign) not in "WF"
                }  # fmt: skip
                assert not ambiguous, (screen, ambiguous)
            if key:
                app.screen.answer(None)  # type: ignore[attr-defined]
                await asyncio.sleep(0.1)
        found = app.keymap.find("selling", "f12")
        assert found is not None and found.id == "find_goods"


async def test_the_menu_offers_the_trades_of_this_counter(counter: Start) -> None:
    async with counter('[register]\ntrades = ["hotel"]\n') as app:
        shown = await app.in_books(used_names, app.config.register.trades)
        here = {entry.number for menu in menu_of(shown) for entry in menu.entries}
        assert 91 in here and 51 in here and not {11, 18, 41} & here
        everything = await app.in_books(used_names)
        assert {entry.number for entry in declared("menu", everything)} >= {11, 18, 41} | here


def test_a_slow_line_is_painted_less_often() -> None:
    code = (
        "import sys, tui.desk.counter\n"
        "assert 'textual' not in sys.modules\n"
        "tui.desk.counter.use_slow_line()\n"
        "from textual import constants\n"
        "print(constants.MAX_FPS)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "15"


def _turn(session: Session) -> date:
    turned = close_day(session, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    return turned.date


async def test_the_date_that_another_counter_turned_is_shown(counter: Start) -> None:
    async with counter("") as app:
        await app._watch_day()
        assert (app.frame.business_day, app.notices.message) == (FIRST_DAY, "")
        second = await app.in_books(_turn, app.session)
        await app._watch_day()
        assert app.frame.business_day == second == date(2026, 3, 3)
        assert app.notices.message == t("The business date is now {day}.", day=second)
