"""The other groups of the menu, on home of a tall terminal: their numbers open them from there."""

from __future__ import annotations

from collections.abc import Sequence

from textual.geometry import Size
from textual.strip import Strip

from tui.desk.menu import Submenu
from tui.desk.safe import cut, fit
from tui.desk.words import language, t
from tui.widgets.rows import Piece, Rows

COLUMN, WIDEST = 29, 38
Line = tuple[Piece, Piece]
Laid = tuple[list[list[Line]], list[Submenu]]


class OtherGroups(Rows):
    """Groups in columns, each whole, beginning with the one after the group that is open; as many
    as there is room for. A last row names the others.
    """

    def __init__(self) -> None:
        super().__init__(id="other-groups")
        self.groups: Sequence[Submenu] = ()
        # For which size and language, and how they lie then: each row asks.
        self._laid: tuple[tuple[Size, str], Laid] | None = None

    def show(self, groups: Sequence[Submenu], opened: int) -> None:
        """Show them around the one that is open."""
        self.groups = [*groups[opened + 1 :], *groups[:opened]]
        self._laid = None
        self.refresh()

    def render_line(self, y: int) -> Strip:
        columns, left_out = self._laid_out()
        if left_out and y == self.size.height - 1:
            names = "  ".join(t(group.label) for group in left_out)
            return self.strip_of(
                [(f" {t('More in the menu above: {groups}', groups=names)}", "muted")]
            )
        pieces: list[Piece] = []
        # Few columns are wider: no name is cut for want of room beside them.
        room = min(WIDEST, self.size.width // max(1, len(columns))) - 4
        for column in columns:
            number, name = column[y] if y < len(column) else (("", ""), ("", ""))
            pieces += [(fit(number[0], 3, "right"), number[1]), (" ", "")]
            pieces.append((fit(cut(name[0], room), room), name[1]))
        return self.strip_of(pieces)

    def _laid_out(self) -> Laid:
        """The rows of each column, and the groups for which there is no room: a last row names
        them, with a blank one before it.
        """
        now = (self.size, language())
        if self._laid is None or self._laid[0] != now:
            columns, left_out = self._columns(self.size.height)
            laid = self._columns(self.size.height - 2) if left_out else (columns, left_out)
            self._laid = (now, laid)
        return self._laid[1]

    def _columns(self, height: int) -> Laid:
        columns: list[list[Line]] = []
        left_out = []
        for group in self.groups:
            lines = _lines(group)
            # A blank row before a further group of a column.
            onto = next((each for each in columns if len(each) + 1 + len(lines) <= height), None)
            if onto is not None:
                onto += [(("", ""), ("", "")), *lines]
            elif len(columns) < self.size.width // COLUMN and len(lines) <= height:
                columns.append(lines)
            else:
                left_out.append(group)
        return columns, left_out


def _lines(group: Submenu) -> list[Line]:
    head: Line = (("", ""), (t(group.label), "muted"))
    return [head, *(((str(each.number), "key"), (t(each.label), "")) for each in group.entries)]
