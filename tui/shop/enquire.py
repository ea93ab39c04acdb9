"""Price and stock of an item, without selling it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base.quantity import Quantity
from models.selling.items import CodeUnknown, Item, find_scanned
from models.stock.stock import lying_at
from receipts.quantities import quantity_text
from receipts.words import word
from tui.desk.gate.scan import Code
from tui.desk.safe import clean
from tui.desk.words import language, t
from tui.widgets.edit import EditLine
from tui.widgets.panel import Panel
from tui.widgets.rows import Rows


def _look(code: str) -> tuple[Item, str]:
    item = find_scanned(code).item
    return item, str(lying_at(item.goods)) if item.is_stocked else ""


def _per(item: Item) -> str:
    """What the price is for: a piece, or a pack with what is in it."""
    if item.pack == Quantity.of(1):
        return item.unit
    return quantity_text(Quantity.of(1), pack=item.pack, unit=item.unit, lang=language())


NONE = word("No item has the code {code}. F7 finds it by its name.")


class _Found(Rows):
    """What the panel found."""

    item: Item | None = None
    stock = ""

    def render_line(self, y: int) -> Any:
        if self.item is None:
            return self.strip_of(
                [(t("Scan the item, or type its code.") if y == 0 else "", "muted")]
            )
        item = self.item
        rows = (
            [(clean(item.name), "strong")],
            [
                (f"{t('Price')}  ", "muted"),
                (str(item.price), "money"),
                (f" / {clean(_per(item))}", "muted"),
            ],
            [(t("Stock"), "muted"), (f"  {self.stock or '-'}", "strong")],
            [(clean(item.code), "muted")],
        )
        return self.strip_of(rows[y] if y < len(rows) else [("", "")])


class Enquire(Panel[None]):
    """A scan or a typed code shows the item; F12 goes back."""

    takes_scans = True

    def __init__(self) -> None:
        super().__init__(word("Price and stock"))
        self._line = EditLine()

    def content(self) -> Iterable[Any]:
        yield self._line
        yield _Found(id="found")

    def on_mount(self) -> None:
        self._line.focus()

    async def on_scan(self, code: Code) -> None:
        await self._show(code.aim + code)

    def on_edit_line_submitted(self, event: EditLine.Submitted) -> None:
        event.stop()
        if event.value:
            event.line.set_value("")
            self.desk.jobs.start(self._show, event.value)
        else:
            self.answer(None)

    async def _show(self, code: str) -> None:
        found = self.query_one(_Found)
        # A code that is not known shows nothing: never the item that was asked for before.
        found.item, found.stock = None, ""
        found.refresh()
        try:
            found.item, found.stock = await self.desk.in_books(_look, code)
        except CodeUnknown as unknown:
            # Nothing is sold here: the till's way out, another item for the code, is none.
            self.desk.alarm(NONE, **unknown.fields)
        found.refresh()

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("F7", word("By name")), ("F12", word("Back"))]

    async def do_lookup(self) -> None:
        """F7: by name or initials, where there is no code to scan."""
        from tui.shop.find_goods import FindGoods

        if code := await self.desk.ask(FindGoods(self._line.value)):
            self._line.set_value("")
            await self._show(code)
