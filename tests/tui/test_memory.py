"""What the counter keeps: a picture that is painted over is gone at once, without a look for it."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from textual._styles_cache import StylesCache
from textual.strip import Strip

from tests.tui.test_line_list import COLUMNS, App
from tui.desk import memory
from tui.widgets.line_list import LineList


@pytest.fixture
def begun() -> Iterator[None]:
    """Memory as the counter holds it; left again behind the test."""
    borders, divide, threshold = StylesCache.get_inner_outer, Strip.divide, gc.get_threshold()
    memory.begin()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)
    StylesCache.get_inner_outer = borders  # type: ignore[method-assign]
    Strip.divide = divide  # type: ignore[method-assign]


async def test_pictures_painted_over_leave_nothing_to_look_for(begun: None) -> None:
    list_ = LineList(COLUMNS, [(str(n), "1.00") for n in range(60)])
    async with App(list_).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        gc.collect()
        for step in range(20):
            list_.move_to(step * 3)
            list_.screen.refresh()
            await pilot.pause()
        assert gc.collect() < 1_000


def test_a_whole_strip_is_its_own_only_part(begun: None) -> None:
    strip = Strip.blank(10)
    assert strip.divide([10]) == [strip]
    assert strip.divide([10, 20]) == [strip]
    assert [part.cell_length for part in strip.divide([4, 10])] == [4, 6]
