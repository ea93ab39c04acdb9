"""Stock: what is where, at what value. Moves are the only truth; the kept stock is their sum.

Cost is the moving average, kept as quantity and value. A short issue is valued at the last cost,
and the receipt that covers it corrects the cost of sales.
"""

from __future__ import annotations

from collections.abc import Iterable

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.cost import AverageCost, UnitCost
from models.base.database import Conflict, Row, on_sqlite, store_number
from models.base.fields import CostField, MoneyField, QuantityField, store_currency
from models.base.hot import Statement, insert, rows_in
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.goods.goods import Goods
from models.ledger.accounts import COST_OF_SALES, OPENING_EQUITY, STOCK, STOCK_GAIN, STOCK_LOSS
from models.ledger.documents import (
    Document,
    Leg,
    add_parts,
    begin_document,
    post_document,
)
from models.ledger.parts import Part
from models.stock.trade import ADJUSTMENT
from models.trust.founding import Founding
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
_READ = (
    'SELECT "goods", "quantity", "value", "last_cost" FROM "stock" WHERE "location" = ? '
    'AND "goods" IN (...)'
)
_CHANGE = Statement(
    'UPDATE "stock" SET "quantity" = ?, "value" = ?, "last_cost" = ? '
    'WHERE "location" = ? AND "goods" = ? AND "quantity" = ? AND "value" = ?'
)
_NEW = insert(Stock, "store location goods quantity value last_cost")
_GOODS_COST = 'SELECT "key", "cost" FROM "goods" WHERE "key" IN (...)'


class Moves:
    """The stock moves of one open document: rows to insert, and their values for the books.

    The stock of all its goods is read at once, moved here, and written at once by `insert`. `value`
    is what stock gained (below zero: lost), `correction` what the cost of sales must take because a
    receipt covered a shortage that had left at another cost.
    """

    def __init__(self, document: Document, goods: Iterable[int]) -> None:
        self.document = document
        self.value = self.correction = 0
        self._before, self._rows = _stored(goods), list[tuple[int, ...]]()
        self._now = self._before | _expected(set(goods) - self._before.keys())

    def issue(self, line: int, goods: int, quantity: Quantity, *, may_go_below: bool) -> Money:
        """Take goods out; the cost that left. Refuses: OutOfStock, unless it may go below."""
        before = self._now[goods]
        if quantity > before.quantity and not may_go_below:
            raise OutOfStock(goods=_name(goods), stock=before.quantity, asked=quantity)
        move = before.issue(quantity)
        cost = move.value + move.correction
        self._add(line, goods, -quantity, -cost)
        self._now[goods] = move.after
        return cost

    def receive(self, line: int, goods: int, quantity: Quantity, value: Money) -> None:
        """Take goods in for a value."""
        move = self._now[goods].receive(quantity, value)
        self.correction += move.correction.minor
        self._add(line, goods, quantity, value - move.correction)
        self._now[goods] = move.after

    def insert(self) -> None:
        """Store the moves, in the order of their lines, and what is in stock after them, by goods,
        so that two counters never wait for each other.
        """
        code, store, changed, new = store_currency().code, store_number(), [], []
        add_parts(self.document, _MOVES, [(*row, code) for row in sorted(self._rows)])
        for goods in sorted({row[1] for row in self._rows}):
            now, before = self._now[goods], self._before.get(goods)
            values = (now.quantity.thousandths, now.value.minor, now.last.millionths)
            if before is None:
                new.append((store, SHOP_FLOOR, goods, *values))
            else:
                seen = (before.quantity.thousandths, before.value.minor)
                changed.append((*values, SHOP_FLOOR, goods, *seen))
        if _CHANGE.many(changed) != len(changed):
            # Another counter was here, in a database that somebody made less strict.
            raise Conflict("stock")
        _NEW.many(new)

    def _add(self, line: int, goods: int, quantity: Quantity, value: Money) -> None:
        self.value += value.minor
        self._rows.append((line, goods, SHOP_FLOOR, quantity.thousandths, value.minor))


def stock_of(goods: int, location: int = SHOP_FLOOR) -> AverageCost:
    """The stock of an item; none is an empty one at its expected cost."""
    found = _stored([goods], location) or _expected([goods])
    return found[goods]


def _stored(goods: Iterable[int], location: int = SHOP_FLOOR) -> dict[int, AverageCost]:
    money = store_currency()
    return {
        key: AverageCost(
            Quantity(int(quantity)), Money(int(value), money), UnitCost(int(last), money)
        )
        for key, quantity, value, last in rows_in(_READ, sorted(set(goods)), location)
    }


def _expected(goods: Iterable[int]) -> dict[int, AverageCost]:
    """An empty stock of each, at the cost that the item is expected to have."""
    money = store_currency()
    costs = dict(rows_in(_GOODS_COST, sorted(goods)))
    return {
        key: AverageCost.empty(money, UnitCost(int(costs.get(key) or 0), money)) for key in goods
    }


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
    document = begin_document(job, ADJUSTMENT, total=value, note=reason.strip())
    add_parts(document, REASONS, [(reason.strip()[:120],)])
    moves = Moves(document, [goods.key])
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


def execute_adjustment(job: Job, body: dict[str, object]) -> int:
    """Do what was asked for and reviewed; the key of the document. Refuses: as `adjust_stock`."""
    goods = Goods.get_by_id(body["goods"])
    quantity = Quantity(int(str(body["quantity"])))
    return int(adjust_inside(job, goods, quantity, reason=str(body["reason"])).key)


def ship(answers: Founding | None) -> None:
    """The place where a shop's goods lie, in a store that has none."""
    Location.get_or_create(number=SHOP_FLOOR, defaults={"name": "卖场 Shop floor"})
