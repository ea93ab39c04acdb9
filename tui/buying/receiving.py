"""Receiving: scan, scan, F9. What was ordered stands there with what came, in words and with signs.

Whoever scans stands between boxes and looks here once in twenty scans: the item that was scanned
last stands large, with how many of it came. What changes lines is in line_changes.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.buying import receiving
from models.buying.delivery_lines import TakenLine
from models.buying.receipts import BACK, CASUAL, ORDER, PICKUP
from models.buying.receiving import BatchOver, DeliveryRow, NotFromSupplier, Receiving, SerialKnown
from models.goods.gs1_labels import SeparatorMissing
from models.selling.items import CodeUnknown, WeightWanted
from receipts.words import word
from tui.buying.delivery_rows import BACK_COLUMNS, COLUMNS, difference_text
from tui.desk.words import refusal_told, t
from tui.shop.ringing import Ringing
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.panel import Confirm
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.gate.key_rows import Command

HOWS = {
    ORDER: word("Delivery"), CASUAL: word("Bought in any shop"), BACK: word("Goods back"),
    PICKUP: word("Fetched"),
}  # fmt: skip
TAKE_IN = word("Take it in all the same?")
_OF_LINES = ("price", "one_less", "remove_line", "batch_of_line", "rejected")
# What goods that go back have not: nobody refuses them, and they bring no freight.
_OF_DELIVERIES = ("rejected", "freight", "park_code")


class ReceivingScreen(Ringing):
    """See the docstring of this file."""

    kind = "receiving"
    title_msgid: str = word("Receive goods")  # type: ignore[misc]
    right = "receive goods"

    def __init__(self, found: Receiving, whose: str) -> None:
        super().__init__()
        self.receiving, self.whose = found, whose
        if self.is_back:
            self.title_msgid = word("Back to a supplier")
        self.total: Money | None = None
        empty = word("Scan what goes back.") if self.is_back else word("Scan the first box.")
        columns = BACK_COLUMNS if self.is_back else COLUMNS
        self.lines = self.roll = LineList(columns, can_focus=False, empty=empty)

    @property
    def is_back(self) -> bool:
        """Whether goods go back, and none come."""
        return self.receiving.head.how == BACK

    def title_text(self) -> str:
        how = "" if self.is_back else t(HOWS[self.receiving.head.how])
        return f"{how} {self.whose}".strip()

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield BigTotal(id="came-last")
            yield BigTotal(id="sale-total")
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        await self.show_lines()
        if self.receiving.left_out:
            self.desk.alarm(
                word("Lines of this delivery cannot be read and are left out: {count}"),
                count=len(self.receiving.left_out),
            )

    def offers(self, command: Command) -> bool:
        if self.is_back and command.id in _OF_DELIVERIES:
            return False
        if command.id == "quantity":
            return self.lines.chosen is not None
        if command.id in _OF_LINES:
            return self.chosen is not None
        if command.id == "park_code":
            return self.unknown is not None
        if command.id == "finish_delivery":
            return bool(self.receiving.lines)
        if command.id == "delivery_of":
            return self.receiving.head.how != CASUAL and self.receiving.head.order is None
        return True

    # Showing.

    async def show_lines(self, number: int | None = None) -> None:
        """Draw the delivery; the cursor goes to the line of this number."""
        rows = self.receiving.rows()
        at = [place for place, row in enumerate(rows) if row.line and row.line.number == number]
        self.lines.set_rows(rows, cursor=at[0] if at else None)
        self.total = await self.in_books(self.receiving.total)
        self._show_band()
        self.strip_changed()
        self.words_changed()

    def _show_band(self) -> None:
        row: DeliveryRow | None = self.lines.chosen
        last = self.query_one("#came-last", BigTotal)
        if row is None:
            last.show("", "")
        else:
            last.show(row.name, str(row.here), tone=difference_text(row)[1] or "money")
        owed = word("Comes back to us") if self.is_back else word("Owed")
        self.query_one("#sale-total", BigTotal).show(owed, str(self.total))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The band follows the cursor."""
        event.stop()
        self._show_band()
        self.strip_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        parked = self.receiving.parked
        hint = t("Scan; 12* before it takes in twelve. F9 finishes.")
        if self.is_back:
            hint = t("Scan; 12* before it means twelve. F9 finishes.")
        if parked:
            hint += " " + t("Set aside: {count}", count=len(parked))
        self.entry.hint(hint)

    @property
    def meant_row(self) -> DeliveryRow | None:
        """The row that a key changes, also of what is expected. Refuses: NothingChosen, after a
        code that was refused.
        """
        row: DeliveryRow | None = self.lines.meant
        return row

    @property
    def meant(self) -> TakenLine | None:
        """The line of it, where something came."""
        row = self.meant_row
        return row.line if row else None

    @property
    def chosen(self) -> TakenLine | None:
        """The line under the cursor, when something of it came."""
        row: DeliveryRow | None = self.lines.chosen
        return row.line if row else None

    # Scanning.

    async def _ring(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        """Take in one of a code, or so many. Refuses: what `take_in` refuses."""
        self.unknown = None
        try:
            place = await self.in_books(
                receiving.take_in, self.receiving, code, quantity, is_sure=is_sure
            )
        except (BatchOver, SerialKnown, NotFromSupplier) as doubt:
            if await self.means(str(refusal_told(doubt))):
                await self.ring(code, quantity, is_sure=True)
            return
        except SeparatorMissing as missing:
            proposal = missing.fields["proposal"]
            if not proposal:
                raise
            if await self.means(f"{refusal_told(missing)}\n{proposal}"):
                await self.ring(proposal, quantity)
            return
        except CodeUnknown as unknown:
            await self.tell_unknown(unknown, quantity)
            raise
        except WeightWanted as wanted:
            await self.ring_weighed(code, wanted)
            return
        await self.show_lines(self.receiving.lines[place].number)

    async def set_quantity(self, quantity: Quantity) -> None:
        from tui.buying.line_changes import set_quantity

        await set_quantity(self, quantity)

    async def means(self, text: str, title: str = "") -> bool:
        """Whether goods that look wrong are taken in, or sent back, all the same."""
        self.desk.bell()
        usual = word("Send it back all the same?") if self.is_back else TAKE_IN
        asked = Confirm(title or usual, text, is_grave=True)
        answer = await self.desk.ask(asked)
        return answer is True

    async def do_park_code(self) -> None:
        """F4: nobody knows it now; it is on the paper, and goes into no stock."""
        assert self.unknown is not None
        (code, quantity), self.unknown = self.unknown, None
        await self.in_books(receiving.park, self.receiving, code, quantity or Quantity.of(1))
        await self.show_lines()
        self.desk.inform(word("Set aside: {code}"), code=code)

    # Lines.

    async def do_quantity(self) -> None:
        """`*`: how many of the chosen line came."""
        from tui.buying.line_changes import ask_quantity

        await ask_quantity(self)

    async def do_rejected(self) -> None:
        """`/`: how many of it are refused."""
        from tui.buying.line_changes import ask_rejected

        await ask_rejected(self)

    async def do_price(self) -> None:
        """`.`: another price."""
        from tui.buying.line_changes import ask_price

        await ask_price(self)

    async def do_batch_of_line(self) -> None:
        """F5: batch and day."""
        from tui.buying.line_changes import ask_batch

        await ask_batch(self)

    async def do_one_less(self) -> None:
        """`-`: one off the chosen line; the last one takes it out."""
        from tui.buying.line_changes import one_less

        await one_less(self)

    async def do_remove_line(self) -> None:
        """Delete: the chosen line goes."""
        from tui.buying.line_changes import remove

        await remove(self)

    # The whole delivery.

    async def do_delivery_of(self) -> None:
        """F2: whose it is."""
        from tui.buying.line_changes import change_supplier

        await change_supplier(self)

    async def do_freight(self) -> None:
        """F6: what bringing it costs."""
        from tui.buying.line_changes import ask_freight

        await ask_freight(self)

    async def do_finish_delivery(self) -> None:
        """F9: post it."""
        from tui.buying.finishing import finish

        await finish(self)

    async def do_drop_delivery(self) -> None:
        """Ctrl+X: throw it away."""
        from tui.buying.finishing import drop

        await drop(self)

    async def do_leave(self) -> None:
        """F3: home; the delivery stays as it is and is found again."""
        self.leave()
