"""What promotions brought: on how many bills each was, what it cost, what was sold with it."""

from __future__ import annotations

from typing import Any

from models.base.words import word
from models.reports.report import COUNT, MONEY, Column, ReportKind, stored
from models.reports.takings_lists import BILLS_OF_DAY, RIGHT, summed


def _row(_key: int, name: str, bills: int, *amounts: int) -> tuple[Any, ...]:
    return name, int(bills), *map(stored, amounts)


EFFECT = ReportKind(
    "promotion-effect",
    word("Effect of promotions"),
    RIGHT,
    (
        Column(word("Promotion")),
        Column(word("Bills"), COUNT, is_summed=True),
        Column(word("Given"), MONEY, is_summed=True),
        # What two promotions were on counts with both, so it has no sum.
        Column(word("Sold with it, without tax"), MONEY),
        Column(word("Sold with it"), MONEY),
    ),
    # Goods that came back took their share with them, of both.
    summed(
        'SELECT p."promotion", p."name", count(DISTINCT CASE WHEN p."off" > 0 THEN d."key" END), '
        'sum(p."off"), sum(l."net"), sum(l."net" + l."tax") FROM "document" d '
        'JOIN "charge_promotion" p ON p."document_id" = d."key" '
        'JOIN "charge_line" l ON l."document_id" = d."key" AND l."line" = p."of_line" '
        f"WHERE {BILLS_OF_DAY} "
        'GROUP BY p."promotion", p."name"',
        _row,
        parts=2,
        # What cost most comes first.
        order=lambda row: (-row[3], row[1], row[0]),
    ),
)
