"""What goods earned: what they sold for without tax, less what they had cost. What came back counts
with its minus; what was lost or scrapped is told by the reports of the stock.
"""

from __future__ import annotations

from typing import Any

from models.base.exact import divide
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.words import word
from models.reports.report import MONEY, QUANTITY, Column, ReportKind, stored
from models.reports.takings_lists import BILLS_OF_DAY, RIGHT, summed

SEE_COST = "see cost"


def margin(net: int, cost: int) -> Rate | None:
    """What is earned as a part of what it sold for, to four decimals; none of what sold for
    nothing.
    """
    return Rate(divide((net - cost) * 10_000, net) * 100) if net else None


def _row(code: str, name: str, category: str, *sums: int) -> tuple[Any, ...]:
    quantity, net, cost = sums
    part = margin(net, cost)
    told = "" if part is None else part.percent_text
    earned = (stored(net), stored(cost), stored(net - cost))
    return code, name, category, Quantity(quantity), *earned, told


MARGIN = ReportKind(
    "margin",
    word("Margin by item"),
    RIGHT,
    (
        Column(word("Code")),
        Column(word("Item")),
        Column(word("Category")),
        Column(word("Quantity"), QUANTITY),
        Column(word("Without tax"), MONEY, is_summed=True),
        Column(word("Cost"), MONEY, is_summed=True),
        Column(word("Margin"), MONEY, is_summed=True),
        Column(word("Margin %")),
    ),
    summed(
        'SELECT g."code", g."name", coalesce(c."name", \'\'), '
        'sum(l."quantity" * l."pack" / 1000), sum(l."net"), sum(coalesce(l."cost", 0)) '
        'FROM "document" d JOIN "charge_line" l ON l."document_id" = d."key" '
        'JOIN "goods" g ON g."key" = l."goods" LEFT JOIN "category" c ON c."key" = l."category" '
        f'WHERE {BILLS_OF_DAY} GROUP BY g."code", g."name", c."name"',
        _row,
        parts=3,
        # What earned most comes first.
        order=lambda row: (row[-1] - row[-2], row[0]),
    ),
    also=SEE_COST,
)
