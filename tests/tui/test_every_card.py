"""What was looked up for one thing never stands beside the next: every screen of the menu, and the
panel that looks something up, with books that do not answer.

A *card* is whatever the screen draws beside the list or the entry that has the cursor. One that
changes with the cursor, or with the code that was typed, must be empty until its own answer came.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from models.people.contacts import save_contact
from models.people.records import save_person
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.databases import Stores
from tests.trades import ENTRIES
from tests.tui.counters import Counter, a_counter
from tests.tui.test_every_screen import FILES, a_house
from tui.desk.trade_screens import MenuEntry, open_named
from tui.records.related import REST_S
from tui.shop.enquire import Enquire
from tui.widgets.edit import EditLine
from tui.widgets.header import Header
from tui.widgets.line_list import LineList
from tui.widgets.notice import Notice, Rule
from tui.widgets.panel import PanelKeys, PanelTitle
from tui.widgets.rows import Rows
from tui.widgets.status import Status
from tui.widgets.strip import KeyStrip

FRAME = (Header, KeyStrip, Status, Notice, Rule, PanelTitle, PanelKeys, EditLine)


def drawn(widget: Rows) -> str:
    rows = [widget.render_line(y) for y in range(widget.size.height)]
    return "\n".join("".join(part.text for part in row).rstrip() for row in rows)


def cards(screen: Any) -> dict[str, str]:
    """What stands beside the list that rolls and the line that is typed in."""
    beside = [
        each
        for each in screen.query(Rows)
        if not isinstance(each, FRAME) and each is not screen_list(screen)
    ]
    return {f"{type(each).__name__}#{each.id or n}": drawn(each) for n, each in enumerate(beside)}


def screen_list(screen: Any) -> Any:
    return getattr(screen, "roll", None) or getattr(screen, "list", None)


class Books:
    """Books that answer nothing until they are let speak."""

    def __init__(self, app: Any) -> None:
        self.app, self.answer = app, app.in_books
        self.held, self.asked = asyncio.Event(), 0
        app.in_books = self.waits

    async def waits(self, *args: Any, **fields: Any) -> Any:
        self.asked += 1
        try:
            await self.held.wait()
            return await self.answer(*args, **fields)
        finally:
            self.asked -= 1

    async def speak(self, counter: Counter) -> None:
        """All is answered, also what is asked a moment after the keys."""
        self.held.set()
        await counter.rest()
        await asyncio.sleep(2 * REST_S)
        while self.asked:
            await asyncio.sleep(0.01)
        self.app.in_books = self.answer
        await counter.rest()


def place(screen: Any) -> Any:
    """Where the cursor stands. While it stays, what is said of it stays."""
    rolls = screen_list(screen)
    at = (rolls.cursor, rolls.column) if isinstance(rolls, LineList) else None
    return at, getattr(getattr(screen, "sheet", None), "at", None)


async def looked_at(counter: Counter, *keys: str) -> tuple[set[str], set[str]]:
    """The cards that change with these keys; and those of them that still said the old while the
    books had not answered.
    """
    screen: Any = counter.app.screen
    before, stood = cards(screen), place(screen)
    books = Books(counter.app)
    await counter.pilot.press(*keys)
    await asyncio.sleep(2 * REST_S)
    await counter.pilot.pause()
    meanwhile, is_asked = cards(screen), "enter" in keys
    # A form leaves a box when the books have answered.
    has_moved = place(screen) != stood or (is_asked and not hasattr(screen, "sheet"))
    await books.speak(counter)
    after = cards(screen)
    follows = {name for name in before.keys() & after.keys() if before[name] != after[name]}
    told = {name for name in follows if any(map(str.isalnum, before[name]))}
    old = {name for name in told if meanwhile.get(name) == before[name]}
    return follows, old if has_moved else set()


# What a bill comes to, and its last line, are of the bill; they change when a line is stored.
OF_THE_BILL = {"Band", "BigTotal"}
# Of every class that draws rows, what it shows: a card that follows the cursor or a code, or else.
CARDS = {"ToldRows", "Hint", "_Found", "RelatedRows"}
NO_CARDS = {
    # The frame, and what is typed in.
    "Header", "KeyStrip", "Status", "Rule", "Notice", "TooSmall", "PanelTitle", "PanelKeys",
    "EditLine", "ValueLine", "SignInLine", "LineList", "Words", "ViewLine", "Sheet", "Entry",
    # Of the whole screen or store, whatever the cursor is on.
    "Figures", "DayColumn", "OtherGroups", "Band", "BigTotal", "Card", "Told", "Welcome",
    "DepartmentLine", "Reasons",
}  # fmt: skip
# Screens with a card each, for the quick run: the till, stock, people, the rack, a form, the chart.
SOME = (11, 21, 31, 70, 71, 89)


def test_every_class_that_draws_rows_is_a_card_or_none(root: Path) -> None:
    drawing = re.compile(r"^class (\w+)\((?:Rows|EditLine)\b", re.MULTILINE)
    found = {
        name for path in (root / "tui").rglob("*.py") for name in drawing.findall(path.read_text())
    }
    assert found - NO_CARDS - CARDS == set()
    assert found >= CARDS


def fill_people() -> None:
    """A house, and companies with a contact each at the top of the list."""
    a_house()
    owner = Session(User.get(User.login == "owner").key, 1)
    person = save_person(owner, None, name="李雷", uid=new_uid()).key
    for name in ("1 号公司", "2 号公司", "3 号公司"):
        company = save_person(owner, None, kind="company", name=name, uid=new_uid()).key
        save_contact(owner, None, company=company, person=person, title=name, uid=new_uid())


async def walk(stores: Stores, entries: Iterable[MenuEntry]) -> set[str]:
    """The classes of the cards that followed; none told of what was before."""
    seen: set[str] = set()
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await app.in_books(fill_people)

        async def looks(said: object) -> None:
            first = (*"1001", "enter")
            for keys in (("down",), ("right",), first, (*"1002", "enter")):
                follows, old = await looked_at(counter, *keys)
                seen.update(name.partition("#")[0] for name in follows)
                # Before the first code a card says at most how to ask.
                if keys != first:
                    told = {name.partition("#")[0] for name in old}
                    assert told <= OF_THE_BILL, (said, told)

        for entry in entries:
            await counter.begins("owner")
            await counter.opens(open_named, app, entry.open)
            if entry.number == FILES:
                await counter.pilot.press("enter")
                await counter.rest()
            await asyncio.sleep(2 * REST_S)
            await looks(entry)
        await counter.begins("owner")
        app.jobs.start(app.ask, Enquire())
        await counter.rest()
        await looks("price and stock")
    return seen


@pytest.mark.timeout(180)
async def test_no_card_stays_beside_the_next(stores: Stores) -> None:
    some = [each for each in ENTRIES if each.number in SOME]
    assert await walk(stores, some) >= CARDS


@pytest.mark.long
@pytest.mark.timeout(900)
async def test_no_card_of_the_whole_menu_stays_beside_the_next(stores: Stores) -> None:
    assert await walk(stores, ENTRIES) >= CARDS
