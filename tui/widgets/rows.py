"""The base of our widgets: rows drawn as strips, with colours by meaning."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region, Size
from textual.strip import Strip
from textual.widget import Widget

from receipts.terminal import cells
from tui.desk.glyphs import glyphs, plain
from tui.desk.safe import fit
from tui.widgets.drawn import Drawn

TONES = (
    "accent",
    "muted",
    "faint",
    "good",
    "warn",
    "bad",
    "money",
    "strong",
    "cursor",
    "cursor-off",
    "marked",
    "head",
    "total",
    "alarm",
    "key",
    "badge",
    "block",
)
Piece = tuple[str, str]


def component_classes() -> set[str]:
    """What an app must declare to give its widgets their tones."""
    return {f"dk--{tone}" for tone in TONES}


class Rows(Widget, inherit_bindings=False):
    """A widget that draws itself row by row in `render_line`.

    A *piece* is (text, tone): the text must be clean already (tui.desk.safe), the tone is one of
    TONES or empty. The colours of the tones are in styles/deskbell.tcss; the app holds them for all
    (`component_classes`), because each widget would make a node for each.

    `kept` is for rows that a widget may need again, by its own key; what changes them all (other
    colours, `refresh` without a region) empties it.
    """

    BINDINGS: ClassVar[list[Any]] = []

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self._tones: dict[tuple[str, str], Style] = {}
        self.kept: dict[int, Strip] = {}
        self._styles_cache = Drawn()

    def tone(self, name: str, under: str = "") -> Style:
        """The style of a tone on the widget's ground, or on that of the tone `under` it."""
        style = self._tones.get((name, under))
        if style is None:
            style = self.rich_style + self._partial(name) + self._partial(under)
            self._tones[name, under] = style
        return style

    def _partial(self, name: str) -> Style:
        if not name:
            return Style.null()
        return self.app.get_component_styles(f"dk--{name}").partial_rich_style

    @property
    def size(self) -> Size:
        """Textual's, without asking the screen where the widget stands: each row wants it."""
        outer = self._size
        across, down = self.styles.gutter.totals
        return Size(max(0, outer.width - across), max(0, outer.height - down))

    def notify_style_update(self) -> None:
        """The colours have changed."""
        self._tones.clear()
        self.kept.clear()
        super().notify_style_update()

    def refresh(self, *regions: Region, **options: bool) -> Self:
        """Textual's."""
        if not regions:
            self.kept.clear()
        return super().refresh(*regions, **options)

    def strip_of(self, pieces: list[Piece], *, under: str = "", end: str = "") -> Strip:
        """One row from pieces, filled or cut to the widget's width; `under` tints the whole row.
        `end` is a faint sign in the last cell.
        """
        full = self.size.width
        width = full - len(end)
        segments, used = [], 0
        for text, tone in pieces:
            room = width - used
            if room <= 0:
                break
            size = cells(text)
            if size > room:
                text, size = fit(text, room, mark=glyphs().ellipsis), room
            segments.append(Segment(plain(text), self.tone(tone, under)))
            used += size
        if used < width:
            segments.append(Segment(" " * (width - used), self.tone("", under)))
        if end:
            segments.append(Segment(end, self.tone("faint", under)))
        return Strip(Segment.simplify(segments), full)

    def blank(self) -> Strip:
        """A row with nothing on it."""
        return self.strip_of([])

    def refresh_row(self, y: int) -> None:
        """Repaint one row."""
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))


def between(left: list[Piece], right: list[Piece], width: int) -> list[Piece]:
    """Pieces at both ends of a row; the left ones give way."""
    taken = sum(cells(text) for text, _ in right)
    room = max(0, width - taken - 1)
    row: list[Piece] = []
    for text, tone in left:
        size = cells(text)
        if size > room:
            row.append((fit(text, room, mark=glyphs().ellipsis), tone))
            room = 0
            break
        row.append((text, tone))
        room -= size
    return [*row, (" " * (room + 1), ""), *right]
