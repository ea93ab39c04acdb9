"""Purchase orders (采购订单): what is wanted from a supplier, in his packs, and how far it is.

What came of an order is not kept: it is the sum of the lines of its receipts (receipts.py).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.cost import UnitCost
from models.base.database import Row
from models.base.fields import (
    CostField,
    DayField,
    InstantField,
    KeyField,
    MoneyField,
    QuantityField,
    store_currency,
)
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import Msgid, word
from models.buying.plausible import Asked, require_plausible
from models.buying.prices import amount_for, asked_for
from models.buying.suppliers import supplier_folio
from models.buying.trade import ORDER_SLIP
from models.goods.goods import Goods, full_name
from models.trust.approvals import Content
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import linked_row, row_at, text_of
from models.trust.registers import next_number, number_text

_ORDERS = word("Purchase orders")

DRAFT, APPROVED, SENT, PART, RECEIVED, CLOSED, CANCELLED = STATES = (
    "draft", "approved", "sent", "part", "received", "closed", "cancelled",
)  # fmt: skip
# From which state an order may go to which; changing one that was approved asks anew.
TRANSITIONS = {
    DRAFT: (DRAFT, APPROVED, CANCELLED),
    APPROVED: (DRAFT, SENT, PART, RECEIVED, CLOSED),
    SENT: (SENT, PART, RECEIVED, CLOSED),
    PART: (PART, RECEIVED, CLOSED),
    RECEIVED: (RECEIVED, CLOSED),
    CLOSED: (),
    CANCELLED: (),
}
STATE_WORDS = {
    DRAFT: "order.draft", APPROVED: "order.approved", SENT: "order.sent", PART: "order.part",
    RECEIVED: "order.received", CLOSED: "order.closed", CANCELLED: "order.cancelled",
}  # fmt: skip
# In these goods may come, and are counted as on order.
COMING = (APPROVED, SENT, PART)


class OrderMoved(Refusal):
    """The order is past this step, or somebody else was faster."""


class OrderSentBefore(Refusal):
    """An order is printed for the supplier once; what is printed again is a copy."""


class OrderEmpty(Refusal):
    """An order needs a line."""


class OrderLineWrong(Refusal):
    """A line of an order is some packs of an item whose stock is kept, each item once."""


class PurchaseOrder(Row):
    """One order. `wanted` is the day of delivery, or of the pick-up where we fetch it."""

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    supplier = BigIntegerField()
    state = CharField(max_length=10)
    day = DayField()
    wanted = DayField(null=True)
    note = CharField(max_length=120, default="")
    total = MoneyField()
    currency = CharField(max_length=3)
    user = BigIntegerField()
    at = InstantField()
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"
        indexes = ((("state", "supplier"), False),)


class OrderLine(Row):
    """One item of it: so many `packs` of so many base units, at a `price` for a pack."""

    order = ForeignKeyField(PurchaseOrder, index=False)
    line = IntegerField()
    goods = ForeignKeyField(Goods)
    packs = QuantityField()
    pack = QuantityField()
    price = CostField()
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("order", "line")

    @property
    def quantity(self) -> Quantity:
        """In base units."""
        return self.packs.packs_of(self.pack)

    @property
    def asked(self) -> Asked:
        """What is to be paid for it."""
        return Asked(self.price, self.pack)

    @property
    def amount(self) -> Money:
        """What it comes to."""
        return amount_for(self.asked, self.quantity)


@operation(right="order goods")
def save_order(
    job: Job,
    key: int | None,
    *,
    version: int = 0,
    supplier: int,
    lines: Sequence[Mapping[str, Any]],
    wanted: date | None = None,
    note: str = "",
    is_price_meant: bool = False,
) -> PurchaseOrder:
    """Make an order (key None), or change one that nothing came of; it is a draft then. `lines` are
    mappings of goods, packs, and pack and price where they are not the supplier's. A price far off
    what the item is expected to cost `is_price_meant`.

    Refuses: RecordChanged, OrderMoved, OrderEmpty, OrderLineWrong, PriceBelowZero, PriceOdd,
    PricesOdd, SupplierUnknown, LinkUnknown.
    """
    folio = supplier_folio(supplier)
    found = None if key is None else row_at(PurchaseOrder, key, version, _ORDERS)
    if found is not None and DRAFT not in TRANSITIONS[found.state]:
        raise moved(found)
    priced = [_line(supplier, number, line) for number, line in enumerate(lines, 1)]
    if not priced:
        raise OrderEmpty()
    require_plausible(
        [
            (full_name(line.goods.name, line.goods.spec), Asked(line.price, line.pack), usual)
            for line, usual in priced
        ],
        is_sure=is_price_meant,
    )
    made = [line for line, _ in priced]
    if len({line.goods_id for line in made}) != len(made):
        raise OrderLineWrong()
    values = {
        "supplier": supplier, "wanted": wanted, "note": text_of("note", note, 120), "state": DRAFT,
        "total": Money.total((line.amount for line in made), store_currency()),
    }  # fmt: skip

    if found is None:
        order = _new_order(job, values)
    else:
        order = found
        for name, value in values.items():
            setattr(order, name, value)
        order.version += 1
        order.save()
        OrderLine.delete().where(OrderLine.order == order.key).execute()
    for line in made:
        line.order = order
        line.save(force_insert=True)
    job.note(order=order.number, supplier=folio.name, total=order.total, lines=_told(made))
    return order


def _new_order(job: Job, values: dict[str, Any]) -> PurchaseOrder:
    number = number_text("PO", job.register, next_number(job.register, "order"))
    return PurchaseOrder.create(
        key=new_key(), number=number, day=job.day, user=job.user, at=job.now,
        currency=store_currency().code, **values,
    )  # fmt: skip


def _line(supplier: int, number: int, given: Mapping[str, Any]) -> tuple[OrderLine, Asked]:
    """A line, and what its item usually costs."""
    goods = linked_row(Goods, "goods", given["goods"])
    packs: Quantity = given["packs"]
    if goods is None or not goods.is_stocked or packs <= Quantity(0):
        raise OrderLineWrong()
    usual = asked_for(goods.key, supplier)
    pack: Quantity = given.get("pack") or usual.pack
    if pack <= Quantity(0):
        raise OrderLineWrong()
    price: UnitCost | None = given.get("price")
    price = usual.for_pack(pack) if price is None else price
    return OrderLine(line=number, goods=goods, packs=packs, pack=pack, price=price), usual


def _told(lines: Iterable[OrderLine]) -> list[list[str]]:
    return [[line.goods.name, str(line.packs), str(line.pack), str(line.price)] for line in lines]


@operation(right="order goods")
def approve_order(job: Job, order: PurchaseOrder, *, version: int) -> PurchaseOrder:
    """Say yes to an order. Above what the right allows somebody else must, or is asked to.

    Refuses: RecordChanged, OrderMoved, NeedsOverride.
    """
    found = row_at(PurchaseOrder, order.key, version, _ORDERS)
    job.require("approve orders", found.total.minor)
    return _approve(job, found)


def _approve(job: Job, found: PurchaseOrder) -> PurchaseOrder:
    require_move(found, APPROVED)

    move_order(found, APPROVED)
    job.note(order=found.number, total=found.total, state=APPROVED)
    return found


def worth_of_order(body: dict[str, Any]) -> Money:
    """What an order that is asked for comes to."""
    total: Money = PurchaseOrder.get_by_id(body["order"]).total
    return total


def told_of_order(body: dict[str, Any]) -> list[Content]:
    """What is ordered, in base units."""
    return [
        Content(full_name(line.goods.name, line.goods.spec), str(line.quantity), line.amount)
        for line in lines_of_order(int(body["order"]))
    ]


def execute_order(job: Job, body: dict[str, Any]) -> None:
    """Approve the order that was asked for as it was then. Refuses: RecordChanged, OrderMoved."""
    found = row_at(PurchaseOrder, body["order"], int(body["version"]), _ORDERS)
    _approve(job, found)


@operation(right="order goods")
def send_order(
    job: Job, order: PurchaseOrder, *, version: int, language: str = ""
) -> PurchaseOrder:
    """It goes to the supplier now: printed, once. Refuses: RecordChanged, OrderMoved,
    OrderSentBefore.
    """
    found = row_at(PurchaseOrder, order.key, version, _ORDERS)
    require_move(found, SENT)
    if found.state == SENT:
        raise OrderSentBefore(order=found.number)

    move_order(found, SENT)
    add_job(job, ORDER_SLIP, subject=found.key, language=language)
    job.note(order=found.number, state=found.state)
    return found


@operation(right="order goods")
def close_order(job: Job, order: PurchaseOrder, *, version: int, reason: str) -> PurchaseOrder:
    """Nothing more is expected of it; a draft is cancelled. Refuses: RecordChanged, OrderMoved."""
    found = row_at(PurchaseOrder, order.key, version, _ORDERS)
    after = CANCELLED if found.state == DRAFT else CLOSED
    require_move(found, after)

    move_order(found, after)
    job.note(order=found.number, state=after, why=text_of("reason", reason, 120))
    return found


def moved(order: PurchaseOrder) -> OrderMoved:
    """The refusal of what an order in its state is not fit for."""
    return OrderMoved(order=order.number, state=Msgid(STATE_WORDS[order.state]))


def require_move(order: PurchaseOrder, after: str) -> None:
    """Refuses: OrderMoved, when an order cannot go on to this state."""
    if after not in TRANSITIONS[order.state]:
        raise moved(order)


def move_order(order: PurchaseOrder, after: str) -> None:
    """Bring an order to its next state: of two who try, one does. Refuses: OrderMoved."""
    is_seen = (PurchaseOrder.key == order.key) & (PurchaseOrder.version == order.version)
    changed = (
        PurchaseOrder.update(state=after, version=PurchaseOrder.version + 1)
        .where(is_seen)
        .execute()
    )
    if changed != 1:
        raise moved(order)
    order.state, order.version = after, order.version + 1


@dataclass(frozen=True, slots=True)
class Ordered:
    """A line of an order, and what came of it so far, in base units."""

    line: int
    goods: int
    quantity: Quantity
    came: Quantity
    asked: Asked

    @property
    def left(self) -> Quantity:
        """What is still to come."""
        return max(self.quantity - self.came, Quantity(0))


_LINES = Statement(
    'SELECT l."line", l."goods_id", l."packs", l."pack", l."price", '
    'coalesce((SELECT sum(r."quantity") FROM "receipt_line" r '
    'WHERE r."order" = l."order_id" AND r."order" IS NOT NULL AND r."goods_id" = l."goods_id"), 0) '
    'FROM "order_line" l WHERE l."order_id" = ? ORDER BY l."line"'
)


def ordered(order: int) -> list[Ordered]:
    """The lines of an order with what came of each."""
    money = store_currency()
    return [
        Ordered(
            line, goods, Quantity(int(packs)).packs_of(Quantity(int(pack))), Quantity(int(came)),
            Asked(UnitCost(int(price), money), Quantity(int(pack))),
        )
        for line, goods, packs, pack, price, came in _LINES.rows(order)
    ]  # fmt: skip


def lines_of_order(order: int) -> list[OrderLine]:
    """The lines of an order, in order."""
    return list(OrderLine.select().where(OrderLine.order == order).order_by(OrderLine.line))
