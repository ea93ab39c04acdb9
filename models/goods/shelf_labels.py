"""Labels (价签) for shelves and goods: what they say, and at which price they were printed, so that
those whose price has changed since are found.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import BigIntegerField, CompositeKey

from models.base.clock import micros
from models.base.database import Row, on_sqlite, store_number
from models.base.fields import InstantField, MoneyField, store_currency
from models.base.hot import Statement, insert, rows_in
from models.base.money import Money, currency
from models.base.refusals import Refusal
from models.goods.goods import full_name
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job

LABELS = "labels"
# So many labels go out at once: a label printer's roll has about a thousand.
MOST = 2_000
# So many items stand in one print job.
_PAGE = 100


class LabelsWrong(Refusal):
    """Labels are 1 to 2,000 at once, of goods that there are."""


class NoLabelPrinter(Refusal):
    """This counter prints no labels."""


class ShelfLabel(Row):
    """The price that the last printed label of an item says."""

    goods = BigIntegerField()
    price = MoneyField()
    printed_at = InstantField()

    class Meta:
        primary_key = CompositeKey("goods", "store")
        without_rowid = on_sqlite


@dataclass(frozen=True, slots=True)
class LabelView:
    """One label, so many times: `code` becomes its bars."""

    name: str
    unit: str
    price: Money
    code: str
    copies: int


@dataclass(frozen=True, slots=True)
class PriceMoved:
    """An item whose label says another price than the till."""

    goods: int
    code: str
    name: str
    printed: Money
    price: Money


_GOODS = (
    'SELECT g."key", coalesce(nullif(g."short_name", \'\'), g."name"), g."spec", u."name", '
    'g."price", g."code" FROM "goods" g LEFT JOIN "unit" u ON u."key" = g."unit_id" '
    'WHERE g."key" IN (...)'
)
# A code for one piece; the main one last, so that it stays.
_CODES = (
    'SELECT "goods_id", "code" FROM "barcode" WHERE "pack" = 1000 AND "price" IS NULL '
    'AND "goods_id" IN (...) ORDER BY "is_main", "code" DESC'
)
_PRINTED = insert(
    ShelfLabel,
    "store goods price printed_at",
    more='ON CONFLICT ("goods", "store") DO UPDATE SET "price" = excluded."price", '
    '"printed_at" = excluded."printed_at"',
)
_MOVED = Statement(
    'SELECT g."key", g."code", g."name", g."spec", l."price", g."price" FROM "shelf_label" l '
    'JOIN "goods" g ON g."key" = l."goods" WHERE l."store" = ? AND g."is_active" '
    'AND g."price" <> l."price" ORDER BY g."code"'
)


@operation(right="print")
def print_labels(job: Job, wishes: Sequence[tuple[int, int]], *, language: str = "") -> int:
    """Print labels of goods, each so many times (1 or more); how many they are. From now on they
    are no labels whose price has changed.

    Refuses: LabelsWrong, NoLabelPrinter.
    """
    count = sum(copies for _, copies in wishes)
    found = {row[0]: row for row in rows_in(_GOODS, sorted({goods for goods, _ in wishes}))}
    if not 0 < count <= MOST or any(n < 1 or goods not in found for goods, n in wishes):
        raise LabelsWrong(count=count, most=MOST)

    # After this point only a counter without a printer may still refuse.
    codes = dict(rows_in(_CODES, sorted(found)))
    lines = [_line(found[goods], codes.get(goods), copies) for goods, copies in wishes]
    for at in range(0, len(lines), _PAGE):
        body = {"labels": lines[at : at + _PAGE]}
        if add_job(job, LABELS, body=body, language=language) is None:
            raise NoLabelPrinter()
    store, now = store_number(), micros(job.now)
    _PRINTED.many((store, goods, found[goods][4], now) for goods in sorted(found))
    job.note(labels=count, goods=len(found))
    return count


def _line(row: tuple[Any, ...], barcode: str | None, copies: int) -> list[Any]:
    _, name, spec, unit, price, code = row
    money = store_currency().code
    return [full_name(name, spec), unit or "", int(price), money, barcode or code, copies]


def labels_view(body: dict[str, Any]) -> tuple[LabelView, ...]:
    """The labels of a print job: as they were when they were asked for."""
    return tuple(
        LabelView(name, unit, Money(price, currency(money)), code, copies)
        for name, unit, price, money, code, copies in body["labels"]
    )


def labels_moved() -> Iterator[PriceMoved]:
    """Goods whose label says another price than the till, by code."""
    money = store_currency()
    for goods, code, name, spec, printed, price in _MOVED.rows(store_number()):
        now = Money(int(price), money)
        yield PriceMoved(goods, code, full_name(name, spec), Money(int(printed), money), now)


def count_moved() -> int:
    """How many labels say another price than the till."""
    return int(_COUNT_MOVED.rows(store_number())[0][0])


_COUNT_MOVED = Statement(
    'SELECT count(*) FROM "shelf_label" l JOIN "goods" g ON g."key" = l."goods" '
    'WHERE l."store" = ? AND g."is_active" AND g."price" <> l."price"'
)
