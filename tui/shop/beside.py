"""Beside the bill, where the screen is wide: the bills that wait, as F8 lists them.

They are read behind the work of the counter, whenever another bill is shown; a scan reads nothing.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, cast

from receipts.words import word
from tui.desk.database import BACKGROUND
from tui.desk.telling import TOLD
from tui.shop.held_bills import titled, waiting
from tui.widgets.line_list import Column, LineList

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

COLUMNS = (
    Column(word("Since"), 6, tone="muted", read=lambda row: row.since),
    Column(word("Bills that wait"), 0, is_name=True, read=titled),
    Column(word("Amount"), 10, "right", tone="money", read=lambda row: row.amount),
)


class BillsThatWait(LineList):
    """Shown by the style sheet on wide screens only."""

    def __init__(self) -> None:
        super().__init__(
            COLUMNS, is_still=True, can_focus=False, empty=word("No bill is on hold."), id="waiting"
        )
        self._reading: asyncio.Task[None] | None = None

    def look_soon(self) -> None:
        """Read them, if there is room to show them."""
        if self.is_attached and self.display:
            self.on_unmount()
            self._reading = asyncio.create_task(self._read())

    async def _read(self) -> None:
        app = cast("CounterApp", self.app)
        try:
            assert app.database is not None
            rows = await app.database.run(waiting, urgency=BACKGROUND)
        except TOLD as error:
            app.tell(error)
        else:
            if self.is_attached:
                self.set_rows(rows)

    def resized(self) -> None:
        """There is room for them now."""
        super().resized()
        self.look_soon()

    def on_unmount(self) -> None:
        """Nobody looks any more."""
        if self._reading is not None:
            self._reading.cancel()
