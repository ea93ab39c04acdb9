"""Deposits before arrival (定金): the house owes them until the guest checks in, does not come, or
cancels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges import kinds
from models.hotel.charges.charge_parts import charge_parts
from models.hotel.charges.charging import add_service, take_all_back
from models.hotel.charges.folio_lines import DEPOSIT, NewLine, add_lines
from models.hotel.charges.services import Service
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, WAITING, Booking, Stay
from models.ledger import folio_kinds
from models.ledger.accounts import GUEST_DEPOSIT
from models.ledger.debts.account_payments import end_settlement, stored_with
from models.ledger.documents import Document, Entry, Leg, begin_document, post_document
from models.ledger.folios import Folio, new_folio
from models.ledger.payments import refunds
from models.ledger.payments.taken import DUES
from models.ledger.payments.taking import take_payments
from models.ledger.ways.tender_kinds import Paying
from models.trust import drafts
from models.trust.drafts import Draft
from models.trust.operation import Job, Session, operation
from models.trust.print_queue import add_job


class DepositWrong(Refusal):
    """A deposit is above zero, and no more goes back than is held."""


class DepositTooLate(Refusal):
    """Nobody of the booking is to come: who lives in the house pays on his account."""


@operation(right="take payment")
def take_deposit(
    job: Job, booking: Booking, payings: Sequence[Paying], *, amount: Money | None = None,
    draft: int | None = None, language: str = "",
) -> Document:  # fmt: skip
    """Take a deposit for a booking, of so much or all that is given; nothing is earned yet. `draft`
    is the work whose stored payments belong to it.

    Refuses: DepositWrong, DepositTooLate, DraftGone and what taking a payment refuses.
    """
    given = Money.total((paying.given for paying in payings), store_currency())
    due = given if amount is None else amount
    if due.minor <= 0:
        raise DepositWrong(amount=due)
    if draft is None:
        # What was paid already is stored, whatever became of the booking meanwhile.
        require_awaited(booking)
    taken = stored_with(job, draft, _head(booking, due))
    taking = take_payments(job, due, payings, taken=taken)

    end_settlement(job, draft)
    folio = _deposit_folio(job, booking)
    document = begin_document(
        job, kinds.DEPOSIT, total=taking.total, shift=taking.shift, note=booking.name
    )
    legs = taking.store(job, document)
    add_job(job, "deposit", subject=document.key, language=language)
    legs.append(Leg(GUEST_DEPOSIT, -due, folio.key))
    return post_document(job, document, legs, booking=booking.number, name=booking.name)


def require_awaited(booking: Booking) -> None:
    """A deposit is taken while somebody is to come, and of a group while some of it are there: it
    pays their master. Of a guest who is in the house it would be set against nothing any more.
    Refuses: DepositTooLate.
    """
    states = [stay.state for stay in Stay.select().where(Stay.booking == booking)]
    is_awaited = any(state in (WAITING, *EXPECTED) for state in states)
    if not is_awaited and (len(states) == 1 or IN_HOUSE not in states):
        raise DepositTooLate(booking=booking.number, name=booking.name)


# Open work of this kind is a deposit that is paid in several steps.
WORK = "deposit"


def begin_deposit(session: Session, booking: Booking, amount: Money) -> int:
    """The draft of a deposit of so much, to which `take_for` adds."""
    head = _head(booking, amount)
    return int(drafts.begin_draft(session.register, session.user, WORK, head).key)


def open_deposit(booking: Booking, register: int) -> Draft | None:
    """What a register left unfinished for a booking; its head holds the amount."""
    rows = Draft.select().where(
        Draft.kind == WORK, Draft.state == drafts.OPEN, Draft.register == register
    )
    return next((row for row in rows if drafts.head_value(row, "booking") == booking.key), None)


def _head(booking: Booking, amount: Money) -> dict[str, int]:
    return {"booking": booking.key, "amount": amount.minor}


DUES[WORK] = lambda draft: Money(drafts.read(draft).head["amount"], store_currency())


@operation(right="give refund")
def return_deposit(
    job: Job, booking: Booking, payings: Sequence[Paying], *, language: str = ""
) -> list[int]:
    """Give a deposit back, below zero, through the tenders that paid it; a document for each, whose
    keys these are.

    Refuses: DepositWrong, RefundTooMuch and what taking a payment refuses.
    """
    back = Money.total((paying.given for paying in payings), store_currency())
    if back.minor >= 0 or -back.minor > held(booking).minor:
        raise DepositWrong(amount=back)
    refunds.require_in_all(job, payings)
    present: Booking = Booking.get_by_id(booking.key)
    made = []
    for paying in payings:
        origin = refunds.origin_of(deposits_of(present), paying)
        taking = take_payments(job, paying.given, [paying], refunds=origin)
        document = begin_document(
            job, kinds.DEPOSIT, total=taking.total, shift=taking.shift, reverses=origin
        )
        legs = taking.store(job, document)
        add_job(job, "deposit", subject=document.key, language=language)
        legs.append(Leg(GUEST_DEPOSIT, -taking.due, present.deposit_folio))
        post_document(job, document, legs, booking=present.number, name=present.name)
        made.append(int(document.key))
    return made


def ways_of_return(booking: Booking) -> list[list[Paying]]:
    """The ways by which all that is held can go back. None at all when it does not reach."""
    return refunds.ways_for(deposits_of(booking), held(booking))


def deposits_of(booking: Booking) -> list[int]:
    """The documents by which deposits of a booking came, in their order."""
    taken = (
        Document.select(Document.key)
        .join(Entry, on=(Entry.document == Document.key))
        .where(Entry.folio == booking.deposit_folio, Document.kind == kinds.DEPOSIT)
        .where(Document.reverses.is_null())
        .order_by(Document.key)
    )
    return [key for (key,) in taken.tuples()]


def held(booking: Booking) -> Money:
    """What is held for a booking and not applied yet."""
    return _held(Booking.get_by_id(booking.key))


def _held(present: Booking) -> Money:
    if present.deposit_folio is None:
        return Money(0, store_currency())
    return -Folio.get_by_id(present.deposit_folio).balance


def _deposit_folio(job: Job, booking: Booking) -> Folio:
    present: Booking = Booking.get_by_id(booking.key)
    if present.deposit_folio is not None:
        return Folio.get_by_id(present.deposit_folio)
    folio = new_folio(
        job, folio_kinds.KINDS[folio_kinds.DEPOSIT], name=booking.name,
        limit=Money(0, store_currency()), terms=0, owner=booking.person,
    )  # fmt: skip
    Booking.update(deposit_folio=folio.key).where(Booking.key == booking.key).execute()
    booking.deposit_folio = folio.key
    return folio


def apply_deposits(job: Job, stay: Stay, folio: Folio) -> None:
    """At check-in the deposit of a booking of one room goes onto the guest's folio. A group's stays
    where it is until its master account is settled (`apply_to_master`), or somebody says whose it
    is (`apply_deposit`).
    """
    booking: Booking = Booking.get_by_id(stay.booking_id)
    amount = _held(booking)
    if amount and Stay.select().where(Stay.booking == booking).count() == 1:
        _apply(job, booking, folio, amount, stay=stay.key)


def apply_to_master(job: Job, booking: Booking, master: Folio) -> None:
    """Inside an operation: what is held for a group pays what its master account bears, when the
    group settles it.
    """
    if amount := held(booking):
        _apply(job, Booking.get_by_id(booking.key), master, amount, stay=None)


@operation(right="take payment")
def apply_deposit(job: Job, booking: Booking, folio: Folio, amount: Money) -> Document:
    """Put so much of a deposit onto a folio. Refuses: DepositWrong, FolioNotOpen."""
    if not 0 < amount.minor <= held(booking).minor:
        raise DepositWrong(amount=amount)

    return _apply(job, Booking.get_by_id(booking.key), folio, amount, stay=None)


def _apply(
    job: Job, booking: Booking, folio: Folio, amount: Money, *, stay: int | None
) -> Document:
    document = begin_document(job, kinds.TRANSFER, total=amount, note=booking.number)
    text = f"{booking.number}"
    add_lines(document, [NewLine(folio.key, DEPOSIT, "", "", text, -amount, job.day, stay=stay)])
    legs = [
        Leg(GUEST_DEPOSIT, amount, booking.deposit_folio), Leg(folio.account, -amount, folio.key)
    ]  # fmt: skip
    return post_document(job, document, legs, booking=booking.number, to=folio.number)


def forfeit(job: Job, booking: Booking, service: Service, amount: Money) -> Document | None:
    """Earn a fee out of the deposit inside an operation, at most what is held; None for nothing."""
    earned = min(amount, held(booking))
    if earned.minor <= 0:
        return None
    parts = charge_parts(earned, service.rules)
    if parts.total != earned:
        # A price without its tax: the fee is what is held, tax and all.
        parts = charge_parts(earned, replace(service.rules, is_included=True))
    document = begin_document(job, kinds.CHARGE, total=earned, note=service.name)
    legs = [Leg(GUEST_DEPOSIT, earned, Booking.get_by_id(booking.key).deposit_folio)]
    legs += add_service(document, service, parts, day=job.day)
    return post_document(job, document, legs, booking=booking.number, code=service.code)


def give_fee_back(job: Job, fee: int) -> Document:
    """Take a fee that was earned out of a deposit back, inside an operation: its entries mirrored,
    today.
    """
    earned: Document = Document.get_by_id(fee)
    legs = [
        Leg(entry.account_id, -entry.amount, entry.folio)
        for entry in Entry.select()
        .where(Entry.document == fee, Entry.folio.is_null(False))
        .order_by(Entry.line)
    ]
    document = begin_document(
        job, kinds.REVERSAL, total=-earned.total, note=earned.label, reverses=fee
    )
    legs += take_all_back(document, fee)
    return post_document(job, document, legs, fee=earned.label)
