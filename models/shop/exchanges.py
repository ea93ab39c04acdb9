"""Goods that come back for others: one bill with both, and one payment or refund of the difference.

It is a sale that also takes lines of an older sale back. What is taken instead is priced as any
sale, what comes back goes back at its own figures.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.accounts import CASH_ROUNDING
from models.ledger.daily.shifts import open_shift_key
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taken import clear_taken, taken_to_finish
from models.ledger.payments.taking import REFUND, take_payments
from models.ledger.ways.tender_kinds import Paying
from models.members.card_prices import require_times
from models.members.points import book_points
from models.selling.charges import add_charges
from models.selling.promotion_effect import add_offs
from models.shop.asked_back import exchange_asked
from models.shop.bill_limits import require_allowed
from models.shop.bill_promotions import off_lines, require_coupons
from models.shop.bill_stock import below_zero_allowed
from models.shop.return_lines import GivingBack, giving_back, payings_back, sold_bill
from models.shop.return_posting import add_return_lines, back_charges, goods_back, offs_back
from models.shop.return_reasons import RETURN_REASONS, why
from models.shop.returns import tell_back
from models.shop.sales import (
    TotalChanged,
    add_months,
    add_sale,
    cost_legs,
    head_of,
    issue,
    sale_charges,
)
from models.shop.stored_bills import bill_to_finish
from models.shop.trade import SALE
from models.trust import drafts
from models.trust.drafts import DraftLine
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


@dataclass(frozen=True, slots=True)
class Coming:
    """What comes back for the goods of a bill: so much of each line of a sale, and why."""

    sale: int
    quantities: Mapping[int, Quantity]
    reason: str
    note: str = ""
    is_scrapped: bool = False


@dataclass(frozen=True, slots=True)
class Difference:
    """What is still to pay for the new goods, below zero when money goes back; `payings` give that
    by the ways in which the first sale was paid.
    """

    new: Money
    back: Money
    due: Money
    payings: tuple[Paying, ...]


def difference(bill: Money, giving: GivingBack, sale: int) -> Difference:
    """The new goods less what comes back."""
    due = bill - giving.total
    payings: tuple[Paying, ...] = ()
    if due.minor < 0:
        payings = payings_back(sale, -due)[1]
    return Difference(bill, giving.total, due, payings)


@operation(right="return goods", asked=exchange_asked)
def exchange(
    job: Job,
    draft: int,
    coming: Coming,
    payings: Sequence[Paying],
    *,
    shown: Money,
    language: str = "",
) -> Document:
    """Sell a bill and take goods of an older sale back for it. `shown` is the difference that the
    cashier saw, below zero when money goes back: then no payings give it the way it came. What
    comes back is money given back, though new goods are taken for it: it needs the right to refund
    all of it.

    Refuses: what `sell` and `return_goods` refuse.
    """
    job.require("sell")
    shift, sold = open_shift_key(job.register), sold_bill(coming.sale)
    because = why(RETURN_REASONS, coming.reason, coming.note)
    giving = giving_back(coming.sale, coming.quantities)
    job.require(REFUND, giving.total.minor)
    stored = bill_to_finish(job, draft)
    bill = stored.bill()
    found = difference(bill.total, giving, sold.key)
    if found.due != shown:
        raise TotalChanged(shown=shown, total=found.due)
    require_allowed(job, stored, bill.amount)
    require_coupons(stored.lines)
    taken = taken_to_finish(draft)
    taking = take_payments(
        job, found.due, payings or found.payings, taken=taken, shift=shift,
        refunds=sold.key,
    )  # fmt: skip
    require_times(stored.draft.head, taking.takes, job.day)
    allowed = below_zero_allowed(job, stored)

    # After this point only the stock may still refuse.
    document = begin_document(
        job, SALE, total=taking.total, shift=shift, note=because.note, reverses=sold.key
    )
    # First: what cards pay of a line says what who did it gets.
    legs = taking.store(job, document)
    costs, moves = issue(document, stored, allowed, also=goods_back(giving))
    charges, first = sale_charges(job, stored, bill, costs), len(bill.lines)
    charges += back_charges(job, giving, moves, is_scrapped=coming.is_scrapped, after=first)
    income = add_charges(document, charges)
    add_offs(document, [*off_lines(stored.lines), *offs_back(giving, after=first)])
    add_return_lines(document, giving, because=because, is_scrapped=coming.is_scrapped, after=first)
    lost = giving.due - giving.total
    add_sale(
        document, [*bill.lines, *(back.priced for back in giving.backs)], charges,
        head=head_of(stored), rounding=taking.settled.rounding + lost,
        change=taking.settled.change,
    )  # fmt: skip
    add_months(job, charges)
    legs += book_points(job, document, charges, taking)
    moves.insert()
    if taken:
        clear_taken(draft)
    drafts.finish_read(job, stored.draft, stored.rows[DraftLine])
    add_job(job, SALE, subject=document.key, language=language)
    tell_back(job, "return goods", sold, giving, because=because, shift=shift)
    legs += [*income, Leg(CASH_ROUNDING, -lost), *cost_legs(charges)]
    return post_document(job, document, legs, returned=sold.label, why=because.text)
