"""Money at the front desk: a payment or a deposit of a guest, a deposit for a booking."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from models.base.money import Money
from models.hotel.deposits import held, take_deposit
from models.hotel.folio_payments import pay_folio
from models.hotel.stays import Booking, Stay
from models.hotel.windows import own_folio
from models.ledger.folios import Folio
from models.ledger.tender_kinds import ACCOUNT, CARD, Paying
from models.ledger.tenders import active_tenders
from models.trust import company
from receipts.words import word
from tui.desk.numbers import money_of
from tui.desk.words import t
from tui.money.ways import tender_name
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from models.ledger.tenders import Tender

TENDERS = (
    Column("#", 3, "right", tone="muted", read=lambda row: row.number),
    Column(word("Ways to pay"), 0, read=lambda row: tender_name(row)),
)


def _tenders() -> list[Tender]:
    return [tender for tender in active_tenders() if tender.kind != ACCOUNT]


async def ask_line(app: Any, msgid: str, *, proposal: str = "", **fields: Any) -> str | None:
    """Ask in the entry line of the screen on top; None when somebody went back."""
    answer: str | None = await app.top_screen.question(t(msgid, **fields), proposal=proposal)
    return answer


async def ask_paying(app: Any, title: str, proposed: Money | None, **fields: Any) -> Paying | None:
    """How much, by which tender, with which reference; None when somebody went back. Nothing is
    paid by no tender.
    """
    value = str(proposed) if proposed is not None else ""
    typed = await ask_line(app, title, proposal=value, **fields)
    if not typed:
        return None
    amount = money_of(typed)
    if not amount:
        return Paying(0, amount)
    tender = await app.ask(Pick(word("How is it paid?"), TENDERS, await app.in_books(_tenders)))
    if tender is None:
        return None
    reference = await ask_reference(app, tender)
    return None if reference is None else Paying(tender.number, amount, reference=reference)


async def ask_reference(app: Any, tender: Tender) -> str | None:
    """The reference of a card's slip, where the tender wants one; None when somebody went back."""
    if tender.kind != CARD and not tender.needs_reference:
        return ""
    return await ask_line(app, word("Reference of {tender}"), tender=tender_name(tender))


async def take_on_account(
    app: Any, stay: Stay, folio: Folio, due: Money | None, *,
    asked: str = word("{name} pays how much?"), **fields: Any,
) -> Money | None:  # fmt: skip
    """Take a payment or a deposit (押金) of a guest in the house; how much was taken, None when
    somebody went back.
    """
    paying = await ask_paying(app, asked, due, name=folio.name, **fields)
    if paying is None:
        return None
    if not paying.given:
        return paying.given
    language = await app.in_books(company.slip_language.value)
    await app.operate(pay_folio, folio, [paying], stay=stay.key, language=language)
    app.wake_paper()
    app.inform(word("Done: {what} {amount}"), what=folio.name, amount=paying.given)
    return paying.given


async def take_for_stay(app: Any, key: int) -> None:
    """A payment or a deposit of a guest, from the rack."""
    stay, folio = await app.in_books(_own, key)
    await take_on_account(app, stay, folio, None)


def _own(key: int) -> tuple[Stay, Folio]:
    return Stay.get_by_id(key), own_folio(key)


async def take_booking_deposit(app: Any, stay: int) -> bool:
    """Take a deposit (定金) for a booking; what is due still is proposed."""
    booking, due, already = await app.in_books(_booking, stay)
    paying = await ask_paying(
        app, word("Deposit for {name}, {held} held: how much?"), due, name=booking.name,
        held=already,
    )  # fmt: skip
    if paying is None or not paying.given:
        return False
    language = await app.in_books(company.slip_language.value)
    await app.operate(take_deposit, booking, [paying], language=language)
    app.wake_paper()
    app.inform(word("Done: {what} {amount}"), what=booking.name, amount=paying.given)
    return True


def _booking(stay: int) -> tuple[Booking, Money | None, Money]:
    booking: Booking = Stay.get_by_id(stay).booking
    already = held(booking)
    due = booking.deposit_due - already
    return booking, due if due.minor > 0 else None, already
