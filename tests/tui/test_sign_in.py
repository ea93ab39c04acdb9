"""The door: what somebody may do who has not said who he is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from threading import Event
from typing import Any

import pytest

from models.trust.operation import Session
from models.trust.sign_in import SignInFailed
from models.trust.users import User
from tests.databases import Stores
from tests.stores import PASSWORD
from tests.tui.counters import a_counter
from tui.desk.keys import KeyMap
from tui.desk.standing import Reminder, Standing, Tile
from tui.desk.words import language, t
from tui.office import home
from tui.people.sign_in import SignIn
from tui.widgets.edit import EditLine
from tui.widgets.help import HelpPanel


@pytest.mark.row("SYS-02")
@pytest.mark.parametrize("how", [{}, {"is_over": True}, {"is_over": True, "is_lock": True}])
@pytest.mark.parametrize("keys", ["deskbell", "chinese"])
def test_nothing_is_done_at_the_door_in_the_name_of_who_is_signed_in(
    how: dict[str, bool], keys: str
) -> None:
    """Over a screen its user is still signed in: no drawer, no slip, no second door."""
    door = SignIn(**how)
    offered = {row.id for row in KeyMap.shipped(keys).on(door.key_kind) if door.offers(row)}
    assert offered == {"help", "help_sign", "cancel", "leave", "menu", "language"}


async def test_f1_at_the_door_says_how_to_come_in_and_only_keys_that_work(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        await counter.app.go(SignIn())
        await counter.pilot.press("f1")
        await counter.rest()
        panel = counter.app.screen
        assert isinstance(panel, HelpPanel) and "工号" in t(panel._about)
        keys = {row[0] for row in panel.list.row_values}
        assert keys >= {"F1", "F3", "F10 Ctrl+K", "Ctrl+L"}
        assert not keys & {"Ctrl+U", "Ctrl+N", "Ctrl+R", "Ctrl+O", "Ctrl+W"}
        await counter.pilot.press("f12")
        await counter.rest()
        assert isinstance(counter.app.screen, SignIn)


async def test_the_language_chosen_at_the_door_stays_with_who_signs_in(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app = counter.app
        door = SignIn(is_over=True)
        await app.go(door)
        door.do_language()
        door.query_one("#login", EditLine).set_value("cashier")
        door.query_one("#secret", EditLine).set_value(PASSWORD)
        await counter.opens(door._sign_in)
        for _ in range(100):
            await counter.rest()
            if app.screen is not door:
                break
        await counter.rest()
        kept = await app.in_books(lambda: dict(User.select(User.login, User.language).tuples()))
        assert (kept["cashier"], kept["owner"], language()) == ("en", "zh", "en")


async def test_behind_a_wrong_password_nothing_is_typed_in_clear(stores: Stores) -> None:
    """The caret stands in the password again; from there F12 goes to the number, which begins
    anew.
    """
    async with a_counter(stores) as counter:
        app = counter.app
        door = SignIn()
        await app.go(door)
        login, secret = door.query_one("#login", EditLine), door.query_one("#secret", EditLine)
        login.set_value("cashier")
        secret.focus()
        secret.set_value("not the password")
        with pytest.raises(SignInFailed):
            await door._sign_in()
        assert secret.has_focus and (login.value, secret.value) == ("cashier", "")
        assert door.can_step_back()
        door.step_back()
        await counter.rest()
        assert login.has_focus
        login.insert("2")
        assert login.value == "2"


async def test_home_stands_before_what_waits_is_looked_up_and_is_looked_at_once(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes in waits for nothing that he may not read, and for nothing twice; who comes back to
    home sees what changed meanwhile.
    """
    done: list[str] = []

    def looked(*args: Any) -> home.Seen:
        done.append("look")
        return look(*args)

    def stepped(*args: Any) -> Iterator[list[Tile | Reminder]]:
        assert isinstance(counter.app.screen, home.Home) and counter.app.screen.groups.row_values
        done.append("day")
        return steps(*args)

    look, steps = home.look, home.day_steps
    async with a_counter(stores) as counter:
        monkeypatch.setattr(home, "look", looked)
        monkeypatch.setattr(home, "day_steps", stepped)
        door = SignIn()
        await counter.app.go(door)
        door.query_one("#login", EditLine).set_value("owner")
        door.query_one("#secret", EditLine).set_value(PASSWORD)
        await counter.opens(door._sign_in)
        for _ in range(100):
            counter.app.note_activity()
            await counter.rest()
            if isinstance(counter.app.screen, home.Home):
                break
        assert done == ["look"]
        stands = counter.app.screen
        assert isinstance(stands, home.Home)
        assert "Nothing waits." not in counter.text() and "Shift open" not in counter.text()
        for _ in range(200):
            if stands.today.row_values:
                break
            await asyncio.sleep(0.02)
        assert done == ["look", "day"]
        assert [row.msgid for row in stands.today.row_values] == ["Shift open since {time}, {user}"]
        await counter.app.go(SignIn(is_over=True))
        await counter.rest()
        counter.app.note_activity()
        counter.app.pop_screen()
        await counter.rest()
        assert done == ["look", "day", "look"]


async def test_who_takes_over_is_not_shown_the_day_of_the_other(
    stores: Stores, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The owner's look was at its end when the cashier came."""
    shown: list[str] = []
    plain, at_end, goes_on = home.Home._show_day, Event(), Event()

    def steps(at: Standing, trades: tuple[str, ...]) -> Iterator[list[Tile | Reminder]]:
        yield [Tile("Sold today", f"{at.user}")]
        if at.user == owner.user:
            at_end.set()
            goes_on.wait(5)

    def show_day(self: home.Home, tiles: list[Tile], waiting: list[Reminder]) -> None:
        shown.extend(tile.text for tile in tiles)
        plain(self, tiles, waiting)

    async with a_counter(stores) as counter:
        owner, cashier = (Session(counter.users[login], 1) for login in ("owner", "cashier"))
        await counter.begins("owner")
        stands = next(one for one in counter.app.screen_stack if isinstance(one, home.Home))
        monkeypatch.setattr(home, "day_steps", steps)
        monkeypatch.setattr(home.Home, "_show_day", show_day)
        counter.app.idle_since = 0.0
        await stands._look_again()
        while not at_end.is_set():
            await asyncio.sleep(0.01)
        counter.app.session = cashier
        changed = asyncio.create_task(stands.user_changed())
        await asyncio.sleep(0.05)
        goes_on.set()
        await changed
        while not shown:
            await asyncio.sleep(0.01)
    assert set(shown) == {f"{cashier.user}"}
