"""The other groups of the menu, on home of a tall terminal: their numbers open them from there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.strip import Strip

from tui.desk.menu import Submenu
from tui.desk.safe import cut, fit
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows

COLUMN = 28
Line = tuple[Piece, Piece]


class OtherGroups(Rows):
    """Groups in columns, each whole, beginning with the one after the group that is open; as many
    as there is room for.
    """

    def __init__(self) -> None:
        super().__init__(id="other-groups")
        self.groups: Sequence[Submenu] = ()

    def show(self, groups: Sequence[Submenu], opened: int) -> None:
        """Show them around the one that is open."""
        self.groups = [*groups[opened + 1 :], *groups[:opened]]
        self.refresh()

    def render_line(self, y: int) -> Strip:
        pieces: list[Piece] = []
        for column in self._columns():
            number, name = column[y] if y < len(column) else (("", ""), ("", ""))
            pieces += [(fit(number[0], 3, "right"), number[1]), (" ", "")]
            pieces.append((fit(cut(name[0], COLUMN - 4), COLUMN - 4), name[1]))
        return self.strip_of(pieces)

    def _columns(self) -> list[list[Line]]:
        """The rows of each column."""
        columns: list[list[Line]] = []
        for group in self.groups:
            lines = _lines(group)
            # A blank row before a further group of the column.
            if columns and len(columns[-1]) + 1 + len(lines) <= self.size.height:
                columns[-1] += [(("", ""), ("", "")), *lines]
            elif len(columns) < self.size.width // COLUMN and len(lines) <= self.size.height:
                columns.append(lines)
        return columns


def _lines(group: Submenu) -> list[Line]:
    head: Line = (("", ""), (t(group.label), "muted"))
    return [head, *(((str(each.number), "key"), (t(each.label), "")) for each in group.entries)]
