"""What belongs to the record under the cursor, in a few rows below the list."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from models.base.refusals import Refusal
from models.listings.listings import Related
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean, fit
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.records.list import ListScreen

# The cursor rests so long before anything is read: who holds the arrow down waits for nothing.
REST_S = 0.08
_KIND, _DAY = 10, 11


class RelatedRows(Rows):
    """A line, and below it what was found."""

    def __init__(self) -> None:
        super().__init__(id="related")
        self._lines: Sequence[Related] = ()
        self._of: Any = None
        self._reading: asyncio.Task[None] | None = None

    def follow(self, screen: ListScreen, key: Any) -> None:
        """The cursor is on another record, or on none."""
        self.stop()
        if key != self._of:
            # What belongs to the record before never stands below this one.
            self._of, self._lines = key, ()
            self.refresh()
        self._reading = asyncio.create_task(self._read(screen, key))

    def stop(self) -> None:
        """Nothing more is read."""
        if self._reading is not None:
            self._reading.cancel()

    async def _read(self, screen: ListScreen, key: Any) -> None:
        await asyncio.sleep(REST_S)
        related = screen.listing.related
        assert related is not None
        found: Sequence[Related] = ()
        if key is not None and screen.desk.session is not None:
            try:
                found = await screen.in_books(related, screen.desk.session, key)
            except Refusal as refusal:
                screen.desk.tell(refusal)
        self._lines = found
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y == 0:
            return self.strip_of([(glyphs().line * self.size.width, "faint")])
        if y > len(self._lines):
            return self.blank()
        return self.strip_of(self._pieces(self._lines[y - 1]))

    def _pieces(self, line: Related) -> list[Piece]:
        room = self.size.width - _DAY - _KIND - 2
        amount = clean(line.amount)
        return [
            (" " + fit(line.when, _DAY), "muted"),
            (fit(t(line.kind), _KIND), "accent"),
            (fit(clean(line.what), room - len(amount) - 1), ""),
            (f" {amount}", "money"),
        ]
