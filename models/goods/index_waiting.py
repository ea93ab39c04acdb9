"""Goods that wait to be found by name: an import indexes them thousands at a time.

The grams of one item lie all over the index, so each block of an import would write most of it
anew. In order, those of many thousand goods go in from front to back: measured, a quarter of the
time. Until then such goods are found by code, and what waits is in a table, so nothing is lost by
a kill. Undoing an import takes goods out of the index in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from models.base.database import committed, store_number
from models.base.hot import Statement, insert, rows_in
from models.goods.best_sellers import indexed
from models.goods.goods import GoodsToIndex
from models.goods.grams import grams_of
from models.goods.search import (
    Indexed,
    add_rows,
    best_sellers,
    keep_index,
    remove_rows,
    tier_of,
)

# Each chunk writes the index once, from front to back; its goods and grams are in memory.
CHUNK = 20_000
# Goods read, and rows written, in one go: each well under 50 ms.
_READ, _WRITE = 400, 5_000

_WAIT = insert(GoodsToIndex, "store goods", "ON CONFLICT DO NOTHING")
_NEXT = Statement('SELECT "goods" FROM "goods_to_index" ORDER BY "goods" LIMIT ?')
_FULL = Statement('SELECT 1 FROM "goods_to_index" ORDER BY "goods" LIMIT 1 OFFSET ?')
_DONE = Statement('DELETE FROM "goods_to_index" WHERE "goods" = ?')

_Rows = Iterable[tuple[int, str, int]]


def wait_for_index(goods: Iterable[int]) -> None:
    """Note that these goods are to be indexed, inside the caller's transaction."""
    store = store_number()
    _WAIT.many((store, key) for key in goods)


def wait_no_longer(goods: Iterable[int]) -> None:
    """These goods are indexed, or gone; inside the caller's transaction."""
    _DONE.many((key,) for key in goods)


def index_waiting(is_last: bool = True) -> Iterator[None]:
    """Index what waits, or only full chunks of it; each step is one short transaction."""
    while is_last or _FULL.row(CHUNK - 1) is not None:
        keys = [row[0] for row in _NEXT.rows(CHUNK)]
        if not keys:
            return
        was: dict[int, Indexed] = {}
        yield from _each_row(keys, was, add_rows)
        for part in _parts(keys, 4 * _READ):
            committed(partial(_finish, part, was), "index")
            yield


def unindex(goods: Sequence[int]) -> Iterator[None]:
    """Take goods that will be deleted out of the index; they wait, so that one that stays after
    all comes back. Each step is one short transaction.
    """
    for part in _parts(goods, 4 * _READ):
        committed(partial(wait_for_index, part), "index")
        yield
    yield from _each_row(goods, {}, remove_rows)


def out_of_index(goods: Sequence[int]) -> set[int]:
    """Which of these goods were taken out by `unindex` and not changed since."""
    sql = (
        'SELECT w."goods" FROM "goods_to_index" w JOIN "goods" g ON g."key" = w."goods" '
        'WHERE g."version" = 1 AND w."goods" IN (...)'
    )
    return {row[0] for row in rows_in(sql, goods)}


class _Grams:
    """The rows of many goods: the goods by tier and gram."""

    def __init__(self) -> None:
        self._goods: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)

    def add(self, goods: Sequence[Indexed]) -> None:
        """Add the rows of these goods."""
        best = best_sellers(each.goods for each in goods)
        for each in goods:
            of_tier = self._goods[tier_of(each, best)]
            for gram in grams_of(each.text, each.pinyin):
                if gram in of_tier:
                    of_tier[gram].append(each.goods)
                else:
                    of_tier[gram] = [each.goods]

    def blocks(self) -> Iterator[list[tuple[int, str, int]]]:
        """All rows in the order of the index."""
        block: list[tuple[int, str, int]] = []
        for tier in sorted(self._goods):
            of_tier = self._goods.pop(tier)
            for gram in _in_order(of_tier):
                for part in _parts(of_tier[gram], _WRITE):
                    block += [(tier, gram, key) for key in part]
                    if len(block) >= _WRITE:
                        yield block
                        block = []
        yield block


def _in_order(grams: Iterable[str]) -> Iterator[str]:
    # Those of a first character are sorted when their turn comes: all at once takes too long.
    buckets: defaultdict[str, list[str]] = defaultdict(list)
    for gram in grams:
        buckets[gram[0]].append(gram)
    for first in sorted(buckets):
        yield from sorted(buckets[first])


def _each_row(
    keys: Sequence[int], was: dict[int, Indexed], write: Callable[[_Rows], None]
) -> Iterator[None]:
    """Add or remove all rows of these goods, and note in `was` what they were made of."""
    grams = _Grams()
    for part in _parts(sorted(keys), _READ):
        read = indexed(part)
        was.update((each.goods, each) for each in read)
        grams.add(read)
        yield
    for block in grams.blocks():
        committed(partial(write, block), "index")
        yield


def _parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _finish(keys: Sequence[int], was: dict[int, Indexed]) -> None:
    """These goods wait no longer. One that was changed in the meantime is put right."""
    now = {each.goods: each for each in indexed(keys)}
    moved = [key for key in keys if key in was and was[key] != now.get(key)]
    keep_index([was[key] for key in moved], [now[key] for key in moved if key in now])
    wait_no_longer(keys)
