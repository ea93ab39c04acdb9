"""A bill as a whole: put aside, taken up, cancelled, fetched again, mended."""

from __future__ import annotations

from typing import Any

from models.ledger.payments.taken import require_cash_here, require_nothing_taken
from models.shop.asked import bill_asked
from models.shop.basket import KIND, Basket, BillEmpty, load
from models.shop.basket_lines import save_rung
from models.shop.bill_changes import SHOWN, event
from models.shop.trade import HELD_SLIP
from models.trust import drafts
from models.trust.drafts import CANCELLED, HELD, Draft
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job

# What a bill that was fetched was called while it waited.
FETCHED = "fetched"


@operation(right="sell")
def hold_bill(job: Job, draft: int, *, title: str, called: str = "") -> str:
    """Put a bill aside as it was called by hand, now or an earlier time, else under `title`; the
    name that it has. Refuses: DraftGone, BillEmpty.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()

    return _put_aside(job, basket, title, called)


@operation(right="print")
def print_bill(job: Job, draft: int, *, language: str = "") -> int | None:
    """Print what stands on an unpaid bill, with NOT PAID above and below (未结帐); the key of the
    print job. From then on a line of it goes only with a reason. Refuses: DraftGone, BillEmpty.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()

    drafts.save_head(draft, job.register, {**drafts.read(draft).head, SHOWN: True})
    job.note(bill=[f"{line.quantity} {line.item.name}" for line in basket.lines])
    return add_job(job, HELD_SLIP, subject=draft, language=language)


@operation(right="sell")
def fetch_bill(
    job: Job, draft: int, *, instead_of: int | None = None, title: str = "", called: str = ""
) -> str:
    """Take a held bill, or one that was cancelled today, at any register; of two who try, one gets
    it, with its payments. The bill `instead_of` which it comes is put aside as `hold_bill` does it,
    or forgotten when nothing is on it: both or neither. The name of that one, "" where it is
    forgotten.

    Refuses: DraftGone, CashElsewhere.
    """
    require_cash_here(job, draft)

    drafts.fetch(job, draft)
    found = drafts.read(draft)
    drafts.save_head(draft, job.register, found.head | {FETCHED: found.title})
    job.note(fetched=found.title)
    before = None if instead_of is None else _stored(job, instead_of)
    if before is not None and before.lines:
        return _put_aside(job, before, title, called)
    if before is not None:
        drafts.finish(job, before.draft)
    return ""


@operation(right="cancel bill", asked=bill_asked)
def cancel_bill(job: Job, draft: int, *, title: str = "", reason: str = "") -> None:
    """Throw a whole bill away, kept as an event with its amount; until the day closes it can be
    fetched again.

    Refuses: DraftGone, BillEmpty, PaymentsTaken.
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()
    require_nothing_taken(draft)

    drafts.hold_aside(job, draft, called_by_hand(basket.head) or title, state=CANCELLED)
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


def name_of(head: dict[str, Any]) -> str:
    """What a bill is called that waited, "" where it never did."""
    name = head.get(FETCHED)
    return called_by_hand(head) or (name if isinstance(name, str) else "")


def called_by_hand(head: dict[str, Any]) -> str:
    """What somebody called the bill when he put it aside, "" where nobody did."""
    name = head.get("called")
    return name if isinstance(name, str) else ""


def _put_aside(job: Job, basket: Basket, title: str, called: str) -> str:
    """The name given by hand is kept on the bill: fetched and held again, it has it still."""
    if called := called[: drafts.LONGEST_TITLE]:
        drafts.save_head(basket.draft, job.register, basket.head | {"called": called})
    name = called or called_by_hand(basket.head) or title
    drafts.hold_aside(job, basket.draft, name)
    job.note(held=name)
    return name


def _stored(job: Job, draft: int) -> Basket:
    drafts.hold(draft, job.register)
    return load(drafts.read(draft))
