"""The day in figures on home: what the trades in use show to whoever may see it. Side by side in
two rows, or on a wide terminal below each other beside the menu, with the hours as bars.
"""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from models.reports.report import Names
from receipts.terminal import cells
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean, cut, fit
from tui.desk.standing import Tile
from tui.desk.words import language, t
from tui.widgets.rows import Piece, Rows

GAP = 3
# Of the column: what it is, the figure behind it.
NAME, FIGURE = 18, 13


def name_of(tile: Tile) -> str:
    """What a figure is: our word, or a name that is data."""
    if isinstance(tile.label, Names):
        return clean(tile.label.zh if language() == "zh" else tile.label.en)
    return t(tile.label)


class Figures(Rows):
    """Two rows: what each figure is, and the figure below it. Without any it takes no room."""

    def __init__(self) -> None:
        super().__init__(id="figures")
        self.tiles: Sequence[Tile] = ()

    def show(self, tiles: Sequence[Tile]) -> None:
        """Show other figures; those that do not fit into the width are left out, the last first."""
        self.tiles = [tile for tile in tiles if tile.bar is None]
        self.styles.height = 2 if tiles else 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = [(" ", "")]
        left = self.size.width - 1
        for tile in self.tiles:
            words, text = name_of(tile), clean(tile.text)
            width = max(cells(words), cells(text)) + GAP
            if width - GAP > left:
                break
            left -= width
            pieces.append((fit(words if y == 0 else text, min(width, left + width)),
                           "muted" if y == 0 else tile.tone or "strong"))  # fmt: skip
        return self.strip_of(pieces)


class DayColumn(Rows):
    """The same below each other, and the hours; as many as there is height for."""

    def __init__(self) -> None:
        super().__init__(id="day-column")
        self.tiles: Sequence[Tile] = ()

    def show(self, tiles: Sequence[Tile]) -> None:
        """Show other figures."""
        self.tiles = tiles
        self.refresh()

    def render_line(self, y: int) -> Strip:
        if y == 0 and self.tiles:
            return self.strip_of([(t("The day in figures"), "muted")])
        if not 0 < y <= len(self.tiles):
            return self.blank()
        tile = self.tiles[y - 1]
        name = fit(cut(name_of(tile), NAME), NAME)
        figure = fit(clean(tile.text), FIGURE, "right")
        pieces: list[Piece] = [(name, "muted"), (figure, tile.tone or "strong")]
        if tile.bar is not None:
            room = max(0, self.size.width - NAME - FIGURE - 2)
            sign = "#" if glyphs().is_ascii else "█"
            pieces.append((f"  {sign * (room * tile.bar // 100)}", "accent"))
        return self.strip_of(pieces)
