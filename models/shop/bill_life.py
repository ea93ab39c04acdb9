"""A bill as a whole: put aside, taken up, cancelled, fetched again, mended; split in two, and put
together with another.

The tickets of a couple that one of them pays, a ticket that two share: lines go as they stand, with
who did the work, what it used up, and what was given off them. What comes off a bill as a whole is
of neither: it is taken away before, and given again.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from models.base.refusals import Refusal
from models.ledger.payments.taken import (
    PaymentsTaken,
    carry_taken,
    require_cash_here,
    require_nothing_taken,
    taken_to_finish,
)
from models.members.card_prices import TIMES
from models.selling.charges import SALESPERSON
from models.shop.asked import bill_asked
from models.shop.basket import KIND, Basket, load
from models.shop.basket_lines import LineUnreadable, save_rung
from models.shop.bill_changes import SHOWN, event, is_shown, require_reason
from models.shop.bill_promotions import COUPONS, coupons_of
from models.shop.bill_stock import let_go_of_both
from models.shop.stored_bills import BillEmpty, require_unaltered
from models.shop.trade import HELD_SLIP
from models.shop.unfinished_returns import require_no_return
from models.trust import drafts
from models.trust.drafts import CANCELLED, HELD, Draft
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.trades_used import loaded_in_use

# What a bill that was fetched was called while it waited.
FETCHED = "fetched"
# What a bill that is put onto another one brings along, where that one has none.
_BROUGHT = ("customer", SALESPERSON)


class BillDiscounted(Refusal):
    """A bill with a discount on the whole of it is neither split nor put together with another."""


class NothingSplit(Refusal):
    """Of a bill that is split at least one line goes, and at least one stays."""


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

    Refuses: DraftGone, BillEmpty, PaymentsTaken, LineNeedsReason (the customer has it on paper).
    """
    basket = _stored(job, draft)
    if not basket.lines:
        raise BillEmpty()
    require_nothing_taken(draft)
    name = called_by_hand(basket.head) or title
    require_reason(draft, name or basket.lines[0].item.name, reason)

    drafts.hold_aside(job, draft, name, state=CANCELLED)
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


def waiting_bills(*, with_cancelled: bool = True) -> list[Draft]:
    """What can be fetched: bills on hold and those cancelled today, the newest first."""
    return drafts.aside(KIND, HELD, *([CANCELLED] if with_cancelled else []))


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


# --- two and one


@operation(right="sell")
def join_bills(job: Job, draft: int, other: int) -> str:
    """Put all that is on a bill that waits behind the lines of the open one, with what was paid of
    it; the name of the bill that is no more. Customer and salesperson are the open bill's, or the
    other's where it has none.

    Refuses: DraftGone, CashElsewhere, LineUnreadable, ReturnUnfinished, BillDiscounted, BillAltered
    and, of the one that waits, PayCodeOpen and PaymentsTaken (by a pay code, or for times).
    """
    require_cash_here(job, other)
    drafts.fetch(job, other)
    kept, gone = _plain(job, draft), _plain(job, other)
    if gone.paid and TIMES in gone.head:
        raise PaymentsTaken(amount=gone.paid)
    carry_taken(other, draft)

    name, number = drafts.read(other).title, drafts.last_line(draft)
    for place, line in enumerate(gone.lines, 1):
        save_rung(draft, job.register, line.numbered(number + place))
    drafts.save_head(draft, job.register, _head_of_both(kept.head, gone.head))
    for follow in loaded_in_use("bills_joined"):
        follow(draft, other)
    drafts.finish(job, other)
    job.note(joined=name, lines=len(gone.lines))
    return name


@operation(right="sell")
def split_bill(job: Job, draft: int, numbers: Collection[int], *, title: str) -> int:
    """Put the lines with these numbers onto a bill of their own, which waits under `title`; its
    key. It is of the same customer until somebody names another one.

    Refuses: DraftGone, LineGone, NothingSplit, LineUnreadable, ReturnUnfinished, BillDiscounted,
    BillAltered, PayCodeOpen, and PaymentsTaken: more than the rest comes to, or for times.
    """
    basket = _plain(job, draft)
    taken_to_finish(draft)
    going = [basket.lines[basket.place_of(number)] for number in sorted(set(numbers))]
    if not 0 < len(going) < len(basket.lines):
        raise NothingSplit(lines=len(basket.lines))
    for line in going:
        basket.drop(line.number)
    if basket.paid and (basket.left_to_pay.minor < 0 or TIMES in basket.head):
        raise PaymentsTaken(amount=basket.paid)

    head = {name: value for name, value in basket.head.items() if name in (*_BROUGHT, SHOWN)}
    made = int(drafts.begin_draft(job.register, job.user, KIND, head).key)
    for line in going:
        drafts.delete_line(draft, line.number)
        save_rung(made, job.register, line)
    # Times of a card are chosen anew for what is left.
    drafts.save_head(draft, job.register, {n: v for n, v in basket.head.items() if n != TIMES})
    drafts.hold_aside(job, made, title)
    job.note(split=title, lines=len(going))
    return made


def _plain(job: Job, draft: int) -> Basket:
    """A bill of this register of which nothing but its lines counts."""
    drafts.hold(draft, job.register)
    basket = load(drafts.read(draft))
    require_unaltered(job, draft)
    require_no_return(basket.head)
    if basket.left_out:
        raise LineUnreadable()
    if basket.discount is not None:
        raise BillDiscounted(amount=basket.amount_due)
    return basket


def _head_of_both(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    head = {name: gone[name] for name in _BROUGHT if name in gone} | kept
    coupons = dict.fromkeys([*coupons_of(kept), *coupons_of(gone)])
    more: dict[str, Any] = {COUPONS: list(coupons)} if coupons else {}
    more |= {SHOWN: True} if is_shown(kept) or is_shown(gone) else {}
    return head | more | let_go_of_both(kept, gone)
