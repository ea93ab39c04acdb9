"""Goods in (进货单) and goods back (退货单) as they are posted: what came on which lines."""

from __future__ import annotations

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base import exact
from models.base.cost import UnitCost
from models.base.database import Row, on_sqlite
from models.base.fields import CostField, DayField, MoneyField, QuantityField, store_currency
from models.base.hot import Statement
from models.base.quantity import Quantity
from models.buying.plausible import Asked
from models.buying.suppliers import price_of
from models.goods.goods import Goods
from models.ledger.documents import Document
from models.ledger.parts import Part

# Ways in which goods come: against an order, bought in any shop, back to a supplier, and an order
# that we fetch on an agreed day (PUR-09).
ORDER, CASUAL, BACK, PICKUP = HOWS = ("order", "casual", "back", "pickup")
# These look an order up.
OF_ORDERS = (ORDER, PICKUP)


class Receipt(Row):
    """What belongs to a whole delivery: net + tax + freight = total. `is_billed` says that it is
    owed by it; else its bill comes later. `note` is the supplier's number of it.
    """

    document = ForeignKeyField(Document, primary_key=True)
    how = CharField(max_length=8)
    supplier = BigIntegerField(index=True)
    order = BigIntegerField(null=True)
    note = CharField(max_length=60, default="")
    pickup = DayField(null=True)
    net = MoneyField()
    tax = MoneyField()
    freight = MoneyField()
    total = MoneyField()
    currency = CharField(max_length=3)
    is_billed = BooleanField()

    class Meta:
        part_of = Document


class ReceiptLine(Row):
    """One item: `quantity` was taken in (below zero: sent back), `rejected` was refused at the door
    and is neither stock nor debt. `due` is what was still to come of the order before.
    """

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    goods = ForeignKeyField(Goods)
    code = CharField(max_length=20)
    name = CharField(max_length=180)
    unit = CharField(max_length=20, default="")
    quantity = QuantityField()
    rejected = QuantityField()
    due = QuantityField(null=True)
    pack = QuantityField()
    price = CostField()
    net = MoneyField()
    tax = MoneyField()
    freight = MoneyField()
    currency = CharField(max_length=3)
    order = BigIntegerField(null=True)
    batch = CharField(max_length=20, default="")
    expiry = DayField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


class ReceiptSerial(Row):
    """The number of one single thing that came on a line: a serial number, or one of a carton."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    number = IntegerField()
    serial = CharField(max_length=40, index=True)

    class Meta:
        primary_key = CompositeKey("document", "line", "number")
        part_of = Document
        without_rowid = on_sqlite


class SetAside(Row):
    """What came with a delivery and nobody knew: a code without an item, and how many of it."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    code = CharField(max_length=80)
    quantity = QuantityField()

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


ReceiptLine.add_index(ReceiptLine.index(ReceiptLine.order, where=ReceiptLine.order.is_null(False)))
HEAD = Part(Receipt, "how supplier order note pickup net tax freight total currency is_billed")
LINES = Part(
    ReceiptLine,
    "line goods code name unit quantity rejected due pack price net tax freight currency order "
    "batch expiry",
)
SERIALS = Part(ReceiptSerial, "line number serial")
ASIDE = Part(SetAside, "line code quantity")


def lines_of(document: int) -> list[ReceiptLine]:
    """The lines of a delivery, in order."""
    found = ReceiptLine.select().where(ReceiptLine.document == document)
    return list(found.order_by(ReceiptLine.line))


def known_serial(serial: str) -> Document | None:
    """The document with which a single thing came before."""
    found = ReceiptSerial.get_or_none(ReceiptSerial.serial == serial)
    return None if found is None else Document.get_by_id(found.document_id)


_CAME_FROM = Statement(
    'SELECT 1 FROM "receipt_line" l JOIN "receipt" r ON r."document_id" = l."document_id" '
    'WHERE l."goods_id" = ? AND r."supplier" = ? AND l."quantity" > 0 LIMIT 1'
)


def is_stranger(supplier: int, goods: int) -> bool:
    """Whether an item never came from a supplier, who has no price of it either."""
    return price_of(supplier, goods) is None and not _CAME_FROM.rows(goods, supplier)


# The bill that came behind the goods says what was paid; freight that did is another cost.
_PAID_LAST = Statement(
    'SELECT l."price", l."pack", l."net" + l."freight", b."net" FROM "receipt_line" l '
    'JOIN "receipt" r ON r."document_id" = l."document_id" '
    'JOIN "document" d ON d."key" = l."document_id" '
    'LEFT JOIN "bill_line" b ON b."receipt" = l."document_id" AND b."of_line" = l."line" '
    'AND NOT b."is_freight" '
    'WHERE l."goods_id" = ? AND r."supplier" = ? AND l."quantity" > 0 '
    'ORDER BY d."day" DESC, d."key" DESC LIMIT 1'
)


def paid_last(supplier: int, goods: int) -> Asked | None:
    """What an item cost when it came from a supplier last, as he billed it where his bill came
    behind it; None where it never did. What was expected to cost nothing is as it was expected.
    """
    row = next(iter(_PAID_LAST.rows(goods, supplier)), None)
    if row is None:
        return None
    price, pack, booked, billed = row
    if billed is not None and booked:
        # In the share of the bill: the price may hold a tax, which both amounts are without.
        price = exact.divide(int(price) * int(billed), int(booked))
    return Asked(UnitCost(int(price), store_currency()), Quantity(int(pack)))
