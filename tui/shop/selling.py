"""Selling: scan, scan, pay. The bill over the whole width, the last item and the total below it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

from textual.containers import Horizontal

from models.base.quantity import Quantity
from models.selling.items import CodeUnknown
from models.shop import basket as bills
from models.shop.basket import Basket, WeightWanted
from models.shop.basket_lines import BasketLine
from receipts.words import word
from tui.desk import customer
from tui.desk.frame import FrameScreen
from tui.desk.scan import Code
from tui.desk.words import t
from tui.shop.bill_texts import (
    discount_of,
    discount_text,
    held_title,
    money_of,
    quantity_of,
)
from tui.shop.sale_band import Band, Finished
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp
    from tui.desk.key_rows import Command

TIMES = re.compile(r"^(\d+(?:\.\d{1,3})?)\*(.*)$")

# Widths for 80 columns; the name takes what is left. Wider screens show the code and the unit too.
COLUMNS = (
    Column("#", 4, "right", tone="muted", read=lambda row: row[0]),
    Column(word("Code"), 14, tone="muted", drop=2, read=lambda row: row[1].item.code),
    Column(word("Item"), 0, least=26, read=lambda row: row[1].item.name),
    Column(word("Quantity"), 9, "right", read=lambda row: str(row[1].quantity)),
    Column(word("Unit"), 4, drop=1, tone="muted", read=lambda row: row[1].item.unit),
    Column(word("Price"), 10, "right", read=lambda row: str(row[1].price)),
    Column(word("Discount"), 9, "right", tone="good", read=lambda row: discount_text(row[1])),
    Column(word("Amount"), 11, "right", tone="money", read=lambda row: str(row[1].priced.amount)),
)


class Selling(FrameScreen):
    """The till."""

    kind = "selling"
    title_msgid = word("Selling")

    def __init__(self, basket: Basket) -> None:
        super().__init__()
        self.basket = basket
        self.finished: Finished | None = None
        # What was scanned last, when no item has it.
        self.unknown: tuple[str, Quantity | None] | None = None
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Scan the first item.")
        )

    @property
    def counter(self) -> CounterApp:
        """The app, with its type."""
        return cast("CounterApp", self.app)

    def body(self) -> Iterable[Any]:
        yield self.lines
        with Horizontal(id="sale-band"):
            yield Band()
            yield BigTotal(id="sale-total")
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.show_bill()

    def offers(self, command: Command) -> bool:
        needs_lines = (
            "pay", "hold_bill", "bill_discount", "quantity", "price", "line_discount", "one_less",
            "remove_line",
        )  # fmt: skip
        return bool(self.basket.lines) or command.id not in needs_lines

    # Showing.

    def show_bill(self, place: int | None = None) -> None:
        """Draw the bill; the cursor goes to the line at `place`."""
        rows = [(number, line) for number, line in enumerate(self.basket.lines, 1)]
        self.lines.set_rows(rows, cursor=place if place is not None else len(rows) - 1)
        self._show_total()
        self.query_one(Band).refresh()
        self.strip_changed()

    def _show_line(self, place: int) -> None:
        """After a scan: only the line that changed and the total."""
        rows = self.lines.row_values
        line = self.basket.lines[place]
        changed = list(rows) if len(rows) == len(self.basket.lines) else [*rows, (place + 1, line)]
        changed[place] = (place + 1, line)
        self.lines.set_rows(changed, cursor=place)
        self._show_total()
        self.query_one(Band).refresh()

    def _show_total(self) -> None:
        total = self.query_one("#sale-total", BigTotal)
        if self.finished is not None and not self.basket.lines:
            total.show(word("Change given"), str(self.finished.change), tone="good")
        else:
            total.show(word("To pay"), str(self.basket.amount_due))
        customer.show_bill(self.counter, self.basket, self.chosen, self.finished)

    @property
    def chosen(self) -> BasketLine | None:
        """The line under the cursor."""
        row = self.lines.chosen
        return row[1] if row else None

    # Ringing.

    async def on_scan(self, code: Code) -> None:
        quantity = None
        if match := TIMES.match(self.entry.value):
            quantity = quantity_of(match[1])
            self.entry.set_value("")
        await self.ring(str(code), quantity)

    async def on_entry(self, text: str) -> None:
        """A typed code, `n * code`, or letters: they look goods up."""
        quantity = None
        if match := TIMES.match(text):
            quantity, text = quantity_of(match[1]), match[2].strip()
            if not text:
                await self._set_quantity(quantity)
                return
        if text.isdigit():
            await self.ring(text, quantity)
        else:
            await self._find(text, quantity)

    async def ring(self, code: str, quantity: Quantity | None) -> None:
        """Ring one of a code, or so many. Refuses: CodeUnknown, NotForSale, LabelDamaged."""
        was_empty = not self.basket.lines
        self.unknown = None
        try:
            place = await self.in_books(bills.ring_code, self.basket, code, quantity)
        except CodeUnknown:
            self.unknown = (code, quantity)
            raise
        except WeightWanted as wanted:
            await self._ring_weighed(code, **wanted.fields)
            return
        self.finished = None
        if was_empty:
            self.show_bill(place)
        else:
            self._show_line(place)

    async def _ring_weighed(self, code: str, goods: str, unit: str) -> None:
        asked = await self.question(t("Weight of {item}, in {unit}", item=goods, unit=unit))
        if asked:
            await self.ring(code, quantity_of(asked))

    async def _find(self, text: str, quantity: Quantity | None) -> None:
        from tui.shop.find_goods import FindGoods

        if code := await self.desk.ask(FindGoods(text)):
            await self.ring(code, quantity)

    async def do_find_goods(self) -> None:
        """F7: by name, pinyin initials or code; after an unknown code, the item that has it."""
        if self.unknown is None:
            await self._find("", None)
            return
        from tui.shop.unknown_code import give_code

        (code, quantity), self.unknown = self.unknown, None
        await give_code(self, code, quantity)

    async def do_enquire(self) -> None:
        """Price and stock of an item, without selling it."""
        from tui.shop.enquire import Enquire

        await self.desk.ask(Enquire())

    # Changing lines.

    async def do_quantity(self) -> None:
        """`*` on the empty entry: the quantity of the chosen line."""
        if line := self.chosen:
            asked = await self.question(t("Quantity of {item}", item=line.item.name))
            if asked:
                await self._set_quantity(quantity_of(asked))

    async def _set_quantity(self, quantity: Quantity) -> None:
        line = self.chosen
        if line is None:
            return
        if quantity < line.quantity:
            draft, number = self.basket.draft, line.number
            await self.operate(bills.lower_quantity, draft, number, quantity)
            await self._reload()
        else:
            place = await self.in_books(bills.set_quantity, self.basket, line.number, quantity)
            self._show_line(place)

    async def do_one_less(self) -> None:
        """`-`: one piece off the chosen line; the last piece removes it."""
        line = self.chosen
        if line is None:
            return
        one = Quantity.of(1)
        if line.quantity > one and line.printed is None:
            draft, number = self.basket.draft, line.number
            await self.operate(bills.lower_quantity, draft, number, line.quantity - one)
            await self._reload()
        else:
            await self.do_remove_line()

    async def do_remove_line(self) -> None:
        """Delete: the chosen line goes; it is kept as an event."""
        if line := self.chosen:
            await self.operate(bills.remove_line, self.basket.draft, line.number)
            await self._reload()
            self.desk.inform(word("Removed: {item}"), item=line.item.name)

    async def do_price(self) -> None:
        """`.`: another price for the chosen line."""
        if line := self.chosen:
            asked = await self.question(
                t("New price of {item}, now {price}", item=line.item.name, price=line.price)
            )
            if asked:
                price = money_of(asked)
                await self.operate(bills.override_price, self.basket.draft, line.number, price)
                await self._reload()

    async def do_line_discount(self) -> None:
        """`/`: a discount on the chosen line."""
        if line := self.chosen:
            asked = await self._ask_discount(t("Discount on {item}", item=line.item.name))
            if asked is not None:
                off = discount_of(asked)
                await self.operate(bills.discount_line, self.basket.draft, line.number, off)
                await self._reload()

    async def do_bill_discount(self) -> None:
        """F6: a discount on the whole bill."""
        asked = await self._ask_discount(t("Discount on the bill"))
        if asked is not None:
            await self.operate(bills.discount_bill, self.basket.draft, discount_of(asked))
            await self._reload()

    async def _ask_discount(self, what: str) -> str | None:
        return await self.question(t("{what}: 10 is 10 %, -5 is 5.00 off, 0 none", what=what))

    async def _reload(self) -> None:
        place = self.lines.cursor
        self.basket = await self.in_books(bills.refresh, self.basket)
        self.show_bill(min(place, max(0, len(self.basket.lines) - 1)))

    # The whole bill.

    async def do_hold_bill(self) -> None:
        """F5: this bill waits, the next one begins."""
        title = held_title(self.basket)
        await self.operate(bills.hold_bill, self.basket.draft, title=title)
        await self._fresh()
        self.desk.inform(word("On hold: {title}"), title=title)

    async def do_fetch_bill(self) -> None:
        """F8: take a held bill; with one on hold, at once."""
        from tui.shop.held_bills import choose_held

        chosen = await choose_held(self)
        if chosen is None:
            return
        if self.basket.lines:
            await self.do_hold_bill()
        await self.operate(bills.fetch_bill, chosen)
        if not self.basket.lines:
            await self.in_books(bills.drop_empty, self.basket)
        self.basket = await self.in_books(bills.load_key, chosen)
        self.show_bill()

    async def do_pay(self) -> None:
        """To payment; what comes back is the finished sale, or nothing."""
        from tui.money.payment import payment_for, read_payment

        facts = await self.in_books(read_payment, self.basket)
        await self.desk.go(payment_for(self, facts))

    async def paid(self, finished: Finished) -> None:
        """The payment screen reports a sale; the next bill begins."""
        self.finished = finished
        await self._fresh()

    async def _fresh(self) -> None:
        self.basket = await self.in_books(bills.new_basket, self.counter.session)
        self.show_bill()

    async def do_leave(self) -> None:
        """F3: home; the bill stays as it is and is found again."""
        self.leave()

    async def step_back(self) -> None:
        """F12 with nothing typed: throw the bill away, when the cashier says so."""
        from tui.widgets.panel import Confirm

        if not self.basket.lines:
            self.leave()
            return
        due = self.basket.amount_due
        sure = await self.desk.ask(
            Confirm(
                word("Cancel the whole bill of {amount}?"),
                yes=word("Cancel the bill"),
                is_grave=True,
                amount=due,
            )
        )
        if sure:
            await self.operate(bills.cancel_bill, self.basket.draft)
            await self._fresh()
            self.desk.inform(word("The bill was cancelled."))

    async def do_salesperson(self) -> None:
        """F4: who serves this customer."""
        from tui.shop.salesperson import choose_salesperson

        await choose_salesperson(self)

    async def do_cash_move(self) -> None:
        """Cash in, out, or to the safe."""
        from tui.money.cash_moves import move_cash

        await move_cash(self)

    async def user_changed(self) -> None:
        """Another user signed in over the bill: it is his now."""
        self.basket = await self.in_books(bills.open_basket, self.counter.session)
        self.show_bill()
