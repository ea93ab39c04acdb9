"""Somebody else did the work than was said at the ticket: put right behind a paid sale. Money,
goods and slip stay as they are; the commission goes from the one to the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.accounts import CASH_ROUNDING
from models.ledger.daily.shifts import open_shift_key
from models.ledger.daily.till_events import record_event
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.salon.names import HANDS_CHANGE
from models.salon.tickets import hands_named, stylists_of
from models.selling.charges import (
    STAFF_CHANGES,
    STYLIST,
    Charge,
    ChargeLine,
    ChargeTax,
    Served,
    TaxCharged,
    add_charges,
    served_of,
)
from models.shop.asked import Told
from models.shop.return_lines import sold_bill
from models.shop.return_reasons import VOID_REASONS, why
from models.shop.returns import undoing
from models.shop.sales import Sale
from models.trust.operation import Job, operation

CHANGED_EVENT = "change hands"


class HandsStay(Refusal):
    """There is no such line, or the same people did it with the same shares."""


def _asked(sale: int, line: int, said: str, *, reason: str, note: str = "", **_: object) -> Told:
    """What whoever approves it reads. Refuses: NotASale, HandsStay, and what `hands_named`
    refuses.
    """
    row = _line(sale, line)
    was, now = hands_of(sale, line), hands_named(said)[0]
    return {
        "sale": sold_bill(sale).label, "amount": row.net + row.tax, "reason": note or reason,
        "what": f"{row.name}: {_names(was)} → {_names(now)}",
    }  # fmt: skip


@operation(right="void sale", asked=_asked)
def change_hands(
    job: Job, sale: int, line: int, said: str, *, reason: str, note: str = ""
) -> Document:
    """Say anew who did the work of a line of a sale of this shift and of the open day, as at the
    ticket: `said` is 8, 8* (asked for) or 8:70 21:30. The price stays that which was paid.

    Refuses: NoOpenShift, ShiftIsCounted, NotASale, ReturnNeedsReason, SaleOfOtherShift,
    SaleOfClosedDay, ExchangeStays, SaleReturned, HandsStay, and what `hands_named` refuses.
    """
    shift, because = open_shift_key(job.register), why(VOID_REASONS, reason, note)
    sold, _ = undoing(sale, shift)
    row = _line(sale, line)
    was, now = served_of(sale).get(line, []), list(hands_named(said)[0])
    if [one for one in was if one.role == STYLIST] == now:
        raise HandsStay(bill=sold.label)

    # After this point nothing may refuse.
    zero = Money.zero(store_currency())
    document = begin_document(
        job, HANDS_CHANGE, total=zero, shift=shift, note=because.note, reverses=sale
    )
    again = [*(one for one in was if one.role != STYLIST), *now]
    charges = [_charge(job, row, was, sign=-1), _charge(job, row, again, sign=1)]
    legs = add_charges(document, charges)
    add_parts(document, STAFF_CHANGES, [(2, sale, line)])
    what = f"{sold.label} {row.name}: {_names(was)} → {_names(now)}"
    record_event(
        job, CHANGED_EVENT, shift=shift, amount=row.net + row.tax, reason=because.text, what=what
    )
    # Nothing is moved: the entries are there, of nothing.
    return post_document(
        job, document, [*legs, Leg(CASH_ROUNDING, zero)], changed=what, why=because.text
    )


def _line(sale: int, line: int) -> ChargeLine:
    """Refuses: NotASale, HandsStay."""
    bill = sold_bill(sale)
    found = ChargeLine.get_or_none(ChargeLine.document == sale, ChargeLine.line == line)
    if found is None:
        raise HandsStay(bill=bill.label)
    return found


def hands_of(sale: int, line: int) -> list[Served]:
    """Who did the work of a line of a sale, as it was last said."""
    return [one for one in served_of(sale).get(line, []) if one.role == STYLIST]


def lines_to_change(sale: int) -> list[tuple[int, str, str, str]]:
    """The lines of a sale of which somebody was named: number, name, who in words, and as typed."""
    served = served_of(sale)
    found = []
    rows = ChargeLine.select().where(ChargeLine.document == sale).order_by(ChargeLine.line)
    for row in rows:
        hands = [one for one in served.get(row.line, []) if one.role == STYLIST]
        if hands:
            found.append((int(row.line), str(row.name), _names(hands), stylists_of(hands)))
    return found


def _names(hands: Sequence[Served]) -> str:
    return ", ".join(one.name for one in hands if one.role == STYLIST) or "-"


def _charge(job: Job, row: ChargeLine, staff: Sequence[Served], *, sign: int) -> Charge:
    """The line once more, or taken back (`sign` -1): its figures are those of the sale."""
    taxes = ChargeTax.select().where(
        ChargeTax.document == row.document_id, ChargeTax.of_line == row.line
    )

    def signed(money: Money) -> Money:
        return money if sign > 0 else -money

    return Charge(
        kind=row.kind, name=row.name, day=job.day, net=signed(row.net), account=row.account,
        code=row.code, goods=row.goods, category=row.category, unit=row.unit,
        quantity=row.quantity if sign > 0 else -row.quantity, pack=row.pack, price=row.price,
        full=signed(row.full), amount=signed(row.amount), share=signed(row.share),
        service=signed(row.service), cost=signed(row.cost), is_weighed=row.is_weighed,
        is_printed=row.is_printed, staff=staff,
        taxes=[
            TaxCharged(
                tax.name, tax.rate, signed(tax.base), signed(tax.tax), tax.is_included, tax.account
            )
            for tax in taxes.order_by(ChargeTax.line)
        ],
        person=Sale.get_by_id(row.document_id).person,
        source=(row.document_id, row.line) if sign < 0 else None,
    )  # fmt: skip
