"""Best sellers: which goods a search shows first. Made anew from the sales when a day closes."""

from __future__ import annotations

from datetime import date

from models.base.hot import Statement
from models.goods.search import GOODS_INDEX
from models.search.index import put_foremost
from models.trust.operation import Job

MOST = 2_000
_MONTHS = 3

_SOLD = Statement(
    'SELECT "goods", sum("amount") FROM "goods_month" WHERE "month" >= ? AND "month" <= ? '
    'GROUP BY "goods" HAVING sum("amount") > 0 ORDER BY 2 DESC, 1 LIMIT ?'
)


def refresh_best_sellers(job: Job) -> None:
    """Order the best sellers by what was sold in this month and the two before."""
    rows = _SOLD.rows(_first_month(job.day), f"{job.day:%Y-%m}", MOST)
    put_foremost(GOODS_INDEX, [row[0] for row in rows])


def _first_month(day: date) -> str:
    month = day.year * 12 + day.month - _MONTHS
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
