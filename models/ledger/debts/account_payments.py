"""Payments on account: money taken from a guest or a company, or paid to a supplier."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.debts.dues import allocate_oldest, sign_of
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.folio_kinds import SUPPLIER
from models.ledger.folios import OPEN, Folio, FolioNotOpen
from models.ledger.payments.taken import (
    DUES,
    PaymentsTaken,
    clear_taken,
    taken_of,
    taken_to_finish,
    total_of,
)
from models.ledger.payments.taking import PaymentWrong, take_of, take_payments
from models.ledger.trade import RECEIPT
from models.ledger.ways.tender_kinds import FOLIO, Paying, Take
from models.trust import drafts
from models.trust.drafts import Draft, DraftGone
from models.trust.operation import Job, Session, operation
from models.trust.print_queue import add_job

# Open work of this kind is a payment in several steps: some of it was taken.
KIND = "settlement"


class NotForSuppliers(Refusal):
    """Suppliers are paid by money: in cash, by bank, by card or by phone."""


def begin_settlement(session: Session, folio: Folio, amount: Money) -> int:
    """The draft of a payment of so much on an account, to which `take_for` adds. Refuses:
    PaymentWrong.
    """
    if amount.minor <= 0:
        raise PaymentWrong(amount=amount)
    return int(drafts.begin_draft(session.register, session.user, KIND, _head(folio, amount)).key)


def open_settlement(folio: Folio, register: int) -> Draft | None:
    """What a register left unfinished for an account; its head holds the amount."""
    rows = Draft.select().where(
        Draft.kind == KIND, Draft.state == drafts.OPEN, Draft.register == register
    )
    return next((row for row in rows if drafts.head_value(row, "folio") == folio.key), None)


def begun_payments(folios: Iterable[Folio]) -> list[Take]:
    """What was taken for these accounts, at any register, and is not posted yet."""
    keys = {folio.key for folio in folios}
    return [
        take
        for draft in Draft.select().where(Draft.kind == KIND, Draft.state == drafts.OPEN)
        if drafts.head_value(draft, "folio") in keys
        for take in taken_of(draft.key).values()
    ]


def require_none_begun(folio: Folio) -> None:
    """Before an account is closed: what was taken for it and is not posted yet would lie in a
    drawer and on no account. Refuses: PaymentsTaken.
    """
    if takes := begun_payments([folio]):
        raise PaymentsTaken(amount=total_of(takes))


@operation(right="take payment")
def settle_account(
    job: Job,
    folio: Folio,
    payings: Sequence[Paying],
    *,
    amount: Money,
    draft: int | None = None,
    of: int | None = None,
    note: str = "",
    language: str = "",
) -> Document:
    """Money for an account: taken from a guest or company, or paid to a supplier (the payings are
    below zero then); it settles the item of the document `of`, then the oldest. `amount`, above
    zero, is what the account is relieved of; `draft` is the work whose stored payments belong to
    it.

    Refuses: FolioNotOpen, PaymentWrong, NotForSuppliers, DraftGone, and what `take_payments`
    refuses.
    """
    found = Folio.get_or_none(Folio.key == folio.key)
    if found is None or found.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    taken = stored_for(job, draft, found, amount)
    takes = [*taken, *map(take_of, payings)]
    if amount.minor <= 0 or any(FOLIO in take.kind.needs for take in takes):
        raise PaymentWrong(amount=amount)
    for take in takes:
        if found.kind == SUPPLIER and not take.kind.pays_suppliers:
            raise NotForSuppliers(tender=take.tender.name_zh, tender_en=take.tender.name_en)
    due = due_on(found, amount)
    taking = take_payments(job, due, payings, taken=taken)

    # After this point the payment must succeed.
    document = begin_document(
        job, RECEIPT, total=abs(taking.total), shift=taking.shift, note=note.strip()
    )
    legs = [*taking.store(job, document), Leg(found.account, -due, found.key)]
    end_settlement(job, draft)
    post_document(job, document, legs, account=found.number, name=found.name)
    allocate_oldest(job, found, document, first=of)
    add_job(job, "payment", subject=document.key, language=language)
    return document


def due_on(folio: Folio, amount: Money) -> Money:
    """So much of an account as a due: what a supplier gets goes out."""
    return amount if sign_of(folio) > 0 else -amount


def stored_for(job: Job, draft: int | None, folio: Folio, amount: Money) -> list[Take]:
    """What was stored for a payment of so much on this account, inside an operation. Refuses:
    DraftGone.
    """
    return stored_with(job, draft, _head(folio, amount))


def stored_with(job: Job, draft: int | None, head: dict[str, Any]) -> list[Take]:
    """What was stored with work that has this head, inside an operation. Refuses: DraftGone,
    PayCodeOpen.
    """
    if draft is None:
        return []
    drafts.hold(draft, job.register)
    if drafts.read(draft).head != head:
        raise DraftGone(draft=draft)
    return taken_to_finish(draft)


def end_settlement(job: Job, draft: int | None) -> None:
    """Its payments are in a document now, inside an operation."""
    if draft is not None:
        clear_taken(draft)
        drafts.finish(job, draft)


def _head(folio: Folio, amount: Money) -> dict[str, Any]:
    return {"folio": folio.key, "amount": amount.minor}


def _due(draft: int) -> Money:
    head = drafts.read(draft).head
    return due_on(Folio.get_by_id(head["folio"]), Money(head["amount"], store_currency()))


DUES[KIND] = _due
