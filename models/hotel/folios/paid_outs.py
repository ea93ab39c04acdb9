"""Cash that the desk hands out for a guest (代付): a taxi, flowers, a parcel. It stands on his
account and is nobody's income.
"""

from __future__ import annotations

from models.base.money import Money
from models.base.refusals import Refusal
from models.base.texts import has_words
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import (
    PAID_OUT,
    FolioLine,
    NewLine,
    add_lines,
    is_answered,
    mirrored,
)
from models.hotel.charges.postings import LineAnswered, LineIsCorrection, open_line
from models.hotel.charges.services import PAID_OUT as PAID_OUT_DEPARTMENT
from models.hotel.charges.services import PAID_OUT_CODE
from models.hotel.stays.stays import IN_HOUSE, Stay, StayMoved
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.folios import Folio, require_chargeable
from models.ledger.payments.taking import PaymentWrong, Taking, take_payments
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import cash_tender
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class PaidOutNeedsReason(Refusal):
    """Cash that goes out says what for: the guest reads it on his bill."""


@operation(right="post charge")
def pay_out_for(
    job: Job, folio: Folio, amount: Money, *, reason: str, stay: Stay | None = None,
    language: str = "",
) -> Document:  # fmt: skip
    """Hand out cash for a guest in the house (`stay`), or for whoever has the account; above zero.
    The limit of the right to pay out is money, and the drawer must hold it.

    Refuses: StayMoved, PaymentWrong, PaidOutNeedsReason, FolioNotOpen, CreditLimitExceeded,
    DrawerTooLow, NoOpenShift, ShiftIsCounted, CoinWrong, NeedsOverride.
    """
    found = _lives_here(stay)
    if amount.minor <= 0:
        raise PaymentWrong(amount=amount)
    if not has_words(reason):
        raise PaidOutNeedsReason()
    target = require_chargeable(job, folio.key, amount)
    taking = take_payments(job, -amount, [Paying(cash_tender().number, -amount)])

    room = found.room.number if found is not None and found.room else ""
    line = NewLine(
        target.key, PAID_OUT, PAID_OUT_CODE, PAID_OUT_DEPARTMENT, reason.strip(), amount, job.day,
        stay=found.key if found is not None else None, room=room,
    )  # fmt: skip
    return _store(job, taking, target, line, language=language)


def _lives_here(stay: Stay | None) -> Stay | None:
    """Refuses: StayMoved (not in the house, or nothing goes on his account)."""
    if stay is None:
        return None
    found: Stay = Stay.get_by_id(stay.key)
    if found.state != IN_HOUSE or found.is_posting_stopped:
        raise StayMoved(stay=found.number, state=found.said_state)
    return found


@operation(right="void charge")
def take_paid_out_back(
    job: Job, line: FolioLine, *, reason: str, language: str = ""
) -> Document:  # fmt: skip
    """The cash of a paid-out comes back into the drawer, on whatever day; both lines stay.

    Refuses: LineIsCorrection (not cash that went out), LineAnswered, PaidOutNeedsReason,
    FolioNotOpen, NoOpenShift, ShiftIsCounted.
    """
    found = to_take_back(line)
    if not has_words(reason):
        raise PaidOutNeedsReason()
    taking = take_payments(job, found.amount, [Paying(cash_tender().number, found.amount)])

    back = mirrored(found, PAID_OUT)
    folio: Folio = Folio.get_by_id(found.folio)
    return _store(
        job, taking, folio, back, language=language, reverses=found.document_id, why=reason.strip()
    )


def to_take_back(line: FolioLine) -> FolioLine:
    """A paid-out whose cash can come back. A screen looks before it asks why.

    Refuses: FolioNotOpen, LineIsCorrection, LineAnswered.
    """
    found = open_line(line)
    if found.department != PAID_OUT_DEPARTMENT or found.amount.minor <= 0:
        raise LineIsCorrection(text=found.text)
    if is_answered(found):
        raise LineAnswered(text=found.text)
    return found


def _store(
    job: Job,
    taking: Taking,
    folio: Folio,
    line: NewLine,
    *,
    language: str,
    reverses: int | None = None,
    why: str = "",
) -> Document:
    document = begin_document(
        job, kinds.PAID_OUT, total=abs(taking.total), shift=taking.shift,
        note=" ".join(part for part in (line.room, line.text, why) if part), reverses=reverses,
    )  # fmt: skip
    add_lines(document, [line])
    legs = [*taking.store(job, document), Leg(folio.account, line.amount, folio.key)]
    add_job(job, "payment", subject=document.key, language=language)
    return post_document(job, document, legs, folio=folio.number, text=line.text, why=why)
