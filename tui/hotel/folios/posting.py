"""Posting a charge: room or account, code, amount, text; Enter after each."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.hotel.charges.postings import (
    chargeable,
    chargeable_by,
    credit_missing,
    post_charge,
    post_to_folio,
)
from models.hotel.charges.services import Service
from models.hotel.desk.departures import post_late_charge
from models.hotel.stays.finding import find_accounts
from models.hotel.stays.stays import DEPARTED, NobodyThere, Stay, living_in
from models.ledger.daily.days import store_day
from models.ledger.folios import Folio
from receipts.words import word
from tui.desk.gate.numbers import money_of
from tui.hotel.folios.money import ask_line, take_on_account
from tui.money.accounts import COLUMNS as _ACCOUNTS
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

# How many of a code; nought of it is none.
_COUNTED = re.compile(r"([1-9]\d{0,2})\s*[*xX×]\s*(.*)")
_SERVICES = (
    Column(word("Code"), 8, tone="muted", read=lambda row: row.code),
    Column(word("Name"), 0, read=lambda row: row.name),
    Column(word("Price"), 10, "right", read=lambda row: str(row.price or "")),
)
_GUESTS = (
    Column(word("Number"), 14, tone="muted", read=lambda row: row.number),
    Column(word("Name"), 0, read=lambda row: row.name),
    Column(word("Departure"), 11, read=lambda row: str(row.departure)),
)


async def post_to_room(app: Any, typed: str = "") -> bool:
    """Charge who lives in a room, or the account that was named; whether it was posted. Refuses:
    NobodyThere and what posting refuses.
    """
    who = await ask_who(app, word("Charge which room or account?"), typed)
    if isinstance(who, Folio):
        return await _post_to_account(app, who)
    return who is not None and await post_to_stay(app, who)


async def ask_who(app: Any, asked: str, typed: str = "") -> Stay | Folio | None:
    """Who lives in a room, or the account that is meant; of several one is chosen. Refuses:
    NobodyThere.
    """
    if not (typed := typed or await ask_line(app, asked) or ""):
        return None
    found = await app.in_books(_meant, typed)
    who: Stay | Folio | None = found[0]
    if len(found) > 1:
        columns = _ACCOUNTS if isinstance(who, Folio) else _GUESTS
        who = await app.ask(Pick(word("Who pays?"), columns, found))
    return who


def _meant(typed: str) -> list[Stay] | list[Folio]:
    """Who lives in this room; else the open accounts that are meant. Refuses: NobodyThere."""
    try:
        return living_in(typed)
    except NobodyThere:
        if accounts := find_accounts(typed):
            return accounts
        raise


async def post_to_stay(app: Any, stay: Stay) -> bool:
    """Ask for the code, the amount and a text, and post it; of a guest who has left on a new
    window.
    """
    where = stay.room.number if stay.room else ""
    asked = await _ask_charge(app, where, stay.name)
    while asked is not None:
        taken = await _deposit(app, stay, asked.service, asked.amount)
        if taken is not None:
            post = post_late_charge if stay.state == DEPARTED else post_charge
            await app.operate(post, stay, asked.service.code, asked.amount, text=asked.text)
            _tell(app, where, stay.name, asked, taken=taken)
            return True
        # F12 at the deposit leads back to the sum.
        asked = await _ask_charge(app, where, stay.name, asked.begun)
    return False


async def _post_to_account(app: Any, folio: Folio) -> bool:
    """The same for an account: an outsider's, the staff's, a department's."""
    asked = await _ask_charge(app, folio.number, folio.name)
    if asked is None:
        return False
    await app.operate(post_to_folio, folio, asked.service.code, asked.amount, text=asked.text)
    _tell(app, folio.number, folio.name, asked)
    return True


@dataclass(frozen=True, slots=True)
class _Begun:
    """So many of a service, and the sum that is proposed; empty where it has no price."""

    service: Service
    count: int
    proposal: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A charge as it was typed; `text` is empty where nothing more is said than the service."""

    begun: _Begun
    amount: Money
    text: str

    @property
    def service(self) -> Service:
        return self.begun.service


async def _ask_charge(
    app: Any, where: str, name: str, begun: _Begun | None = None
) -> _Asked | None:  # fmt: skip
    """The service, how much, and what is said of it; F12 goes a question back, None before the
    first. What was `begun` goes on with the sum.
    """
    while (found := begun or await _ask_service(app, where, name)) is not None:
        if (asked := await _ask_amount(app, where, name, found)) is not None:
            return asked
        begun = None
    return None


async def _ask_amount(app: Any, where: str, name: str, begun: _Begun) -> _Asked | None:
    """How much, and what is said of it; None: another service."""
    service, count, proposal = begun.service, begun.count, begun.proposal
    what = service.name if count == 1 else f"{service.name} ×{count}"
    while typed := await ask_line(
        app, word("{room} {guest}, {service}: how much?"), proposal=proposal, room=where,
        guest=name, service=what, reads=money_of,
    ):  # fmt: skip
        amount = money_of(typed)
        text = await ask_line(app, word("Number of the voucher or a note; Enter alone: none"))
        if text is not None:
            told = f"{what} {text}".strip() if text or count > 1 else ""
            return _Asked(replace(begun, proposal=typed), amount, told)
        proposal = typed
    return None


def _tell(
    app: Any, where: str, name: str, asked: _Asked, *, taken: Money | None = None
) -> None:  # fmt: skip
    told = word("Charged to {room} {guest}: {service} {amount}")
    if taken:
        # Cash went into the drawer: it is not lost behind the charge.
        told = word("Charged to {room} {guest}: {service} {amount}; deposit taken: {taken}")
    app.inform(
        told, room=where, guest=name, service=asked.service.name, amount=asked.amount, taken=taken
    )


async def _deposit(app: Any, stay: Stay, service: Service, amount: Money) -> Money | None:
    """Beyond the credit a deposit is asked for on the spot; 0 goes on, and a manager is asked. How
    much was taken; None when somebody went back. The charge stands in the question and no sum is
    proposed: a charge that was typed wrongly takes no cash by Enter alone.
    """
    missing = None
    if stay.state != DEPARTED:
        missing = await app.in_books(_missing, stay, service.code, amount)
    if missing is None:
        return Money.zero(amount.currency)
    folio, over = missing
    asked = word("{amount}: {over} beyond the credit. Deposit? 0: a manager allows it")
    return await take_on_account(
        app, stay, folio, None, asked=asked, amount=amount, over=over
    )  # fmt: skip


def _missing(stay: Stay, code: str, amount: Money) -> Any:
    return credit_missing(stay, code, amount, store_day())


async def _ask_service(app: Any, room: str, guest: str) -> _Begun | None:
    """Its code typed, or chosen from the list, which letters, a blank line and a code that there is
    not show: of those that begin so (5: the minibar), or all. `3*` before it takes three.
    """
    asked = word("{room} {guest}: which code? Enter lists them")
    while (typed := await ask_line(app, asked, room=room, guest=guest)) is not None:
        count, wanted = _counted(typed.strip())
        chosen: Service | None = await app.in_books(chargeable_by, wanted)
        if chosen is None:
            rows = await app.in_books(chargeable)
            like = [row for row in rows if row.code.startswith(wanted) or wanted in row.name]
            chosen = await app.ask(Pick(word("What is charged?"), _SERVICES, like or rows))
        if chosen is not None:
            price = chosen.price
            return _Begun(chosen, count, str(price.times(Quantity.of(count))) if price else "")
    return None


def _counted(typed: str) -> tuple[int, str]:
    """How many, and of what: "3*5010" is three of 5010."""
    counted = _COUNTED.fullmatch(typed)
    return (int(counted[1]), counted[2].strip()) if counted else (1, typed)


async def post_from_menu(app: Any) -> None:
    """From the menu: one charge after the other, until F12."""
    while await post_to_room(app):
        pass
