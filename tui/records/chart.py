"""A report as bars, where a person would rather look: a row each, by its last amount."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from textual.strip import Strip

from receipts.report_bars import BarRow, bars_of, measured, part_of
from receipts.terminal import cells
from receipts.words import word
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean, cut, fit
from tui.desk.words import language, t
from tui.widgets.panel import Panel, Words
from tui.widgets.rows import Piece
from tui.widgets.rows import Rows as DrawnRows

if TYPE_CHECKING:
    from tui.records.list import ListScreen

# Cells of a name, and of the frame around the bars.
NAME, FRAME, LEAST = 20, 8, 10


class BarRows(DrawnRows):
    """The largest fills the room; what is below zero has its sign and its colour."""

    def __init__(self, bars: Sequence[BarRow]) -> None:
        super().__init__()
        self._bars = bars
        self._figure = max((cells(bar.text) for bar in bars), default=0)
        self.styles.height = len(bars)

    def render_line(self, y: int) -> Strip:
        if y >= len(self._bars):
            return self.blank()
        bar = self._bars[y]
        room = max(LEAST, self.size.width - NAME - self._figure - 3)
        sign = "#" if glyphs().is_ascii else "█"
        length = part_of(bar, self._bars, room)
        pieces: list[Piece] = [
            (fit(cut(clean(bar.name), NAME), NAME), ""),
            (f" {fit(bar.text, self._figure, 'right')}  ", "money"),
            (sign * length, "accent" if bar.size >= 0 else "warn"),
        ]
        return self.strip_of(pieces)


class ReportBars(Panel[None]):
    """As many bars as there is room for; Enter or F12 goes back."""

    width = 76

    def __init__(self, title: str, of: str, bars: Sequence[BarRow]) -> None:
        super().__init__(word("{report}: {column}"), report=t(title), column=t(of))
        self._bars = bars

    def wanted_width(self) -> int:
        """All that the screen has."""
        return max(self.width, self.app.size.width - 4)

    def content(self) -> Iterable[Any]:
        most = max(5, self.app.size.height - FRAME - 2)
        yield BarRows(self._bars[:most])
        if len(self._bars) > most:
            told = t("The first {count} of {all} rows.", count=most, all=len(self._bars))
            yield Words(told, tone="muted")

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Back")), ("F12", word("Back"))]

    def on_key(self, event: Any) -> None:
        if event.key == "enter":
            event.stop()
            self.answer(None)


async def show_chart(screen: ListScreen) -> None:
    """The rows that a report shows, as bars."""
    of, rows = screen.source.of, screen.source.shown  # type: ignore[attr-defined]
    place = measured(of.columns)
    if not rows or place is None:
        screen.desk.alarm(word("There is nothing to draw."))
        return
    await screen.desk.ask(
        ReportBars(of.title, of.columns[place].title, bars_of(of.columns, rows, language()))
    )
