"""Money at the front desk: a payment or a deposit of a guest, a deposit for a booking."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from models.base.money import Money
from models.hotel.charges.windows import own_folio
from models.hotel.folios.deposits import held, require_awaited, return_deposit, ways_of_return
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import IN_HOUSE, Booking, NobodyThere, Stay, living_in
from models.ledger.folios import Folio
from models.ledger.ways.tender_kinds import Paying
from receipts.words import word
from tui.desk.gate.numbers import by_hand, money_of
from tui.desk.words import said
from tui.hotel.folios.paying import DepositPayable, FolioPayable, begun_for
from tui.money.at_the_desk import Owed
from tui.money.giving_back import give_back_each
from tui.widgets.panel import Confirm


async def ask_line(
    app: Any, msgid: str, *, proposal: str = "", reads: Callable[[str], object] | None = None,
    **fields: Any,
) -> str | None:  # fmt: skip
    """Ask in the entry line of the screen on top; None when somebody went back. What `reads`
    refuses is told, and the question stays.
    """
    answer: str | None = await app.top_screen.question(
        said(msgid, **fields), proposal=proposal, reads=reads
    )
    return answer


async def ask_why(app: Any, msgid: str, *, proposal: str = "", **fields: Any) -> str:
    """Ask for a reason; empty when somebody went back. What a scanner sends is none, and Enter
    alone is told.
    """
    while (
        typed := await ask_line(app, msgid, proposal=proposal, reads=by_hand, **fields)
    ) is not None:
        if typed.strip():
            return typed
        app.alarm(word("Nothing was typed. Type it and Enter, or F12 goes back."))
    return ""


async def _amount(
    app: Any, of: Folio | Booking, asked: str, due: Money | None, **fields: Any
) -> tuple[Money, int | None] | None:
    """How much is paid, and the draft of what was begun before; None when somebody went back. With
    nothing to ask, what is due.
    """
    begun: tuple[Money, int] | None = await app.in_books(begun_for, of, app.session.register)
    if begun is not None:
        app.inform(word("A payment of {amount} was begun: it goes on."), amount=begun[0])
        return begun
    if due is not None and not asked:
        return due, None
    proposal = str(due) if due is not None else ""
    while (
        typed := await ask_line(
            app, asked, proposal=proposal, reads=money_of, name=of.name, **fields
        )
    ) is not None:
        if not typed:
            app.alarm(word("Nothing was typed. Type it and Enter, or F12 goes back."))
        elif typed == proposal or await is_no_room(app, typed):
            return money_of(typed), None
    return None


async def is_no_room(app: Any, typed: str) -> bool:
    """Whether an amount that reads like the number of a room is meant as one: who types a room
    number where money is asked for would take so much cash.
    """
    guest = await app.in_books(_guest_of, typed)
    if guest is None:
        return True
    return bool(
        await app.ask(
            Confirm(
                word("{typed} is a room: {amount} is paid?"),
                said("{guest} lives there. His account: No, F3, and its number.", guest=guest)
                if guest
                else said("Nobody lives there."),
                yes=word("Yes, so much"),
                is_grave=True, typed=typed, amount=money_of(typed),
            )
        )
    )  # fmt: skip


def _guest_of(typed: str) -> str | None:
    """Who lives in the room of this number, nobody perhaps; None where there is no such room."""
    try:
        return ", ".join(stay.name for stay in living_in(typed))
    except NobodyThere:
        return "" if Room.select().where(Room.number == typed.strip()).exists() else None


async def take_on_account(
    app: Any, stay: Stay, folio: Folio, due: Money | None, *, is_asked: bool = True,
    foreseen: Sequence[Owed] = (), asked: str = word("{name} pays how much?"), **fields: Any,
) -> Money | None:  # fmt: skip
    """Take a payment or a deposit (押金) of a guest in the house; how much was taken, None when
    somebody went back. What is due need not be asked for again.
    """
    is_asked |= due is None
    found = await _amount(app, folio, asked if is_asked else "", due, **fields)
    if found is None:
        return None
    amount, draft = found
    if not amount:
        return amount
    payable = FolioPayable(app, stay, folio, amount=amount, draft=draft, foreseen=foreseen)
    taken = await payable.taken()
    if taken is not None:
        app.inform(word("Taken: {what} {amount}"), what=folio.name, amount=amount)
    return taken


async def take_for_stay(app: Any, key: int) -> None:
    """A payment or a deposit of a guest, from the rack."""
    stay, folio = await app.in_books(_own, key)
    await take_on_account(app, stay, folio, None)


def _own(key: int) -> tuple[Stay, Folio]:
    return Stay.get_by_id(key), own_folio(key)


async def take_deposit_for(app: Any, stay: int) -> None:
    """A deposit for the booking of a stay; of one who is in the house, on his account."""
    booking, is_there = await app.in_books(_whose, stay, app.session.register)
    if is_there:
        await take_for_stay(app, stay)
    else:
        await take_booking_deposit(app, booking)


def _whose(key: int, register: int) -> tuple[int, bool]:
    """The booking of a stay, and whether its one guest is in the house already. A deposit that was
    begun before goes on.
    """
    stay: Stay = Stay.get_by_id(key)
    is_alone = Stay.select().where(Stay.booking == stay.booking_id).count() == 1
    is_there = is_alone and stay.state == IN_HOUSE
    return stay.booking_id, is_there and begun_for(stay.booking, register) is None


async def take_booking_deposit(app: Any, key: int) -> bool:
    """Take a deposit (定金) for a booking; what is due still is proposed. Refuses:
    DepositTooLate.
    """
    booking, due, already = await app.in_books(_booking, key, app.session.register)
    asked = word("Deposit for {name}, {held} held: how much?")
    found = await _amount(app, booking, asked, due, held=already)
    if found is None or not found[0]:
        return False
    taken = await DepositPayable(app, booking, amount=found[0], draft=found[1]).taken()
    if taken is not None:
        app.inform(word("Taken: {what} {amount}"), what=booking.name, amount=found[0])
    return taken is not None


async def give_deposit_back(app: Any, key: int) -> bool:
    """All that is held for a booking goes back, through the tenders that paid it (退定金)."""
    booking, already, ways = await app.in_books(_held_for, key)
    if not already:
        app.alarm(word("Nothing is held for {name}."), name=booking.name)
        return False
    return await give_back_each(app, ways, return_deposit, booking, name=booking.name)


def _held_for(key: int) -> tuple[Booking, Money, list[list[Paying]]]:
    booking: Booking = Booking.get_by_id(key)
    return booking, held(booking), ways_of_return(booking)


def _booking(key: int, register: int) -> tuple[Booking, Money | None, Money]:
    booking: Booking = Booking.get_by_id(key)
    if begun_for(booking, register) is None:
        require_awaited(booking)
    already = held(booking)
    due = booking.deposit_due - already
    return booking, due if due.minor > 0 else None, already
