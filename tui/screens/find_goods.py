"""Finding goods by name, pinyin initials or code; the list follows each key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.shop.search import search_goods
from receipts.words import word
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

COLUMNS = (
    Column(word("Code"), 14, tone="muted", read=lambda row: row.code),
    Column(word("Item"), 0, least=24, read=lambda row: row.name),
    Column(word("Unit"), 4, read=lambda row: row.unit, drop=1),
    Column(word("Price"), 10, "right", tone="money", read=lambda row: str(row.price)),
    Column(word("Stock"), 9, "right", read=lambda row: str(row.stock), drop=1),
)


class FindGoods(Panel[str]):
    """Answers the code of the chosen item."""

    width = 76

    def __init__(self, text: str = "") -> None:
        super().__init__(word("Find goods: name, initials, or code"))
        self._line = EditLine(text)
        self.list = LineList(COLUMNS, can_focus=False, empty=word("Nothing found."))

    def content(self) -> Iterable[Any]:
        yield self._line
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Choose")), ("↑↓", word("Move")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self._line.focus()
        if self._line.value:
            self.desk.jobs.start(self._search, self._line.value)

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        self.desk.jobs.start(self._search, event.value)

    async def _search(self, text: str) -> None:
        rows = await self.desk.in_books(search_goods, text) if text.strip() else []
        if text == self._line.value:
            self.list.set_rows(rows, cursor=0)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if (row := self.list.chosen) is not None:
            self.answer(row.code)

    def on_key(self, event: Any) -> None:
        if self.list.take_key(event):
            event.stop()
