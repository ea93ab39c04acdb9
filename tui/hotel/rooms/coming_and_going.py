"""Below the rack, where the screen is high: who is expected today still, and who leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.hotel.stays.rack import Rack
from models.hotel.stays.stays import Stay
from receipts.words import word
from tui.widgets.boxes import Horizontal
from tui.widgets.line_list import Column, LineList

EXPECTED = (
    Column(word("Expected today"), 0, most=28, read=lambda row: row.name),
    Column(word("Type"), 6, read=lambda row: row.room_type.code),
    Column(word("Room"), 6, read=lambda row: row.room.number if row.room else ""),
    Column(word("Nights"), 6, "right", read=lambda row: (row.departure - row.arrival).days),
)
LEAVING = (
    Column(word("Room"), 6, read=lambda row: row.number),
    Column(word("Leaves today"), 0, read=lambda row: row.guest),
)


class ComingAndGoing(Horizontal):
    """Two lists to look at; the keys of the rack do what is to be done."""

    def __init__(self) -> None:
        super().__init__(id="rack-today")
        self.expected = LineList(
            EXPECTED,
            is_still=True,
            can_focus=False,
            empty=word("Nobody is expected any more today."),
        )
        self.leaving = LineList(
            LEAVING, is_still=True, can_focus=False, empty=word("Nobody leaves any more today.")
        )

    def compose(self) -> Iterable[Any]:
        """Side by side."""
        yield self.expected
        yield self.leaving

    def show(self, rack: Rack, expected: Sequence[Stay]) -> None:
        """Show the day as it is now."""
        self.expected.set_rows(expected)
        self.leaving.set_rows([room for room in rack.rooms if room.is_due_out])
