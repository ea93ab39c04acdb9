"""Goods that wait to be found by name: an import indexes them thousands at a time.

The grams of one item lie all over the index, so each block of an import would write most of it
anew. Sorted, those of some thousand goods go in from front to back: measured, a third of the time.
Until then such goods are found by code, and what waits is in a table, so nothing is lost by a kill.
"""

from __future__ import annotations

import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice

from models.base.database import Conflict, StoreBusy, store_number, transaction
from models.base.hot import Statement, insert
from models.shop.best_sellers import indexed
from models.shop.goods import GoodsToIndex
from models.shop.search import Indexed, add_rows, keep_index, rows_of

CHUNK = 8_000
# Goods read, and rows written, in one go: each well under 50 ms.
_READ, _WRITE = 400, 5_000
_TRIES = 40

_WAIT = insert(GoodsToIndex, "store goods", "ON CONFLICT DO NOTHING")
_NEXT = Statement('SELECT "goods" FROM "goods_to_index" ORDER BY "goods" LIMIT ?')
_FULL = Statement('SELECT 1 FROM "goods_to_index" ORDER BY "goods" LIMIT 1 OFFSET ?')
_DONE = Statement('DELETE FROM "goods_to_index" WHERE "goods" = ?')


def wait_for_index(goods: Iterable[int]) -> None:
    """Note that these goods are to be indexed, inside the caller's transaction."""
    store = store_number()
    _WAIT.many((store, key) for key in goods)


def index_waiting(is_last: bool = True) -> Iterator[None]:
    """Index what waits, or only full chunks of it; each step is one short transaction."""
    while is_last or _FULL.row(CHUNK - 1) is not None:
        keys = [row[0] for row in _NEXT.rows(CHUNK)]
        if not keys:
            return
        yield from _index(keys)


def _index(keys: Sequence[int]) -> Iterator[None]:
    was: dict[int, Indexed] = {}
    # By tier and first character: each bucket is put in order when its turn comes.
    buckets: defaultdict[tuple[int, str], list[tuple[int, str, int]]] = defaultdict(list)
    for part in _parts(keys, _READ):
        read = indexed(part)
        was.update((each.goods, each) for each in read)
        for row in rows_of(read):
            buckets[row[0], row[1][0]].append(row)
        yield
    rows = (row for bucket in sorted(buckets) for row in sorted(buckets[bucket]))
    while block := list(islice(rows, _WRITE)):
        _tried(partial(add_rows, block))
        yield
    for part in _parts(keys, 4 * _READ):
        _tried(partial(_finish, part, was))
        yield


def _parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _finish(keys: Sequence[int], was: dict[int, Indexed]) -> None:
    """These goods wait no longer. One that was changed in the meantime is put right."""
    now = {each.goods: each for each in indexed(keys)}
    moved = [key for key in keys if key in was and was[key] != now.get(key)]
    keep_index([was[key] for key in moved], [now[key] for key in moved if key in now])
    _DONE.many((key,) for key in keys)


def _tried(work: Callable[[], None]) -> None:
    """Do it in a transaction, again after a conflict with another counter."""
    for attempt in range(_TRIES):
        try:
            with transaction():
                return work()
        except Conflict:
            time.sleep(random.uniform(0, 0.004) * (1 + min(attempt, 8)))
    raise StoreBusy(verb="index")
