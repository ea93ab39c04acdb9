"""The one list: what it draws, how little it repaints, and lists without an end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from rich.cells import cell_len
from textual.geometry import Region

from tests.tui.conftest import Counter
from tests.tui.demo import HOSTILE
from tui.desk.app import DeskbellApp
from tui.desk.frame import FrameScreen
from tui.widgets.laid_out import laid_out
from tui.widgets.line_list import Column, LineList, Pages
from tui.widgets.pages import PAGE, WINDOW

COLUMNS = [Column("Item", 0), Column("Amount", 9, "right", tone="money")]


class OneList(FrameScreen):
    kind = "list"

    def __init__(self, list_: LineList) -> None:
        super().__init__()
        self.list = list_

    def body(self) -> Any:
        yield self.list


class App(DeskbellApp):
    def __init__(self, list_: LineList) -> None:
        super().__init__(lang="en")
        self.list = list_

    async def on_mount(self) -> None:
        await self.push_screen(OneList(self.list))


def drawn(list_: LineList) -> list[str]:
    return [list_.render_line(y).text for y in range(list_.size.height)]


class Repaints(LineList):
    """Remembers which rows were asked to be painted again."""

    def __init__(self, *args: Any, **options: Any) -> None:
        self.painted: list[int] = []
        super().__init__(*args, **options)

    def refresh(self, *regions: Region, **options: Any) -> Any:
        for region in regions:
            self.painted.append(region.y)
        if not regions:
            self.painted.append(-1)
        return super().refresh(*regions, **options)


async def test_rows_have_their_columns() -> None:
    list_ = LineList(COLUMNS, [("农夫山泉天然水 550ml", "2.50"), ("Cola", ("-4.00", "bad"))])
    async with App(list_).run_test(size=(80, 24)):
        head, first, second, *_ = drawn(list_)
        assert head.split() == ["Item", "Amount"]
        assert first.startswith("▶农夫山泉天然水 550ml ")
        assert first.rstrip().endswith("     2.50")
        assert second.rstrip().endswith("    -4.00")
        assert {cell_len(row) for row in drawn(list_)} == {80}


async def test_hostile_cells_are_letters() -> None:
    list_ = LineList(COLUMNS, [(name, name) for name in HOSTILE])
    app = App(list_)
    async with app.run_test(size=(80, 24)):
        rows = drawn(list_)
        assert all(row.isprintable() for row in rows)
        assert "A [/oops] B" in rows[1]
        assert "[@click=app.exit]go[/]" in rows[2]
        assert app.is_running


async def test_a_new_line_repaints_only_itself_and_the_cursors_row() -> None:
    list_ = Repaints(COLUMNS, [(str(n), "1.00") for n in range(3)])
    async with App(list_).run_test(size=(80, 24)) as pilot:
        list_.move_to(2)
        await pilot.pause()
        list_.painted.clear()
        list_.set_rows([(str(n), "1.00") for n in range(4)], cursor=-1)
        assert sorted(list_.painted) == [3, 4]
        list_.painted.clear()
        list_.set_rows([(str(n), "1.00") for n in range(4)], cursor=-1)
        assert list_.painted == []
        changed = [("0", "1.00"), ("1", "9.00"), ("2", "1.00"), ("3", "1.00")]
        list_.set_rows(changed)
        assert list_.painted == [2]


async def test_keys_roll_and_the_cursor_stays_in_sight() -> None:
    list_ = LineList(COLUMNS, [(f"row {n}", "1.00") for n in range(100)])
    app = App(list_)
    async with app.run_test(size=(80, 24)) as pilot:
        list_.focus()
        height = list_.size.height - 1
        for key, index in (
            ("down", 1),
            ("pagedown", height),
            ("end", 99),
            ("pagedown", 99),
            ("up", 98),
            ("home", 0),
            ("up", 0),
        ):
            await pilot.press(key)
            await pilot.pause(0.02)
            assert list_.cursor == index
            assert any(row.startswith(f"▶row {index} ") for row in drawn(list_))


async def test_totals_and_marks() -> None:
    list_ = LineList(COLUMNS, [("a", "1.00"), ("b", "2.00")])
    async with App(list_).run_test(size=(80, 24)):
        list_.totals(("Total", "3.00"))
        assert drawn(list_)[-1].split() == ["Total", "3.00"]
        list_.mark(1)
        assert drawn(list_)[2].startswith("✓b")
        list_.mark(1)
        assert drawn(list_)[2].startswith(" b")


async def test_the_rack_has_a_cursor_of_one_cell() -> None:
    columns = [Column("", 6) for _ in range(4)]
    rows = [[f"{floor}0{n}" for n in range(4)] for floor in range(2, 5)]
    list_ = LineList(columns, rows, by_cell=True, head=False)
    async with App(list_).run_test(size=(80, 24)) as pilot:
        list_.focus()
        await pilot.press("right", "right", "right", "right", "down")
        assert (list_.cursor, list_.column) == (2, 0)
        await pilot.press("left")
        assert (list_.cursor, list_.column) == (1, 3)


def test_columns_share_what_is_left_and_leave_when_it_is_tight() -> None:
    columns = [Column("a", 0), Column("b", 10), Column("c", 20, drop=2), Column("d", 20, drop=1)]
    assert laid_out(columns, 100) == [(0, 47), (1, 10), (2, 20), (3, 20)]
    assert [i for i, _ in laid_out(columns, 50)] == [0, 1, 3]
    assert [i for i, _ in laid_out(columns, 25)] == [0, 1]
    for room in range(20, 120):
        widths = laid_out(columns, room)
        assert sum(width for _, width in widths) + len(widths) - 1 <= max(room, 19)


class Table:
    """A table of a size, read by page; counts what was read."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.read = 0

    async def fetch(self, anchor: Any, forward: bool, limit: int) -> list[tuple[int, str]]:
        if anchor is None:
            first = 0 if forward else max(0, self.count - limit)
        else:
            first = anchor + 1 if forward else max(0, anchor - limit)
            limit = limit if forward else min(limit, anchor)
        rows = [(n, f"row {n}") for n in range(first, min(first + limit, self.count))]
        self.read += len(rows)
        return rows


def paged(count: int) -> tuple[Table, LineList]:
    table = Table(count)
    columns = [Column("#", 9, "right"), Column("Item", 0)]
    return table, LineList(columns, pages=Pages(table.fetch, lambda row: row[0]))


async def test_a_million_rows_read_one_page_and_keep_a_window() -> None:
    table, list_ = paged(1_000_000)
    async with App(list_).run_test(size=(80, 24)) as pilot:
        await list_.load()
        assert table.read == PAGE
        list_.focus()
        for _ in range(80):
            await pilot.press("pagedown")
        assert list_.chosen[0] == 80 * (list_.size.height - 2)
        assert len(list_.row_values) <= WINDOW
        await pilot.press("end")
        await pilot.pause(0.05)
        assert list_.chosen[0] == 999_999
        for _ in range(60):
            await pilot.press("pageup")
        assert list_.chosen[0] == 999_999 - 60 * (list_.size.height - 2)
        await pilot.press("home")
        await pilot.pause(0.05)
        assert list_.chosen[0] == 0


@pytest.mark.parametrize("count", [0, 1, PAGE - 1, PAGE, PAGE + 1, WINDOW + PAGE + 3])
async def test_small_tables_end_where_they_end(count: int) -> None:
    _, list_ = paged(count)
    async with App(list_).run_test(size=(80, 24)) as pilot:
        await list_.load()
        list_.focus()
        await pilot.press("up")
        for _ in range(count // (list_.size.height - 2) + 3):
            await pilot.press("pagedown")
        await pilot.pause(0.05)
        if count:
            assert list_.chosen[0] == count - 1
        else:
            assert list_.chosen is None


@pytest.mark.terminal
def test_a_million_rows_open_as_fast_as_ten(counter: Callable[..., Counter]) -> None:
    term = counter("en")
    term.key("ctrl+g")
    assert term.wait("可口可乐 330ml") < 500
    term.settle()
    sent = term.bytes_out
    term.key("end")
    assert term.wait("999999") < 500
    term.settle()
    assert term.bytes_out - sent < 20_000
