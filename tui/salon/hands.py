"""At the ticket: who did the work of a line, and what it used up. Asked when a service was rung,
and with F4.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.salon.care import PatchTestBad, PatchTestWanted
from models.salon.tickets import (
    HandsUnreadable,
    SharesWrong,
    StylistTwice,
    StylistUnknown,
    is_asked_for,
    name_stylists,
    stylists_of,
    usual_stylist,
)
from models.salon.uses import UsesUnreadable, formula_for, name_uses, use_formula, uses_text
from receipts.words import word
from tui.desk.safe import clean, cut
from tui.desk.words import said, t
from tui.shop.line_changes import SHORT
from tui.widgets.panel import Confirm

if TYPE_CHECKING:
    from models.shop.basket_lines import BasketLine
    from tui.shop.selling import Selling

# What is typed again; anything else is no matter of who did it.
_AGAIN = (HandsUnreadable, SharesWrong, StylistTwice, StylistUnknown)


async def ask_hands(screen: Selling, line: BasketLine, *, is_rung: bool) -> bool:
    """Ask who did a line, until what is typed can be read; F12 leaves it as it was. Then, where
    somebody wants to say it, what it used up. False where nobody asks: no salon, or what was rung
    is no service.
    """
    if not await screen.in_books(is_asked_for, line.item.goods, is_rung=is_rung):
        return False
    proposal = await screen.in_books(stylists_of, line.hands)
    if is_rung and not proposal:
        proposal = await screen.in_books(usual_stylist, screen.basket.draft, line.item.goods)
    prompt = said("{item}: who? 8, 8* asked for, 8:70 21:30", item=cut(line.item.name, SHORT))
    while True:
        typed = await screen.question(prompt, proposal=proposal)
        if typed is None:
            return True
        try:
            if not await _named(screen, line, typed):
                return True
        except _AGAIN as refusal:
            screen.desk.tell(refusal)
            proposal = typed
            continue
        await screen.changed(line.number, is_chosen=True)
        if not typed.strip():
            screen.desk.inform(
                word("Nobody is named for {item}. F4 names them."), item=cut(line.item.name, SHORT)
            )
        if is_rung:
            await _fill_again(screen, line)
        else:
            await _ask_uses(screen, line)
        return True


async def _named(screen: Selling, line: BasketLine, typed: str) -> bool:
    """Name them; what wants a patch test is asked about first. False when it is not done."""
    draft = screen.basket.draft
    try:
        await screen.operate(name_stylists, draft, line.number, typed)
    except (PatchTestWanted, PatchTestBad) as refusal:
        screen.desk.tell(refusal)
        sure = await screen.desk.ask(
            Confirm(
                word("Do it without a patch test?"), yes=word("Do it all the same"), is_grave=True
            )
        )
        if not sure:
            return False
        await screen.operate(name_stylists, draft, line.number, typed, without_test=True)
    return True


async def _fill_again(screen: Selling, line: BasketLine) -> None:
    """Where something was mixed the last time: the same again?"""
    found = await screen.in_books(formula_for, screen.basket.draft, line)
    if found is None:
        return
    text = clean(found.text) or t("See the formula of {day}", day=found.day)
    title = word("Last time, {day}: the same again?")
    if await screen.desk.ask(Confirm(title, text, day=found.day)) and found.lines:
        await screen.operate(use_formula, screen.basket.draft, line.number, found.key)
        await screen.changed(line.number, is_chosen=True)


async def _ask_uses(screen: Selling, line: BasketLine) -> None:
    """What it used up: code and how much, until it can be read."""
    fresh = next((one for one in screen.basket.lines if one.number == line.number), line)
    proposal = await screen.in_books(uses_text, fresh)
    if proposal is None:
        return
    prompt = said("{item}: used up? 2001 40 2002 60", item=cut(line.item.name, SHORT))
    while True:
        typed = await screen.question(prompt, proposal=proposal)
        if typed is None or typed == proposal:
            return
        try:
            await screen.operate(name_uses, screen.basket.draft, line.number, typed)
        except UsesUnreadable as refusal:
            screen.desk.tell(refusal)
            proposal = typed
            continue
        await screen.changed(line.number, is_chosen=True)
        return
