"""The bill as a whole: put aside, fetched, cancelled, approved, mended; split (拆单), put together
with another (并单).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, ClassVar

from models.base.refusals import Refusal
from models.shop import basket as bills
from models.shop import bill_changes, bill_life
from models.shop.basket import Basket
from models.shop.basket_lines import BasketLine
from models.shop.bill_life import name_of
from models.shop.bill_limits import is_beyond
from models.shop.unfinished_returns import require_no_return
from receipts.words import word
from tui.desk.gate.numbers import by_hand
from tui.desk.words import said, t
from tui.shop.bill_rows import SHORT_COLUMNS, bill_rows
from tui.shop.bill_texts import held_title, title_of
from tui.shop.line_changes import why_it_goes
from tui.widgets.line_list import LineList
from tui.widgets.panel import Panel, Words

if TYPE_CHECKING:
    from tui.shop.selling import Selling

MENDED = word(
    "Something of this bill could not be read or priced: it stands here without that. "
    "Look at it with the customer."
)


async def hold(screen: Selling) -> None:
    """The bill waits, the next one begins."""
    name = await screen.operate(
        bill_life.hold_bill, screen.basket.draft,
        title=held_title(screen.basket), called=screen.entry.value.strip(),
    )  # fmt: skip
    await screen.fresh()
    screen.desk.inform(word("On hold: {title}"), title=name)


async def fetch(screen: Selling) -> None:
    """Take another bill; the one on the screen is put aside in the same step."""
    from tui.shop.held_bills import choose_held

    if not screen.basket.lines:
        # It would be forgotten with the empty bill.
        require_no_return(screen.basket.head)
    chosen = await choose_held(screen)
    if chosen is None:
        return
    before = screen.basket
    name = await screen.operate(
        bill_life.fetch_bill, chosen, instead_of=before.draft,
        title=held_title(before) if before.lines else "", called=screen.entry.value.strip(),
    )  # fmt: skip
    screen.entry.set_value("")
    screen.take_bill(await screen.in_books(bills.load_key, chosen))
    fetched = name_of(screen.basket.head)
    if name:
        screen.desk.inform(
            word("Fetched: {fetched}. On hold: {title}"), fetched=fetched, title=name
        )
    else:
        screen.desk.inform(word("Fetched: {fetched}"), fetched=fetched)
    if screen.basket.left_out:
        await mend(screen)


async def cancel(screen: Selling) -> None:
    """The bill is shown once more, and goes with Delete; F8 fetches it again today."""
    basket = screen.basket
    if not await screen.desk.ask(CancelBill(basket)):
        return
    title = held_title(basket)
    why = await why_it_goes(screen, t(word("The whole bill")))
    if why is None:
        return
    await screen.operate(bill_life.cancel_bill, basket.draft, title=title, reason=why)
    await screen.fresh()
    screen.desk.inform(word("The bill was cancelled. F8 fetches it again today."))


async def approved(screen: Selling) -> None:
    """Before payment: what is cheaper than the cashier may sell it for is approved now."""
    if await screen.in_books(is_beyond, screen.basket, screen.counter.session):
        await screen.operate(bill_changes.approve_bill, screen.basket.draft)
        screen.take_bill(await screen.in_books(bills.refresh, screen.basket))


async def mend(screen: Selling) -> None:
    """Store the bill as it is shown, and say so."""
    await screen.operate(bill_life.mend_bill, screen.basket.draft)
    screen.take_bill(await screen.in_books(bills.refresh, screen.basket))
    screen.desk.alarm(MENDED)


class CancelBill(Panel[bool]):
    """The bill that would go; only Delete, pressed after it was painted, cancels it."""

    needs_fresh_key: ClassVar[bool] = True
    width = 66

    def __init__(self, basket: Basket) -> None:
        super().__init__(word("Cancel the whole bill of {amount}?"), amount=basket.amount_due)
        self.list = LineList(SHORT_COLUMNS, bill_rows(basket), can_focus=False)

    def content(self) -> Iterable[Any]:
        yield self.list
        yield Words(said("F8 fetches it again until the day closes."), tone="muted")

    def keys_shown(self) -> list[tuple[str, str]]:
        return [("Delete", word("Cancel the bill")), ("↑↓", word("Roll")), ("F12", word("Back"))]

    def on_key(self, event: Any) -> None:
        if event.key == "delete":
            event.stop()
            if self.desk.pressed_after_paint(self):
                self.answer(True)
        elif self.list.take_key(event):
            event.stop()
        elif event.is_printable or event.key == "enter":
            self.app.bell()


# --- two and one

_BETWEEN = re.compile(r"[\s,，、.。+]+")


class LinesWrong(Refusal):
    """What was typed names no lines of the bill."""


async def split_or_join(screen: Selling) -> None:
    """The numbers of lines put these onto a bill of their own; Enter alone takes one that waits
    onto this one. Of a single line nothing is split.
    """
    basket = screen.basket
    typed = ""
    if len(basket.lines) > 1:
        told = said("Lines for a bill of their own, as 1 3; Enter alone adds a waiting bill")
        asked = await screen.question(told, reads=lambda text: lines_of(screen, text))
        if asked is None:
            return
        typed = asked.strip()
    if typed:
        await _split(screen, lines_of(screen, typed))
    else:
        await _join(screen)


def lines_of(screen: Selling, text: str) -> list[BasketLine]:
    """The lines that are meant by their places. Refuses: LinesWrong, NumberScanned."""
    lines, parts = screen.basket.lines, [one for one in _BETWEEN.split(by_hand(text)) if one]
    if not all(part.isascii() and part.isdigit() and len(part) < 5 for part in parts):
        raise LinesWrong(typed=text, most=len(lines))
    places = sorted({int(part) for part in parts})
    if not places or places[0] < 1 or places[-1] > len(lines) or len(places) == len(lines):
        raise LinesWrong(typed=text, most=len(lines))
    return [lines[place - 1] for place in places]


async def _split(screen: Selling, going: list[BasketLine]) -> None:
    title = title_of(going)
    await screen.operate(
        bill_life.split_bill, screen.basket.draft, [line.number for line in going], title=title
    )
    screen.take_bill(await screen.in_books(bills.refresh, screen.basket))
    screen.desk.inform(word("On hold: {title}"), title=title)


async def _join(screen: Selling) -> None:
    from tui.shop.held_bills import choose_held

    chosen = await choose_held(screen, is_to_join=True)
    if chosen is None:
        return
    name = await screen.operate(bill_life.join_bills, screen.basket.draft, chosen)
    screen.take_bill(await screen.in_books(bills.refresh, screen.basket))
    screen.desk.inform(word("Put together: {title} is on this bill."), title=name)
