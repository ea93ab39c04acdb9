"""Putting the lines of an account right: void, let off, transfer, split; and another window."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.postings import adjust_line, to_let_off, to_void, void_charge
from models.hotel.charges.services import PAID_OUT
from models.hotel.charges.windows import Window, add_window
from models.hotel.desk.account_view import AccountLine
from models.hotel.folios.disputes import dispute_line, to_dispute
from models.hotel.folios.masters import GROUP
from models.hotel.folios.transfers import split_line, to_move, to_split, transfer_lines
from models.hotel.stays.stays import IN_HOUSE, Booking, Stay
from models.ledger.daily.days import store_day
from models.ledger.folios import OPEN, Folio
from receipts.words import word
from tui.desk.gate.numbers import by_hand, money_of
from tui.hotel.folios.money import ask_line, ask_why
from tui.hotel.folios.paying_out import take_back
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.hotel.folios.folio import FolioScreen

_TARGETS = (
    Column(word("Room"), 8, read=lambda row: row[1]),
    Column(word("Name"), 0, read=lambda row: row[0].name),
    Column(word("Window"), 8, read=lambda row: row[3]),
    Column(word("Balance"), 12, "right", tone="money", read=lambda row: str(row[0].balance)),
)


async def correct(screen: FolioScreen, line: FolioLine) -> None:
    """Void a charge of today; of an earlier day let the guest off part or all of it. Cash that was
    paid out comes back. As with every key on a line, the line is looked at before anything is
    asked.
    """
    day = await screen.in_books(store_day)
    if line.department == PAID_OUT:
        done = await take_back(screen.counter, line)
    else:
        done = await (_void(screen, line, day) if line.document.day == day
                      else _let_off(screen, line))  # fmt: skip
    if done:
        screen.desk.inform(word("Put right: {text}"), text=line.text)


async def _void(screen: FolioScreen, line: FolioLine, day: date) -> bool:
    await screen.in_books(to_void, line, day)
    reason = await ask_why(screen.counter, word("Why is {text} voided?"), text=line.text)
    if reason:
        await screen.operate(void_charge, line, reason=reason)
    return bool(reason)


async def _let_off(screen: FolioScreen, line: FolioLine) -> bool:
    _, left = await screen.in_books(to_let_off, line)
    typed = await ask_line(
        screen.counter, word("{text}: let off how much?"), proposal=str(left),
        text=line.text, reads=money_of,
    )  # fmt: skip
    if not typed:
        return False
    amount = money_of(typed)
    reason = await ask_why(screen.counter, word("Why is {text} let off?"), text=line.text)
    if reason:
        await screen.operate(adjust_line, line, amount, reason=reason)
    return bool(reason)


async def transfer(screen: FolioScreen, lines: list[FolioLine]) -> None:
    """Move lines to another window of this guest, or to another one's account."""
    assert screen.view is not None
    rows = await screen.in_books(_targets, lines, screen.stay_key)
    is_own = bool(rows) and rows[0][1:3] == (screen.view.room, screen.view.stay.name)
    row = await screen.desk.ask(
        Pick(word("To whose account?"), _TARGETS, rows, is_undecided=not is_own,
             text_of=lambda row: f"{row[1]} {row[0].name} {row[2]} {row[3]}")
    )  # fmt: skip
    if row is not None:
        await screen.operate(transfer_lines, lines, row[0])
        screen.desk.inform(word("Moved to {room} {name}"), room=row[1], name=row[0].name)


def _targets(lines: list[FolioLine], stay: int) -> list[tuple[Folio, str, str, str]]:
    """The open windows in the house, those of this guest first, and the masters of groups. Refuses:
    what moving these lines refuses.
    """
    for line in lines:
        to_move(line)
    but = lines[0].folio
    rows = (
        Window.select(Window, Stay)
        .join(Stay)
        .where(Stay.state == IN_HOUSE, Window.folio != but)
        .order_by(Stay.key != stay, Stay.room, Window.letter)
    )
    masters = Booking.select(Booking.master_folio).where(
        Booking.master_folio.is_null(False), Booking.key << [row.stay.booking_id for row in rows]
    )
    groups = Folio.select().where(Folio.key << masters, Folio.key != but, Folio.status == OPEN)
    folios = {f.key: f for f in Folio.select().where(Folio.key << [row.folio for row in rows])}
    return [
        (folios[row.folio], row.stay.room.number if row.stay.room else "", row.stay.name,
         row.letter)
        for row in rows
        if folios[row.folio].status == OPEN
    ] + [(folio, "", folio.name, GROUP) for folio in groups]  # fmt: skip


async def split(screen: FolioScreen, line: FolioLine) -> None:
    """A line in two parts, of which the first is so much."""
    await screen.in_books(to_split, line)
    typed = await ask_line(
        screen.counter, word("{text} {amount}: how much is the first part?"), text=line.text,
        amount=line.amount, reads=money_of,
    )  # fmt: skip
    if typed:
        await screen.operate(split_line, line, money_of(typed))
        screen.desk.inform(word("Put right: {text}"), text=line.text)


async def dispute(screen: FolioScreen, row: AccountLine) -> None:
    """A line is disputed with the reason; a disputed one no longer is, with what was agreed."""
    await screen.in_books(to_dispute, row.line, is_disputed=not row.disputed)
    asked = (
        word("{text} {amount}: how was the dispute settled?") if row.disputed
        else word("{text} {amount}: what does the guest dispute?")
    )  # fmt: skip
    reason = await ask_why(screen.counter, asked, text=row.line.text, amount=row.line.amount)
    if reason:
        await screen.operate(dispute_line, row.line, reason=reason, is_disputed=not row.disputed)


async def another_window(screen: FolioScreen) -> None:
    """A window for a company or a companion: lines are moved there with F4."""
    assert screen.view is not None
    name = await ask_line(screen.counter, word("Another window, for whom?"), reads=by_hand)
    if name:
        await screen.operate(add_window, screen.view.stay, name=name)
