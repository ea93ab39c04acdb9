"""Counting: scan, scan, F9. Nothing of the books is shown, so that nobody counts towards them.

Goods that customers have in their baskets are asked about while their item is counted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from models.base.quantity import Quantity
from models.selling.items import CodeUnknown, WeightWanted
from models.stock import counts
from models.stock.count_review import CountedItem
from models.stock.counts import CountedLine, Zone
from models.stock.stock import SHOP_FLOOR
from receipts.words import word
from tui.desk.gate.numbers import quantity_of
from tui.desk.words import said, t
from tui.shop.ringing import Ringing
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Pick
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.gate.key_rows import Command


def _counted(row: CountedLine | CountedItem) -> Any:
    """How many lie here; of what is still to be counted again, that it is."""
    return str(row.quantity) if isinstance(row, CountedLine) else (t("count again"), "alarm")


def _with_customers(row: CountedLine | CountedItem) -> str:
    return str(row.aside) if isinstance(row, CountedLine) and row.aside else ""


COLUMNS = (
    Column(word("Code"), 14, tone="muted", drop=2, read=lambda row: row.code),
    Column(word("Item"), 0, least=26, is_name=True, read=lambda row: row.name),
    Column(word("Counted"), 11, "right", tone="strong", read=_counted),
    Column(word("Unit"), 6, tone="muted", drop=1, read=lambda row: row.unit),
    Column(word("With customers"), 14, "right", tone="muted", read=_with_customers),
)  # fmt: skip
# What shows a stocktake, by its key, against the books.
Compares = Callable[["CounterApp", int], Awaitable[None]]
HERE, THERE = word("They lie here and are counted"), word("The customer has them")
_OF_LINES = ("one_less", "remove_line")


class CountingScreen(Ringing):
    """See the docstring of this file."""

    kind = "counting"
    title_msgid = word("Stocktake")
    right = "count stock"
    is_blind = True

    def __init__(
        self, zone: Zone, number: str, again: Sequence[CountedItem], compares: Compares
    ) -> None:
        """`again` must be counted a second time; `compares` shows a count against the books."""
        super().__init__()
        self.zone, self.number, self.again, self.compares = zone, number, again, compares
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Scan what lies here.")
        )

    def title_text(self) -> str:
        again = t("second count") if self.zone.turn > 1 else ""
        return f"{self.number} {self.zone.name} {again}".strip()

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="came-last")
            yield BigTotal(id="sale-total")
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self.show_lines()

    def offers(self, command: Command) -> bool:
        if command.id == "quantity":
            return self.lines.chosen is not None
        return command.id not in _OF_LINES or self.chosen is not None

    @property
    def chosen(self) -> CountedLine | None:
        """The line under the cursor."""
        row: CountedLine | CountedItem | None = self.lines.chosen
        return row if isinstance(row, CountedLine) else None

    @property
    def meant(self) -> CountedLine | None:
        """The line that a key changes. Refuses: NothingChosen, after a code that was refused."""
        row: CountedLine | CountedItem | None = self.lines.meant
        return row if isinstance(row, CountedLine) else None

    def show_lines(self, place: int | None = None) -> None:
        """Draw what was counted; the cursor goes to the line at `place`."""
        here = {line.goods for line in self.zone.lines}
        waiting = [one for one in self.again if one.goods not in here]
        self.lines.set_rows([*self.zone.lines, *waiting], cursor=place)
        self._show_band()
        self.strip_changed()
        self.words_changed()

    def _show_band(self) -> None:
        line = self.chosen
        last = self.query_one("#came-last", BigTotal)
        last.show(line.name if line else "", str(line.quantity) if line else "")
        items = self.query_one("#sale-total", BigTotal)
        items.show(t("Items counted here"), str(len(self.zone.lines)))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The band follows the cursor."""
        event.stop()
        self._show_band()
        self.strip_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        self.entry.hint(t("Scan; 12* before it counts twelve. F9 compares with the books."))

    # Scanning.

    async def _ring(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        """Count one of a code, or so many. Refuses: what `count_in` refuses."""
        self.unknown = None
        before = {line.goods for line in self.zone.lines}
        try:
            place = await self.in_books(counts.count_in, self.zone, code, quantity)
        except CodeUnknown as unknown:
            await self.tell_unknown(unknown, quantity)
            raise
        except WeightWanted as wanted:
            await self.ring_weighed(code, wanted)
            return
        self.show_lines(place)
        line = self.zone.lines[place]
        # Baskets are filled from the shop floor.
        if line.goods not in before and self.zone.location == SHOP_FLOOR:
            await self._ask_baskets(line)

    async def _ask_baskets(self, line: CountedLine) -> None:
        """Some of it is in a basket or on a held bill: where does it lie?"""
        found = await self.in_books(counts.unpaid, line.goods)
        if found <= Quantity(0):
            return
        self.desk.bell()
        columns = (Column(word("Where are they?"), 0, read=lambda row: t(row)),)
        title = word("{count} of {item} are on bills that are not paid")
        chosen = await self.desk.ask(
            Pick(title, columns, [THERE, HERE], count=str(found), item=line.name)
        )
        if chosen == THERE:
            await self._store(line, line.quantity, aside=found)

    # Lines.

    async def set_quantity(self, quantity: Quantity) -> None:
        """So many of the chosen line lie here; also of one that still is to be counted again."""
        row: CountedLine | CountedItem | None = self.lines.meant
        if isinstance(row, CountedLine):
            await self._store(row, quantity)
        elif row is not None:
            await self.ring(row.code, quantity)

    async def _store(
        self, line: CountedLine, quantity: Quantity, aside: Quantity | None = None
    ) -> None:
        place = await self.in_books(
            counts.set_counted, self.zone, line.number, quantity, aside=aside
        )
        self.show_lines(place)

    async def do_quantity(self) -> None:
        """`*`: how many of the chosen line lie here; 0 is a count as well."""
        row: CountedLine | CountedItem | None = self.lines.meant
        if row is None:
            return
        asked = said("How many of {item} lie here?", item=row.name)
        counted = str(row.quantity) if isinstance(row, CountedLine) else ""
        typed = await self.question(asked, proposal=counted, reads=quantity_of)
        if typed:
            await self.set_quantity(quantity_of(typed))

    async def do_one_less(self) -> None:
        """`-`: one less of the chosen line."""
        if (line := self.meant) is not None:
            await self._store(line, max(line.quantity - Quantity.of(1), Quantity(0)))

    async def do_remove_line(self) -> None:
        """Delete: the item was not counted here after all."""
        if (line := self.meant) is not None:
            await self.in_books(counts.remove_counted, self.zone, line.number)
            self.show_lines()

    # The whole stocktake.

    async def do_compare_count(self) -> None:
        """F9: everybody's count against the books."""
        await self.compares(self.counter, self.zone.take)

    async def do_leave(self) -> None:
        """F3: home; what was counted stays."""
        self.leave()
