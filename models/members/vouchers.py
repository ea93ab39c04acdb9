"""Gift vouchers (礼券): sold for money, which is owed until they are used; paid back, stopped, and
over at the close of their last day. Store credit is issued by what goes back (tenders.py) and kept
in the same way.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.ledger.debts.account_payments import end_settlement, stored_with
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taken import DUES
from models.ledger.payments.taking import take_of, take_payments
from models.ledger.ways.tender_kinds import Paying
from models.members.kinds import CREDIT, KINDS, LOT_BACK, LOT_EXPIRED, VOUCHER, VOUCHER_SALE
from models.members.lots import (
    CASHED,
    EXPIRED,
    Lot,
    LotTaken,
    LotTooLittle,
    LotUnknown,
    issue,
    lots_of,
    move,
    require_lots,
    require_number,
)
from models.people.persons import Person
from models.trust import drafts
from models.trust.drafts import Draft
from models.trust.operation import Job, Session, operation
from models.trust.print_queue import add_job
from models.trust.records import linked_row, put, row_at
from models.trust.trades_used import loaded_in_use

_LOTS = word("Vouchers and store credit")
# What the list of vouchers shows and changes; cards have their own.
OF_VOUCHERS = (VOUCHER, CREDIT)


class VoucherWrong(Refusal):
    """A voucher is worth something."""

    about = ("value",)


class VoucherForVoucher(Refusal):
    """A voucher is not paid with another one: its last day would move."""


@operation(right="sell vouchers")
def sell_voucher(
    job: Job,
    number: str,
    payings: Sequence[Paying],
    *,
    amount: Money,
    person: int | None = None,
    draft: int | None = None,
    language: str = "",
) -> Document:
    """Sell a voucher of this number, or put more onto one; nothing is earned yet. `draft` is the
    work whose stored payments belong to it.

    Refuses: VoucherWrong, LotNumberWrong, LotTaken, LotStopped, VoucherForVoucher, LinkUnknown,
    DraftGone, and what `take_payments` refuses.
    """
    require_sellable(number, amount)
    owner = linked_row(Person, "person", person)
    taken = stored_with(job, draft, _head(number, amount, person))
    if any(take.tender.kind in KINDS for take in (*taken, *map(take_of, payings))):
        raise VoucherForVoucher()
    taking = take_payments(job, amount, payings, taken=taken)

    # After this point the sale must succeed.
    end_settlement(job, draft)
    document = begin_document(
        job, VOUCHER_SALE, total=taking.total, shift=taking.shift, note=number
    )
    legs = taking.store(job, document)
    name = owner.name if owner else paid_ahead_by(number)
    legs += issue(job, document, VOUCHER, number=number, amount=amount, person=person, name=name)
    add_job(job, "lot_money", subject=document.key, language=language)
    return post_document(job, document, legs, voucher=number, value=amount, owner=name)


def paid_ahead_by(number: str) -> str:
    """Whose deposit a voucher holds; empty of one that is for whoever shows it. Who has no record
    is found by the name that he gave.
    """
    return next(filter(None, (name(number) for name in loaded_in_use("paid_ahead"))), "")


def require_sellable(number: str, amount: Money) -> None:
    """Refuses: VoucherWrong, LotNumberWrong, LotTaken, LotStopped, CardNumberRefused."""
    if amount.minor <= 0:
        raise VoucherWrong(amount=amount)
    require_number(number)
    if found := lots_of(number):
        if found[0].kind != VOUCHER:
            raise LotTaken(number=number)
        require_lots(number, VOUCHER)


# Open work of this kind is a voucher that is paid in several steps.
WORK = "voucher"


def begin_voucher(session: Session, number: str, amount: Money, person: int | None) -> int:
    """The draft of a voucher that is being sold, to which `take_for` adds."""
    head = _head(number, amount, person)
    return int(drafts.begin_draft(session.register, session.user, WORK, head).key)


def open_voucher(register: int) -> Draft | None:
    """What a register left unfinished."""
    rows = Draft.select().where(
        Draft.kind == WORK, Draft.state == drafts.OPEN, Draft.register == register
    )
    found: Draft | None = rows.first()
    return found


def _head(number: str, amount: Money, person: int | None) -> dict[str, Any]:
    return {"number": number, "amount": amount.minor, "person": person}


DUES[WORK] = lambda draft: Money(drafts.read(draft).head["amount"], store_currency())


@operation(right="give refund")
def pay_back_lot(job: Job, lot: Lot, payings: Sequence[Paying], *, language: str = "") -> Document:
    """Give what is left on a lot back, below zero, by the ways in which it, or the goods for which
    it was given, were paid.

    Refuses: LotUnknown (it stands on a card), LotStopped, LotTooLittle, and what `take_payments`
    refuses.
    """
    found: Lot = Lot.get_by_id(lot.key)
    _require_voucher(found)
    require_lots(found.number, found.kind)
    if not found.rest:
        raise LotTooLittle(number=found.number, rest=found.rest)
    taking = take_payments(job, -found.rest, payings, refunds=found.document)

    document = begin_document(
        job, LOT_BACK, total=taking.total, shift=taking.shift, note=found.number,
        reverses=found.document,
    )  # fmt: skip
    legs = [*taking.store(job, document), move(job, document, found, -found.rest, why=CASHED)]
    add_job(job, "lot_money", subject=document.key, language=language)
    return post_document(job, document, legs, lot=found.number, owner=found.name)


@operation(right="keep vouchers")
def save_lot(
    job: Job, key: int, *, version: int, person: int | None = None, expires: date | None = None
) -> Lot:
    """Say whose it is, and until when it is good. Refuses: RecordChanged, LinkUnknown, LotUnknown
    (it stands on a card).
    """
    owner = linked_row(Person, "person", person)
    found = row_at(Lot, key, version, _LOTS)
    _require_voucher(found)

    name = owner.name if owner else ""
    changes = put(found, person=person, name=name, expires=expires)
    job.note(lot=found.number, changes=changes)
    return found


@operation(right="keep vouchers")
def switch_lot(job: Job, key: int, *, version: int) -> Lot:
    """Stop a number that is lost, with all that stands on it, or let it be used again.

    Refuses: RecordChanged, LotUnknown (it stands on a card).
    """
    found = row_at(Lot, key, version, _LOTS)
    _require_voucher(found)

    is_active = not found.is_active
    for lot in Lot.select().where(Lot.number == found.number, Lot.key != key):
        put(lot, is_active=is_active)
    job.note(lot=found.number, rest=found.rest, changes=put(found, is_active=is_active))
    return found


def _require_voucher(lot: Lot) -> None:
    """What stands on a card is changed with it: its bonus is no money. Refuses: LotUnknown."""
    if lot.kind not in OF_VOUCHERS:
        raise LotUnknown(number=lot.number)


def expire_lots(job: Job) -> None:
    """The day's close: what was good through this day is earned, kind by kind."""
    over = list(
        Lot.select()
        .where(
            Lot.expires.is_null(False),
            Lot.expires <= job.day,
            Lot.rest > Money.zero(store_currency()),
        )
        .order_by(Lot.kind, Lot.key)
    )
    for kind in dict.fromkeys(lot.kind for lot in over):
        lots = [lot for lot in over if lot.kind == kind]
        total = Money.total((lot.rest for lot in lots), store_currency())
        document = begin_document(job, LOT_EXPIRED, total=total, note=kind)
        for lot in lots:
            move(job, document, lot, -lot.rest, why=EXPIRED, pieces=-lot.pieces_rest)
        legs = [Leg(KINDS[kind].account, total), Leg(KINDS[kind].profit, -total)]
        post_document(job, document, legs)
