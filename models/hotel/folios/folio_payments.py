"""Money on a guest's folio: taken from him, given back the way it came, or moved to an account."""

from __future__ import annotations

from collections.abc import Sequence

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import (
    DEPOSIT,
    PAYMENT,
    TRANSFER,
    FolioLine,
    NewLine,
    add_lines,
)
from models.hotel.folios.deposits import deposits_of
from models.hotel.stays.stays import Booking
from models.ledger.accounts import PACKAGE
from models.ledger.debts.account_payments import end_settlement, stored_for
from models.ledger.debts.tax_invoices import require_red_first
from models.ledger.documents import Document, Entry, Leg, begin_document, post_document
from models.ledger.folios import Folio, require_chargeable
from models.ledger.payments import refunds
from models.ledger.payments.taking import PaymentWrong, Taking, take_payments
from models.ledger.trade import RECEIPT
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


@operation(right="take payment")
def pay_folio(
    job: Job, folio: Folio, payings: Sequence[Paying], *, stay: int | None = None,
    amount: Money | None = None, draft: int | None = None, language: str = "",
) -> Document:  # fmt: skip
    """Money from a guest (押金, a part payment), on his folio: so much of it, or all that is given;
    `draft` is the work whose stored payments belong to it. Money goes back at the departure, the
    way it came.

    Refuses: PaymentWrong, FolioNotOpen, DraftGone and what taking a payment refuses.
    """
    given = Money.total((paying.given for paying in payings), store_currency())
    if (given if amount is None else amount).minor <= 0:
        raise PaymentWrong(amount=given if amount is None else amount)
    if amount is None:
        return take_on_folio(job, folio, payings, stay=stay, language=language)
    taken = stored_for(job, draft, folio, amount)
    taking = take_payments(job, amount, payings, taken=taken)

    document = begin_document(job, RECEIPT, total=taking.total, shift=taking.shift)
    end_settlement(job, draft)
    return _on_folio(job, document, folio, taking, stay=stay, language=language)


def take_on_folio(
    job: Job, folio: Folio, payings: Sequence[Paying], *, stay: int | None = None,
    language: str = "",
) -> Document:  # fmt: skip
    """Take payments on a folio inside an operation; each is a line of its own."""
    due = Money.total((paying.given for paying in payings), store_currency())
    taking = take_payments(job, due, payings)
    document = begin_document(job, RECEIPT, total=taking.total, shift=taking.shift)
    return _on_folio(job, document, folio, taking, stay=stay, language=language)


def _on_folio(
    job: Job, document: Document, folio: Folio, taking: Taking, *, stay: int | None, language: str
) -> Document:
    """Store and post a receipt: a line on the folio for each payment. Refuses: PaymentWrong."""
    if folio.account == PACKAGE:
        raise PaymentWrong(amount=taking.due)
    legs = taking.store(job, document)
    add_lines(
        document,
        [
            NewLine(
                folio.key, PAYMENT, "", "", take.tender.own_name, -amount, job.day, stay=stay
            )
            for take, amount in taking.parts
        ],
    )  # fmt: skip
    add_job(job, "payment", subject=document.key, language=language)
    legs.append(Leg(folio.account, -taking.due, folio.key))
    return post_document(job, document, legs, folio=folio.number)


def give_back(
    job: Job, folio: Folio, payings: Sequence[Paying], *, stay: int | None = None,
    language: str = "",
) -> list[Document]:  # fmt: skip
    """Money back to a guest inside an operation, below zero, through the tenders that paid and at
    most what each paid.

    Refuses: RedInvoiceWanted, RefundTooMuch and what taking a payment refuses.
    """
    back = -Money.total((paying.given for paying in payings), store_currency())
    require_red_first(Folio.get_by_id(folio.key), back)
    refunds.require_in_all(job, payings)
    made = []
    for paying in payings:
        origin = refunds.origin_of(_receipts(folio.key), paying)
        taking = take_payments(job, paying.given, [paying], refunds=origin)
        document = begin_document(
            job, RECEIPT, total=taking.total, shift=taking.shift, reverses=origin
        )
        made.append(_on_folio(job, document, folio, taking, stay=stay, language=language))
    return made


def proposed_back(folio: int, amount: Money) -> list[Paying]:
    """How so much, above zero, goes back to a guest as it came; none at all where it does not
    reach.
    """
    return refunds.proposed(_receipts(folio), amount)


def ways_for(folio: int, amount: Money, *, deposit: Booking | None = None) -> list[list[Paying]]:
    """The ways by which so much, above zero, can go back to a guest; none where what was paid does
    not reach. `deposit` is the booking whose deposit is about to be set against the folio.
    """
    return refunds.ways_for(_receipts(folio, deposit), amount)


def _receipts(folio: int, deposit: Booking | None = None) -> list[int]:
    """The documents by which money came onto a folio, in their order; behind them those by which
    the deposits came that were set against it.
    """
    lines = list(
        FolioLine.select(FolioLine.document, FolioLine.kind)
        .join(Document)
        .where(FolioLine.folio == folio, FolioLine.kind << (PAYMENT, DEPOSIT))
        .where(Document.reverses.is_null())
        .order_by(FolioLine.document, FolioLine.line)
    )
    applied = [line.document_id for line in lines if line.kind == DEPOSIT]
    sides = Entry.select(Entry.folio).where(Entry.document << applied, Entry.folio != folio)
    bookings = list(Booking.select().where(Booking.deposit_folio << sides))
    paid = [line.document_id for line in lines if line.kind == PAYMENT]
    for booking in [*bookings, *([deposit] if deposit else [])]:
        paid += deposits_of(booking)
    return list(dict.fromkeys(paid))


def to_account(job: Job, folio: Folio, account: Folio, amount: Money) -> Document:
    """What a guest owes becomes a debt of a company or his own (挂账), inside an operation.

    Refuses: FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    job.require("check out to account")
    return move_balance(job, folio, account, amount)


def move_balance(job: Job, folio: Folio, account: Folio, amount: Money) -> Document:
    """So much of what one folio owes becomes a debt on another, inside an operation.

    Refuses: FolioNotOpen, CreditLimitExceeded, NeedsOverride.
    """
    target = require_chargeable(job, account.key, amount)
    document = begin_document(job, kinds.TRANSFER, total=amount, note=target.name)
    add_lines(
        document,
        [
            NewLine(
                folio.key, TRANSFER, "", "", f"{target.number} {target.name}", -amount, job.day
            ),
            NewLine(target.key, TRANSFER, "", "", f"{folio.number} {folio.name}", amount, job.day),
        ],
    )
    legs = [Leg(folio.account, -amount, folio.key), Leg(target.account, amount, target.key)]
    return post_document(job, document, legs, folio=folio.number, to=target.number)
