"""Stock in and out by hand: scan the item, type how many, say why.

Above one's limit it becomes a request for approval.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.cost import AverageCost
from models.base.quantity import Quantity
from models.goods.goods import Goods, full_name
from models.selling.items import find_item
from models.stock import stock
from models.stock.adjustments import told_of_adjustment
from models.trust import approvals
from receipts.words import word
from tui.desk.frame import FrameScreen
from tui.desk.gate.numbers import quantity_of
from tui.desk.gate.scan import Code
from tui.desk.words import t
from tui.people.above_limit import contents_told, done_or_asked
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Ask

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp

COLUMNS = (
    Column(word("Code"), 14, tone="muted", drop=1, read=lambda row: row.goods.code),
    Column(word("Item"), 0, least=20, is_name=True, read=lambda row: row.name),
    Column(word("Change"), 10, "right", read=lambda row: row.change),
    Column(word("Stock"), 10, "right", tone="strong", read=lambda row: str(row.stock.quantity)),
    Column(word("Average"), 11, "right", tone="muted", read=lambda row: str(row.stock.average)),
)


@dataclass(frozen=True, slots=True)
class StockRow:
    """An item that was looked at: what changed, and what is there now."""

    goods: Goods
    change: str
    stock: AverageCost

    @property
    def name(self) -> str:
        """The name with the specification, which tells two goods of one name apart."""
        return full_name(self.goods.name, self.goods.spec)


def _look(code: str) -> StockRow:
    goods = Goods.get_by_id(find_item(code).goods)
    return StockRow(goods, "", stock.stock_of(goods.key))


class AdjustStock(FrameScreen):
    """A scan or a code chooses the item; a number with its sign changes it."""

    kind = "stock"
    title_msgid = word("Stock in and out by hand")
    right = "adjust stock"

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[StockRow] = []
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Scan the item, or type its code.")
        )

    def body(self) -> Iterable[Any]:
        yield self.lines
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()
        self.words_changed()

    def words_changed(self) -> None:
        """The hint is drawn text: say it again."""
        row = self.lines.chosen
        hint = word("Scan the item, or type its code.")
        if row is not None:
            hint = word("+5 or -3 changes {item}; a scan looks at another")
        self.entry.hint(t(hint, item=row.name if row else ""))

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """A number means the item under the cursor."""
        event.stop()
        self.words_changed()

    async def on_scan(self, code: Code) -> None:
        """Look at an item."""
        await self._see(str(code))

    async def on_entry(self, text: str) -> None:
        """A sign and a number change the chosen item; anything else is looked up. Refuses:
        CodeUnknown, NothingChosen.
        """
        if text[0] in "+-" and self.rows:
            await self._change(quantity_of(text[1:]), is_in=text[0] == "+")
        elif text.isdigit():
            await self._see(text)
        else:
            await self._find(text)

    async def do_find_goods(self) -> None:
        """F7: by name, pinyin initials or code."""
        await self._find("")

    async def _find(self, text: str) -> None:
        from tui.shop.find_goods import FindGoods

        if code := await self.desk.ask(FindGoods(text)):
            await self._see(code)

    async def _see(self, code: str) -> None:
        # Not found, it is no other item: the next number must not change the one before.
        self.lines.lose()
        self._add(await self.in_books(_look, code))

    def _add(self, row: StockRow) -> None:
        self.rows.append(row)
        self.lines.set_rows(list(self.rows), cursor=-1)
        self.words_changed()

    async def _change(self, quantity: Quantity, *, is_in: bool) -> None:
        row: StockRow = self.lines.meant
        signed = quantity if is_in else -quantity
        reason = await self.desk.ask(Ask(word("Why does the stock change?"), is_typed=True))
        if not reason:
            return
        body = {"goods": row.goods.key, "quantity": signed.thousandths, "reason": reason}
        done = await done_or_asked(
            self, stock.adjust_stock, row.goods, signed, reason=reason,
            told=lambda: contents_told(told_of_adjustment(body)),
            ask=lambda: self._ask_for(f"{row.name} {signed}", body),
        )  # fmt: skip
        if done is None:
            return
        now = await self.in_books(stock.stock_of, row.goods.key)
        self._add(StockRow(row.goods, f"{'+' if is_in else '-'}{quantity}", now))

    async def _ask_for(self, title: str, body: dict[str, Any]) -> None:
        """It becomes a request for somebody who may."""
        request = await self.operate(
            approvals.request_approval, "stock adjustment", title=title, body=body,
            reason=body["reason"],
        )  # fmt: skip
        self.desk.inform(word("Asked for: {number}"), number=request.number)


async def open_adjust_stock(app: CounterApp) -> None:
    """From the menu."""
    await app.go(AdjustStock())
