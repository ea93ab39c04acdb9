"""The rule under the title, the notice line above the strip, and the word for a small terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from receipts.terminal import broken
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import again, t
from tui.widgets.rows import Rows

if TYPE_CHECKING:
    from tui.desk.app import GateApp

MOST_ROWS = 4


class Rule(Rows):
    """A line across."""

    def render_line(self, y: int) -> Strip:
        return self.strip_of([(glyphs().line * self.size.width, "faint")])


class Notice(Rows):
    """A rule, until something is refused here: then that, in up to four rows, until a key."""

    def update(self) -> None:
        """Take the rows that the refusal needs, and draw it."""
        height = max(1, min(MOST_ROWS, len(self._alarm_rows())))
        if self.styles.height is None or self.styles.height.value != height:
            self.styles.height = height
        self.refresh()

    def _alarm_rows(self) -> list[str]:
        app = cast("GateApp", self.app)
        notices = app.notices
        # A panel over this screen tells it itself.
        if not notices.alarm or app.screen is not self.screen:
            return []
        more = f"(+{notices.alarms - 1}) " if notices.alarms > 1 else ""
        return broken(more + clean(again(notices.alarm)), self.app.size.width - 4)

    def render_line(self, y: int) -> Strip:
        rows = self._alarm_rows()
        if not rows:
            return self.strip_of([(glyphs().line * self.size.width, "faint")])
        sign = f" {glyphs().fault} " if y == 0 else "   "
        return self.strip_of([(sign + (rows[y] if y < len(rows) else ""), "alarm")], under="alarm")


class TooSmall(Rows):
    """Covers the screen while the terminal is too small, and says what is needed."""

    def render_line(self, y: int) -> Strip:
        if y != self.size.height // 2:
            return self.blank()
        size = self.app.size
        text = t(
            "The counter needs 80 columns and 24 rows; this window has {columns} and {rows}.",
            columns=size.width,
            rows=size.height,
        )
        return self.strip_of([(text, "strong")])
