"""The lines of guests' folios: each charge, payment, transfer and correction as the guest reads it.

A line belongs to the document that posted its entries; the lines of a folio sum to its balance. A
void, an adjustment and a transfer are lines of their own that name the line they answer: both stay.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField, IntegerField

from models.base.database import Row, on_sqlite
from models.base.fields import DayField, MoneyField, QuantityField, store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.documents import Document, add_parts
from models.ledger.parts import Part

ONE = Quantity(1000)
CHARGE, PAYMENT, DEPOSIT = "charge", "payment", "deposit"
TRANSFER, VOID, ADJUSTMENT = "transfer", "void", "adjustment"
# Cash that went out for the guest, and came back: below zero then, and names its line.
PAID_OUT = "paid out"
# What a rate includes, charged beside the room, and on the package account what is left of it.
PACKAGE, BREAKAGE = "package", "breakage"
# Kind and department of what was sold at a till and charged to a room: its charge is in that sale.
TILL = "till"


class FolioLine(Row):
    """One line. `day` is in its document, `service_day` is when it was consumed. `net`, `service`
    and `tax` are what it is in the books; `amount` is what the folio owes for it.
    """

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    folio = BigIntegerField(index=True)
    stay = BigIntegerField(null=True)
    kind = CharField(max_length=10)
    code = CharField(max_length=10)
    department = CharField(max_length=10)
    text = CharField(max_length=120)
    room = CharField(max_length=10)
    service_day = DayField()
    quantity = QuantityField()
    amount = MoneyField()
    net = MoneyField()
    service = MoneyField()
    tax = MoneyField()
    currency = CharField(max_length=3)
    of_document = BigIntegerField(null=True)
    of_line = IntegerField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


# Which lines were answered: a void or a transfer is looked for by the line that it names.
FolioLine.add_index(
    FolioLine.index(
        FolioLine.of_document, FolioLine.of_line, where=FolioLine.of_document.is_null(False)
    )
)

LINES = Part(
    FolioLine,
    "line folio stay kind code department text room service_day quantity amount net service tax "
    "currency of_document of_line",
)


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line to post. A payment has no net, service or tax: they are zero."""

    folio: int
    kind: str
    code: str
    department: str
    text: str
    amount: Money
    service_day: date
    stay: int | None = None
    room: str = ""
    quantity: Quantity = ONE
    net: Money | None = None
    service: Money | None = None
    tax: Money | None = None
    of: tuple[int, int] | None = None

    def row(self, line: int) -> tuple[object, ...]:
        """As it is stored."""
        parts = (0 if part is None else part.minor for part in (self.net, self.service, self.tax))
        of_document, of_line = self.of or (None, None)
        return (
            line, self.folio, self.stay, self.kind, self.code, self.department,
            self.text[:120], self.room,
            self.service_day.isoformat(), self.quantity.thousandths, self.amount.minor, *parts,
            self.amount.currency.code, of_document, of_line,
        )  # fmt: skip


def add_lines(document: Document, lines: Sequence[NewLine]) -> None:
    """Store the lines of an open document, behind those that it has."""
    first = 1 + len(document.parts.get(LINES.name, ()))
    add_parts(document, LINES, [line.row(number) for number, line in enumerate(lines, first)])


def mirrored(line: FolioLine, kind: str, *, folio: int | None = None) -> NewLine:
    """The line that takes another one back, on the same folio or on `folio` to put it there."""
    sign = 1 if folio is not None else -1
    return NewLine(
        folio=line.folio if folio is None else folio, kind=kind, code=line.code,
        department=line.department, text=line.text, amount=_times(line.amount, sign),
        service_day=line.service_day, stay=line.stay, room=line.room, quantity=line.quantity,
        net=_times(line.net, sign), service=_times(line.service, sign),
        tax=_times(line.tax, sign), of=(line.document_id, line.line),
    )  # fmt: skip


def _times(amount: Money, sign: int) -> Money:
    return amount if sign > 0 else -amount


def part_of(line: FolioLine, amount: Money) -> tuple[NewLine, NewLine]:
    """A line in two, the first of so much. Net, service and tax are shared to the last fen and come
    to the amount of each part: the last of them that there is takes what is left.
    """
    whole = mirrored(line, TRANSFER, folio=line.folio)
    weights = [abs(amount.minor), abs(line.amount.minor - amount.minor)]
    values, first = (line.net, line.service, line.tax), list[Money]()
    last = max((place for place, value in enumerate(values) if value), default=-1)
    for place, value in enumerate(values):
        if place == last:
            first.append(amount - Money.total(first, amount.currency))
        else:
            first.append(value.split(weights)[0] if value else value)
    rest = [value - part for value, part in zip(values, first, strict=True)]
    halves = [
        replace(whole, amount=part, net=net, service=service, tax=tax)
        for part, (net, service, tax) in ((amount, first), (line.amount - amount, rest))
    ]
    return halves[0], halves[1]


# The kinds of line that leave nothing of the line that they name.
ANSWERS = (VOID, TRANSFER, PAID_OUT)
_ANSWERED = Statement(
    'SELECT l."kind" FROM "folio_line" l WHERE l."of_document" = ? AND l."of_line" = ? '
    'AND l."kind" IN (?, ?, ?)'
)


def is_answered(line: FolioLine) -> bool:
    """Was this line voided, moved away, or its cash brought back already?"""
    return bool(_ANSWERED.rows(line.document_id, line.line, *ANSWERS))


def took_away(line: FolioLine) -> bool:
    """Is it the half of a transfer that took another line off this folio?"""
    if line.kind != TRANSFER or line.of_document is None:
        return False
    of = FolioLine.get(FolioLine.document == line.of_document, FolioLine.line == line.of_line)
    return bool(of.folio == line.folio and of.amount == -line.amount)


def lines_of(folio: int) -> list[FolioLine]:
    """The lines of a folio, in the order in which they were posted."""
    return list(
        FolioLine.select(FolioLine, Document)
        .join(Document)
        .where(FolioLine.folio == folio)
        .order_by(Document.day, Document.at, FolioLine.document, FolioLine.line)
    )


def zero() -> Money:
    """Nothing, in the store's currency."""
    return Money(0, store_currency())
