"""Stock: what is where, at what value. Moves are the only truth; the kept stock is their sum.

Cost is of an item in the whole store, kept as quantity and value: the moving average, or layers
(models/stock/layers.py). Carrying goods from one place to another costs nothing, also when one of
them is short for an hour. A short issue is valued at the last cost, and the receipt that covers it
corrects the cost of sales.

What lies on the shop floor is not kept: it is the store's stock without what lies elsewhere, so
that a sale changes one row an item.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from operator import itemgetter

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
from models.base.texts import has_words
from models.goods.goods import Goods, full_name
from models.ledger.accounts import COST_OF_SALES, OPENING_EQUITY, STOCK, STOCK_GAIN, STOCK_LOSS
from models.ledger.documents import (
    Document,
    Leg,
    add_parts,
    begin_document,
    post_document,
)
from models.ledger.parts import Part
from models.stock.layers import Cost, costs_of, keep_layers
from models.stock.trade import ADJUSTMENT
from models.trust.operation import Job, operation
from models.trust.settings import setting

# What a sale below zero does: "warn" sells and the screen says so, "refuse" needs an override.
below_zero = setting("stock.below_zero", "warn", allowed=("warn", "refuse"))

# Where goods lie: what is sold, what waits for its place, and what must not be sold.
SHOP_FLOOR, STORE_ROOM, DEFECTIVE = 1, 2, 3
# Where deliveries are put: straight to where they are sold, or behind.
received_at = setting("stock.received_at", "floor", allowed=("floor", "room"))


class OutOfStock(Refusal):
    """There is less in stock than asked for."""

    can_be_approved = True


class TooFewThere(OutOfStock):
    """Fewer lie there than are to be carried, scrapped, used or sent back: nobody approves that, as
    nobody carries what is not there.
    """

    can_be_approved = False


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
    """What a store has of an item: quantity and value, and the last unit cost for an empty one."""

    goods = BigIntegerField()
    quantity = QuantityField()
    value = MoneyField()
    last_cost = CostField()

    class Meta:
        primary_key = CompositeKey("goods", "store")
        without_rowid = on_sqlite


class Elsewhere(Row):
    """How much of it lies in a place that is not the shop floor."""

    goods = BigIntegerField()
    location = IntegerField()
    quantity = QuantityField()

    class Meta:
        primary_key = CompositeKey("goods", "location")
        without_rowid = on_sqlite


class StockMove(Row):
    """One movement in a document, numbered there: quantity and value in (above zero) or out
    (below), for one of its lines, which may have several.
    """

    document = ForeignKeyField(Document, index=False)
    number = IntegerField()
    line = IntegerField()
    goods = ForeignKeyField(Goods)
    location = IntegerField()
    quantity = QuantityField()
    value = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "number")
        part_of = Document
        without_rowid = on_sqlite


class Adjustment(Row):
    """Why a stock document was written by hand."""

    document = ForeignKeyField(Document, primary_key=True)
    reason = CharField(max_length=120)

    class Meta:
        part_of = Document


_MOVES = Part(StockMove, "line goods location quantity value currency", {2: "number"})
REASONS = Part(Adjustment, "reason")
_READ = (
    'SELECT "goods", "quantity", "value", "last_cost" FROM "stock" WHERE "store" = ? '
    'AND "goods" IN (...)'
)
_CHANGE = Statement(
    'UPDATE "stock" SET "quantity" = ?, "value" = ?, "last_cost" = ? '
    'WHERE "goods" = ? AND "store" = ? AND "quantity" = ? AND "value" = ?'
)
_NEW = insert(Stock, "store goods quantity value last_cost")
_GOODS_COST = 'SELECT "key", "cost" FROM "goods" WHERE "key" IN (...)'
_ELSEWHERE = 'SELECT "goods", "location", "quantity" FROM "elsewhere" WHERE "goods" IN (...)'
_CARRY = insert(
    Elsewhere,
    "store goods location quantity",
    more='ON CONFLICT ("goods", "location") DO UPDATE SET '
    '"quantity" = "elsewhere"."quantity" + excluded."quantity"',
)
# What lies on the shop floor of a row "s" of stock, as SQL.
ON_FLOOR = (
    '(s."quantity" - coalesce((SELECT CAST(sum(e."quantity") AS BIGINT) FROM "elsewhere" e '
    'WHERE e."goods" = s."goods"), 0))'
)
_FLOOR = f'SELECT s."goods", {ON_FLOOR} FROM "stock" s WHERE s."store" = ? AND s."goods" IN (...)'


class Moves:
    """The stock moves of one open document: rows to insert, and their values for the books.

    The stock of all its goods is read at once, moved here, and written at once by `insert`. `value`
    is what stock gained (below zero: lost), `correction` what the cost of sales must take because a
    receipt covered a shortage that had left at another cost.
    """

    def __init__(self, document: Document, goods: Iterable[int]) -> None:
        asked = set(goods)
        self.document = document
        self.value = self.correction = 0
        self._before, self._rows = _stored(asked), list[tuple[int, ...]]()
        stocks = self._before | _expected(asked - self._before.keys())
        self._first = costs_of(stocks, document.key)
        self._now: dict[int, Cost] = dict(self._first)
        self._asked, self._carried = asked, dict[tuple[int, int], int]()

    def issue(
        self,
        line: int,
        goods: int,
        quantity: Quantity,
        *,
        may_go_below: bool,
        is_sale: bool = False,
        location: int = SHOP_FLOOR,
    ) -> Money:
        """Take goods out of a place; the cost that left. Refuses, unless it may go below:
        OutOfStock for a sale, which may be approved, else TooFewThere.
        """
        if not may_go_below:
            self._look(goods, quantity, location, OutOfStock if is_sale else TooFewThere)
        move = self._now[goods].issue(quantity)
        cost = move.value + move.correction
        self._add((line, goods, location), -quantity, -cost)
        self._now[goods] = move.after
        return cost

    def receive(
        self, line: int, goods: int, quantity: Quantity, value: Money, *, location: int = SHOP_FLOOR
    ) -> Money:
        """Take goods in at a place, for a value; what the stock gained by it."""
        move = self._now[goods].receive(quantity, value)
        self.correction += move.correction.minor
        gained = value - move.correction
        self._add((line, goods, location), quantity, gained)
        self._now[goods] = move.after
        return gained

    def carry(self, line: int, goods: int, quantity: Quantity, *, origin: int, target: int) -> None:
        """Bring goods from one place to another: two moves that cost nothing. Refuses: TooFewThere
        when there are fewer where they come from.
        """
        self._look(goods, quantity, origin)
        nothing = Money.zero(store_currency())
        self._add((line, goods, origin), -quantity, nothing)
        self._add((line, goods, target), quantity, nothing)

    def average_of(self, goods: int) -> UnitCost:
        """What one of an item costs at this point of the document."""
        return self._now[goods].average

    def insert(self) -> None:
        """Store the moves, in the order of their lines, and what is in stock after them, by goods,
        so that two counters never wait for each other.
        """
        code, store, changed, new = store_currency().code, store_number(), [], []
        rows = [(*row, code, number) for number, row in enumerate(self._rows, 1)]
        add_parts(self.document, _MOVES, sorted(rows, key=itemgetter(0, -1)))
        moved = sorted({row[1] for row in self._rows})
        for goods in moved:
            now, before = self._now[goods], self._before.get(goods)
            values = (now.quantity.thousandths, now.value.minor, now.last.millionths)
            if before is None:
                new.append((store, goods, *values))
            else:
                seen = (before.quantity.thousandths, before.value.minor)
                changed.append((*values, goods, store, *seen))
        if _CHANGE.many(changed) != len(changed):
            # Another counter was here, in a database that somebody made less strict.
            raise Conflict("stock")
        _NEW.many(new)
        keep_layers(self._first, self._now, moved)
        _CARRY.many((store, *where, more) for where, more in sorted(self._carried.items()))

    @cached_property
    def _there(self) -> dict[tuple[int, int], int]:
        """What lies elsewhere, read when it is asked for: most sales need not know."""
        return _elsewhere(self._asked)

    def _look(
        self,
        goods: int,
        quantity: Quantity,
        location: int,
        refusal: type[OutOfStock] = TooFewThere,
    ) -> None:
        """Refuses: this, when fewer lie there."""
        here = _lying(self._now[goods].quantity.thousandths, self._there, goods, location)
        if quantity.thousandths > here:
            raise refusal(goods=goods_named(goods), stock=Quantity(here), asked=quantity)

    def _add(self, moved: tuple[int, int, int], quantity: Quantity, value: Money) -> None:
        """Note a move of a line, an item and a place."""
        _, goods, location = moved
        self.value += value.minor
        self._rows.append((*moved, quantity.thousandths, value.minor))
        if location != SHOP_FLOOR:
            where, more = (goods, location), quantity.thousandths
            self._there[where] = self._there.get(where, 0) + more
            self._carried[where] = self._carried.get(where, 0) + more


def stock_of(goods: int) -> AverageCost:
    """The stock of an item in the whole store; none is an empty one at its expected cost."""
    return stocks_of([goods])[goods]


def stocks_of(goods: Iterable[int]) -> dict[int, AverageCost]:
    """The same of many."""
    asked = set(goods)
    found = _stored(asked)
    return found | _expected(asked - found.keys())


def arrives_at() -> int:
    """The place where deliveries are put."""
    return STORE_ROOM if received_at.value() == "room" else SHOP_FLOOR


def lying_at(goods: int, location: int = SHOP_FLOOR) -> Quantity:
    """How much of an item lies in one place."""
    return Quantity(all_lying_at([goods], location)[goods])


def all_lying_at(goods: Iterable[int], location: int) -> dict[int, int]:
    """How much of each of these items lies in one place, in thousandths."""
    asked = set(goods)
    if location == SHOP_FLOOR:
        return on_floor(asked)
    there = _elsewhere(asked)
    return {key: there.get((key, location), 0) for key in asked}


def on_floor(goods: Iterable[int]) -> dict[int, int]:
    """How much of these items lies on the shop floor, in thousandths."""
    asked = sorted(set(goods))
    found = {key: int(quantity) for key, quantity in rows_in(_FLOOR, asked, store_number())}
    return {key: found.get(key, 0) for key in asked}


def values_at(goods: Iterable[int], location: int | None) -> dict[int, tuple[int, int]]:
    """Of these items that have a stock, how much lies in a place (None: in the store) in
    thousandths, and its share of the value in minor units.
    """
    stored, there = _stored(goods), _elsewhere(goods) if location is not None else {}
    found = {}
    for each, stock in stored.items():
        whole = stock.quantity.thousandths
        here = whole if location is None else _lying(whole, there, each, location)
        value = stock.value if here == whole else stock.issue(Quantity(here)).value
        found[each] = here, value.minor
    return found


def _lying(whole: int, there: dict[tuple[int, int], int], goods: int, location: int) -> int:
    if location != SHOP_FLOOR:
        return there.get((goods, location), 0)
    return whole - sum(more for (each, _), more in there.items() if each == goods)


def _elsewhere(goods: Iterable[int]) -> dict[tuple[int, int], int]:
    """What lies elsewhere of these items, by item and place."""
    rows = rows_in(_ELSEWHERE, sorted(set(goods)))
    return {(each, location): int(quantity) for each, location, quantity in rows}


def _stored(goods: Iterable[int]) -> dict[int, AverageCost]:
    money = store_currency()
    return {
        key: AverageCost(
            Quantity(int(quantity)), Money(int(value), money), UnitCost(int(last), money)
        )
        for key, quantity, value, last in rows_in(_READ, sorted(set(goods)), store_number())
    }


def _expected(goods: Iterable[int]) -> dict[int, AverageCost]:
    """An empty stock of each, at the cost that the item is expected to have."""
    money = store_currency()
    costs = dict(rows_in(_GOODS_COST, sorted(goods)))
    return {
        key: AverageCost.empty(money, UnitCost(int(costs.get(key) or 0), money)) for key in goods
    }


def goods_named(goods: int) -> str:
    """The name with the specification, for whoever is told of it; a key that is none as it is."""
    found = Goods.get_or_none(Goods.key == goods)
    return full_name(found.name, found.spec) if found else str(goods)


def require_adjustable(goods: Goods, quantity: Quantity, reason: str, location: int) -> None:
    """Refuses: NotStocked, AdjustmentEmpty, TooFewThere."""
    found = Goods.get_or_none(Goods.key == goods.key)
    if found is None or not found.is_stocked:
        raise NotStocked(goods=goods_named(goods.key))
    if not quantity or not has_words(reason):
        raise AdjustmentEmpty()
    here = lying_at(goods.key, location)
    if -quantity > here and quantity < Quantity(0):
        raise TooFewThere(goods=goods_named(goods.key), stock=here, asked=-quantity)


def adjust_inside(
    job: Job,
    goods: Goods,
    quantity: Quantity,
    *,
    reason: str,
    cost: UnitCost | None = None,
    location: int = SHOP_FLOOR,
    right: str = "",
) -> Document:
    """Change the stock by hand inside an operation: the plain function behind every adjustment.
    Refuses: what `require_adjustable` does; NeedsOverride above the value that the `right` allows,
    where one is asked for.
    """
    require_adjustable(goods, quantity, reason, location)
    value = abs((cost or stock_of(goods.key).average).times(quantity))
    if right:
        job.require(right, value.minor)
    document = begin_document(job, ADJUSTMENT, total=value, note=reason.strip())
    add_parts(document, REASONS, [(reason.strip()[:120],)])
    moves = Moves(document, [goods.key])
    if quantity > Quantity(0):
        moves.receive(1, goods.key, quantity, value, location=location)
    else:
        moves.issue(1, goods.key, -quantity, may_go_below=False, location=location)
    moves.insert()
    legs = adjustment_legs(moves)
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
    job: Job,
    goods: Goods,
    quantity: Quantity,
    *,
    reason: str,
    cost: UnitCost | None = None,
    location: int = SHOP_FLOOR,
) -> Document:
    """Put goods in (above zero) or take them out by hand at a place, at `cost` or the average.
    Refuses: what `require_adjustable` does; NeedsOverride above the value that the right allows.
    """
    return adjust_inside(
        job, goods, quantity, reason=reason, cost=cost, location=location, right="adjust stock"
    )
