"""The big figure: the total, or the change, readable from where the cashier stands.

Digits of three rows made of half blocks, five points high. With ASCII signs: full-width digits on
one row, which every console draws two cells wide.
"""

from __future__ import annotations

from functools import cache

from textual.strip import Strip

from tui.desk.glyphs import glyphs
from tui.desk.safe import clean, cut, fit
from tui.desk.words import t
from tui.widgets.rows import Rows

# Each character as five rows of points; `#` is lit.
POINTS = {
    "0": "### #.# #.# #.# ###",
    "1": ".#. ##. .#. .#. ###",
    "2": "### ..# ### #.. ###",
    "3": "### ..# .## ..# ###",
    "4": "#.# #.# ### ..# ..#",
    "5": "### #.. ### ..# ###",
    "6": "### #.. ### #.# ###",
    "7": "### ..# ..# .#. .#.",
    "8": "### #.# ### #.# ###",
    "9": "### #.# ### ..# ###",
    ".": ". . . . #",
    ",": ". . . # #",
    "-": "... ... ### ... ...",
    " ": ". . . . .",
}
WIDE = {ord("0") + n: chr(0xFF10 + n) for n in range(10)} | {
    ord("."): "．",
    ord(","): "，",
    ord("-"): "－",
}
HALVES = {"..": " ", "#.": "▀", ".#": "▄", "##": "█"}


class BigTotal(Rows):
    """A label (message id) over a figure. `show("Total", "43.84")`; four rows high."""

    def __init__(self, label: str = "", figure: str = "", *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._label, self._figure, self._tone = label, figure, "money"

    def show(self, label: str, figure: str, *, tone: str = "money") -> None:
        """Show another figure; digits, `.`, `,` and `-` are drawn big."""
        changed = (label, figure, tone) != (self._label, self._figure, self._tone)
        self._label, self._figure, self._tone = label, clean(figure), tone
        if changed:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        if not self.kept:
            width = self.size.width - 1
            label = fit(cut(t(self._label), width), width, "right") if self._label else ""
            rows = [(fit(row, width, "right"), self._tone) for row in big_rows(self._figure, width)]
            self.kept = {
                at: self.strip_of([row]) for at, row in enumerate([(label, "muted"), *rows])
            }
        return self.kept.get(y) or self.blank()


def big_rows(figure: str, width: int) -> list[str]:
    """The figure as rows of text: big where it fits, else one row."""
    if not set(figure) <= set(POINTS):
        return [figure]
    if glyphs().is_ascii:
        wide = figure.translate(WIDE)
        return [wide if 2 * len(wide) <= width else figure]
    drawn = [_character(character) for character in figure]
    rows = [" ".join(parts) for parts in zip(*drawn, strict=True)]
    return rows if rows and len(rows[0]) <= width else ["", figure]


@cache
def _character(character: str) -> list[str]:
    points = POINTS[character].split()
    blank = "." * len(points[0])
    points.append(blank)
    return [
        "".join(HALVES[upper + lower] for upper, lower in zip(top, bottom, strict=True))
        for top, bottom in zip(points[::2], points[1::2], strict=True)
    ]
