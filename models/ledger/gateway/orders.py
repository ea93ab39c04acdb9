"""What was asked of a payment gateway: a customer's pay code, and money that goes back by it.

An order is stored before anything goes out, under a number that is never used again, and lives by
what the gateway says of it, also after a power cut:

    asked -> paying, unknown -> paid | refused
    asked, paying, unknown -> reversing -> reversed     the sale was given up
    paid -> reversing -> reversed                       the payment was taken off

What is paid stands with its work or in its document, once; what is being reversed stops nobody: it
is asked for until it is known. A refund is asked for again under its own number until it is done.
The operations are in models/ledger/pay_codes/payments.py; who talks to the gateway is
tui/money/gateway/calls.py.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import DayField, InstantField, KeyField, MoneyField
from models.base.findings import sql_check
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.ledger.documents import Document
from models.ledger.ways.tender_kinds import Take
from models.ledger.ways.tenders import Tender
from models.trust.operation import Job
from models.trust.settings import setting

PAY, REFUND = "pay", "refund"
ASKED, PAYING, UNKNOWN = "asked", "paying", "unknown"
PAID, REFUSED, REVERSING, REVERSED = "paid", "refused", "reversing", "reversed"
# Nobody knows yet; and what the gateway is still asked about.
OPEN = (ASKED, PAYING, UNKNOWN)
UNSETTLED = (*OPEN, REVERSING)
# State -> what may become of it.
BECOMES: dict[str, tuple[str, ...]] = {
    ASKED: (PAYING, UNKNOWN, PAID, REFUSED, REVERSING),
    PAYING: (UNKNOWN, PAID, REFUSED, REVERSING),
    UNKNOWN: (PAYING, PAID, REFUSED, REVERSING),
    PAID: (REVERSING,),
    REVERSING: (REVERSED,),
    REFUSED: (),
    REVERSED: (),
}

PROVIDERS = NONE, HTTP = ("", "http")
provider = setting("gateway.provider", NONE, allowed=PROVIDERS)
address = setting(
    "gateway.address", "http://127.0.0.1:8765", check=lambda text: text.startswith("http://")
)
# So long an order may stay unknown before it is given up by itself.
give_up_s = setting("gateway.give_up_s", 60, check=lambda seconds: 15 <= seconds <= 600)


class PayCodeOpen(Refusal):
    """A pay code is being asked for, and nobody knows yet whether it pays."""


class GatewayOrder(Row):
    """One payment of a pay code, or one refund of it. `order` is our number at the gateway
    and the reference of the payment, `reference` theirs; `code_tail` the last signs of the code,
    which serves once. `document` is where it is booked, `line` where it stands with open work, `of`
    the payment that a refund is of.
    """

    key = KeyField(primary_key=True)
    order = CharField(max_length=32, unique=True)
    kind = CharField(max_length=6)
    state = CharField(max_length=9)
    tender = ForeignKeyField(Tender, index=False)
    amount = MoneyField()
    currency = CharField(max_length=3)
    code_tail = CharField(max_length=4, default="")
    reference = CharField(max_length=60, default="")
    said = CharField(max_length=60, default="")
    draft = BigIntegerField(null=True, index=True)
    line = IntegerField(null=True)
    document = BigIntegerField(null=True, index=True)
    of = BigIntegerField(null=True, index=True)
    # The gateway refused to give it back, and somebody did.
    is_by_hand = BooleanField(default=False)
    register = IntegerField()
    user = BigIntegerField()
    day = DayField(index=True)
    at = InstantField()
    mark = MarkField()

    class Meta:
        indexes = ((("register", "state"), False),)


class GatewayLine(Row):
    """A line of the list that the gateway gave of a calendar day: money that moved, below zero
    where it went back.
    """

    key = KeyField(primary_key=True)
    order = CharField(max_length=32, unique=True)
    reference = CharField(max_length=60, default="")
    day = DayField(index=True)
    amount = MoneyField()
    currency = CharField(max_length=3)
    at = InstantField()


@dataclass(frozen=True, slots=True)
class Asking:
    """An order that the gateway is still asked about."""

    key: int
    order: str
    kind: str
    state: str
    tender: Tender
    amount: Money
    of: str
    draft: int | None
    user: int
    said: str


def unsettled(register: int) -> list[Asking]:
    """What this register still asks the gateway about, the oldest first."""
    rows = GatewayOrder.select().where(
        GatewayOrder.register == register, GatewayOrder.state.in_(UNSETTLED)
    )
    return [asking(row) for row in rows.order_by(GatewayOrder.key)]


def refused_refunds() -> list[GatewayOrder]:
    """Refunds to which the gateway said no: somebody must give the money back, as the books say
    that it is, and nobody has said yet that he did.
    """
    rows = GatewayOrder.select().where(
        GatewayOrder.kind == REFUND, GatewayOrder.state == REFUSED, ~GatewayOrder.is_by_hand
    )
    return list(rows.order_by(GatewayOrder.key))


def asking(row: GatewayOrder) -> Asking:
    """An order as whoever asks about it needs it."""
    of = GatewayOrder.get_by_id(row.of).order if row.of else ""
    return Asking(
        row.key, row.order, row.kind, row.state, row.tender, row.amount, of, row.draft, row.user,
        row.said,
    )  # fmt: skip


def open_for(draft: int) -> list[GatewayOrder]:
    """Orders of a piece of work of which nobody knows yet whether they are paid."""
    rows = GatewayOrder.select().where(GatewayOrder.draft == draft, GatewayOrder.state.in_(OPEN))
    return list(rows.order_by(GatewayOrder.key))


_ANY_OPEN = Statement(
    'SELECT "key" FROM "gateway_order" WHERE "draft" = ? AND "state" IN (?, ?, ?) LIMIT 1'
)


def require_none_open(draft: int) -> None:
    """Nothing else is taken for work, and it is not finished, while a pay code of it is asked for.

    Refuses: PayCodeOpen.
    """
    if _ANY_OPEN.row(draft, *OPEN) is None:
        return
    for order in open_for(draft):
        raise open_code(order.tender, order.amount)


def open_code(tender: Tender, amount: Money) -> PayCodeOpen:
    """The refusal, with its names."""
    return PayCodeOpen(tender=tender.name_zh, tender_en=tender.name_en, amount=amount)


_BY_REFERENCE = Statement(
    'SELECT "key", "order" FROM "gateway_order" WHERE "order" = ? AND "tender_id" = ? '
    'AND "kind" = ? AND "state" = ?'
)


def paid_order(tender: int, reference: str) -> int | None:
    """The order by which this tender (its key) was paid under this reference; None when it was
    paid without a gateway.
    """
    row = _BY_REFERENCE.row(reference, tender, PAY, PAID) if reference else None
    return int(row[0]) if row else None


def book_orders(job: Job, document: Document, takes: Iterable[Take]) -> None:
    """The payments of a document are stored: what came by the gateway is booked there, what goes
    back by it is asked for, in the same transaction.
    """
    for take in takes:
        if not (take.paying.reference and take.kind.is_outside):
            continue
        key = paid_order(take.tender.key, take.paying.reference)
        if key is not None and take.paying.given.minor > 0:
            GatewayOrder.update(document=document.key).where(
                GatewayOrder.key == key, GatewayOrder.document.is_null()
            ).execute()
        elif key is not None:
            begin_order(job, REFUND, take.tender, -take.paying.given, of=key, document=document.key)


def begin_order(
    job: Job,
    kind: str,
    tender: Tender,
    amount: Money,
    *,
    draft: int | None = None,
    of: int | None = None,
    document: int | None = None,
    code_tail: str = "",
) -> GatewayOrder:
    """Store an order before anything goes out, inside an operation."""
    key, sign = new_key(), "D" if kind == PAY else "R"
    # In sixteens: no number of ours may look like that of a card.
    return GatewayOrder.create(
        key=key, order=f"{sign}{key:X}", kind=kind, state=ASKED, tender=tender,
        amount=amount, currency=amount.currency.code, code_tail=code_tail, draft=draft, of=of,
        document=document, register=job.register, user=job.user, day=job.day, at=job.now,
    )  # fmt: skip


def become(order: GatewayOrder, state: str, **values: object) -> bool:
    """Change its state, if it still is in the one that was read; whether it did."""
    assert state in BECOMES[order.state] or state == order.state, (order.state, state)
    changed = GatewayOrder.update(state=state, **values).where(
        GatewayOrder.key == order.key, GatewayOrder.state == order.state
    )
    return int(changed.execute()) == 1


def reverse_taken(draft: int, line: int) -> bool:
    """A stored payment is taken off: what the gateway took goes back by it. Whether it was one."""
    order = GatewayOrder.get_or_none(
        GatewayOrder.draft == draft, GatewayOrder.line == line, GatewayOrder.state == PAID
    )
    return order is not None and become(order, REVERSING)


def is_of_gateway(draft: int) -> bool:
    """Whether a stored payment of this work is one that the gateway took."""
    found = GatewayOrder.select().where(
        GatewayOrder.draft == draft, GatewayOrder.state == PAID, GatewayOrder.line.is_null(False)
    )
    return bool(found.exists())


_IN_DOCUMENT = (
    '(SELECT coalesce(sum(p."amount"), 0) FROM "payment" p WHERE p."document_id" = o."document" '
    'AND p."tender_id" = o."tender_id" AND p."reference" = {reference} AND p."amount" {sign} 0)'
)
_OF = '(SELECT r."order" FROM "gateway_order" r WHERE r."key" = o."of")'
GATEWAY_CHECKS = [
    sql_check(
        68,
        "GatewayNotBooked",
        'SELECT o."order", o."amount" FROM "gateway_order" o '
        f"WHERE o.\"kind\" = '{PAY}' AND o.\"state\" = '{PAID}' AND "
        'CASE WHEN o."document" IS NULL THEN NOT EXISTS (SELECT 1 FROM '
        '"taken_payment" t WHERE t."draft_id" = o."draft" AND t."line" = o."line" AND '
        't."given" = o."amount" AND t."reference" = o."order") ELSE '
        + _IN_DOCUMENT.format(reference='o."order"', sign=">")
        + ' <> o."amount" END',
        names="amount$",
    ),
    sql_check(
        69,
        "GatewayBookedWrong",
        'SELECT o."order", o."amount" FROM "gateway_order" o '
        f"WHERE (o.\"kind\" = '{PAY}' AND o.\"state\" <> '{PAID}' AND "
        '(o."document" IS NOT NULL OR EXISTS (SELECT 1 FROM '
        '"taken_payment" t WHERE t."draft_id" = o."draft" AND t."line" = o."line"))) OR '
        f"(o.\"kind\" = '{REFUND}' AND "
        + _IN_DOCUMENT.format(reference=_OF, sign="<")
        + ' <> -o."amount")',
        names="amount$",
    ),
]
