"""Goods that come back: a wrong sale undone in its own shift (void), or some of what was sold.

Both are one document that reverses a sale: its lines, prices, taxes, discounts and cost are those
of the sale (return_lines.py), the money goes back the way it came. What is taken instead of goods
that come back is a sale that has them on it too (exchanges.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.accounts import CASH_ROUNDING
from models.ledger.daily.days import store_day
from models.ledger.daily.shifts import open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.payments.taking import take_payments
from models.ledger.ways.tender_kinds import Paying
from models.members.points import book_points
from models.selling.charges import add_charges
from models.selling.promotion_effect import add_offs
from models.shop.asked_back import back_asked, back_told, undone_asked
from models.shop.return_lines import (
    GivingBack,
    all_left,
    giving_back,
    sold_bill,
    sold_lines,
)
from models.shop.return_posting import add_return_lines, back_charges, goods_back, offs_back
from models.shop.return_reasons import RETURN_REASONS, VOID_REASONS, Why, why
from models.shop.sales import (
    Head,
    Sale,
    TotalChanged,
    add_months,
    add_sale,
    cost_legs,
)
from models.shop.trade import RETURN, VOID
from models.shop.unfinished_returns import finish_return
from models.stock.stock import Moves
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job


class SaleOfOtherShift(Refusal):
    """A sale is undone in the shift that made it; later its goods come back as a return."""


class SaleOfClosedDay(Refusal):
    """The shift went over the close of the day on which the sale was made: its goods come back."""


class SaleReturned(Refusal):
    """The sale was undone already, or goods of it came back."""


class ExchangeStays(Refusal):
    """Goods came back with this sale: it is not undone as if they had not."""


@operation(right="void sale", asked=undone_asked)
def void_sale(job: Job, sale: int, *, reason: str, note: str = "", language: str = "") -> Document:
    """Undo a whole sale in the shift that made it.

    Refuses: NoOpenShift, ShiftIsCounted, NotASale, ReturnNeedsReason, SaleOfOtherShift,
    SaleOfClosedDay, SaleReturned, ExchangeStays, what `take_payments` refuses (NeedsOverride: money
    goes out).
    """
    shift, because = open_shift_key(job.register), why(VOID_REASONS, reason, note)
    sold, giving = undoing(sale, shift)
    return take_back(job, VOID, sold, giving, because=because, shift=shift, language=language)


def undoing(sale: int, shift: int) -> tuple[Document, GivingBack]:
    """A whole sale of a shift and of the open day, and what goes back for it, if it can be undone.

    Refuses: NotASale, SaleOfOtherShift, SaleOfClosedDay, ExchangeStays, SaleReturned.
    """
    sold = sold_bill(sale)
    if sold.shift != shift:
        raise SaleOfOtherShift(bill=sold.label)
    if sold.day != store_day():
        raise SaleOfClosedDay(bill=sold.label, day=sold.day)
    if sold.reverses_id:
        raise ExchangeStays(bill=sold.label)
    lines = sold_lines(sale)
    if any(line.back for line in lines):
        raise SaleReturned(bill=sold.label)
    return sold, giving_back(sale, all_left(lines))


@operation(right="return goods", asked=back_asked)
def return_goods(
    job: Job,
    sale: int,
    quantities: Mapping[int, Quantity],
    *,
    shown: Money,
    reason: str,
    note: str = "",
    is_scrapped: bool = False,
    kept_by: Sequence[int] = (),
    payings: Sequence[Paying] = (),
    draft: int | None = None,
    language: str = "",
) -> Document:
    """Take back so much of each line of a sale. `shown` is what the cashier saw that goes back;
    scrapped goods do not come into stock again, and their cost stays spent. No `payings` give it
    the way it came. `draft` is the bill with which the work was kept while it was done. `kept_by`
    are users who keep what they got for it (goodwill).

    Refuses: DraftGone, NoOpenShift, ShiftIsCounted, NotASale, ReturnNeedsReason, ReturnTooMuch,
    ReturnEmpty, TotalChanged, what `take_payments` refuses (NeedsOverride: money goes out),
    NeedsOverride where somebody keeps what he got.
    """
    shift, sold = open_shift_key(job.register), sold_bill(sale)
    because = why(RETURN_REASONS, reason, note)
    giving = giving_back(sale, quantities)
    if giving.total != shown:
        raise TotalChanged(shown=shown, total=giving.total)
    if kept_by:
        job.require("give goodwill")
    finish_return(job, draft)
    giving = replace(giving, payings=tuple(payings) or giving.payings)
    return take_back(
        job, RETURN, sold, giving, because=because, shift=shift, language=language,
        is_scrapped=is_scrapped, kept_by=kept_by,
    )  # fmt: skip


def take_back(
    job: Job,
    kind: str,
    sold: Document,
    giving: GivingBack,
    *,
    because: Why,
    shift: int,
    language: str,
    is_scrapped: bool = False,
    kept_by: Sequence[int] = (),
) -> Document:
    """Post what comes back of a sale: the plain function behind return and void. Refuses: what
    `take_payments` refuses.
    """
    taking = take_payments(job, -giving.total, giving.payings, shift=shift, refunds=sold.key)

    # After this point nothing may refuse.
    document = begin_document(
        job, kind, total=-giving.total, shift=shift, note=because.note, reverses=sold.key
    )
    moves = Moves(document, goods_back(giving))
    charges = back_charges(job, giving, moves, is_scrapped=is_scrapped, kept_by=kept_by)
    income = add_charges(document, charges)
    add_offs(document, offs_back(giving))
    add_return_lines(document, giving, because=because, is_scrapped=is_scrapped)
    add_sale(
        document, [back.priced for back in giving.backs], charges,
        head=head_before(sold, document.at), rounding=giving.due - giving.total,
        change=Money.zero(giving.due.currency),
    )  # fmt: skip
    legs = taking.store(job, document) + book_points(job, document, charges, taking)
    moves.insert()
    add_months(job, charges)
    add_job(job, kind, subject=document.key, language=language)
    event = "void sale" if kind == VOID else "return goods"
    tell_back(job, event, sold, giving, because=because, shift=shift)
    rounding = Leg(CASH_ROUNDING, giving.total - giving.due)
    legs += [*income, rounding, *cost_legs(charges)]
    return post_document(job, document, legs, returned=sold.label, why=because.text)


def tell_back(
    job: Job, event: str, sold: Document, giving: GivingBack, *, because: Why, shift: int
) -> None:
    """Keep for the report of exceptions what came back, and why."""
    what = back_told(giving)
    record_event(
        job, event, shift=shift, amount=giving.total, reason=because.text,
        what=f"{sold.label}: {what}",
    )  # fmt: skip


def head_before(sold: Document, at: datetime) -> Head:
    """The head of what takes goods of a sale back: it belongs to whom the sale belonged to."""
    before = Sale.get_by_id(sold.key)
    return Head(
        before.tax_rounding, before.salesperson, 0, at, before.person, before.customer,
        before.discount_basis,
    )  # fmt: skip
