"""Changes of selling prices (价格变动), oldest first: of which item, from what to what, by whom,
and whether by hand or from a file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.base.clock import from_micros
from models.base.exact import divide
from models.base.rates import Rate
from models.base.words import word
from models.goods.goods import full_name
from models.goods.price_changes import PRICE_WORDS
from models.ledger.store_card import local
from models.reports.report import (
    INSTANT,
    MONEY,
    PAGE,
    WORD,
    Column,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.reports.takings_lists import RIGHT
from models.trust.scopes import Narrowed, Scope

# By day before the key: a period is a range of the index.
_CHANGES = Narrowed(
    'SELECT p."day", p."key", p."at", p."code", p."name", g."spec", p."level", p."was", p."now", '
    'p."how", u."name" FROM "price_change" p JOIN "user" u ON u."key" = p."user" '
    'LEFT JOIN "goods" g ON g."key" = p."goods" '
    'WHERE p."day" >= ? AND p."day" <= ? AND (p."day", p."key") > (?, ?){scope} '
    'ORDER BY p."day", p."key" LIMIT ?',
    'p."user"',
    store='p."store"',
)


def by_how_much(was: int | None, now: int | None) -> str:
    """The difference in per cent of what was, +10.00 or -5.00; none without both prices."""
    if not was or now is None:
        return ""
    rate = Rate(divide((now - was) * 10_000, was) * 100)
    return f"{'+' if now > was else ''}{rate.percent_figure}"


def _row(row: tuple[Any, ...]) -> tuple[Any, ...]:
    _, _, at, code, name, spec, level, was, now, how, who = row
    prices = (None if each is None else stored(each) for each in (was, now))
    told = (PRICE_WORDS[level], *prices, by_how_much(was, now), who, how)
    return local(from_micros(int(at))), code, full_name(name, spec or ""), *told


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    after: tuple[Any, ...] = ("", 0)
    while rows := _CHANGES.rows(scope, (*period.iso, *after), (PAGE,)):
        after = rows[-1][:2]
        yield [_row(row) for row in rows]


PRICE_CHANGES = ReportKind(
    "price-changes",
    word("Price changes"),
    RIGHT,
    (
        Column(word("Time"), INSTANT),
        Column(word("Code")),
        Column(word("Item")),
        Column(word("Which price"), WORD),
        Column(word("Before"), MONEY),
        Column(word("Now"), MONEY),
        Column(word("By %")),
        Column(word("Who")),
        Column(word("How"), WORD),
    ),
    _pages,
)
