"""At the ticket: who did the work of a line. Asked when a service was rung, and with F4."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.salon.tickets import (
    HandsUnreadable,
    SharesWrong,
    StylistTwice,
    StylistUnknown,
    is_asked_for,
    name_stylists,
    stylists_of,
)
from receipts.words import word
from tui.desk.safe import cut
from tui.desk.words import said
from tui.shop.line_changes import SHORT

if TYPE_CHECKING:
    from models.shop.basket_lines import BasketLine
    from tui.shop.selling import Selling

# What is typed again; anything else is no matter of who did it.
_AGAIN = (HandsUnreadable, SharesWrong, StylistTwice, StylistUnknown)


async def ask_hands(screen: Selling, line: BasketLine, *, is_rung: bool) -> bool:
    """Ask who did a line, until what is typed can be read; F12 leaves it as it was. False where
    nobody asks: no salon, or what was rung is no service.
    """
    if not await screen.in_books(is_asked_for, line.item.goods, is_rung=is_rung):
        return False
    proposal = await screen.in_books(stylists_of, line.hands)
    prompt = said("{item}: who? 8, 8* asked for, 8:70 21:30", item=cut(line.item.name, SHORT))
    while True:
        typed = await screen.question(prompt, proposal=proposal)
        if typed is None:
            return True
        try:
            await screen.operate(name_stylists, screen.basket.draft, line.number, typed)
        except _AGAIN as refusal:
            screen.desk.tell(refusal)
            proposal = typed
            continue
        await screen.changed(line.number, is_chosen=True)
        if not typed.strip():
            screen.desk.inform(
                word("Nobody is named for {item}. F4 names them."), item=cut(line.item.name, SHORT)
            )
        return True
