"""Goods that come back without a slip: what is on the bill is bought back instead of sold.

Nobody can say what was paid for them, so it has a right of its own, with a limit, and they come
into stock at what the goods there cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.daily.shifts import open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document, add_parts, begin_document, post_document
from models.ledger.payments.agreed import AGREED, agreement, stand_by_agreement
from models.ledger.payments.taken import (
    PaymentsTaken,
    clear_taken,
    require_nothing_taken,
    taken_to_finish,
    total_of,
)
from models.ledger.payments.taking import PAY_OUT, take_of, take_payments
from models.ledger.ways.tender_kinds import Paying
from models.selling.charges import add_charges
from models.selling.lines import PricedLine, TaxAmount
from models.selling.pricing import Bill
from models.shop.asked_back import unslipped_asked
from models.shop.bill_limits import require_allowed
from models.shop.return_lines import RETURN_LINES
from models.shop.return_reasons import RETURN_REASONS, Why, why
from models.shop.sales import (
    TotalChanged,
    add_months,
    add_sale,
    cost_legs,
    head_of,
    sale_charges,
)
from models.shop.stored_bills import StoredBill, bill_to_finish
from models.shop.trade import NO_SLIP, RETURN
from models.shop.unfinished_returns import NO_SLIP_WHY, require_no_return, unslipped_of
from models.stock.stock import Moves, stock_of
from models.trust import drafts
from models.trust.drafts import DraftLine
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.settings import setting

# Without a slip nobody knows who paid, and how: what goes back stays in the store.
stays_as_credit = setting("shop.unslipped_credit", False)


class CreditOnly(Refusal):
    """Without a slip nothing goes back but store credit."""


@operation(right=NO_SLIP, asked=unslipped_asked)
def begin_without_slip(
    job: Job,
    draft: int,
    *,
    shown: Money,
    reason: str,
    note: str = "",
    is_scrapped: bool = False,
) -> None:
    """Say that all on a bill comes back, and why: from now on what is stored with it goes out, and
    it is not sold. Whoever may give `shown`, above zero, agrees to it here, before anything is out.

    Refuses: ReturnNeedsReason, DraftGone, BillEmpty, BillAltered, ReturnUnfinished, PaymentsTaken,
    TotalChanged, LineTooCheap, BillTooCheap, NeedsOverride above the limit of the right and of
    paying out.
    """
    because = why(RETURN_REASONS, reason, note)
    stored, bill = _coming_back(job, draft, shown)
    if not unslipped_of(stored.draft.head):
        require_no_return(stored.draft.head)
        require_nothing_taken(draft)
    _require_rights(job, bill.total)

    told = [because.code, because.note, is_scrapped]
    head = {**stored.draft.head, NO_SLIP_WHY: told, AGREED: agreement(job, bill.total)}
    drafts.save_head(draft, job.register, head)
    job.note(amount=bill.total, why=because.text)


@operation(right="return goods", asked=unslipped_asked)
def return_without_slip(
    job: Job,
    draft: int,
    payings: Sequence[Paying],
    *,
    shown: Money,
    reason: str,
    note: str = "",
    is_scrapped: bool = False,
    language: str = "",
) -> Document:
    """Take back what is on a bill, for what it would cost today. `shown` is what the cashier saw
    that goes back, above zero; `payings` are below, and come behind what is out already.

    Refuses: NoOpenShift, ShiftIsCounted, DraftGone, BillEmpty, BillAltered, PaymentsTaken (that
    came in), ReturnNeedsReason, TotalChanged, LineTooCheap, BillTooCheap, CreditOnly, what
    `take_payments` refuses, NeedsOverride above the limit of the right unless somebody agreed.
    """
    shift, because = open_shift_key(job.register), why(RETURN_REASONS, reason, note)
    stored, bill = _coming_back(job, draft, shown)
    taken = taken_to_finish(draft)
    if taken and not unslipped_of(stored.draft.head):
        raise PaymentsTaken(amount=total_of(taken))
    stand_by_agreement(job, draft, bill.total)
    job.require(NO_SLIP, bill.total.minor)
    out = [*taken, *map(take_of, payings)]
    if stays_as_credit.value() and not all(take.kind.takes_any_back for take in out):
        raise CreditOnly(amount=bill.total)
    taking = take_payments(job, -bill.total, payings, taken=taken, shift=shift)

    # After this point nothing may refuse.
    document = begin_document(job, RETURN, total=taking.total, shift=shift, note=because.note)
    costs, moves = _receive(document, stored, is_scrapped=is_scrapped)
    lines = [_mirror(line) for line in bill.lines]
    charges = [
        replace(one, quantity=-one.quantity)
        for one in sale_charges(job, stored, replace(bill, lines=tuple(lines)), costs)
    ]
    income = add_charges(document, charges)
    given = [-line.total.minor for line in lines]
    given[-1] -= taking.settled.rounding.minor
    _add_lines(document, lines, given, because=because, is_scrapped=is_scrapped)
    add_sale(
        document, lines, charges, head=head_of(stored), rounding=taking.settled.rounding,
        change=taking.settled.change,
    )  # fmt: skip
    add_months(job, charges)
    legs = taking.store(job, document)
    moves.insert()
    if taken:
        clear_taken(draft)
    drafts.finish_read(job, stored.draft, stored.rows[DraftLine])
    add_job(job, RETURN, subject=document.key, language=language)
    what = ", ".join(f"{line.quantity} {line.item.name}" for line in stored.lines)
    record_event(job, NO_SLIP, shift=shift, amount=-taking.total, reason=because.text, what=what)
    return post_document(job, document, legs + income + cost_legs(charges), why=because.text)


def _coming_back(job: Job, draft: int, shown: Money) -> tuple[StoredBill, Bill]:
    """A bill that comes back, priced as it would be sold."""
    stored = bill_to_finish(job, draft)
    bill = stored.bill()
    if bill.total != shown:
        raise TotalChanged(shown=shown, total=bill.total)
    require_allowed(job, stored, bill.amount)
    return stored, bill


def _require_rights(job: Job, amount: Money) -> None:
    for verb in (NO_SLIP, PAY_OUT):
        job.require(verb, amount.minor)


def _receive(
    document: Document, stored: StoredBill, *, is_scrapped: bool
) -> tuple[list[int], Moves]:
    """Put the goods into stock at what those there cost; what left the stock for them, by line."""
    moves = Moves(document, [line.item.goods for line in stored.lines if line.item.is_stocked])
    costs = [0] * len(stored.lines)
    for place, line in enumerate(stored.lines):
        if is_scrapped or not line.item.is_stocked:
            continue
        units = -(-line.quantity).packs_of(line.item.pack)
        value = stock_of(line.item.goods).average.times(units)
        costs[place] = -moves.receive(place + 1, line.item.goods, units, value).minor
    return costs, moves


def _mirror(line: PricedLine) -> PricedLine:
    """The same line with every figure below zero."""
    return PricedLine(
        quantity=-line.quantity, price=line.price, full=-line.full, promotion=-line.promotion,
        discount=-line.discount, amount=-line.amount, share=-line.share, net=-line.net,
        taxes=tuple(TaxAmount(one.tax, -one.base, -one.amount) for one in line.taxes),
    )  # fmt: skip


def _add_lines(
    document: Document,
    lines: Sequence[PricedLine],
    given: Sequence[int],
    *,
    because: Why,
    is_scrapped: bool,
) -> None:
    code = document.total.currency.code
    rows = [
        (place, None, None, -line.quantity.thousandths, because.code, is_scrapped, amount, code)
        for place, (line, amount) in enumerate(zip(lines, given, strict=True), 1)
    ]
    add_parts(document, RETURN_LINES, rows)
