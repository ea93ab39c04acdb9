"""What the slips of a hotel show: the folio, the registration card, the receipt of a deposit."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.folio_lines import CHARGE, DEPOSIT, PAYMENT, TRANSFER, FolioLine, lines_of
from models.hotel.charges.visitors_tax import tax_total
from models.hotel.charges.windows import has_lines, windows_of
from models.hotel.folios.disputes import disputed_on
from models.hotel.folios.masters import GROUP, master_of
from models.hotel.stays.stays import DEPARTED, HOLDING, Booking, Night, Stay, StayGuest
from models.ledger.daily.prints import print_again
from models.ledger.documents import Document, Entry
from models.ledger.folios import OPEN, Folio
from models.ledger.store_card import StoreCard, local, store_card, user_name
from models.ledger.ways.tenders import Payment
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job, job_in, newest_job


@dataclass(frozen=True, slots=True)
class LineView:
    """A line as the guest reads it, of a kind of folio_lines.py. `is_disputed`: he does not own up
    to it.
    """

    day: date
    text: str
    room: str
    amount: Money
    is_disputed: bool = False
    kind: str = CHARGE


@dataclass(frozen=True, slots=True)
class WindowView:
    """One window: `charged` less `paid` and `moved` is `balance`; `moved` went to the account of
    a company or a group.
    """

    letter: str
    number: str
    name: str
    lines: tuple[LineView, ...]
    charged: Money
    paid: Money
    moved: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class FolioView:
    """The bill of a stay, window by window. `departure` is what was booked, `left_at` when he, or
    the last of a group, has gone.
    """

    store: StoreCard
    number: str
    name: str
    room: str
    arrival: date
    departure: date
    left_at: datetime | None
    cashier: str
    at: datetime
    windows: tuple[WindowView, ...]


@dataclass(frozen=True, slots=True)
class RegistrationView:
    """The card that a guest signs when he comes; papers are masked. `tax`: the visitors' tax of all
    nights.
    """

    store: StoreCard
    number: str
    room: str
    room_type: str
    arrival: date
    departure: date
    nights: tuple[tuple[date, Money], ...]
    tax: Money
    guests: tuple[tuple[str, str], ...]
    clerk: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DepositView:
    """A deposit taken or given back; `amount` is below zero for what went back."""

    store: StoreCard
    number: str
    booking: str
    name: str
    amount: Money
    tenders: tuple[tuple[str, str, Money], ...]
    cashier: str
    at: datetime


def folio_view(stay_key: int) -> FolioView:
    """The bill of a stay as it stands."""
    stay: Stay = Stay.get_by_id(stay_key)
    windows = tuple(_window(letter, folio) for letter, folio in windows_of(stay.key))
    last = _last_document(stay)
    return FolioView(
        store_card(), stay.number, stay.name, stay.room.number if stay.room else "", stay.arrival,
        stay.departure, _left([stay]), user_name(last.user if last else None),
        local(stay.left_at or (last.at if last else stay.arrived_at or stay.booking.at)), windows,
    )  # fmt: skip


def master_view(booking_key: int) -> FolioView:
    """The bill of a group's master account."""
    booking: Booking = Booking.get_by_id(booking_key)
    master = master_of(booking)
    stays = list(Stay.select().where(Stay.booking == booking))
    lines = lines_of(master.key) if master else []
    last = lines[-1].document if lines else None
    return FolioView(
        store_card(), booking.number, booking.name, str(len(stays)),
        min(stay.arrival for stay in stays), max(stay.departure for stay in stays), _left(stays),
        user_name(last.user if last else None), local(last.at if last else booking.at),
        (_window(GROUP, master),) if master else (),
    )  # fmt: skip


def _left(stays: Sequence[Stay]) -> datetime | None:
    """When the last of these has gone; None while one of them is to go."""
    gone = [stay.left_at for stay in stays if stay.state == DEPARTED]
    waits = any(stay.state in HOLDING for stay in stays)
    return local(max(gone)) if gone and not waits else None


def _window(letter: str, folio: Folio) -> WindowView:
    lines, disputed = lines_of(folio.key), disputed_on(folio.key)
    money = store_currency()
    paid = [line for line in lines if line.kind in (PAYMENT, DEPOSIT)]
    gone = [line for line in lines if _is_moved_balance(line)]
    given = -Money.total((line.amount for line in paid), money)
    moved = -Money.total((line.amount for line in gone), money)
    balance = Money.total((line.amount for line in lines), money)
    return WindowView(
        letter, folio.number, folio.name, tuple(_line(line, disputed) for line in lines),
        balance + given + moved, given, moved, balance,
    )  # fmt: skip


def _is_moved_balance(line: FolioLine) -> bool:
    """What was left went to another account: a line that answers none."""
    return line.kind == TRANSFER and line.of_document is None and line.amount.minor < 0


def _line(line: FolioLine, disputed: Container[tuple[int, int]]) -> LineView:
    day = line.service_day if line.kind == CHARGE else line.document.day
    is_disputed = (line.document_id, line.line) in disputed
    return LineView(day, line.text, line.room, line.amount, is_disputed, line.kind)


def _last_document(stay: Stay) -> Document | None:
    folios = [folio.key for _, folio in windows_of(stay.key)]
    line = (
        FolioLine.select(FolioLine, Document)
        .join(Document)
        .where(FolioLine.folio << folios)
        .order_by(Document.at.desc())
        .first()
    )
    return line.document if line else None


def registration_view(stay_key: int) -> RegistrationView:
    """The registration card of a stay."""
    stay: Stay = Stay.get_by_id(stay_key)
    nights = list(Night.select().where(Night.stay == stay, Night.is_live).order_by(Night.day))
    guests = StayGuest.select().where(StayGuest.stay == stay).order_by(StayGuest.key)
    return RegistrationView(
        store_card(), stay.number, stay.room.number if stay.room else "", stay.room_type.name,
        stay.arrival, stay.departure, tuple((night.day, night.price) for night in nights),
        tax_total(stay, nights),
        tuple((guest.name, guest.paper) for guest in guests) or ((stay.name, ""),),
        user_name(stay.booking.user), local(stay.arrived_at or stay.booking.at),
    )  # fmt: skip


def deposit_view(document_key: int) -> DepositView:
    """The receipt of a deposit."""
    document: Document = Document.get_by_id(document_key)
    payments = Payment.select().where(Payment.document == document).order_by(Payment.line)
    tenders = tuple((p.tender.name_zh, p.tender.name_en, p.amount) for p in payments)
    name = document.note
    booking = _booking_of(document)
    return DepositView(
        store_card(), document.label, booking.number if booking else "",
        booking.name if booking else name, document.total, tenders, user_name(document.user),
        local(document.at),
    )  # fmt: skip


def _booking_of(document: Document) -> Booking | None:
    entry = Entry.get_or_none(Entry.document == document, Entry.folio.is_null(False))
    return Booking.get_or_none(Booking.deposit_folio == entry.folio) if entry else None


@operation(right="check in")
def print_group(job: Job, booking: Booking, *, language: str = "") -> int:
    """Print the bills of everybody of a group on whose account something stands, and of its master;
    how many.

    Refuses: NeedsOverride (the bills of who has left, once more).
    """
    came = Stay.select().where(Stay.booking == booking, Stay.arrived_at.is_null(False))
    stays = [stay for stay in came.order_by(Stay.key) if has_lines(stay.key)]
    for stay in stays:
        _print_bill(job, "folio", stay.key, is_final=stay.state == DEPARTED, language=language)
    master = Booking.get_by_id(booking.key).master_folio
    if master is not None:
        is_final = Folio.get_by_id(master).status != OPEN
        _print_bill(job, "master", booking.key, is_final=is_final, language=language)
    bills = len(stays) + (master is not None)
    job.note(booking=booking.number, name=booking.name, bills=bills)
    return bills


@operation(right="check in")
def print_folio(job: Job, stay: Stay, *, language: str = "") -> None:
    """Print the bill of a stay as it stands now.

    Refuses: NeedsOverride (that of who has left, once more).
    """
    is_final = Stay.get_by_id(stay.key).state == DEPARTED
    _print_bill(job, "folio", stay.key, is_final=is_final, language=language)
    job.note(stay=stay.number, name=stay.name)


def _print_bill(job: Job, kind: str, subject: int, *, is_final: bool, language: str) -> None:
    """While the guest is in the house each bill is another; the final one comes out once, and then
    as a copy.
    """
    printed = newest_job(kind, subject) if is_final else None
    if printed is not None:
        print_again(job, job_in(printed))
    else:
        add_job(job, kind, subject=subject, language=language)
