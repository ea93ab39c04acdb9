"""The title row: program, screen, business day, register, user, clock; DEMO when it is one."""

from __future__ import annotations

from datetime import tzinfo
from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from models.base.clock import now
from receipts.terminal import cells
from tui.desk.safe import clean, cut
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows, between

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.frame import FrameScreen


NAME_WIDTH = 16


class Header(Rows):
    """Reads the app's `frame`; `update_frame` repaints it."""

    _minute = ""

    def on_mount(self) -> None:
        self.set_interval(1.0, self._tick)

    def _tick(self) -> None:
        if self._clock() != self._minute:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if y:
            return self.blank()
        self._minute = self._clock()
        left, right = self._left(), self._right()
        if sum(cells(text) for text, _ in (*left, *right)) >= self.size.width:
            # Which screen this is matters more than which program.
            left = left[1:]
        return self.strip_of(between(left, right, self.size.width))

    def _clock(self) -> str:
        return clock_text(cast("DeskbellApp", self.app).frame.zone)

    def _left(self) -> list[Piece]:
        frame = cast("DeskbellApp", self.app).frame
        screen = cast("FrameScreen", self.screen)
        pieces: list[Piece] = [(f" {t('Deskbell')} ", "accent")]
        if frame.is_demo:
            pieces += [(f" {t('DEMO')} ", "badge"), (" ", "")]
        title = t(screen.title_msgid) if screen.title_msgid else ""
        pieces.append((f" {title} ", "strong"))
        if data := clean(screen.title_text()):
            pieces.append((f"{data} ", ""))
        return pieces

    def _right(self) -> list[Piece]:
        frame = cast("DeskbellApp", self.app).frame
        # A long name gives way: title, day and clock stand on every width.
        most = max(NAME_WIDTH, self.size.width // 6)
        pieces: list[Piece] = []
        if frame.business_day:
            day = frame.business_day.isoformat()
            pieces += [(t("Day {day}", day=day), "muted"), ("  ", "")]
        if frame.register:
            pieces += [
                (t("Till {register}", register=cut(frame.register, most // 2)), "muted"),
                ("  ", ""),
            ]
        if frame.user:
            pieces += [(cut(frame.user, most), ""), ("  ", "")]
        return [*pieces, (f"{self._minute} ", "strong")]


def clock_text(zone: tzinfo | None) -> str:
    """The hour at the counter, in the store's zone."""
    return now().astimezone(zone).strftime("%H:%M")
