"""The slips of the front desk: the folio, the registration card, the receipt of a deposit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.hotel.charges.folio_lines import ADJUSTMENT, DEPOSIT, TRANSFER, VOID
from receipts.labels import heads, label, money_text, named, time_text
from receipts.slip import Column, Feed, Pair, Part, Row, Rule, Slip, Table, Text
from receipts.slips.common import Print, copy_marks, foot, store_head, title
from receipts.words import word

if TYPE_CHECKING:
    from models.hotel.folios.papers import (
        DepositView,
        FolioView,
        LineView,
        RegistrationView,
        WindowView,
    )
    from receipts.labels import PaperLanguage


def folio_slip(bill: FolioView, how: Print) -> Slip:
    """The guest's bill, one window below the other, with what was charged, paid, and is left."""
    lang, booked = how.lang, str(bill.departure)
    parts: list[Part] = [
        *store_head(bill.store, lang),
        title("GUEST FOLIO", lang),
        *copy_marks(how),
        Rule("="),
        Pair(label("Stay", lang), bill.number),
        Pair(label("Guest", lang), bill.name),
        Pair(label("Room", lang), bill.room),
        Pair(label("Arrival", lang), str(bill.arrival)),
        Pair(label("Departure", lang), time_text(bill.left_at) if bill.left_at else booked),
        Pair(label("Cashier", lang), bill.cashier),
        Pair(label("Time", lang), time_text(bill.at)),
    ]
    for window in bill.windows:
        parts += _window(window, lang, is_only=len(bill.windows) == 1)
    parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("folio", bill.number, (*parts, *foot()))


def _window(window: WindowView, lang: PaperLanguage, *, is_only: bool) -> list[Part]:
    parts: list[Part] = [Rule()]
    if not is_only:
        parts.append(Pair(f"{label('Window', lang)} {window.letter}", window.name))
    parts.append(Pair(label("Folio", lang), window.number))
    columns = (Column(heads("Item", lang)), Column(heads("Amount", lang)))
    rows = tuple(Row((_text(line, lang), str(line.amount))) for line in window.lines)
    if rows:
        parts.append(Table(columns, rows))
    parts += [
        Rule(),
        Pair(label("Charged", lang), str(window.charged)),
        Pair(label("Paid", lang), str(window.paid)),
        *([Pair(label("On account", lang), str(window.moved))] if window.moved else []),
        Pair(label("Balance", lang), money_text(window.balance), bold=True, tall=True),
    ]
    return parts


# What no name says: why an amount is below zero, and that a number is that of a reservation.
_KINDS = {
    VOID: word("Charge voided"), ADJUSTMENT: word("Let off"), TRANSFER: word("Moved"),
    DEPOSIT: word("Paid ahead"),
}  # fmt: skip


def _text(line: LineView, lang: PaperLanguage) -> str:
    text = f"{line.day:%m-%d} {line.room} {line.text}".replace("  ", " ")
    if line.kind in _KINDS:
        text = f"{text} ({label(_KINDS[line.kind], lang)})"
    return f"{text} ({label('Disputed', lang)})" if line.is_disputed else text


def registration_slip(card: RegistrationView, how: Print) -> Slip:
    """What a guest signs when he comes; what it costs stands on it night by night."""
    lang = how.lang
    parts: list[Part] = [
        *store_head(card.store, lang),
        title("REGISTRATION CARD", lang),
        *copy_marks(how),
        Rule("="),
        Pair(label("Stay", lang), card.number),
        Pair(label("Room", lang), card.room, bold=True, tall=True),
        Pair(label("Room type", lang), card.room_type),
        Pair(label("Arrival", lang), str(card.arrival)),
        Pair(label("Departure", lang), str(card.departure)),
        Rule(),
    ]
    parts += [Pair(name, paper) for name, paper in card.guests]
    columns = (Column(heads("Night", lang)), Column(heads("Room charge", lang)))
    if card.nights:
        rows = tuple(Row((str(day), str(price))) for day, price in card.nights)
        parts += [Rule(), Table(columns, rows)]
    if card.tax:
        parts.append(Pair(label("Visitors' tax", lang), str(card.tax)))
    parts += [
        Rule(),
        Pair(label("Clerk", lang), card.clerk),
        Pair(label("Time", lang), time_text(card.at)),
        Feed(),
        Text(f"{label('Signature', lang)} ________________"),
    ]
    return Slip("registration", card.number, (*parts, *foot()))


def deposit_slip(paid: DepositView, how: Print) -> Slip:
    """The receipt of a deposit (押金单): it is shown when the money goes back."""
    lang = how.lang
    is_back = paid.amount.minor < 0
    parts: list[Part] = [
        *store_head(paid.store, lang),
        title("DEPOSIT RETURNED" if is_back else "DEPOSIT RECEIVED", lang),
        *copy_marks(how),
        Rule("="),
        Pair(label("Slip no.", lang), paid.number),
        Pair(label("Booking", lang), paid.booking),
        Pair(label("Guest", lang), paid.name),
        Pair(label("Time", lang), time_text(paid.at)),
        Pair(label("Cashier", lang), paid.cashier),
        Rule(),
        *(Pair(named(zh, en, lang), str(abs(amount))) for zh, en, amount in paid.tenders),
        Pair(label("Total", lang), money_text(abs(paid.amount)), bold=True, tall=True),
    ]
    if is_back:
        parts += [Feed(), Text(f"{label('Signature', lang)} ________________")]
    return Slip("deposit", paid.number, (*parts, *foot()))
