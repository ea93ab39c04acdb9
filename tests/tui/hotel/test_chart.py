"""The chart of rooms on the screen: gone through by keys, and a free room reserved from it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from models.hotel.rooms.chart import Bar
from tests.stores import FIRST_DAY
from tests.tui.hotel.conftest import Start, house, stay_of, to_box
from tui.hotel.rack.chart import bar_text, layout


@pytest.mark.parametrize(
    ("width", "shown"), [(80, (22, 2)), (104, (30, 2)), (132, (30, 2)), (200, (30, 5))]
)
def test_as_many_days_as_fit_up_to_thirty(width: int, shown: tuple[int, int]) -> None:
    assert layout(width) == shown
    days, cell = shown
    assert 14 + days * (cell + 1) <= width


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("王伟", ["王", "伟", "──"]), ("Maria", ["Mar", "ia", "──"]), ("A王", ["A王", "───", "──"]),
        ("Maria Garcia", ["Mar", "ia ", "Ga"]), ("[/x]\x1b", ["[/x", "]", "──"]),
        ("", ["───", "───", "──"]),
    ],
)  # fmt: skip
def test_a_text_runs_over_the_days_of_its_bar(text: str, cells: list[str]) -> None:
    bar = Bar(1, 3, text, 1)
    assert [bar_text(bar, day, 2) for day in (1, 2, 3)] == cells


def _chart(name: str) -> Any:
    from tui.hotel.rack.chart import ChartScreen

    return ChartScreen()


async def test_a_free_room_is_reserved_from_a_day_on(at: Start) -> None:
    async with at("chart", prepared=house, screen=_chart) as person:
        await person.see("Chart of rooms", "201", "王", "2026-03-02: 6 rooms left")
        await person.type("205")
        await person.press("enter", "right", "right")
        await person.see("205 TWN is free", "2026-03-04")
        await person.press("enter")
        await person.see("2026-03-04", "2026-03-05", "205")
        await to_box(person, "name")
        await person.type("孙丽")
        await to_box(person, "plan")
        await person.type("RACK")
        await person.press("f4")
        await person.see("Chart of rooms", "孙丽  Reserved  2026-03-04 - 2026-03-05")
        stay = await person.do(stay_of, "孙丽")
        assert (stay.room.number, stay.arrival) == ("205", FIRST_DAY + timedelta(days=2))
        await person.press("f9")
        await person.see("2026-03-11")
        await person.press("f8", "f8")
        await person.see("2026-02-25")


async def test_the_stay_under_the_cursor_is_opened(at: Start) -> None:
    async with at("chart", prepared=house, screen=_chart) as person:
        await person.see("201 王伟  In the house")
        await person.press("enter")
        await person.see("Guest account", "王伟")
        await person.press("f3")
        await person.see("Chart of rooms")
        await person.type("999")
        await person.press("enter")
        assert "999" in person.alarm
