"""Rows that tell of what is beside them: the house below its rack, the guest over his account."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.strip import Strip

from tui.widgets.rows import Piece, Rows


class ToldRows(Rows):
    """What `rows` says when it is drawn, a row each; `refresh` when it says other things."""

    def __init__(self, rows: Callable[[], Sequence[list[Piece]]], **options: Any) -> None:
        super().__init__(**options)
        self._rows = rows

    def render_line(self, y: int) -> Strip:
        if not self.kept:
            self.kept.update(enumerate(map(self.strip_of, self._rows())))
        return self.kept.get(y) or self.blank()
