"""Sales line by line (销货明细): what was sold, to whom, by whom, at which price."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from models.base import clock
from models.base.fields import store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.words import word
from models.ledger.kinds import label
from models.ledger.store_card import local
from models.reports.report import (
    DAY,
    MONEY,
    QUANTITY,
    Column,
    Period,
    ReportKind,
    Rows,
)
from models.reports.takings_lists import DAYS, RIGHT
from models.shop.trade import BILLS
from models.trust.scopes import Narrowed, Scope

# {scope}: whose bills a person sees.
_LINES = Narrowed(
    'SELECT d."day", d."at", d."kind", d."register", d."number", l."code", l."name", '
    'l."quantity", l."unit", l."price", l."discount" + l."share", l."net" + l."tax", u."name", '
    's."customer" FROM "document" d JOIN "sale" s ON s."document_id" = d."key" '
    'JOIN "charge_line" l ON l."document_id" = d."key" JOIN "user" u ON u."key" = d."user" '
    f'WHERE d."day" = ? AND d."kind" IN {BILLS}{{scope}} '
    'ORDER BY d."at", d."register", d."number", l."line"',
    'd."user"',
)


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    day, at, kind, register, number, code, name, quantity, unit, *amounts, cashier, customer = row
    price, off, total = (Money(int(each), store_currency()) for each in amounts)
    time = local(clock.from_micros(at)).strftime("%H:%M")
    return (
        date.fromisoformat(day), time, label(kind, register, number), code, name,
        Quantity(int(quantity)), unit, price, off, total, cashier, customer,
    )  # fmt: skip


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    for (day,) in DAYS.rows(*period.iso):
        yield [_row(row) for row in _LINES.rows(scope, (day,))]


SALE_LINES = ReportKind(
    "sale-lines",
    word("Sales, line by line"),
    RIGHT,
    (
        Column(word("Day"), DAY),
        Column(word("Time")),
        Column(word("Bill")),
        Column(word("Code")),
        Column(word("Item")),
        # Pieces and kilograms have no sum.
        Column(word("Quantity"), QUANTITY),
        Column(word("Unit")),
        Column(word("Price"), MONEY),
        Column(word("Discounts"), MONEY, is_summed=True),
        Column(word("Total"), MONEY, is_summed=True),
        Column(word("Cashier")),
        Column(word("Customer")),
    ),
    _pages,
)
