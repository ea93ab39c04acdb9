"""Accounts put right: a debt given up, a prepayment given back, what was owed when the books began.

The debts and the payments themselves: dues.py, account_payments.py.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.ledger.accounts import BAD_DEBT, CHANNEL_FEES, OPENING_EQUITY
from models.ledger.debts.due_notes import note_item
from models.ledger.debts.dues import Item, allocate_oldest, item_on, items_of, settle, sign_of
from models.ledger.debts.tax_invoices import require_red_first
from models.ledger.documents import Document, Leg, begin_document, post, post_document
from models.ledger.folios import OPEN, Folio, FolioNotOpen
from models.ledger.payments import refunds
from models.ledger.payments.taking import take_payments
from models.ledger.trade import OPENING_DUE, RECEIPT, WRITE_OFF
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class WriteOffWrong(Refusal):
    """Given up is what somebody owes to the store, at most what is left of it, with the reason."""


class CreditTooSmall(Refusal):
    """More would go back than the account has to its credit."""


class OpeningWrong(Refusal):
    """What is owed from before is an amount on an open account, with its old number."""


@operation(right="write off")
def write_off(
    job: Job, folio: Folio, item: Item, amount: Money, *, reason: str, is_fee: bool = False
) -> Document:
    """Give up so much of what is owed on an item (坏账核销): it becomes a loss, or (`is_fee`) what
    a card company or a channel keeps of what it pays (手续费).

    Refuses: FolioNotOpen, ItemGone, WriteOffWrong, NeedsOverride above the value that the right
    allows.
    """
    found, owed = _open(folio), item_on(folio, item)
    is_ours = sign_of(found) > 0 and owed.is_charge
    if not is_ours or not 0 < amount.minor <= owed.left.minor or not has_words(reason):
        raise WriteOffWrong(item=owed.label, left=owed.left)
    job.require("write off", amount.minor)

    loses = CHANNEL_FEES if is_fee else BAD_DEBT
    legs = [Leg(loses, amount), Leg(found.account, -amount, found.key)]
    document = post(job, WRITE_OFF, legs, total=amount, note=reason.strip())
    loss = next(each for each in items_of(found) if each.document == document.key)
    settle(job, owed, loss, amount)
    job.note(account=found.number, name=found.name, item=owed.label, amount=amount)
    return document


@operation(right="give refund")
def give_back_credit(
    job: Job, folio: Folio, payings: Sequence[Paying], *, language: str = ""
) -> None:
    """Give back what somebody paid in advance, below zero, through the tenders that paid it and at
    most what each paid.

    Refuses: FolioNotOpen, CreditTooSmall, RedInvoiceWanted, RefundTooMuch and what taking a payment
    refuses.
    """
    found = _open(folio)
    total = -Money.total((paying.given for paying in payings), store_currency())
    if not 0 < total.minor <= credit_of(found).minor:
        raise CreditTooSmall(account=found.number, credit=credit_of(found))
    require_red_first(found, total)
    refunds.require_in_all(job, payings)
    for paying in payings:
        _give_back(job, found, paying, language)


def _give_back(job: Job, folio: Folio, paying: Paying, language: str) -> None:
    origin = refunds.origin_of(receipts_of(folio), paying)
    taking = take_payments(job, paying.given, [paying], refunds=origin)
    document = begin_document(
        job, RECEIPT, total=abs(taking.total), shift=taking.shift, reverses=origin
    )
    legs = [*taking.store(job, document), Leg(folio.account, -taking.due, folio.key)]
    post_document(job, document, legs, account=folio.number, name=folio.name)
    allocate_oldest(job, folio, document)
    add_job(job, "payment", subject=document.key, language=language)


def credit_of(folio: Folio) -> Money:
    """What somebody has to his credit on an account of receivables; zero when he owes."""
    zero = Money(0, store_currency())
    return max(zero, -folio.balance) if sign_of(folio) > 0 else zero


def ways_back_of(folio: Folio) -> list[list[Paying]]:
    """The ways by which the whole credit can go back. None at all when what was paid does not
    reach.
    """
    return refunds.ways_for(receipts_of(folio), credit_of(folio))


_RECEIPTS = Statement(
    'SELECT DISTINCT d."key" FROM "document" d JOIN "entry" e ON e."document_id" = d."key" '
    'WHERE e."folio" = ? AND e."folio" IS NOT NULL AND d."kind" = ? AND d."reverses_id" IS NULL '
    'ORDER BY d."key" DESC'
)


def receipts_of(folio: Folio) -> list[int]:
    """The documents by which money came onto an account, the newest first: a credit comes from what
    was paid last.
    """
    return [int(key) for (key,) in _RECEIPTS.rows(folio.key, RECEIPT)]


@operation(right="open balances")
def open_balance(
    job: Job, folio: Folio, amount: Money, *, due: date | None = None, note: str
) -> Document:
    """What is owed on an account from before these books (期初余额), one old document: above zero
    it is owed, below zero it was paid in advance. `note` is its old number.

    Refuses: FolioNotOpen, OpeningWrong.
    """
    found = _open(folio)
    if not amount or not note.strip():
        raise OpeningWrong(account=found.number)
    owed = amount if sign_of(found) > 0 else -amount
    legs = [Leg(found.account, owed, found.key), Leg(OPENING_EQUITY, -owed)]

    document = post(job, OPENING_DUE, legs, total=abs(amount), note=note.strip())
    if due is not None and amount.minor > 0:
        made = next(each for each in items_of(found) if each.document == document.key)
        note_item(job, made, due=due, is_disputed=False, reason=note)
    job.note(account=found.number, name=found.name, amount=amount)
    return document


def _open(folio: Folio) -> Folio:
    """The account as it is now. Refuses: FolioNotOpen."""
    found: Folio | None = Folio.get_or_none(Folio.key == folio.key)
    if found is None or found.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    return found
