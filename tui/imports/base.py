"""The base of the screens of imports: rows that tell, and one list."""

from __future__ import annotations

from typing import Any, ClassVar

from textual.strip import Strip

from models.imports.import_kind import ImportKind
from receipts.words import word
from tui.desk.app import STYLES
from tui.desk.frame import FrameScreen
from tui.desk.words import t
from tui.widgets.line_list import LineList
from tui.widgets.rows import Piece, Rows, between


class Told(Rows):
    """The rows over the list: what the screen says of its work (`told_rows`)."""

    said: list[tuple[list[Piece], list[Piece]]] | None = None

    def render_line(self, y: int) -> Strip:
        self.said = rows = self.screen.told_rows()  # type: ignore[attr-defined]
        if y >= len(rows):
            return self.blank()
        left, right = rows[y]
        return self.strip_of(between(left, right, self.size.width))


class ImportScreen(FrameScreen):
    """The base of the screens of imports: rows that tell, and one list."""

    CSS_PATH: ClassVar[Any] = STYLES / "imports.tcss"
    title_msgid = word("Import from a file")
    right = "import"
    of: ImportKind
    lines: LineList

    def title_text(self) -> str:
        return t(self.of.title)

    def told_rows(self) -> list[tuple[list[Piece], list[Piece]]]:
        """What stands over the list: a row's left and right pieces."""
        return []

    def tell_again(self) -> None:
        """Draw the rows over the list again when they say something else."""
        told = self.query_one(Told)
        if told.said != self.told_rows():
            told.refresh()
