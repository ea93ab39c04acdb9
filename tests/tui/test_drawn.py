"""Rows that are kept: drawn once, the same as drawn anew, and forgotten when all must change."""

from __future__ import annotations

import random
from typing import Any

from textual.strip import Strip

from tests.tui.test_line_list import COLUMNS, App
from tui.widgets.line_list import LineList


class Counted(LineList):
    """Remembers which rows were drawn."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.rows_drawn: list[int] = []
        super().__init__(*args, **options)

    def _row(self, index: int) -> Strip:
        self.rows_drawn.append(index)
        return super()._row(index)


def rows(count: int) -> list[tuple[str, str]]:
    return [(f"item {n}", f"{n}.00") for n in range(count)]


def seen(list_: LineList) -> list[Strip]:
    return [list_.render_line(y) for y in range(list_.size.height)]


async def test_a_line_at_the_end_of_a_long_list_draws_two_rows() -> None:
    list_ = Counted(COLUMNS, rows(100))
    async with App(list_).run_test(size=(80, 24)) as pilot:
        list_.set_rows(rows(101), cursor=-1)
        await pilot.pause()
        list_.rows_drawn.clear()
        list_.set_rows(rows(102), cursor=-1)
        await pilot.pause()
        assert set(list_.rows_drawn) >= {100, 101}
        # One more where the sign in the last column moves.
        assert len(list_.rows_drawn) <= 4


async def test_kept_rows_are_as_if_drawn_anew() -> None:
    chance, list_ = random.Random(7), LineList(COLUMNS, rows(40))
    async with App(list_).run_test(size=(80, 24)) as pilot:
        count = 40
        for _ in range(150):
            step = chance.randrange(6)
            if step == 0:
                count += chance.randrange(1, 3)
                list_.set_rows(rows(count), cursor=-1)
            elif step == 1:
                list_.move_to(chance.randrange(count))
            elif step == 2:
                list_.mark()
            elif step == 3:
                count = max(5, count - chance.randrange(8))
                list_.set_rows(rows(count))
            elif step == 4:
                list_.focus() if chance.random() < 0.5 else list_.screen.set_focus(None)
                await pilot.pause()
            else:
                list_.totals(("Total", "1.00") if chance.random() < 0.5 else None)
            kept = seen(list_)
            list_.kept.clear()
            assert kept == seen(list_)


async def test_what_is_painted_is_what_is_kept() -> None:
    """Also for the part that the terminal gets, behind Textual's filters."""
    list_ = LineList(COLUMNS, rows(60))
    async with App(list_).run_test(size=(80, 24)) as pilot:
        for place in (30, 31, 32, 5, 59):
            list_.move_to(place)
            await pilot.pause()
            painted = list_.render_lines(list_.size.region)
            assert [strip.text for strip in painted] == [strip.text for strip in seen(list_)]
            assert f"▶item {place} " in "\n".join(strip.text for strip in painted)


async def test_other_colours_and_another_width_draw_everything() -> None:
    list_ = LineList(COLUMNS, rows(60))
    app = App(list_)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        before = list_.render_lines(list_.size.region)
        app.use_theme("light" if "dark" in app.theme else "dark")
        await pilot.pause()
        after = list_.render_lines(list_.size.region)
        assert [strip.text for strip in before] == [strip.text for strip in after]
        assert all(old != new for old, new in zip(before, after, strict=True))
        await pilot.resize_terminal(100, 24)
        await pilot.pause()
        wide = list_.render_lines(list_.size.region)
        assert {strip.cell_length for strip in wide} == {100}
        assert wide[1].text.rstrip(" │┃█").endswith("0.00")


async def test_a_widget_with_padding_has_it() -> None:
    list_ = LineList(COLUMNS, rows(3))
    async with App(list_).run_test(size=(80, 24)) as pilot:
        list_.styles.padding = (1, 2)
        await pilot.pause()
        top, head, first, *_ = list_.render_lines(list_.outer_size.region)
        assert not top.text.strip()
        assert head.text.startswith("   Item") and head.text.rstrip().endswith("Amount")
        assert head.text.endswith("   ")
        assert first.text.startswith("  ▶item 0")
