"""The day in figures on home: what the trades in use show to whoever may see it, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from receipts.terminal import cells
from tui.desk.safe import clean, fit
from tui.desk.standing import Tile
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows

GAP = 3


class Figures(Rows):
    """Two rows: what each figure is, and the figure below it. Without any it takes no room."""

    def __init__(self) -> None:
        super().__init__(id="figures")
        self.tiles: Sequence[Tile] = ()

    def show(self, tiles: Sequence[Tile]) -> None:
        """Show other figures; those that do not fit into the width are left out, the last first."""
        self.tiles = tiles
        self.styles.height = 2 if tiles else 0
        self.refresh()

    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = [(" ", "")]
        left = self.size.width - 1
        for tile in self.tiles:
            words, text = t(tile.label), clean(tile.text)
            width = max(cells(words), cells(text)) + GAP
            if width - GAP > left:
                break
            left -= width
            pieces.append((fit(words if y == 0 else text, min(width, left + width)),
                           "muted" if y == 0 else tile.tone or "strong"))  # fmt: skip
        return self.strip_of(pieces)
