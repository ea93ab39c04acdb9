"""Best sellers: which goods a search shows first. Made anew from the sales when a day closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from models.base.database import store_number
from models.base.hot import Statement, insert, query, rows_in
from models.goods.goods import BestSeller
from models.goods.search import Indexed, keep_index, searched
from models.trust.operation import Job

MOST = 2_000
_MONTHS = 3
# So many goods enter or leave at one close; the rest follow at the next.
_MOVES = 500

_SOLD = Statement(
    'SELECT "goods", sum("amount") FROM "goods_month" WHERE "month" >= ? AND "month" <= ? '
    'GROUP BY "goods" HAVING sum("amount") > 0 ORDER BY 2 DESC, 1 LIMIT ?'
)
_NEXT = Statement('SELECT "key" FROM "goods" WHERE "key" > ? ORDER BY "key" LIMIT ?')
_NEW = insert(BestSeller, "store goods place")


def refresh_best_sellers(job: Job) -> None:
    """Order the best sellers by what was sold in this month and the two before."""
    sold = [row[0] for row in _SOLD.rows(_first_month(job.day), f"{job.day:%Y-%m}", MOST)]
    now = [row[0] for row in query('SELECT "goods" FROM "best_seller" ORDER BY "place"')]
    entering = [key for key in sold if key not in set(now)][:_MOVES]
    leaving = [key for key in now if key not in set(sold)][-_MOVES:]
    kept = [key for key in sold if key in set(now) or key in set(entering)]
    kept += [key for key in now if key not in set(sold) and key not in set(leaving)]

    moved = indexed([*entering, *leaving])
    keep_index(moved, ())
    BestSeller.delete().execute()
    store = store_number()
    _NEW.many((store, key, place) for place, key in enumerate(kept, 1))
    keep_index((), moved)


def indexed(keys: Sequence[int]) -> list[Indexed]:
    """What of these goods the index is made of; those that are gone are left out."""
    rows = rows_in(
        'SELECT "key", "name", "spec", "brand", "pinyin", "is_active" FROM "goods" '
        'WHERE "key" IN (...)',
        keys,
    )
    found = {row[0]: Indexed(row[0], searched(*row[1:4]), row[4], bool(row[5])) for row in rows}
    return list(found.values())


def rebuild_index(after: int = 0, many: int = 300) -> int:
    """Index the next goods in the order of their keys, in the caller's transaction; the last key,
    or 0 at the end. For stores whose index was made by another version.
    """
    keys = [row[0] for row in _NEXT.rows(after, many)]
    keep_index((), indexed(keys))
    return keys[-1] if keys else 0


def _first_month(day: date) -> str:
    month = day.year * 12 + day.month - _MONTHS
    return f"{month // 12:04d}-{month % 12 + 1:02d}"
