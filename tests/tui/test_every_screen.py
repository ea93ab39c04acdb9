"""Rules of the keys that hold on every screen, walked over the whole menu of a shop with a house.

F12 takes back what is being entered and never leaves; what the strip lists works now.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any, get_args

import pytest

from models.trust.users import User
from receipts.words import Language, say
from tests.databases import Stores
from tests.models.hotel.house import furnish
from tests.sources import parsed
from tests.stores import Shop, Ticking
from tests.trades import COMMANDS, ENTRIES
from tests.tui.counters import Counter, a_counter
from tui.desk.frame import FrameScreen
from tui.desk.trade_screens import MenuEntry, open_named
from tui.desk.words import language, speak, t
from tui.widgets.strip import KeyStrip

KINDS = {
    "Selling", "CloseShift", "ListScreen", "TreeListScreen", "Imports",
    "RackScreen", "Devices", "AdjustStock",
}  # fmt: skip
SAMPLE = (11, 14, 19, 21, 31, 32, 58, 70, 91)
# From files, which asks what is in them.
FILES = 58
# Stock on hand: a report.
FIGURES = 32
# Who comes is asked over the work: a question, though it fills the screen.
A_QUESTION = {"SignIn"}
Opens = Callable[[], Awaitable[None]]
LEAVING = {"leave", "do_leave", "pop_screen", "switch_screen", "exit", "go"}


def called(function: ast.AST) -> set[str]:
    calls = [each.func for each in ast.walk(function) if isinstance(each, ast.Call)]
    return {each.attr for each in calls if isinstance(each, ast.Attribute)}


def test_no_step_back_leaves_its_screen(root: Path) -> None:
    """Also on screens that the menu does not reach: payment, forms, columns of a file."""
    found = {}
    for path in (root / "tui").rglob("*.py"):
        for kind in ast.walk(parsed(path)):
            if isinstance(kind, ast.ClassDef):
                for each in kind.body:
                    if getattr(each, "name", "") in ("step_back", "do_cancel"):
                        found[kind.name] = called(each)
    assert found.keys() >= {"FrameScreen", "ListScreen", "CountDrawer", "Panel"}
    leaving = {name for name, calls in found.items() if calls & LEAVING}
    assert leaving == A_QUESTION


def kinds_of_screens(root: Path) -> set[str]:
    """The kind of every class that fills the screen."""
    kind = re.compile(r'^    kind = "(\w+)"$', re.MULTILINE)
    found = {
        name for path in (root / "tui").rglob("*.py") for name in kind.findall(path.read_text())
    }
    return found - {"panel", "picker"}


def test_f1_begins_with_a_sentence_on_every_kind_of_screen(root: Path) -> None:
    kinds = kinds_of_screens(root)
    assert kinds >= {"sign_in", "home", "selling", "payment", "rack", "folio", "list", "form"}
    for lang in get_args(Language):
        assert [kind for kind in kinds if say(f"help.{kind}", lang) == f"help.{kind}"] == []


def a_house() -> None:
    furnish(Shop("", Path(), Ticking(), users={user.login: user.key for user in User.select()}))


async def looks(counter: Counter, screen: FrameScreen) -> None:
    """One screen: F12 with nothing typed, and with something; the strip says when it works."""
    app, strip = counter.app, screen.query_one(KeyStrip)
    said, stack = type(screen).__name__, list(app.screen_stack)
    for _ in range(2):
        await counter.pilot.press("f12")
        await counter.rest()
        assert app.screen_stack == stack, said
    assert not screen.can_cancel() and "F12" not in drawn(strip), said
    await counter.pilot.press("7")
    await counter.rest()
    if app.screen_stack == stack and screen.can_cancel():
        assert "F12" in drawn(strip), said
        await counter.pilot.press("f12")
        await counter.rest()
        assert app.screen_stack == stack and not screen.can_cancel(), said
    # What the strip leaves out now, F1 explains all the same.
    known = {each.id for each in app.known_commands()}
    assert {each.id for each in strip.commands()} <= known, said


def drawn(strip: KeyStrip) -> str:
    rows = [strip.render_line(y) for y in range(strip.size.height)]
    return "\n".join("".join(part.text for part in row) for row in rows)


async def walk(stores: Stores, entries: Iterable[MenuEntry]) -> set[str]:
    """The names of the screens that were looked at."""
    seen = set()
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await app.in_books(a_house)
        for entry in entries:
            await counter.begins("owner")
            await counter.opens(open_named, app, entry.open)
            if entry.number == FILES:
                # A house has several things to take in: the first one.
                await counter.pilot.press("enter")
                await counter.rest()
            if isinstance(app.screen, FrameScreen):
                seen.add(type(app.screen).__name__)
                await looks(counter, app.screen)
    return seen


async def test_f12_leaves_no_kind_of_screen(stores: Stores) -> None:
    """One entry of each kind."""
    some = [each for each in ENTRIES if each.number in SAMPLE]
    assert await walk(stores, some) == KINDS


@pytest.mark.long
@pytest.mark.timeout(600)
async def test_f12_leaves_no_screen_of_the_menu(stores: Stores) -> None:
    assert len(await walk(stores, ENTRIES)) > 10


# --- what the strip lists


COMMON = {row.id for row in COMMANDS if set(row.where) & {"everywhere", "anywhere"}}


def told(app: Any) -> tuple[Any, ...]:
    """All that a person sees, and where the next key would go."""
    notices = app.notices
    drawn = [
        # With its colours: Tab moves the bar of the cursor to the other pane.
        [(part.text, part.style) for part in row]
        for screen in app.screen_stack[-2:]
        for row in screen._compositor.render_strips(screen.size)
    ]
    said = (notices.alarm, notices.alarms, notices.message, notices.serial)
    return drawn, said, len(app.screen_stack), id(app.focused), language(), app.theme


async def presses(counter: Counter, comes: Opens, *, common: bool) -> list[str]:
    """Every key that the strip lists, each on the screen as it comes; which of them do nothing."""
    app, dull = counter.app, []
    await comes()
    screen: Any = app.screen
    listed = [
        row for row in screen.query_one(KeyStrip).commands() if common or row.id not in COMMON
    ]
    # Under a question only the common ones are left.
    assert listed or screen.key_kind == "question", screen
    for command in listed:
        if command.id == "cancel" and not screen.can_cancel():
            continue
        await comes()
        # The same key may be the one that was just shown to do something.
        assert app.method_of(command), command
        before = told(app)
        await counter.pilot.press(command.keys[0])
        await counter.rest()
        if told(app) == before:
            dull.append(f"{type(screen).__name__}: {command.id} {command.key_text}")
        speak("zh")
    return dull


def at_the_till(counter: Counter) -> tuple[Opens, Opens]:
    """Selling with a bill, and the payment of it."""
    app: Any = counter.app

    async def selling() -> None:
        await counter.begins("owner")
        await counter.opens(open_named, app, "tui.money.opening:open_selling")
        if not app.screen.basket.lines:
            await counter.opens(app.screen.on_entry, "1001")

    async def payment() -> None:
        await selling()
        await counter.opens(app.screen.do_pay)

    return selling, payment


def of_menu(counter: Counter, number: int) -> Opens:
    """The screen behind this number of the menu, before somebody who signed in just now."""
    entry = next(each for each in ENTRIES if each.number == number)

    async def comes() -> None:
        await counter.begins("owner")
        await counter.opens(open_named, counter.app, entry.open)

    return comes


def test_each_number_of_the_menu_opens_one_thing() -> None:
    numbers = [each.number for each in ENTRIES]
    assert len(numbers) == len(set(numbers)), sorted(numbers)


def test_no_key_that_works_is_kept_from_the_strip() -> None:
    """What the strip lists is what a key runs, in both by `offers`; left is the rank. More keys
    stands on the strip where there are more, and ? is help, which stands there with its other key.
    """
    unlisted = {row.id for row in COMMANDS if row.keys and not row.rank}
    assert unlisted == {"more_keys", "help_sign"}


async def test_the_strip_lists_all_that_works_and_nothing_else(stores: Stores) -> None:
    """What has no room stands on a page behind; under a panel the keys of the bill are gone."""
    async with a_counter(stores) as counter:
        app: Any = counter.app
        selling, payment = at_the_till(counter)
        await selling()
        strip = app.screen.query_one(KeyStrip)
        pages: list[str] = []
        while drawn(strip) not in pages:
            pages.append(drawn(strip))
            await counter.pilot.press("ctrl+p")
            await counter.rest()
        shown = "".join(pages)
        listed = [row for row in strip.commands() if row.id != "cancel"]
        assert len(pages) > 1 and all(row.key_text + t(row.label) in shown for row in listed)
        await counter.pilot.press("f7")
        await counter.rest()
        assert [row.id for row in strip.commands()] == ["help", "language"]
        assert "F9" not in drawn(strip) and "F1" in drawn(strip)
        await counter.pilot.press("f12")
        await counter.rest()
        assert "F9" in drawn(strip)
        # On a wide screen the bills that wait stand beside this one; on a narrow one F8 lists them.
        app.screen.entry.set_value("red coat")
        await counter.pilot.press("f5")
        for columns, rows in ((132, 43), (80, 24)):
            await counter.pilot.resize_terminal(columns, rows)
            await counter.rest()
            assert ("red coat" in counter.text()) is (columns == 132)
        assert not await presses(counter, payment, common=False)
        assert not await presses(counter, of_menu(counter, FIGURES), common=False)
        # A wide home has the day beside the menu; a narrow one has it in two rows.
        await counter.begins("owner")
        for size, is_wide in (((132, 43), True), ((80, 24), False)):
            await counter.pilot.resize_terminal(*size)
            await counter.rest()
            assert (t("The day in figures") in counter.text()) is is_wide
            assert t("Sold today") in counter.text()


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_every_key_on_the_strip_of_the_till_does_something(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        for comes in at_the_till(counter):
            assert not await presses(counter, comes, common=True)


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_every_key_on_every_strip_does_something(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await app.in_books(a_house)
        dull = []
        for entry in ENTRIES:
            comes = of_menu(counter, entry.number)
            await comes()
            if isinstance(app.screen, FrameScreen):
                dull += await presses(counter, comes, common=False)
        assert not dull
