"""What lies in stock now, what it is worth, and what runs short."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from models.base.cost import UnitCost
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.words import word
from models.reports.report import (
    COST,
    MONEY,
    PAGE,
    QUANTITY,
    Column,
    Pages,
    Period,
    ReportKind,
    Rows,
)

_STOCK = (
    'SELECT g."key", g."code", g."name", g."spec", u."name", coalesce(s."quantity", 0), '
    'coalesce(s."value", 0), coalesce(s."last_cost", g."cost"), g."min_stock" '
    'FROM "goods" g LEFT JOIN "stock" s ON s."goods" = g."key" AND s."location" = 1 '
    'LEFT JOIN "unit" u ON u."key" = g."unit_id" '
    'WHERE g."key" > ? AND g."is_stocked" AND g."is_active"{only} ORDER BY g."key" LIMIT ?'
)


def _pages(only: str, read: Callable[..., tuple[Any, ...]]) -> Pages:
    statement = Statement(_STOCK.format(only=only))

    def pages(period: Period) -> Iterator[Rows]:
        after = 0
        while rows := statement.rows(after, PAGE):
            after = rows[-1][0]
            yield [read(*row[1:]) for row in rows]

    return pages


def _valued(*row: Any) -> tuple[Any, ...]:
    code, name, spec, unit, quantity, value, last_cost, *_ = row
    money = store_currency()
    held, worth = Quantity(int(quantity)), Money(int(value), money)
    cost = UnitCost.each(worth, held) if held else UnitCost(int(last_cost), money)
    return code, name, spec, held, unit or "", cost, worth


def _short(*row: Any) -> tuple[Any, ...]:
    code, name, spec, unit, quantity, _value, _cost, least, *_ = row
    held, wanted = Quantity(int(quantity)), Quantity(int(least))
    return code, name, spec, held, unit or "", wanted, wanted - held


_GOODS = (
    Column(word("Code")),
    Column(word("Item")),
    Column(word("Specification")),
    Column(word("In stock"), QUANTITY),
    Column(word("Unit")),
)

STOCK = ReportKind(
    "stock",
    word("Stock on hand"),
    "see cost",
    (*_GOODS, Column(word("Cost of one"), COST), Column(word("Value"), MONEY, is_summed=True)),
    _pages("", _valued),
    is_now=True,
)

SHORTAGE = ReportKind(
    "shortage",
    word("Goods that run short"),
    "see cost",
    (*_GOODS, Column(word("At least"), QUANTITY), Column(word("Missing"), QUANTITY)),
    _pages(' AND g."min_stock" > coalesce(s."quantity", 0)', _short),
    is_now=True,
)
