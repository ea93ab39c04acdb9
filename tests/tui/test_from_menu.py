"""The palette (F10) reaches every entry of the menu from every screen, and the work below stays."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from textual.geometry import Size

from models.trust.trades_used import used_names
from models.trust.users import User, rights_of
from tests.databases import Stores
from tests.tui.counters import a_counter
from tests.tui.test_every_screen import a_house
from tui.desk.menu import entries_for, menu_of
from tui.desk.trade_screens import open_named
from tui.desk.words import said
from tui.office.home import Home
from tui.office.other_groups import OtherGroups
from tui.widgets.palette import Palette

SELLING, PEOPLE, RACK = 11, 21, 70


def _numbers(login: str) -> set[int]:
    """The menu of somebody, as home shows it."""
    rights = rights_of(User.get(User.login == login).key)
    return {each.number for group in entries_for(rights, used_names()) for each in group.entries}


async def test_every_entry_is_offered_over_every_screen(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await app.in_books(a_house)
        offered = {}
        for login in ("owner", "cashier"):
            await counter.begins(login)
            whole = await app.in_books(_numbers, login)
            offered[login] = {each.number for each in await app.offered_entries()}
            assert offered[login] == whole
        assert {SELLING, PEOPLE, RACK} <= offered["owner"]
        assert SELLING in offered["cashier"] and RACK not in offered["cashier"]


async def test_a_number_opens_it_and_f3_comes_back_to_the_work(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await counter.begins("owner")
        await counter.opens(open_named, app, "tui.money.opening:open_selling")
        selling = app.screen
        await counter.pilot.press("f10")
        await counter.rest()
        assert isinstance(app.screen, Palette)
        await counter.pilot.press("2", "1")
        await counter.rest()
        await counter.pilot.press("enter")
        await counter.rest()
        assert app.screen is not selling and str(app.screen.title_msgid) == "People"
        await counter.pilot.press("f3")
        await counter.rest()
        assert app.screen is selling


async def test_what_is_open_below_is_not_opened_twice(stores: Stores) -> None:
    async with a_counter(stores) as counter:
        app: Any = counter.app
        await counter.begins("owner")
        await counter.opens(open_named, app, "tui.money.opening:open_selling")
        stack = list(app.screen_stack)
        await counter.pilot.press("f10")
        await counter.rest()
        await counter.pilot.press("1", "1")
        await counter.rest()
        await counter.pilot.press("enter")
        await counter.rest()
        assert app.screen_stack == stack and "“售货”已经开着" in app.notices.alarm


def test_a_whole_number_comes_before_those_that_begin_with_it() -> None:
    from tests.trades import COMMANDS, ENTRIES

    palette = Palette([*COMMANDS, *ENTRIES])
    found = palette.found("11")
    assert getattr(found[0], "number", 0) == SELLING and len(found) > 1
    assert getattr(palette.found("70")[0], "number", 0) == RACK


def test_the_cursor_of_home_stands_on_selling() -> None:
    """Enter alone begins the work of the day: no later entry stands before it."""
    assert menu_of()[0].entries[0].number == SELLING


async def test_a_number_that_others_see_says_which_right_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = list[tuple[str, dict[str, Any]]]()
    desk = SimpleNamespace(alarm=lambda msgid, **fields: told.append((msgid, fields)))
    monkeypatch.setattr(Home, "desk", desk)
    home = Home()
    home._trades = ("money", "shop")
    for typed in ("16", "7777"):
        await home.on_entry(typed)
    (right, of), (nothing, _) = told
    assert (of["number"], of["right"]) == (16, said("close day"))
    assert "is missing" in right and nothing.startswith("Nothing in the menu")


def test_a_tall_home_shows_other_groups_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beginning with the next one; a group for which there is no room is left out, never cut."""
    others, groups = OtherGroups(), menu_of()
    others.show(groups, 1)
    whole = [[str(each.number) for each in group.entries] for group in groups]
    shown: list[str] = []
    for size in (Size(86, 14), Size(116, 40), Size(80, 14)):
        monkeypatch.setattr(OtherGroups, "size", size)
        columns, left_out = others._laid_out()
        shown = [number for column in columns for (number, _), _ in column if number]
        # And a last row names those that are left out.
        others_of = [each for each in groups if each is not groups[1]]
        assert {each.label for each in left_out} == {
            each.label for each in others_of if str(each.entries[0].number) not in shown
        }
        assert shown and sorted(shown) == sorted(
            number for numbers in whole if numbers[0] in shown for number in numbers
        )
        assert str(groups[1].entries[0].number) not in shown
        assert max(map(len, columns)) <= size.height - 2 * bool(left_out)
    assert len(shown) < sum(map(len, whole))
