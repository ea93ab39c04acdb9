"""The one list: baskets, folios, look-ups, long lists from the database, and the room rack.

    LineList([Column(word("Item"), 0), Column(word("Amount"), 10, "right", tone="money")], rows)

A row is a sequence of cells in the order of the columns, or any value that the columns can `read`.
A cell is a text, or (text, tone). Rows come from a sequence (`set_rows`) or, for tables of any
size, by page from the database (`Pages`): then only a window of them is kept.

Every change compares what is seen with what is to be seen, and repaints only the rows that differ:
give it the whole new basket after each scan. A row that rolls is not drawn anew. The list need not
have the focus: FrameScreen sends it the keys that the entry leaves over (`roll`).
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from models.base.refusals import Refusal
from tui.desk.glyphs import glyphs
from tui.desk.safe import cut, cut_inside, fit
from tui.desk.words import t
from tui.widgets.laid_out import Column as Column
from tui.widgets.laid_out import laid_out
from tui.widgets.pages import NEAR, PAGE, WINDOW
from tui.widgets.pages import Pages as Pages
from tui.widgets.rows import Piece, Rows

WHEEL_ROWS = 3


class NothingChosen(Refusal):
    """What was looked up last was not found: the row that was chosen before is not meant."""


class LineList(Rows):
    """See the docstring of this file."""

    class Moved(Message):
        """The cursor is on another row."""

        def __init__(self, list_: LineList) -> None:
            super().__init__()
            self.list, self.row = list_, list_.chosen

    class Chosen(Moved):
        """Enter, or a click on the row under the cursor."""

    def __init__(
        self,
        columns: Sequence[Column],
        rows: Sequence[Any] = (),
        *,
        pages: Pages | None = None,
        head: bool = True,
        by_cell: bool = False,
        is_still: bool = False,
        can_focus: bool = True,
        empty: str = "",
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        """`by_cell`: the cursor is a cell (the rack). `is_still`: only to be read, no cursor.
        `empty`: message id shown with no rows.
        """
        super().__init__(id=id, classes=classes)
        self.can_focus = can_focus
        self.columns = list(columns)
        self.pages = pages
        self.marks: set[Any] = set()
        self._rows: Sequence[Any] = rows
        self._has_head, self._by_cell, self.empty = head, by_cell, empty
        self._is_still = is_still
        self._totals: Sequence[Any] | None = None
        self._cursor = self._column = self._top = 0
        self._is_lost = False
        self._at_start = self._at_end = pages is None
        self._seen: list[Any] = []
        self._seen_top = 0
        self._widths: tuple[int, list[tuple[int, int]]] = (-1, [])

    # What it shows.

    @property
    def row_values(self) -> Sequence[Any]:
        """The rows it holds: all of them, or the window."""
        return self._rows

    def set_rows(self, rows: Sequence[Any], *, cursor: int | None = None) -> None:
        """Show these rows. `cursor` -1 is the last; without it the cursor stays where it is."""
        self._rows = rows
        if cursor is not None:
            self._is_lost = False
            self._cursor = cursor if cursor >= 0 else len(rows) + cursor
        self._settle()

    def set_columns(self, columns: Sequence[Column]) -> None:
        if self.columns != [*columns]:
            self.columns = list(columns)
            self.redraw()

    def totals(self, cells: Sequence[Any] | None) -> None:
        """A last line under the rows, one cell a column; None takes it away."""
        if cells != self._totals:
            self._totals = cells
            self._settle()
            self.refresh_row(self.size.height - 1)

    async def load(self, pages: Pages | None = None, *, at: Any = None) -> None:
        """Read the first page again, or that of another source; `at`: the key of a row that the
        cursor goes to, or to its place.
        """
        self.pages = pages or self.pages
        assert self.pages is not None, "a list of a sequence has nothing to load"
        if at is None:
            await self._load_edge(forward=True)
        else:
            await self._load_around(at)

    async def look_again(self) -> None:
        """Read the rows in sight again; the cursor stays on its row, and the row where it is."""
        place = self._cursor - self._top
        await self.load(at=self._mark_key(self._cursor) if self._rows else None)
        self._top = max(0, self._cursor - place)
        self._settle()

    @property
    def cursor(self) -> int:
        return self._cursor

    @cursor.setter
    def cursor(self, index: int) -> None:
        self.move_to(index)

    @property
    def column(self) -> int:
        """The column of the cursor, when it is a cell."""
        return self._column

    @property
    def chosen(self) -> Any:
        """The row under the cursor, or None without rows or a cursor."""
        is_there = 0 <= self._cursor < len(self._rows) and not self._is_lost
        return self._rows[self._cursor] if is_there else None

    @property
    def meant(self) -> Any:
        """The row that a key changes: `chosen`. Refuses: NothingChosen, after `lose`."""
        if self._is_lost:
            raise NothingChosen()
        return self.chosen

    def lose(self) -> None:
        """No row is chosen from now on, until one is shown or an arrow brings the cursor back."""
        if self._rows and not self._is_lost:
            self._is_lost = True
            self._settle()
            self.post_message(self.Moved(self))

    def move_to(self, index: int, column: int | None = None) -> None:
        before = None if self._is_lost else (self._cursor, self._column)
        self._cursor, self._is_lost = index, False
        if column is not None:
            self._column = max(0, min(column, len(self.columns) - 1))
        self._settle()
        if (self._cursor, self._column) != before:
            self.post_message(self.Moved(self))
            self._fetch_ahead()

    def mark(self, index: int | None = None) -> None:
        """Mark a row, or take its mark away. Marks are row keys with pages, else row numbers."""
        index = self._cursor if index is None else index
        self.marks ^= {self._mark_key(index)}
        self._settle()

    def _mark_key(self, index: int) -> Any:
        return self.pages.key_of(self._rows[index]) if self.pages else index

    # Keys and mouse.

    def on_key(self, event: events.Key) -> None:
        if self.take_key(event):
            event.stop()

    def take_key(self, event: events.Key) -> bool:
        """Roll, or choose; whether the key was one of ours."""
        page = max(1, self._height() - 1)
        steps = {"up": -1, "down": 1, "pageup": -page, "pagedown": page}
        if step := steps.get(event.key):
            step = 0 if self._is_lost else step
            self.move_to((self._edge(step) if self._is_still else self._cursor) + step)
        elif self._by_cell and event.key in ("left", "right"):
            self._step_column(-1 if event.key == "left" else 1)
        elif event.key in ("home", "end"):
            self._go_to_edge(forward=event.key == "home")
        elif event.key == "enter" and self.has_focus:
            self.post_message(self.Chosen(self))
        else:
            return False
        return True

    def _edge(self, step: int) -> int:
        """The last row that is seen in the direction of a step: without a cursor the page moves."""
        return self._top if step < 0 else self._top + self._height() - 1

    def _step_column(self, step: int) -> None:
        """Left of the first cell is the last of the row above."""
        place = self._cursor * len(self.columns) + self._column + step
        row, column = divmod(place, len(self.columns))
        if 0 <= row < len(self._rows):
            self.move_to(row, column)

    def _go_to_edge(self, *, forward: bool) -> None:
        if self._at_start if forward else self._at_end:
            self.move_to(0 if forward else len(self._rows) - 1)
        else:
            self._job(self._load_edge, forward)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self.move_to(self._cursor + WHEEL_ROWS)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self.move_to(self._cursor - WHEEL_ROWS)

    def on_click(self, event: events.Click) -> None:
        index = self._top + event.y - int(self._has_head)
        if not 0 <= index < len(self._rows) or event.y < int(self._has_head):
            return
        if index == self._cursor and not self._by_cell:
            self.post_message(self.Chosen(self))
        self.move_to(index, self._column_at(event.x) if self._by_cell else None)

    def _column_at(self, x: int) -> int:
        at = 1
        for index, width in self._layout():
            at += width + 1
            if x < at:
                return index
        return len(self.columns) - 1

    # Pages.

    def _job(self, work: Callable[..., Awaitable[None]], *args: Any) -> None:
        """Fetch as a job, so that the next key waits for the rows."""
        self.app.jobs.start(work, *args)  # type: ignore[attr-defined]

    def _fetch_ahead(self) -> None:
        if self.pages is None:
            return
        if not self._at_end and self._cursor > len(self._rows) - NEAR:
            self._job(self._load_more, True)
        elif not self._at_start and self._cursor < NEAR:
            self._job(self._load_more, False)

    async def _load_edge(self, forward: bool) -> None:
        assert self.pages is not None
        rows = list(await self.pages.fetch(None, forward, PAGE))
        is_all = len(rows) < PAGE
        self._at_start, self._at_end = forward or is_all, is_all or not forward
        self._seen.clear()
        self.set_rows(rows, cursor=0 if forward else len(rows) - 1)
        self.post_message(self.Moved(self))

    async def _load_around(self, key: Any) -> None:
        assert self.pages is not None
        rows = list(await self.pages.fetch(key, False, PAGE))
        anchor = self.pages.key_of(rows[-1]) if rows else None
        after = list(await self.pages.fetch(anchor, True, PAGE))
        self._at_start, self._at_end = len(rows) < PAGE, len(after) < PAGE
        self._seen.clear()
        self.set_rows([*rows, *after], cursor=len(rows))
        self.post_message(self.Moved(self))

    async def _load_more(self, forward: bool) -> None:
        """One page more at an edge; the window stays small by dropping rows at the other."""
        assert self.pages is not None
        rows = list(self._rows)
        anchor = self.pages.key_of(rows[-1 if forward else 0])
        more = list(await self.pages.fetch(anchor, forward, PAGE))
        if len(more) < PAGE:
            self._at_end, self._at_start = (
                self._at_end or forward,
                self._at_start or not forward,
            )
        rows = [*rows, *more] if forward else [*more, *rows]
        spare = max(0, len(rows) - WINDOW)
        shift = -spare if forward else len(more)
        if spare:
            rows = rows[spare:] if forward else rows[:WINDOW]
            if forward:
                self._at_start = False
            else:
                self._at_end = False
        self._cursor, self._top = self._cursor + shift, max(0, self._top + shift)
        self.set_rows(rows)

    # Drawing.

    def _height(self) -> int:
        """How many rows are seen."""
        return max(0, self.size.height - int(self._has_head) - int(self._totals is not None))

    def _settle(self) -> None:
        """Keep the cursor on a row and in sight, and repaint what is now different."""
        count, height = len(self._rows), self._height()
        self._cursor = max(0, min(self._cursor, count - 1))
        if self._cursor < self._top:
            self._top = self._cursor
        elif height and self._cursor >= self._top + height:
            self._top = self._cursor - height + 1
        self._top = max(0, min(self._top, count - height))
        self._repaint()

    def _repaint(self) -> None:
        height, first = self._height(), int(self._has_head)
        thumb = self._thumb(height)
        seen = [self._state(self._top + y, thumb) for y in range(height)]
        before, self._seen = self._seen, seen
        rolled, self._seen_top = self._top - self._seen_top, self._top
        if len(before) != len(seen):
            self.refresh()
            return
        strips, self.kept = self.kept, {}
        changed = []
        for y, state in enumerate(seen):
            was = y + rolled
            if was in strips and was < height and before[was] == state:
                self.kept[y] = strips[was]
            if before[y] != state:
                changed.append(Region(0, y + first, self.size.width, 1))
        if changed:
            self.refresh(*changed)

    def _state(self, index: int, thumb: range) -> Any:
        """All that decides how a row is drawn."""
        if index >= len(self._rows):
            return None if index else self.empty
        column = self._column if self._by_cell else 0
        is_here = index == self._cursor and not (self._is_still or self._is_lost)
        cursor = column if is_here else None
        is_marked = bool(self.marks) and self._mark_key(index) in self.marks
        sign = ""
        if thumb:
            sign = glyphs().thumb if index - self._top in thumb else glyphs().track
        return (self._rows[index], cursor, is_marked, sign)

    def redraw(self) -> None:
        """Draw everything again: other columns, words, or colours."""
        self._widths = (-1, [])
        self._seen = []
        self._settle()
        self.refresh()

    words_changed = resized = redraw

    def on_resize(self) -> None:
        self.resized()

    def render_line(self, y: int) -> Strip:
        head = int(self._has_head)
        if y < head:
            return self.strip_of(self._head(), under="head")
        if self._totals is not None and y == self.size.height - 1:
            return self.strip_of(self._cells(self._totals, sign=" "), under="total")
        index = self._top + y - head
        if index >= len(self._rows):
            text = f" {t(self.empty)}" if self.empty and not self._rows and y == head else ""
            return self.strip_of([(text, "muted")])
        if y - head not in self.kept:
            self.kept[y - head] = self._row(index)
        return self.kept[y - head]

    def _head(self) -> list[Piece]:
        pieces: list[Piece] = [(" ", "")]
        for index, width in self._layout():
            column = self.columns[index]
            label = t(column.label) if column.label else ""
            shown = fit(cut(label, width, glyphs().ellipsis), width, column.align)
            pieces += [(shown, ""), (" ", "")]
        return pieces

    def _row(self, index: int) -> Strip:
        row, cursor, is_marked, thumb = self._state(index, self._thumb(self._height()))
        is_here = cursor is not None
        sign = glyphs().marked if is_marked else glyphs().cursor if is_here else " "
        pieces = self._cells(row, sign=sign, chosen=cursor if self._by_cell else None)
        under = "marked" if is_marked else ""
        if is_here and not self._by_cell:
            under = "cursor" if self.has_focus or not self.can_focus else "cursor-off"
        if thumb:
            text, tone = pieces[-1]
            pieces[-1] = (text[:-1], tone)
        return self.strip_of(pieces, under=under, end=thumb)

    def _cells(self, row: Any, *, sign: str, chosen: int | None = None) -> list[Piece]:
        pieces: list[Piece] = [("" if self._by_cell else sign, "accent" if sign.strip() else "")]
        if self._by_cell:
            pieces = [(" ", "")]
        for index, width in self._layout():
            column = self.columns[index]
            text, tone = self._cell(row, index)
            if column.is_name:
                text = cut_inside(text, width, glyphs().ellipsis)
            shown = fit(text, width, column.align, glyphs().ellipsis)
            if column.runs_on:
                pieces.append((fit(text, width + 1), "cursor" if index == chosen else tone))
            elif index == chosen:
                pieces += [(shown, "cursor"), (" ", "")]
            else:
                # The blank behind a cell takes its colours: each change of colours costs 40 bytes.
                pieces.append((f"{shown} ", tone))
        return pieces

    def _cell(self, row: Any, index: int) -> Piece:
        column = self.columns[index]
        if column.read and row is not self._totals:
            cell = column.read(row)
        else:
            cell = row[index] if index < len(row) else ""
        if isinstance(cell, tuple):
            return str(cell[0]), cell[1]
        return "" if cell is None else str(cell), column.tone

    def texts(self, row: Any) -> list[str]:
        """The texts of a row, uncut."""
        return [self._cell(row, index)[0] for index in range(len(self.columns))]

    def _thumb(self, height: int) -> range:
        """The rows whose last column says where in a long list this is; none in a short one."""
        count = len(self._rows)
        if self.pages is not None or count <= height or not height:
            return range(0)
        size = max(1, height * height // count)
        start = (height - size) * self._top // max(1, count - height)
        return range(start, start + size)

    def _layout(self) -> list[tuple[int, int]]:
        """(column, width) of the columns that fit, left to right."""
        width = self.size.width
        if self._widths[0] != width:
            self._widths = (width, laid_out(self.columns, width - 2))
        return self._widths[1]
