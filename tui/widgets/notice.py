"""The rule under the title, the notice line above the strip, and the word for a small terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from tui.glyphs import glyphs
from tui.safe import clean
from tui.widgets.rows import Rows
from tui.words import t

if TYPE_CHECKING:
    from tui.app import GateApp


class Rule(Rows):
    """A line across."""

    def render_line(self, y: int) -> Strip:
        return self.strip_of([(glyphs().line * self.size.width, "faint")])


class Notice(Rows):
    """A rule, until something is refused: then the refusal, until a key is pressed."""

    def render_line(self, y: int) -> Strip:
        notices = cast("GateApp", self.app).notices
        if not notices.alarm:
            return self.strip_of([(glyphs().line * self.size.width, "faint")])
        more = f"(+{notices.alarms - 1}) " if notices.alarms > 1 else ""
        text = f" {glyphs().fault} {more}{clean(notices.alarm)}"
        return self.strip_of([(text, "alarm")], under="alarm")


class TooSmall(Rows):
    """Covers the screen while the terminal is too small, and says what is needed."""

    def render_line(self, y: int) -> Strip:
        if y != self.size.height // 2:
            return Strip.blank(self.size.width)
        size = self.app.size
        text = t(
            "The counter needs 80 columns and 24 rows; this window has {columns} and {rows}.",
            columns=size.width,
            rows=size.height,
        )
        return self.strip_of([(text, "strong")])
