"""Stock: what is where, at what value. Moves are the only truth; the kept stock is their sum.

Cost is the moving average, kept as quantity and value. A short issue is valued at the last cost,
and the
receipt that covers it corrects the cost of sales.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.cost import AverageCost, UnitCost
from models.base.database import Row, on_sqlite, store_number
from models.base.fields import CostField, MoneyField, QuantityField, store_currency
from models.base.hot import Statement, insert
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.accounts import COST_OF_SALES, OPENING_EQUITY, STOCK, STOCK_GAIN, STOCK_LOSS
from models.ledger.documents import (
    Document,
    Kind,
    Leg,
    add_parts,
    begin_document,
    post_document,
)
from models.ledger.parts import Part
from models.shop.goods import Goods
from models.trust.approvals import ApprovalKind, approval_kind
from models.trust.operation import Job, operation
from models.trust.settings import setting

# What a sale below zero does: "warn" sells and the screen says so, "refuse" needs an override.
below_zero = setting("stock.below_zero", "warn", allowed=("warn", "refuse"))

SHOP_FLOOR = 1


class OutOfStock(Refusal):
    """There is less in stock than asked for."""

    can_be_approved = True


class NotStocked(Refusal):
    """The item is a service or a deposit: it has no stock."""


class AdjustmentEmpty(Refusal):
    """An adjustment needs a quantity that is not zero, and a reason."""


class Location(Row):
    """A place where stock lies: shop floor, store room, in transit, scrap."""

    number = IntegerField(primary_key=True)
    name = CharField(max_length=40)
    is_active = BooleanField(default=True)


class Stock(Row):
    """What lies where now: quantity and value, and the last unit cost for an empty stock."""

    location = IntegerField()
    goods = BigIntegerField()
    quantity = QuantityField()
    value = MoneyField()
    last_cost = CostField()

    class Meta:
        primary_key = CompositeKey("location", "goods")
        without_rowid = on_sqlite


class StockMove(Row):
    """One movement in a document: quantity and value in (above zero) or out (below)."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    goods = ForeignKeyField(Goods)
    location = IntegerField()
    quantity = QuantityField()
    value = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class Adjustment(Row):
    """Why a stock document was written by hand."""

    document = ForeignKeyField(Document, primary_key=True)
    reason = CharField(max_length=120)

    class Meta:
        part_of = Document


_MOVES = Part(StockMove, "line goods location quantity value currency")
REASONS = Part(Adjustment, "reason")
_READ = Statement(
    'SELECT "quantity", "value", "last_cost" FROM "stock" WHERE "location" = ? AND "goods" = ?'
)
_CHANGE = Statement(
    'UPDATE "stock" SET "quantity" = ?, "value" = ?, "last_cost" = ? '
    'WHERE "location" = ? AND "goods" = ? AND "quantity" = ? AND "value" = ?'
)
_NEW = insert(Stock, "store location goods quantity value last_cost")
_GOODS_COST = Statement('SELECT "cost" FROM "goods" WHERE "key" = ?')


@dataclass(slots=True)
class Moves:
    """The stock moves of one open document: rows to insert, and their values for the books.

    `value` is what stock gained (below zero: lost), `correction` what the cost of sales must take
    because a receipt covered a shortage that had left at another cost.
    """

    document: Document
    rows: list[tuple[int, ...]] = field(default_factory=list)
    value: int = 0
    correction: int = 0

    def issue(self, line: int, goods: int, quantity: Quantity, *, may_go_below: bool) -> Money:
        """Take goods out; the cost that left. Refuses: OutOfStock, unless it may go below."""
        before = stock_of(goods)
        if quantity > before.quantity and not may_go_below:
            raise OutOfStock(goods=_name(goods), stock=before.quantity, asked=quantity)
        move = before.issue(quantity)
        _keep(goods, before, move.after)
        cost = move.value + move.correction
        self._add(line, goods, -quantity, -cost)
        return cost

    def receive(self, line: int, goods: int, quantity: Quantity, value: Money) -> None:
        """Take goods in for a value."""
        before = stock_of(goods)
        move = before.receive(quantity, value)
        _keep(goods, before, move.after)
        self.correction += move.correction.minor
        self._add(line, goods, quantity, value - move.correction)

    def insert(self) -> None:
        """Store the moves, in the order of their lines."""
        code = store_currency().code
        add_parts(self.document, _MOVES, [(*row, code) for row in sorted(self.rows)])

    def _add(self, line: int, goods: int, quantity: Quantity, value: Money) -> None:
        self.value += value.minor
        self.rows.append((line, goods, SHOP_FLOOR, quantity.thousandths, value.minor))


def stock_of(goods: int, location: int = SHOP_FLOOR) -> AverageCost:
    """The stock of an item; none is an empty one at its expected cost."""
    money = store_currency()
    row = _READ.row(location, goods)
    if row is None:
        cost = _GOODS_COST.row(goods)
        return AverageCost.empty(money, UnitCost(int(cost[0]) if cost else 0, money))
    return AverageCost(
        Quantity(int(row[0])), Money(int(row[1]), money), UnitCost(int(row[2]), money)
    )


def _keep(goods: int, before: AverageCost, after: AverageCost) -> None:
    values = (after.quantity.thousandths, after.value.minor, after.last.millionths)
    changed = _CHANGE.run(
        *values, SHOP_FLOOR, goods, before.quantity.thousandths, before.value.minor
    )
    if not changed:
        _NEW.run(store_number(), SHOP_FLOOR, goods, *values)


def _name(goods: int) -> str:
    found = Goods.get_or_none(Goods.key == goods)
    return found.name if found else str(goods)


def adjust_inside(
    job: Job,
    goods: Goods,
    quantity: Quantity,
    *,
    reason: str,
    cost: UnitCost | None = None,
    is_opening: bool = False,
) -> Document:
    """Change the stock by hand inside an operation: the plain function behind every adjustment.

    Refuses: NotStocked, AdjustmentEmpty, OutOfStock.
    """  # fmt: skip
    found = Goods.get_or_none(Goods.key == goods.key)
    if found is None or not found.is_stocked:
        raise NotStocked(goods=goods.name)
    if not quantity or not reason.strip():
        raise AdjustmentEmpty()
    before = stock_of(goods.key)
    if -quantity > before.quantity and quantity < Quantity(0):
        raise OutOfStock(goods=goods.name, stock=before.quantity, asked=-quantity)

    value = abs((cost or before.average).times(quantity))
    document = begin_document(job, Kind.STOCK, total=value, note=reason.strip())
    add_parts(document, REASONS, [(reason.strip()[:120],)])
    moves = Moves(document)
    if quantity > Quantity(0):
        moves.receive(1, goods.key, quantity, value)
    else:
        moves.issue(1, goods.key, -quantity, may_go_below=False)
    moves.insert()
    legs = adjustment_legs(moves, is_opening=is_opening)
    job.note(goods=goods.name, quantity=quantity, why=reason.strip())
    return post_document(job, document, legs)


def adjustment_legs(moves: Moves, *, is_opening: bool = False) -> list[Leg]:
    """The entries of moves that have no seller or buyer."""
    money = store_currency()
    other = STOCK_GAIN if moves.value + moves.correction >= 0 else STOCK_LOSS
    if is_opening:
        other = OPENING_EQUITY
    legs = [
        Leg(STOCK, Money(moves.value, money)),
        Leg(other, Money(-moves.value - moves.correction, money)),
    ]
    if moves.correction:
        legs.append(Leg(COST_OF_SALES, Money(moves.correction, money)))
    return legs


@operation(right="adjust stock")
def adjust_stock(
    job: Job, goods: Goods, quantity: Quantity, *, reason: str, cost: UnitCost | None = None
) -> Document:
    """Put goods in (above zero) or take them out by hand, at `cost` or the average; a gain or a
    loss.

    Refuses: NotStocked, AdjustmentEmpty, OutOfStock; NeedsOverride above the value that the right
    allows.
    """
    value = abs((cost or stock_of(goods.key).average).times(quantity))
    job.require("adjust stock", value.minor)
    return adjust_inside(job, goods, quantity, reason=reason, cost=cost)


def _execute_adjustment(job: Job, body: dict[str, object]) -> int:
    goods = Goods.get_by_id(body["goods"])
    quantity = Quantity(int(str(body["quantity"])))
    return int(adjust_inside(job, goods, quantity, reason=str(body["reason"])).key)


ADJUSTMENT_REQUEST = approval_kind(
    ApprovalKind("stock adjustment", "adjust stock", "adjust stock", _execute_adjustment)
)
