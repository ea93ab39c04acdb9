"""What lies in stock now, what it is worth, what runs short, and what is too much."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

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
from models.stock.stock_list import OVER, SHORT, StockLine, stock_list
from models.trust.scopes import Scope

Read = Callable[[StockLine], tuple[Any, ...]]


def _pages(read: Read, *, only: str = "") -> Pages:
    def pages(period: Period, scope: Scope) -> Iterator[Rows]:
        after = ""
        while lines := stock_list(only=only, after=after, limit=PAGE):
            after = lines[-1].code
            yield [read(line) for line in lines]

    return pages


def _found(read: Read, *, only: str = "") -> Callable[[str], Rows]:
    def found(text: str) -> Rows:
        return [read(line) for line in stock_list(text, only=only, limit=PAGE)]

    return found


def _held(line: StockLine) -> tuple[Any, ...]:
    bounds = line.min_stock, line.max_stock
    return line.code, line.name, line.spec, line.quantity, line.unit, line.shelf, *bounds


def _valued(line: StockLine) -> tuple[Any, ...]:
    # What is not there has no cost of one.
    average = line.average if line.quantity else None
    return line.code, line.name, line.spec, line.quantity, line.unit, average, line.value


def _short(line: StockLine) -> tuple[Any, ...]:
    assert line.min_stock is not None
    missing = line.min_stock - line.quantity
    return line.code, line.name, line.spec, line.quantity, line.unit, line.min_stock, missing


def _over(line: StockLine) -> tuple[Any, ...]:
    assert line.max_stock is not None
    more = line.quantity - line.max_stock
    return line.code, line.name, line.spec, line.quantity, line.unit, line.max_stock, more


_GOODS = (
    Column(word("Code")),
    Column(word("Item")),
    Column(word("Pack size")),
    Column(word("In stock"), QUANTITY),
    Column(word("Unit")),
)

_BOUNDS = (Column(word("At least"), QUANTITY), Column(word("At most"), QUANTITY))

STOCK = ReportKind(
    "stock",
    word("Stock on hand"),
    "see stock",
    (*_GOODS, Column(word("Shelf")), *_BOUNDS),
    _pages(_held),
    is_now=True,
    search=_found(_held),
)

STOCK_VALUE = ReportKind(
    "stock-value",
    word("Value of the stock"),
    "see cost",
    (*_GOODS, Column(word("Cost of one"), COST), Column(word("Value"), MONEY, is_summed=True)),
    _pages(_valued),
    is_now=True,
    search=_found(_valued),
)

SHORTAGE = ReportKind(
    "shortage",
    word("Goods that run short"),
    "see stock",
    (*_GOODS, Column(word("At least"), QUANTITY), Column(word("Missing"), QUANTITY)),
    _pages(_short, only=SHORT),
    is_now=True,
    search=_found(_short, only=SHORT),
)

OVERSTOCK = ReportKind(
    "overstock",
    word("Goods of which there is too much"),
    "see stock",
    (*_GOODS, Column(word("At most"), QUANTITY), Column(word("Too much"), QUANTITY)),
    _pages(_over, only=OVER),
    is_now=True,
    search=_found(_over, only=OVER),
)
