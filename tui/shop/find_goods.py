"""Finding goods by name, pinyin initials or code; the list follows each key."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.goods.search import Found, search_goods
from models.stock.stock import stock_of
from receipts.words import word
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

Row = tuple[Found, str]

COLUMNS = (
    Column(word("Code"), 8, tone="muted", read=lambda row: row[0].code),
    Column(word("Item"), 0, least=24, read=lambda row: _name(row[0])),
    Column(word("Unit"), 4, read=lambda row: row[0].unit, drop=1),
    Column(word("Price"), 9, "right", tone="money", read=lambda row: str(row[0].price)),
    Column(word("Stock"), 9, "right", read=lambda row: row[1], drop=2),
)


def _name(found: Found) -> str:
    return (
        f"{found.name} {found.spec}" if found.spec and found.spec not in found.name else found.name
    )


def _search(text: str) -> list[Row]:
    """What can be sold and fits the text, with its stock."""
    return [
        (found, str(stock_of(found.goods).quantity))
        for found in search_goods(text)
        if found.is_active
    ]


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
        return [("Enter", word("Choose")), ("↑↓", word("Roll")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self._line.focus()
        if self._line.value:
            self.desk.jobs.start(self._search, self._line.value)

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        self.desk.jobs.start(self._search, event.value)

    async def _search(self, text: str) -> None:
        rows = await self.desk.in_books(_search, text) if text.strip() else []
        if text == self._line.value:
            self.list.set_rows(rows, cursor=0)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if (row := self.list.chosen) is not None:
            self.answer(row[0].code)

    def on_key(self, event: Any) -> None:
        if self.list.take_key(event):
            event.stop()
