"""What promotions took off charge lines: so that a slip names each, goods that come back take their
share of it with them, and the owner sees what a promotion costs and sells.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from peewee import BigIntegerField, CharField, CompositeKey, ForeignKeyField

from models.base.database import Row, on_sqlite
from models.base.fields import MoneyField, store_currency
from models.base.hot import Statement, rows_in
from models.ledger.documents import Document, add_parts
from models.ledger.parts import Part
from models.selling.promotions import Off


class ChargePromotion(Row):
    """What one promotion took off one charge line, part of its discount: above zero where goods are
    sold, below where they come back. `name` is its name as it was.
    """

    document = ForeignKeyField(Document, index=False)
    line = BigIntegerField()
    of_line = BigIntegerField()
    promotion = BigIntegerField()
    name = CharField(max_length=40)
    off = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


# On how many bills a coupon was given is asked for each time.
ChargePromotion.add_index(ChargePromotion.promotion)

_PART = Part(ChargePromotion, "line of_line promotion name off currency")
_OF = (
    'SELECT "document_id", "of_line", "promotion", "name", "off" FROM "charge_promotion" '
    'WHERE "document_id" IN (...) ORDER BY "document_id", "line"'
)
# An undone or returned bill has its coupon back when nothing of it is left.
_BILLS = Statement(
    'SELECT count(*) FROM (SELECT coalesce(d."reverses_id", d."key") AS "bill" '
    'FROM "charge_promotion" p JOIN "document" d ON d."key" = p."document_id" '
    'WHERE p."promotion" = ? GROUP BY 1 HAVING sum(p."off") > 0) b'
)


@dataclass(frozen=True, slots=True)
class OffLine:
    """What a promotion took off a line of a document."""

    line: int
    off: Off


def add_offs(document: Document, offs: Iterable[OffLine]) -> None:
    """Store what came off the lines of an open document; nothing is stored of nothing."""
    code = store_currency().code
    rows = [
        (n, each.line, each.off.rule, each.off.name[:40], each.off.amount, code)
        for n, each in enumerate(offs, 1)
    ]
    if rows:
        add_parts(document, _PART, rows)


def offs_of(documents: Sequence[int]) -> dict[tuple[int, int], list[Off]]:
    """What came off, by document and line."""
    found: dict[tuple[int, int], list[Off]] = {}
    for document, line, key, name, amount in rows_in(_OF, list(documents)):
        found.setdefault((document, line), []).append(Off(int(key), name, int(amount)))
    return found


def bills_with(promotion: int) -> int:
    """On how many bills a promotion was given that still stand."""
    row = _BILLS.row(promotion)
    return 0 if row is None else int(row[0])
