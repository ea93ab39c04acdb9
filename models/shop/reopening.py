"""A sale is opened again (反结账): undone as a whole, and what stood on it lies on an empty bill,
to be put right and sold anew; both in one step.
"""

from __future__ import annotations

from typing import Any

from models.base import clock
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.documents import Document
from models.ledger.shifts import open_shift_key
from models.selling.charges import STYLIST, ChargeLine, served_of
from models.selling.items import find_item
from models.selling.promotion_effect import offs_of
from models.shop.asked_back import undone_asked
from models.shop.basket import Basket, load
from models.shop.basket_lines import BasketLine, discount_body, make_line, save_rung
from models.shop.bill_promotions import may_have_offs
from models.shop.return_reasons import VOID_REASONS, why
from models.shop.returns import take_back, undoing
from models.shop.sales import Sale
from models.shop.trade import VOID
from models.trust import drafts
from models.trust.operation import Job, operation


class BillInTheWay(Refusal):
    """A sale is opened again onto an empty bill only."""


@operation(right="void sale", asked=undone_asked)
def reopen_sale(
    job: Job, sale: int, draft: int, *, reason: str, note: str = "", language: str = ""
) -> Document:
    """Undo a whole sale of this shift and of the open day, and put its goods onto the empty bill
    `draft`: at their prices of then, with what was taken off by hand, for the same customer. Who
    sells it needs the right to those discounts. The document that undoes it.

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
        by_hand = row.discount.minor - promoted
        lines.append(
            make_line(
                bill.rules, number, item=find_item(row.code), quantity=row.quantity,
                price=row.price, printed=row.full if row.is_printed else None,
                discount=Money(by_hand, row.discount.currency) if by_hand > 0 else None,
                at=clock.micros(rung_at) if rung_at else None,
                hands=tuple(one for one in served.get(row.line, ()) if one.role == STYLIST),
            )
        )  # fmt: skip
    return lines


def _head_again(sold: Document) -> dict[str, Any]:
    """Customer and discount of the bill."""
    sale, head = Sale.get_by_id(sold.key), dict[str, Any]()
    if sale.person is not None:
        head["customer"] = [sale.person, sale.customer]
    if sale.discount.minor:
        head["discount"] = discount_body(sale.discount)
    return head
