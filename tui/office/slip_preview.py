"""A slip on the screen, as it comes out of the printer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from devices.profiles import PROFILES
from receipts.layout import layout
from receipts.preview import PreviewLine, preview
from receipts.slip import Slip
from receipts.words import word
from tui.desk.safe import clean
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

TONES = {"bold": "strong", "large": "accent", "code": "muted", "cut": "faint"}
COLUMNS = (Column("", 0, read=lambda row: (clean(row.text), TONES.get(row.style, ""))),)


PRINT, TO_FILE, INVOICE = "print", "file", "invoice"


def slip_lines(slip: Slip) -> list[PreviewLine]:
    """A slip as it is shown: on paper of 80 mm."""
    return preview(layout(slip, PROFILES["80mm"]))


class SlipPreview(Panel[str]):
    """Roll with the arrows; Enter prints it when `can_print`, F9 makes a file of it when
    `can_save`, F4 requests its invoice when `can_request`. Answers which.
    """

    width = 60

    def __init__(
        self, title: str, lines: list[PreviewLine], *, can_print: bool = False,
        can_save: bool = False, can_request: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(title)
        self._can_print, self._can_save, self._can_request = can_print, can_save, can_request
        self.list = LineList(COLUMNS, lines, head=False, is_still=True, can_focus=False, id="slip")

    def content(self) -> Iterable[Any]:
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        keys = [("↑↓", word("Roll")), ("F12", word("Back"))]
        if self._can_request:
            keys.insert(0, ("F4", word("Invoice request")))
        if self._can_save:
            keys.insert(0, ("F9", word("A4 as PDF")))
        return [("Enter", word("Print")), *keys] if self._can_print else keys

    def on_key(self, event: Any) -> None:
        if event.key == "enter" and self._can_print:
            event.stop()
            self.answer(PRINT)
        elif event.key == "f9" and self._can_save:
            event.stop()
            self.answer(TO_FILE)
        elif event.key == "f4" and self._can_request:
            event.stop()
            self.answer(INVOICE)
        elif self.list.take_key(event):
            event.stop()
