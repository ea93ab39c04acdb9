"""Payments by a gateway: begun, told, given up. What becomes of an order says orders.py."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.ledger.gateway.orders import (
    BECOMES,
    OPEN,
    PAID,
    PAY,
    REFUND,
    REFUSED,
    REVERSING,
    Asking,
    GatewayLine,
    GatewayOrder,
    asking,
    become,
    begin_order,
    require_none_open,
)
from models.ledger.payments.taken import PaymentGone, due_of, taken_of
from models.ledger.payments.taking import REFUND as REFUNDING
from models.ledger.payments.taking import check_payments, require_not_beyond
from models.ledger.ways.tender_kinds import Paying, Take
from models.ledger.ways.tenders import TakenPayment, tender_of
from models.trust import drafts
from models.trust.drafts import HELD, Draft
from models.trust.operation import Job, operation


@operation(right="take payment")
def begin_pay_code(job: Job, draft: int, tender: int, amount: Money, *, tail: str) -> GatewayOrder:
    """Store that a customer's pay code is asked for so much, before it is. `tail` are the last four
    signs of the code: the whole of it is kept nowhere.

    Refuses: DraftGone, PayCodeOpen, OverPaid, TenderUnknown, PaymentWrong.
    """
    drafts.hold(draft, job.register)
    require_none_open(draft)
    due, way = due_of(draft), tender_of(tender)
    # What the wallet is asked for is known only once it is paid: so is its reference.
    take = Take(Paying(tender, amount, reference="?"), way)
    require_not_beyond(due, check_payments(job, due, [*taken_of(draft).values(), take]))

    order = begin_order(job, PAY, way, amount, draft=draft, code_tail=tail[-4:])
    job.note(tender=way.name_zh, amount=amount, order=order.order)
    return order


@operation(right="take payment")
def keep_answer(
    job: Job, key: int, *, seen: str, state: str, theirs: str = "", said: str = ""
) -> str:
    """Keep what the gateway says of an order that was in the state `seen`, and its own number of
    it; the state now. Paid money is stored with its work at once; where that is gone, it goes back.
    """
    order = GatewayOrder.get_by_id(key)
    is_news = order.state == seen and state != seen and state in BECOMES[seen]
    if not is_news:
        return str(order.state)

    line = None
    if order.kind == PAY and state == PAID:
        line = _store(job, order)
        state = PAID if line is not None else REVERSING
    become(order, state, reference=theirs[:60], said=said[:60], line=line)
    job.note(
        order=order.order, amount=order.amount, state=state, theirs=theirs[:60], said=said[:60]
    )
    return state


@operation(right="take payment")
def give_up_pay_code(job: Job, key: int) -> str:
    """The sale goes on without it: it is reversed, whatever the gateway says of it later. Its state
    now.
    """
    order = GatewayOrder.get_by_id(key)
    if order.kind != PAY or order.state not in OPEN:
        return str(order.state)

    become(order, REVERSING)
    job.note(order=order.order, amount=order.amount, state=REVERSING)
    return REVERSING


@operation(right="give refund")
def give_back_by_hand(job: Job, key: int) -> None:
    """A refund that the gateway refused was given back otherwise: nothing is owed any more.

    Refuses: PaymentGone.
    """
    order = GatewayOrder.get_or_none(
        GatewayOrder.key == key, GatewayOrder.kind == REFUND, GatewayOrder.state == REFUSED,
        ~GatewayOrder.is_by_hand,
    )  # fmt: skip
    if order is None:
        raise PaymentGone(line=key)
    job.require(REFUNDING, order.amount.minor)

    GatewayOrder.update(is_by_hand=True).where(GatewayOrder.key == key).execute()
    job.note(order=order.order, amount=order.amount, said=order.said)


@operation(right="see takings")
def keep_gateway_list(job: Job, day: date, lines: Sequence[tuple[str, str, Money]]) -> int:
    """Keep the gateway's list of a calendar day in place of an older one of it: order, reference
    and amount of each line; how many there are.
    """
    GatewayLine.delete().where(GatewayLine.day == day).execute()
    for order, reference, amount in lines:
        GatewayLine.delete().where(GatewayLine.order == order).execute()
        GatewayLine.create(
            key=new_key(), order=order[:32], reference=reference[:60], day=day, amount=amount,
            currency=amount.currency.code, at=job.now,
        )  # fmt: skip
    job.note(day=day, lines=len(lines))
    return len(lines)


# Read for each payment that is opened; hardly any has one.
_ANY = Statement(
    'SELECT 1 FROM "gateway_order" WHERE "draft" = ? AND "state" IN (?, ?, ?, ?) LIMIT 1'
)


def pending_for(draft: int | None) -> list[Asking]:
    """What the payment screen shows beside what is paid: pay codes that are asked for."""
    if draft is None or not _ANY.row(draft, *OPEN, REVERSING):
        return []
    rows = GatewayOrder.select().where(
        GatewayOrder.draft == draft, GatewayOrder.state.in_((*OPEN, REVERSING))
    )
    return [asking(row) for row in rows.order_by(GatewayOrder.key)]


def _store(job: Job, order: GatewayOrder) -> int | None:
    """The line of the payment with its work; None when there is no such work any more."""
    work = Draft.get_or_none(Draft.key == order.draft, Draft.state.in_((drafts.OPEN, HELD)))
    if work is None:
        return None
    line = 1 + max(taken_of(work.key), default=0)
    TakenPayment.create(
        draft=work.key, line=line, tender=order.tender, given=order.amount,
        currency=store_currency().code, reference=order.order, register=order.register,
        user=order.user, at=job.now,
    )  # fmt: skip
    return line
