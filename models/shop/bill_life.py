"""A bill as a whole: put aside, taken up, cancelled, fetched again, mended."""

from __future__ import annotations

from models.ledger.taken import require_cash_here, require_nothing_taken
from models.shop.basket import KIND, Basket, BillEmpty, load
from models.shop.basket_lines import save_rung
from models.shop.bill_changes import event
from models.trust import drafts
from models.trust.drafts import CANCELLED, HELD, Draft
from models.trust.operation import Job, operation


@operation(right="sell")
def hold_bill(job: Job, draft: int, *, title: str) -> None:
    """Put a bill aside. Refuses: DraftGone, BillEmpty."""
    if not _stored(job, draft).lines:
        raise BillEmpty()

    drafts.hold_aside(job, draft, title)
    job.note(held=title)


@operation(right="sell")
def fetch_bill(job: Job, draft: int, *, instead_of: int | None = None, title: str = "") -> None:
    """Take a held bill, or one that was cancelled today, at any register; of two who try, one gets
    it, with its payments. The bill `instead_of` which it comes is put aside under a title, or
    forgotten when nothing is on it: both or neither.

    Refuses: DraftGone, CashElsewhere.
    """
    require_cash_here(job, draft)

    drafts.fetch(job, draft)
    job.note(fetched=drafts.read(draft).title)
    if instead_of is None:
        return
    if _stored(job, instead_of).lines:
        drafts.hold_aside(job, instead_of, title)
        job.note(held=title)
    else:
        drafts.finish(job, instead_of)


@operation(right="cancel bill")
def cancel_bill(job: Job, draft: int, *, title: str = "", reason: str = "") -> None:
    """Throw a whole bill away, kept as an event with its amount; until the day closes it can be
    fetched again.

    Refuses: DraftGone, BillEmpty, PaymentsTaken.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()
    require_nothing_taken(draft)

    drafts.hold_aside(job, draft, title, state=CANCELLED)
    what = ", ".join(f"{line.quantity} {line.item.name}" for line in basket.lines)
    event(job, "cancel bill", basket.amount_due, reason=reason, what=what)


@operation(right="sell")
def mend_bill(job: Job, draft: int) -> None:
    """Store a bill as it can be shown: without what could not be read or priced of it.

    Refuses: DraftGone.
    """
    basket = _stored(job, draft)

    for number in basket.left_out:
        _mend(job, basket, number)
    job.note(left_out=basket.left_out, total=basket.amount_due)


def _mend(job: Job, basket: Basket, number: int) -> None:
    if number == 0:
        drafts.save_head(basket.draft, job.register, basket.head)
        return
    line = next((line for line in basket.lines if line.number == number), None)
    if line is not None:
        save_rung(basket.draft, job.register, line)
    else:
        drafts.delete_line(basket.draft, number)


def waiting_bills() -> list[Draft]:
    """What can be fetched: bills on hold and those cancelled today, the newest first."""
    return drafts.aside(KIND, HELD, CANCELLED)


def _stored(job: Job, draft: int) -> Basket:
    drafts.hold(draft, job.register)
    return load(drafts.read(draft))
