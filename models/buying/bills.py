"""Suppliers' bills (进项发票) that come behind the goods, and freight that does (到货后费用).

The goods lie in stock at what was expected of them. A bill that says otherwise is split on its day:
what is still here becomes worth so much more or less, what is sold goes to the cost of sales.
Closed days never change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.database import Row, on_sqlite
from models.base.fields import DayField, MoneyField, QuantityField, store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.refusals import Refusal
from models.buying.receipts import Receipt, ReceiptLine, lines_of
from models.buying.suppliers import supplier_folio
from models.buying.trade import BILL_IN, LANDED
from models.goods.goods import Goods
from models.ledger.accounts import COST_OF_SALES, INPUT_TAX, NOT_BILLED, STOCK
from models.ledger.documents import Document, Leg, add_parts, begin_document, post_document
from models.ledger.folios import OPEN, Folio, FolioNotOpen
from models.ledger.parts import Part
from models.stock.value_moves import ValueMoves
from models.trust.operation import Job, operation
from models.trust.records import text_of


class BillNumberMissing(Refusal):
    """A supplier's bill has his number."""

    about = ("number",)


class BillTwice(Refusal):
    """This bill of this supplier was booked before."""


class NothingToBill(Refusal):
    """The delivery is billed already, or is another supplier's."""


class AmountWrong(Refusal):
    """What a bill says of a line is not below zero; freight is above."""


class SupplierBill(Row):
    """One bill: net + tax = total, under the supplier's own number and date."""

    document = ForeignKeyField(Document, primary_key=True)
    supplier = BigIntegerField(index=True)
    number = CharField(max_length=40)
    dated = DayField()
    net = MoneyField()
    tax = MoneyField()
    total = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        part_of = Document


class BillLine(Row):
    """What it says of a line of a delivery: `net` now where `booked` stood before; the difference
    went `to_stock` as far as the goods are still here. Freight stands beside what was booked.
    """

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    receipt = BigIntegerField(index=True)
    of_line = IntegerField()
    goods = ForeignKeyField(Goods)
    quantity = QuantityField()
    booked = MoneyField()
    net = MoneyField()
    to_stock = MoneyField()
    currency = CharField(max_length=3)
    is_freight = BooleanField()

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


_HEAD = Part(SupplierBill, "supplier number dated net tax total currency")
_LINES = Part(
    BillLine, "line receipt of_line goods quantity booked net to_stock currency is_freight"
)


@dataclass(frozen=True, slots=True)
class Billed:
    """What a bill says of one line of a delivery, without tax."""

    receipt: int
    line: int
    net: Money


@dataclass(frozen=True, slots=True)
class _Line:
    of: ReceiptLine
    booked: Money
    net: Money

    @property
    def difference(self) -> Money:
        return self.net - self.booked


@operation(right="book supplier bills")
def book_bill(
    job: Job, supplier: int, billed: Sequence[Billed], *, number: str, dated: date, tax: Money
) -> Document:
    """Book the bill of goods that came before, line by line: the supplier is owed from now on.

    Refuses: SupplierUnknown, FolioNotOpen, BillNumberMissing, BillTwice, NothingToBill,
    AmountWrong, NeedsOverride where it differs by more than the right allows.
    """
    folio, name = _folio(supplier), _number(supplier, number)
    lines = [_line(supplier, one) for one in billed]
    if not lines or len({(one.receipt, one.line) for one in billed}) != len(lines):
        raise NothingToBill()
    if tax.minor < 0 or any(one.net.minor < 0 for one in lines):
        raise AmountWrong(field="tax" if tax.minor < 0 else "net")
    differs = sum(abs(one.difference.minor) for one in lines)
    if differs:
        job.require("accept price difference", differs)

    # After this point the bill must be booked.
    booked = Money.total((one.booked for one in lines), tax.currency)
    return _book(job, BILL_IN, folio, lines, name=name, dated=dated, tax=tax, booked=booked)


@operation(right="book supplier bills")
def add_freight(
    job: Job,
    supplier: int,
    receipts: Sequence[int],
    amount: Money,
    *,
    number: str,
    dated: date,
    tax: Money,
) -> Document:
    """Book freight or another cost of deliveries that came before; it is shared over their lines by
    what they cost, to the last fen.

    Refuses: SupplierUnknown, FolioNotOpen, BillNumberMissing, BillTwice, NothingToBill,
    AmountWrong.
    """
    folio, name = _folio(supplier), _number(supplier, number)
    came = [line for key in dict.fromkeys(receipts) for line in lines_of(key)]
    taken = [line for line in came if line.quantity.thousandths > 0]
    if not taken:
        raise NothingToBill()
    if amount.minor <= 0 or tax.minor < 0:
        raise AmountWrong(field="tax" if tax.minor < 0 else "amount")

    # After this point the freight must be booked.
    zero = Money.zero(tax.currency)
    shares = amount.split([line.net.minor for line in taken])
    lines = [_Line(of, zero, share) for of, share in zip(taken, shares, strict=True)]
    return _book(job, LANDED, folio, lines, name=name, dated=dated, tax=tax, booked=zero)


def _book(
    job: Job,
    kind: str,
    folio: Folio,
    lines: Sequence[_Line],
    *,
    name: str,
    dated: date,
    tax: Money,
    booked: Money,
) -> Document:
    net = Money.total((one.net for one in lines), tax.currency)
    document = begin_document(job, kind, total=net + tax, note=name)
    moves = ValueMoves(document, [one.of.goods_id for one in lines])
    stays = [
        moves.revalue(
            n, one.of.goods_id, one.of.quantity, one.difference, source=one.of.document_id
        )
        for n, one in enumerate(lines, 1)
    ]
    moves.insert()
    code = tax.currency.code
    head = (folio.key, name, dated.isoformat(), net.minor, tax.minor, (net + tax).minor, code)
    add_parts(document, _HEAD, [head])
    rows = [
        (
            n, one.of.document_id, one.of.line, one.of.goods_id, one.of.quantity.thousandths,
            one.booked.minor, one.net.minor, stay.minor, code, kind == LANDED,
        )
        for n, (one, stay) in enumerate(zip(lines, stays, strict=True), 1)
    ]  # fmt: skip
    add_parts(document, _LINES, rows)
    to_stock = Money.total(stays, tax.currency)
    legs = [
        Leg(NOT_BILLED, booked), Leg(STOCK, to_stock),
        Leg(COST_OF_SALES, net - booked - to_stock), Leg(INPUT_TAX, tax),
        Leg(folio.account, -net - tax, folio.key),
    ]  # fmt: skip
    return post_document(job, document, legs, supplier=folio.name, bill=name)


def _folio(supplier: int) -> Folio:
    folio = supplier_folio(supplier)
    if folio.status != OPEN:
        raise FolioNotOpen(folio=folio.number)
    return folio


def _number(supplier: int, number: str) -> str:
    name = text_of("number", number, 40)
    if not name:
        raise BillNumberMissing()
    same = (SupplierBill.supplier == supplier) & (SupplierBill.number == name)
    if SupplierBill.select().where(same).exists():
        raise BillTwice(number=name)
    return name


def _line(supplier: int, one: Billed) -> _Line:
    head = Receipt.get_or_none(Receipt.document == one.receipt)
    of = ReceiptLine.get_or_none(ReceiptLine.document == one.receipt, ReceiptLine.line == one.line)
    if head is None or of is None or head.supplier != supplier or head.is_billed:
        raise NothingToBill()
    same = (BillLine.receipt == one.receipt) & (BillLine.of_line == one.line)
    if of.quantity.thousandths <= 0 or BillLine.select().where(same, ~BillLine.is_freight).exists():
        raise NothingToBill()
    return _Line(of, of.net + of.freight, one.net)


# What of unbilled deliveries no bill has named yet, "r" the delivery and "l" its line.
OPEN_LINES = (
    'FROM "receipt" r JOIN "receipt_line" l ON l."document_id" = r."document_id" '
    'WHERE NOT r."is_billed" AND l."quantity" > 0 AND NOT EXISTS (SELECT 1 FROM "bill_line" b '
    'WHERE b."receipt" = l."document_id" AND b."of_line" = l."line" AND NOT b."is_freight")'
)


def not_billed(supplier: int) -> list[ReceiptLine]:
    """The lines of a supplier's deliveries whose bill has not come, the oldest first."""
    keys = query(
        f'SELECT l."document_id", l."line" {OPEN_LINES} AND r."supplier" = ? '
        'ORDER BY l."document_id", l."line"',
        supplier,
    )
    return [ReceiptLine.get_by_id((document, line)) for document, line in keys]


def proposed_tax(lines: Sequence[ReceiptLine]) -> Money:
    """The tax that their bill should say."""
    return Money.total((line.tax for line in lines), store_currency())
