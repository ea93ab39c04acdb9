"""The cells of the board: a column a person, a row a quarter of an hour.

    10:00 *王芳       +李雷      asked for, booked        here, waiting
    10:15  女士剪发    洗吹      what is done
    10:30  ----       >周敏      goes on                  in the chair

A sign before the name says the state, and the colour says the same once more.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from models.salon.appointments import ARRIVED, DONE, SERVING
from models.salon.board import SLOT, Board, BoardBlock, BoardColumn
from models.salon.hours import hour_text
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import t
from tui.widgets.line_list import Column, LineList

LEAST = 11
_HOUR, _AROUND = 5, 3
_SIGNS = {ARRIVED: "+", SERVING: ">", DONE: "="}
_TONES = {ARRIVED: "warn", SERVING: "badge", DONE: "muted"}


def layout(width: int, staff: int) -> tuple[int, int]:
    """How many columns a window of this width shows, and the cells of each."""
    free = width - _HOUR - _AROUND
    across = max(1, min(max(1, staff), free // (LEAST + 1)))
    return across, max(1, free // across - 1)


def cell_of(column: BoardColumn, minute: int) -> tuple[str, str]:
    """What stands in a slot of a column, and its tone."""
    found = column.at(minute)
    if not found:
        return _free(column, minute)
    if len({each.appointment for each in found}) > 1:
        return f"{t('double')} {'/'.join(clean(each.name) for each in found)}", "alarm"
    block = found[0]
    return _block_text(block, minute), _tone(column, block, minute)


def _tone(column: BoardColumn, block: BoardBlock, minute: int) -> str:
    if column.is_away(minute):
        return "bad"
    return "muted" if block.is_wait else _TONES.get(block.state, "marked")


def _block_text(block: BoardBlock, minute: int) -> str:
    """The client in the first slot, what is done in the next, a line in all others."""
    place = (minute - block.since // SLOT * SLOT) // SLOT
    if block.is_wait:
        is_first = minute - block.since < SLOT
        return f"{t('rests')} {clean(block.name)}" if is_first else glyphs().dot * 3
    if not place:
        sign = _SIGNS.get(block.state, " ")
        return f"{sign}{'*' if block.is_asked else ''}{clean(block.name)}"
    return f" {clean(block.service)}" if place == 1 else glyphs().line * 3


def _free(column: BoardColumn, minute: int) -> tuple[str, str]:
    pause = column.hours.pause
    if column.is_away(minute):
        is_first = not column.is_away(minute - SLOT)
        return (t("away") if is_first else glyphs().line * 2), "bad"
    if column.hours.covers(minute) or column.hours.covers(minute + SLOT - 1):
        return "", ""
    if pause and pause[0] <= minute < pause[1]:
        return (t("break") if minute - pause[0] < SLOT else glyphs().line * 2), "faint"
    return glyphs().dot * 2, "faint"


class BoardCells(LineList):
    """The board; the cursor goes from slot to slot, and on to the next page of people."""

    def __init__(self) -> None:
        super().__init__(
            [], by_cell=True, can_focus=False,
            empty=word("Nobody serves yet: they are made in the menu, Stylists."),
        )  # fmt: skip
        self.board: Board | None = None
        self.first_person = 0
        self._across, self._wide, self._width = 1, LEAST, 0
        self._now: int | None = None

    def show(self, board: Board, width: int, now: int | None) -> None:
        """Show a day in a window of this width; the cursor stays. `now` is the minute of the wall
        clock, where it is today.
        """
        self.board, self._width, self._now = board, width, now
        self._lay_out()

    def fit(self, width: int) -> None:
        """Show the same in a window of another width."""
        if width != self._width:
            self._width = width
            self._lay_out()

    def _lay_out(self) -> None:
        board = self.board
        if board is None:
            return
        self._across, self._wide = layout(self._width, len(board.columns))
        most = max(0, len(board.columns) - self._across)
        self.first_person = min(self.first_person, most)
        seen = self._seen_people()
        self.columns = [
            Column("", _HOUR, read=lambda row: row[1]),
            *(
                Column(f"{one.number} {clean(one.name)}", self._wide, read=partial(_read, at))
                for at, one in enumerate(seen)
            ),
        ]
        self.set_rows([self._slot_row(minute, seen) for minute in board.slots] if seen else [])
        self.redraw()
        self.move_to(self.cursor, self.column)

    def _slot_row(self, minute: int, seen: list[BoardColumn]) -> tuple[Any, ...]:
        is_now = self._now is not None and minute <= self._now < minute + SLOT
        hour = (hour_text(minute), "badge" if is_now else "strong" if minute % 60 == 0 else "muted")
        return (minute, hour, tuple(cell_of(one, minute) for one in seen))

    def _seen_people(self) -> list[BoardColumn]:
        people = self.board.columns if self.board else []
        return people[self.first_person : self.first_person + self._across]

    @property
    def minute(self) -> int:
        """The minute under the cursor."""
        return int(self.chosen[0]) if self.chosen else 0

    @property
    def person(self) -> BoardColumn | None:
        """Whose column the cursor is in."""
        seen = self._seen_people()
        at = self.column - 1
        return seen[at] if 0 <= at < len(seen) else None

    @property
    def blocks(self) -> list[BoardBlock]:
        """What is under the cursor."""
        return self.person.at(self.minute) if self.person else []

    @property
    def seen(self) -> tuple[int, int, int]:
        """The first and the last person that is seen, and how many there are."""
        count = len(self.board.columns) if self.board else 0
        return self.first_person + 1, min(count, self.first_person + self._across), count

    def move_to(self, index: int, column: int | None = None) -> None:
        """Onto a slot, never onto the hour."""
        wanted = self.column if column is None else column
        super().move_to(index, max(1, wanted))

    def _step_column(self, step: int) -> None:
        """Beyond the last column the next people come, beyond the first those before."""
        at, count = self.column + step, len(self.board.columns) if self.board else 0
        if 1 <= at <= len(self._seen_people()):
            self.move_to(self.cursor, at)
        elif step > 0 and self.first_person + self._across < count:
            self.turn(self.first_person + self._across, 1)
        elif step < 0 and self.first_person:
            self.turn(self.first_person - self._across, self._across)

    def turn(self, first: int, column: int) -> None:
        """Show the people from the `first` on."""
        count = len(self.board.columns) if self.board else 0
        self.first_person = max(0, min(first, count - self._across))
        self._lay_out()
        self.move_to(self.cursor, column)

    def go_to_person(self, number: int) -> bool:
        """To the column of somebody; whether there is one."""
        people = self.board.columns if self.board else []
        place = next((n for n, one in enumerate(people) if one.number == number), None)
        if place is None:
            return False
        if not self.first_person <= place < self.first_person + self._across:
            self.turn(place // self._across * self._across, 1)
        self.move_to(self.cursor, place - self.first_person + 1)
        return True

    def go_to_minute(self, minute: int) -> bool:
        """To the row of a minute; whether it is on the board."""
        if self.board is None or not self.board.first <= minute < self.board.last:
            return False
        row = (minute - self.board.first) // SLOT
        # An hour before it stays in sight.
        self._top = max(0, row - 60 // SLOT)
        self.move_to(row)
        return True


def _read(at: int, row: tuple[Any, ...]) -> tuple[str, str]:
    cells = row[2]
    return cells[at] if at < len(cells) else ("", "")
