"""Finding goods by name, pinyin initials or code; the list follows each key, and begins with the
best sellers. Packs stand behind their item.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base.quantity import Quantity
from models.goods.goods import Goods, full_name
from models.selling.offers import ONE, Offer, search_offers
from models.stock.stock import lying_at
from receipts.quantities import quantity_text
from receipts.words import word
from tui.desk.words import language
from tui.widgets.edit import EditLine
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Panel

Row = tuple[Offer, str]


def _name(offer: Offer) -> str:
    return full_name(offer.found.name, offer.found.spec)


def unit_text(offer: Offer) -> str:
    """What is rung: a piece, or a pack with what is in it."""
    unit = offer.found.unit
    if offer.pack == ONE:
        return unit
    return quantity_text(Quantity.of(1), pack=offer.pack, unit=unit, lang=language())


COLUMNS = (
    Column(word("Code"), 8, tone="muted", read=lambda row: row[0].found.code),
    Column(word("Item"), 0, least=24, is_name=True, read=lambda row: _name(row[0])),
    Column(word("Unit"), 10, read=lambda row: unit_text(row[0])),
    Column(word("Sale price"), 10, "right", tone="money", read=lambda row: str(row[0].price)),
    Column(word("Stock"), 8, "right", read=lambda row: row[1], drop=2),
)


def _search(text: str) -> list[Row]:
    """What can be sold and fits the text, with its stock in base units; work has none."""
    offers = search_offers(text)
    keys = [offer.found.goods for offer in offers]
    work = {row.key for row in Goods.select().where(Goods.key << keys, ~Goods.is_stocked)}
    return [
        (offer, "" if offer.found.goods in work else str(lying_at(offer.found.goods)))
        for offer in offers
    ]


class FindGoods(Panel[str]):
    """Answers the code that rings what was chosen."""

    width = 76

    def __init__(self, text: str = "", *, is_blind: bool = False) -> None:
        """`is_blind`: without what the books say is there."""
        super().__init__(word("Find goods: name, initials, or code"))
        self._line = EditLine(text)
        columns = COLUMNS[:-1] if is_blind else COLUMNS
        self.list = LineList(columns, can_focus=False, empty=word("Nothing found."))

    def content(self) -> Iterable[Any]:
        yield self._line
        yield self.list

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Enter", word("Choose")), ("↑↓", word("Roll")), ("F12", word("Back"))]

    def on_mount(self) -> None:
        self._line.focus()
        self.desk.jobs.start(self._search, self._line.value)

    def on_edit_line_changed(self, event: EditLine.Changed) -> None:
        event.stop()
        self.desk.jobs.start(self._search, event.value)

    async def _search(self, text: str) -> None:
        rows = await self.desk.in_books(_search, text)
        if text == self._line.value:
            self.list.set_rows(rows, cursor=0)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        row: Row | None = self.list.chosen
        if row is not None:
            self.answer(row[0].code)

    def on_key(self, event: Any) -> None:
        if self.list.take_key(event):
            event.stop()
