"""A sale of the shift is put right. It is opened again (反结账): undone as a whole, and what stood
on it lies on an empty bill, to be put right and sold anew; both in one step. Or only its way to pay
was wrong: then the money goes from one way to the other, goods, bill and slip stay as they are, and
nothing is printed.
"""

from __future__ import annotations

from typing import Any

from models.base import clock
from models.base.exact import divide
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.daily.shifts import open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document, begin_document, post_document
from models.ledger.gateway.orders import paid_order
from models.ledger.payments.taking import Way, payments_back, take_payments
from models.ledger.ways.tender_kinds import CASH, Paying, folio_legs, plain_legs
from models.ledger.ways.tenders import Payment, Tender, tender_of
from models.selling.charges import SALESPERSON, STYLIST, ChargeLine, served_of
from models.selling.items import find_item
from models.selling.lines import LineDiscount, NewPrice
from models.selling.promotion_effect import offs_of
from models.shop.asked import Told
from models.shop.asked_back import undone_asked
from models.shop.basket import Basket, load
from models.shop.basket_lines import BasketLine, discount_body, make_line, save_rung
from models.shop.bill_promotions import COUPONS, coupons_given, may_have_offs
from models.shop.return_lines import sold_bill
from models.shop.return_reasons import VOID_REASONS, why
from models.shop.returns import take_back, undoing
from models.shop.sales import Sale
from models.shop.trade import TENDER_CHANGE, VOID
from models.trust import drafts
from models.trust.operation import Job, operation

CHANGED_EVENT = "change tender"


class BillInTheWay(Refusal):
    """A sale is opened again onto an empty bill only."""


@operation(right="void sale", asked=undone_asked)
def reopen_sale(
    job: Job, sale: int, draft: int, *, reason: str, note: str = "", language: str = ""
) -> Document:
    """Undo a whole sale of this shift and of the open day, and put its goods onto the empty bill
    `draft`: at their prices of then, with its coupons and what was taken off by hand, for the same
    customer and by who served him. Who sells it needs the right to those discounts. The
    document that undoes it.

    Refuses: BillInTheWay, CodeUnknown, NotForSale, DraftGone, and what `void_sale` refuses.
    """
    shift, because = open_shift_key(job.register), why(VOID_REASONS, reason, note)
    drafts.hold(draft, job.register)
    bill = load(drafts.read(draft))
    if bill.lines or bill.head:
        raise BillInTheWay()
    sold, giving = undoing(sale, shift)
    lines, head = _lines_again(bill, sold), _head_again(sold)

    undone = take_back(
        job, VOID, sold, giving, because=because, shift=shift, language=language
    )  # fmt: skip
    for line in lines:
        save_rung(draft, job.register, line)
    drafts.save_head(draft, job.register, head)
    return undone


def _lines_again(bill: Basket, sold: Document) -> list[BasketLine]:
    """The lines as they were rung, so that the promotions of then are found again."""
    offs, served = offs_of([sold.key]), served_of(sold.key)
    rung_at = Sale.get_by_id(sold.key).started_at if may_have_offs() else None
    rows = ChargeLine.select().where(ChargeLine.document == sold.key).order_by(ChargeLine.line)
    lines = []
    for number, row in enumerate(rows, 1):
        promoted = sum(off.amount for off in offs.get((sold.key, row.line), ()))
        lines.append(
            make_line(
                bill.rules, number, item=find_item(row.code), quantity=row.quantity,
                price=row.price, printed=row.full if row.is_printed else None,
                discount=_by_hand(row, row.discount.minor - promoted),
                at=clock.micros(rung_at) if rung_at else None,
                hands=tuple(one for one in served.get(row.line, ()) if one.role == STYLIST),
            )
        )  # fmt: skip
    return lines


def _by_hand(row: ChargeLine, off: int) -> LineDiscount | None:
    """So much that was taken off a line by hand; where it was sold for more, the price of that."""
    money = row.discount.currency
    if not row.is_printed and row.full > row.price.times(row.quantity):
        each = divide(row.full.minor * 1000, row.quantity.thousandths)
        return NewPrice(Money(each, money))
    return Money(off, money) if off > 0 else None


def _head_again(sold: Document) -> dict[str, Any]:
    """Customer, coupons and discount of the bill, and who served."""
    sale, head = Sale.get_by_id(sold.key), dict[str, Any]()
    if codes := coupons_given(offs_of([sold.key])):
        head[COUPONS] = codes
    served = [one for each in served_of(sold.key).values() for one in each]
    if seller := next((one for one in served if one.role == SALESPERSON), None):
        head[SALESPERSON] = [seller.user, seller.name]
    if sale.person is not None:
        head["customer"] = [sale.person, sale.customer]
    if sale.discount.minor:
        head["discount"] = discount_body(sale.discount)
    return head


# --- only the way to pay


class TenderStays(Refusal):
    """Only a bill that one way paid as a whole is put right so, by another that comes to the same:
    no foreign cash, nothing that the gateway took, no voucher, card or points.
    """


def _asked(sale: int, paying: Paying, *, reason: str, note: str = "", **_: Any) -> Told:
    """What whoever approves it reads. Refuses: NotASale, TenderUnknown, TenderStays."""
    was = only_way(sale)
    return {
        "sale": sold_bill(sale).label, "amount": was.left, "reason": note or reason,
        "what": f"{_name(was.tender)} → {_name(paying.tender)}",
    }  # fmt: skip


@operation(right="void sale", asked=_asked)
def change_tender(
    job: Job, sale: int, paying: Paying, *, reason: str, note: str = ""
) -> Document:  # fmt: skip
    """Say by which way a sale of this shift and of the open day was paid in truth, as a whole: what
    came by the first way goes back to it, and comes by the other.

    Refuses: NoOpenShift, ShiftIsCounted, NotASale, ReturnNeedsReason, SaleOfOtherShift,
    SaleOfClosedDay, ExchangeStays, SaleReturned, TenderStays, and what `take_payments` refuses
    (NeedsOverride: money goes out).
    """
    shift, because = open_shift_key(job.register), why(VOID_REASONS, reason, note)
    sold, _ = undoing(sale, shift)
    was = only_way(sale)
    is_other = paying.tender != was.tender and _is_plain(tender_of(paying.tender))
    if paying.given != was.left or not is_other:
        raise TenderStays(bill=sold.label)
    back = Paying(
        was.tender, -was.left, was.reference, was.last_four, folio=was.folio, code=was.code
    )
    given = take_payments(job, -was.left, [back], shift=shift, refunds=sold.key)
    taken = take_payments(job, was.left, [paying], shift=shift)
    if given.settled.rounding or taken.settled.rounding:
        raise TenderStays(bill=sold.label)

    # After this point nothing may refuse.
    document = begin_document(
        job, TENDER_CHANGE, total=taken.total - was.left, shift=shift, note=because.note,
        reverses=sold.key,
    )  # fmt: skip
    legs = [*given.store(job, document), *taken.store(job, document, after=len(given.takes))]
    what = f"{sold.label}: {_name(was.tender)} → {_name(paying.tender)}"
    record_event(job, CHANGED_EVENT, shift=shift, amount=was.left, reason=because.text, what=what)
    return post_document(job, document, legs, changed=what, why=because.text)


def only_way(sale: int) -> Way:
    """The one way by which a sale is paid now. Refuses: TenderStays."""
    ways = [way for way in payments_back(sale) if way.left]
    rows = Payment.select().where(Payment.document == sale)
    is_one = len(ways) == 1 and all(_is_plain(row.tender) for row in rows)
    if (
        not is_one
        or ways[0].left.minor < 0
        or paid_order(tender_of(ways[0].tender).key, ways[0].reference) is not None
    ):
        raise TenderStays(bill=sold_bill(sale).label)
    return ways[0]


def others(sale: int, tenders: list[Tender], step: int) -> list[Tender]:
    """By which of these it may have been paid instead: none where it is not put right so. In cash
    only what coins of `step` minor units come to.
    """
    try:
        was = only_way(sale)
    except TenderStays:
        return []
    return [
        one
        for one in tenders
        if one.number != was.tender
        and _is_plain(one)
        and not (one.kind == CASH and was.left.minor % step)
    ]


def _is_plain(tender: Tender) -> bool:
    """Whether it only says where the money is: it counts nothing of its own."""
    return tender.what.legs in (plain_legs, folio_legs) and not tender.what.is_foreign


def _name(number: int) -> str:
    return str(tender_of(number).name_zh)
