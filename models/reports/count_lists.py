"""Stocktakes that were posted, line by line (盘点记录表)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.base import clock
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.words import word
from models.ledger.kinds import label
from models.reports.report import (
    DAY,
    INSTANT,
    MONEY,
    QUANTITY,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.trust.scopes import STORE, Scope

RIGHT, MORE, LESS, UNCOUNTED = (
    word("right"), word("too many"), word("too few"), word("not counted"),
)  # fmt: skip
_LINES = Statement(
    'SELECT d."day", d."kind", d."register", d."number", g."code", l."name", l."book", '
    'l."counted", l."is_counted", l."value", l."zones", u."name", l."at" FROM "document" d '
    'JOIN "count_result_line" l ON l."document_id" = d."key" '
    'JOIN "goods" g ON g."key" = l."goods_id" LEFT JOIN "user" u ON u."key" = l."user" '
    'WHERE d."day" BETWEEN ? AND ? ORDER BY d."day", d."key", l."line"'
)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    for row in _LINES.rows(*period.iso):
        day, kind, register, number, code, name, book, counted, is_counted, value, *more = row
        zones, who, at = more
        differs = int(counted) - int(book) if is_counted else 0
        result = _result(differs) if is_counted else UNCOUNTED
        yield [(
            date.fromisoformat(day), label(kind, register, number), code, name,
            Quantity(int(book)), Quantity(int(counted)) if is_counted else None,
            Quantity(differs), Money(int(value), money), result, zones, who,
            clock.from_micros(int(at)) if at else None,
        )]  # fmt: skip


def _result(differs: int) -> str:
    if not differs:
        return RIGHT
    return MORE if differs > 0 else LESS


STOCKTAKES = ReportKind(
    "stocktakes", word("Stocktakes line by line"), "see cost",
    (
        Column(word("Day"), DAY), Column(word("Document")), Column(word("Code")),
        Column(word("Item")), Column(word("Book"), QUANTITY), Column(word("Counted"), QUANTITY),
        Column(word("Differs"), QUANTITY), Column(word("Value"), MONEY, is_summed=True),
        Column(word("Result"), WORD), Column(word("Where")), Column(word("Who")),
        Column(word("Time"), INSTANT),
    ),
    _pages,
    least=STORE,
)  # fmt: skip
