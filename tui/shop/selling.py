"""Selling: scan, scan, pay. The bill over the whole width, the chosen item and the total below it.

What changes lines is in line_changes.py, what is done with the bill as a whole in whole_bill.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from models.base.quantity import Quantity
from models.selling.items import CodeUnknown, WeightWanted
from models.shop import basket as bills
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine
from models.shop.bill_changes import ring_below_zero
from models.shop.bill_limits import is_beyond
from models.shop.plausible import QuantityUnusual
from models.shop.unfinished_returns import COMING
from models.stock.stock import OutOfStock
from receipts.words import word
from tui.desk import customer
from tui.money.payable import Finished
from tui.shop.beside import BillsThatWait
from tui.shop.bill_rows import COLUMNS, BillRow, bill_rows, line_row
from tui.shop.line_changes import asked_again, tell_last_paid
from tui.shop.ringing import Ringing
from tui.shop.sale_band import Band
from tui.shop.salesperson import asks_hands, of_hands
from tui.widgets.boxes import Horizontal
from tui.widgets.entry import Entry
from tui.widgets.line_list import LineList
from tui.widgets.total import BigTotal

if TYPE_CHECKING:
    from tui.desk.gate.key_rows import Command

BEYOND = word(
    "The discount was given for less than this. Payment asks for it again; F6 and 0 take it away."
)


class Selling(Ringing):
    """The till."""

    kind = "selling"
    title_msgid = word("Selling")
    right = "sell"

    def __init__(self, basket: Basket) -> None:
        super().__init__()
        self.basket = basket
        self.finished: Finished | None = None
        self._is_beyond = self._asks_hands = False
        self.lines = self.roll = LineList(
            COLUMNS, can_focus=False, empty=word("Scan the first item.")
        )
        self.beside = BillsThatWait()

    def body(self) -> Iterable[Any]:
        with Horizontal(id="sale-body"):
            yield self.lines
            yield self.beside
        with Horizontal(id="sale-band"):
            yield Band()
            yield BigTotal(id="sale-total")
        yield Entry()

    async def on_mount(self) -> None:
        self.entry.focus()
        self.show_bill()
        self._asks_hands = await self.in_books(asks_hands)
        self.strip_changed()
        if self.basket.left_out:
            self.desk.jobs.start(self.mend)
        elif self.is_coming_back:
            self.desk.jobs.start(self.tell_begun)

    @property
    def is_coming_back(self) -> bool:
        """Whether a return of this bill, or for it, is being worked on."""
        return bool(self.basket.head.get(COMING)) or self.basket.is_unslipped

    async def tell_begun(self) -> None:
        """A return was being worked on when the program ended."""
        from tui.shop.returns import tell_begun

        await tell_begun(self)

    def offers(self, command: Command) -> bool:
        needs_lines = (
            "pay", "hold_bill", "bill_discount", "quantity", "price", "line_discount", "one_less",
            "remove_line", "cancel_bill", "print_bill", "split_bill",
        )  # fmt: skip
        if command.id in ("undo_sale", "reopen_sale"):
            return not self.basket.lines
        return bool(self.basket.lines) or command.id not in needs_lines

    def worded(self, command: Command) -> Command:
        asks = self._asks_hands and self.basket.lines and command.id == "salesperson"
        return of_hands(command) if asks else command

    # Showing.

    def take_bill(self, basket: Basket) -> None:
        """Show another bill; behind one with goods nobody gives the change of before once more."""
        self.basket, self._is_beyond = basket, False
        if basket.lines:
            self.finished = None
        self.show_bill()

    def show_bill(self, place: int | None = None) -> None:
        """Draw the bill; the cursor goes to the line at `place`, or to the last one."""
        last = max(0, len(self.basket.lines) - 1)
        self.lines.set_rows(bill_rows(self.basket), cursor=last if place is None else place)
        self._show_total()
        self.query_one(Band).refresh()
        self.strip_changed()
        self.beside.look_soon()

    def _show_line(self, place: int) -> None:
        """After a scan: the line that was rung, what is behind it, and the total."""
        rows = self.lines.row_values
        basket = self.basket
        # With promotions a line more may change every other.
        is_whole = basket.discount is not None or basket.book is not None
        if is_whole or len(rows) > len(basket.lines):
            changed = bill_rows(self.basket)
        else:
            row = line_row(self.basket, place)
            changed = [*rows[:place], row, *rows[place + 1 :]]
        self.lines.set_rows(changed, cursor=place)
        self._show_total()
        self.query_one(Band).refresh()

    def _show_total(self) -> None:
        total = self.query_one("#sale-total", BigTotal)
        if self.finished is not None and not self.basket.lines:
            label = word("Given back") if self.finished.is_out else word("Change given")
            total.show(label, str(self.finished.change), tone="good")
        else:
            label = word("Still to pay") if self.basket.paid else word("To pay")
            label = word("To pay out") if self.basket.is_unslipped else label
            total.show(label, str(abs(self.basket.left_to_pay)))
        customer.show_bill(self.counter, self.basket, self.chosen, self.finished)

    @property
    def chosen_row(self) -> BillRow | None:
        """The row under the cursor."""
        row: BillRow | None = self.lines.chosen
        return row

    @property
    def chosen(self) -> BasketLine | None:
        """The line under the cursor, when it is one."""
        row = self.chosen_row
        return row.line if row else None

    @property
    def meant(self) -> BasketLine | None:
        """The line that a key changes. Refuses: NothingChosen, after a code that rang nothing."""
        row: BillRow | None = self.lines.meant
        return row.line if row else None

    def on_line_list_moved(self, event: LineList.Moved) -> None:
        """The band follows the cursor."""
        event.stop()
        self.query_one(Band).refresh()

    # Ringing.

    async def _ring(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        """Refuses: CodeUnknown, VoucherScanned, NotForSale, LabelDamaged, QuantityOnLabel,
        QuantityWrong, OutOfStock.
        """
        was_empty = not self.basket.lines
        self.unknown = None
        try:
            place = await self.in_books(
                bills.ring_code, self.basket, code, quantity, is_sure=is_sure
            )
        except OutOfStock:
            await self._ring_short(code, quantity, is_sure=is_sure)
            return
        except QuantityUnusual as unusual:
            if again := await asked_again(self, unusual):
                await self.ring(code, again, is_sure=again == quantity)
            return
        except CodeUnknown as unknown:
            # As it was printed: a scanner may send its symbology before it.
            plain = unknown.fields["code"]
            if await self._is_coupon(plain) or await self._is_member(plain):
                return
            await self.tell_unknown(unknown, quantity)
            raise
        except WeightWanted as wanted:
            await self.ring_weighed(code, wanted)
            return
        self.finished = None
        await self._rung(place, was_empty=was_empty)

    async def _rung(self, place: int, *, was_empty: bool) -> None:
        """Show what was rung, and tell or ask what goes with it."""
        if was_empty:
            self.show_bill(place)
        else:
            self._show_line(place)
        if self.basket.head.get("customer"):
            await tell_last_paid(self, place)
        if self.basket.discount is not None:
            await self._tell_beyond()
        line = self.basket.lines[place]
        if not line.item.is_stocked:
            await self._ask_hands(line, is_rung=True)

    async def _ask_hands(self, line: BasketLine, *, is_rung: bool) -> bool:
        """Ask who did the work of a line, where a trade wants to know; whether it was asked."""
        from models.base.named import load
        from tui.desk.trade_screens import declared

        for name in declared("hands"):
            if await load(name)(self, line, is_rung=is_rung):
                return True
        return False

    async def _is_coupon(self, code: str) -> bool:
        """What is no code of goods may be one of a coupon, which is taken for the bill then."""
        from models.shop.bill_promotions import CouponSpent, use_coupon

        try:
            found = await self.in_books(use_coupon, self.basket, code)
        except CouponSpent:
            # Perhaps it was on the bill: what it took off is off no more.
            self.show_bill(self.lines.cursor)
            raise
        if found is None:
            return False
        self.show_bill()
        takes = any(off.rule == found.key for line in self.basket.lines for off in line.offs)
        told = word("Coupon taken: {name}")
        if not takes:
            told = word("Coupon noted: {name}. It takes nothing off yet.")
        self.desk.inform(told, name=found.name)
        return True

    async def _is_member(self, code: str) -> bool:
        """The card of a member says whose bill it is. Refuses: CardStopped, CardOver."""
        from tui.shop.customer import name_by_card

        return await name_by_card(self, code)

    async def _ring_short(self, code: str, quantity: Quantity | None, *, is_sure: bool) -> None:
        """Less is there than is asked for: whoever may lets it go."""
        number = await self.operate(
            ring_below_zero, self.basket.draft, code, quantity, is_sure=is_sure
        )
        self.finished = None
        await self.changed(number, is_chosen=True)

    async def _tell_beyond(self) -> None:
        """More was rung under a discount that was given for less: say so, once."""
        was, self._is_beyond = (
            self._is_beyond,
            await self.in_books(is_beyond, self.basket, self.counter.session),
        )
        if self._is_beyond and not was:
            self.desk.alarm(BEYOND)

    async def set_quantity(self, quantity: Quantity) -> None:
        from tui.shop.line_changes import set_quantity

        await set_quantity(self, quantity)

    async def do_enquire(self) -> None:
        """Price and stock of an item, without selling it."""
        from tui.shop.enquire import Enquire

        await self.desk.ask(Enquire())

    # Changing lines.

    async def do_quantity(self) -> None:
        """`*` on the empty entry: the quantity of the chosen line."""
        from tui.shop.line_changes import ask_quantity

        await ask_quantity(self)

    async def do_one_less(self) -> None:
        """`-`: one piece off the chosen line; the last piece removes it."""
        from tui.shop.line_changes import one_less

        await one_less(self)

    async def do_remove_line(self) -> None:
        """Delete: the chosen line goes; it is kept as an event."""
        from tui.shop.line_changes import remove_chosen

        await remove_chosen(self)

    async def do_price(self) -> None:
        """`.`: another price for the chosen line."""
        from tui.shop.line_changes import ask_price

        await ask_price(self)

    async def do_line_discount(self) -> None:
        """`/`: a discount on the chosen line."""
        from tui.shop.line_changes import ask_line_discount

        await ask_line_discount(self)

    async def do_bill_discount(self) -> None:
        """F6: a discount on the whole bill."""
        from tui.shop.line_changes import ask_bill_discount

        await ask_bill_discount(self)

    async def changed(self, *numbers: int, is_chosen: bool = False) -> None:
        """Take up what an operation changed: lines of these numbers, and the head of the bill. The
        cursor stays, or goes to the last of them that is there.
        """
        await self.in_books(bills.catch_up, self.basket, *numbers)
        place = min(self.lines.cursor, max(0, len(self.basket.lines) - 1))
        if is_chosen:
            place = self.basket.place_of(numbers[-1])
        self.show_bill(place)

    # The whole bill.

    async def do_hold_bill(self) -> None:
        """F5: this bill waits under its name, or the one that was typed; the next one begins."""
        from tui.shop.whole_bill import hold

        await hold(self)

    async def do_fetch_bill(self) -> None:
        """F8: take a bill that waits or was cancelled today; with one on hold, at once."""
        from tui.shop.whole_bill import fetch

        await fetch(self)

    async def do_split_bill(self) -> None:
        """Ctrl+E: lines go onto a bill of their own, or a bill that waits comes onto this one."""
        from tui.shop.whole_bill import split_or_join

        await split_or_join(self)

    async def do_cancel_bill(self) -> None:
        """Ctrl+X: the bill is listed, Delete cancels it."""
        from tui.shop.whole_bill import cancel

        await cancel(self)

    async def do_print_bill(self) -> None:
        """Ctrl+F: what stands on the bill so far, as not paid."""
        from models.shop.bill_life import print_bill

        await self.operate(print_bill, self.basket.draft)
        self.counter.wake_paper()
        await self.changed()
        self.desk.inform(word("Printing."))

    async def do_pay(self) -> None:
        """To payment; what comes back is the finished sale, or nothing. Refuses: CouponUsed."""
        from tui.shop.bill_payable import pay_bill

        if self.is_coming_back:
            await self.do_take_back()
            return
        if self.entry.value:
            # Not an empty one: it would be painted once more before it is covered.
            self.entry.set_value("")
        await pay_bill(self)

    async def gateway_told(self, draft: int | None) -> None:
        """A pay code of this bill is paid, or not, while nobody is at payment."""
        if draft == self.basket.draft and self.desk.top_screen is self:
            self.take_bill(await self.in_books(bills.refresh, self.basket))

    async def paid(self, finished: Finished, then: Basket | None = None) -> None:
        """A sale is done, or money given back; the next bill begins, which may be there already."""
        self.finished = finished
        await self.fresh(then)

    async def fresh(self, bill: Basket | None = None) -> None:
        """An empty bill; what stood in the entry was the other's."""
        self.entry.set_value("")
        if bill is None:
            bill = await self.in_books(bills.new_basket, self.counter.session)
        self.take_bill(bill)

    async def mend(self) -> None:
        """A stored bill that cannot be shown as it is: it is offered without what is broken."""
        from tui.shop.whole_bill import mend

        await mend(self)

    async def do_take_back(self) -> None:
        """Ctrl+T: goods come back, for money or for what is on the bill."""
        from tui.shop.returns import take_back

        await take_back(self)

    async def do_undo_sale(self) -> None:
        """Ctrl+Y: the last sale of this shift was wrong."""
        from tui.shop.returns import undo_last

        await undo_last(self)

    async def do_reopen_sale(self) -> None:
        """Ctrl+A: the last sale of this shift is put right."""
        from tui.shop.returns import undo_last

        await undo_last(self, is_again=True)

    async def do_leave(self) -> None:
        """F3: home; the bill stays as it is and is found again."""
        self.leave()

    async def do_customer(self) -> None:
        """F2: whose bill it is."""
        from tui.shop.customer import choose_customer

        await choose_customer(self)

    async def do_salesperson(self) -> None:
        """F4: who did the chosen work, or serves this customer."""
        from tui.shop.salesperson import choose_salesperson

        if self.meant is None or not await self._ask_hands(self.meant, is_rung=False):
            await choose_salesperson(self)

    async def do_cash_move(self) -> None:
        """Cash in, out, or to the safe."""
        from tui.money.cash_moves import move_cash

        await move_cash(self)

    async def user_changed(self) -> None:
        """Another user signed in over the bill: it is his now."""
        self.take_bill(await self.in_books(bills.open_basket, self.counter.session))
        if self.basket.left_out:
            self.desk.jobs.start(self.mend)
