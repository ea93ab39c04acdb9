"""What goods earned: what they sold for without tax, less what they had cost. What came back counts
with its minus; what was lost or scrapped is told by the reports of the stock.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from models.base.exact import divide
from models.base.hot import rows_in
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.words import word
from models.reports.report import MONEY, QUANTITY, Column, ReportKind, stored
from models.reports.takings_lists import BILLS_OF_DAY, RIGHT, Key, goods_named, summed

SEE_COST = "see cost"


def margin(net: int, cost: int) -> Rate | None:
    """What is earned as a part of what it sold for, to four decimals; none of what sold for
    nothing.
    """
    return Rate(divide((net - cost) * 10_000, net) * 100) if net else None


def _row(code: str, name: str, category: str, *sums: int) -> tuple[Any, ...]:
    quantity, net, cost = sums
    part = margin(net, cost)
    told = "" if part is None else part.percent_figure
    earned = (stored(net), stored(cost), stored(net - cost))
    return code, name, Quantity(quantity), *earned, told, category


def _named(keys: Sequence[Key]) -> Mapping[Key, tuple[Any, ...]]:
    """Code and name of goods, and the category in which they were sold."""
    goods = goods_named([(key,) for key in {goods for goods, _ in keys}])
    categories = dict(rows_in(_CATEGORIES, [key for key in {key for _, key in keys} if key]))
    return {
        (item, category): (*goods[item,], categories.get(category, "")) for item, category in keys
    }


_CATEGORIES = 'SELECT "key", "name" FROM "category" WHERE "key" IN (...)'

MARGIN = ReportKind(
    "margin",
    word("Margin by item"),
    RIGHT,
    (
        Column(word("Code")),
        Column(word("Item")),
        Column(word("Quantity"), QUANTITY),
        Column(word("Without tax"), MONEY, is_summed=True),
        Column(word("Cost"), MONEY, is_summed=True),
        Column(word("Margin"), MONEY, is_summed=True),
        Column(word("Margin %")),
        # The last: it is the first to leave a narrow screen.
        Column(word("Category")),
    ),
    summed(
        'SELECT l."goods", l."category", '
        'sum(l."quantity" * l."pack" / 1000), sum(l."net"), sum(coalesce(l."cost", 0)) '
        'FROM "document" d JOIN "charge_line" l ON l."document_id" = d."key" '
        f'WHERE {BILLS_OF_DAY} AND l."goods" IS NOT NULL GROUP BY l."goods", l."category"',
        _row,
        parts=2,
        named=_named,
        # What earned most comes first.
        order=lambda row: (row[-1] - row[-2], row[0]),
    ),
    also=SEE_COST,
)
