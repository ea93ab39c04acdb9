"""Records that wait to be found by name: an import indexes them thousands at a time.

The grams of one record lie all over the index, so each block of an import would write most of it
anew. In order, those of many thousand records go in from front to back: measured, a quarter of the
time. Until then they are found by code, and what waits is in a table, so nothing is lost by a kill.
Undoing an import takes records out of the index in the same way.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from models.base.database import committed, store_number
from models.base.hot import Statement, insert, rows_in
from models.search.index import (
    GramRow,
    Indexed,
    SearchIndex,
    ToIndex,
    add_rows,
    keep_index,
    places,
    remove_rows,
    tier_of,
)
from models.trust import trades

# Each chunk writes the index once, from front to back; its records and grams are in memory.
CHUNK = 20_000
# So many different grams are held at a time, some forty megabytes. A chunk of long names has more
# and is written in several goes.
MOST_GRAMS = 250_000
# Records read, and rows written, in one go: each well under 50 ms.
_READ, _WRITE = 400, 5_000

_WAIT = insert(ToIndex, "store kind record", "ON CONFLICT DO NOTHING")
_NEXT = Statement('SELECT "record" FROM "to_index" WHERE "kind" = ? ORDER BY "record" LIMIT ?')
_FULL = Statement(
    'SELECT 1 FROM "to_index" WHERE "kind" = ? ORDER BY "record" LIMIT 1 OFFSET ?'
)  # fmt: skip
_DONE = Statement('DELETE FROM "to_index" WHERE "kind" = ? AND "record" = ?')
_WAITING = 'SELECT "record" FROM "to_index" WHERE "kind" = ? AND "record" IN (...)'


def wait_for_index(index: SearchIndex, records: Iterable[int]) -> None:
    """Note that these records are to be indexed, inside the caller's transaction."""
    store = store_number()
    _WAIT.many((store, index.number, key) for key in records)


def wait_no_longer(index: SearchIndex, records: Iterable[int]) -> None:
    """These records are indexed, or gone; inside the caller's transaction."""
    _DONE.many((index.number, key) for key in records)


def waiting(index: SearchIndex, records: Sequence[int]) -> set[int]:
    """Which of these records wait."""
    return {row[0] for row in rows_in(_WAITING, records, index.number)}


def index_all_waiting() -> Iterator[None]:
    """Index what waits of any listing; each step is one short transaction."""
    for index in trades.loaded("indexes"):
        yield from index_waiting(index)


def index_waiting(index: SearchIndex, is_last: bool = True) -> Iterator[None]:
    """Index what waits, or only full chunks of it; each step is one short transaction."""
    while is_last or _FULL.row(index.number, CHUNK - 1) is not None:
        keys = [row[0] for row in _NEXT.rows(index.number, CHUNK)]
        if not keys:
            return
        was: dict[int, Indexed] = {}
        yield from _each_row(index, keys, was, add_rows)
        for part in _parts(keys, 4 * _READ):
            committed(partial(_finish, index, part, was), "index")
            yield


def unindex(index: SearchIndex, records: Sequence[int]) -> Iterator[None]:
    """Take records that will be deleted out of the index; they wait, so that one that stays after
    all comes back. Each step is one short transaction.
    """
    for part in _parts(records, 4 * _READ):
        committed(partial(wait_for_index, index, part), "index")
        yield
    yield from _each_row(index, records, {}, remove_rows)


class _Grams:
    """The rows of many records: the records by tier and gram."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._records: defaultdict[int, dict[str, list[int]]] = defaultdict(dict)

    @property
    def different(self) -> int:
        """How many different grams they have."""
        return sum(map(len, self._records.values()))

    def add(self, records: Sequence[Indexed]) -> None:
        """Add the rows of these records."""
        best = places(self._index, [each.record for each in records])
        for each in records:
            of_tier = self._records[tier_of(each, best)]
            for gram in each.grams:
                if gram in of_tier:
                    of_tier[gram].append(each.record)
                else:
                    of_tier[gram] = [each.record]

    def blocks(self) -> Iterator[list[GramRow]]:
        """All rows in the order of the index; none is held after it."""
        block: list[GramRow] = []
        for tier in sorted(self._records):
            of_tier = self._records.pop(tier)
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
    index: SearchIndex,
    keys: Sequence[int],
    was: dict[int, Indexed],
    write: Callable[[SearchIndex, Iterable[GramRow]], None],
) -> Iterator[None]:
    """Add or remove all rows of these records, and note in `was` what they were made of."""
    grams, ordered = _Grams(index), sorted(keys)
    for part in _parts(ordered, _READ):
        read = index.read(part)
        was.update((each.record, each) for each in read)
        grams.add(read)
        yield
        if grams.different >= MOST_GRAMS or part[-1] == ordered[-1]:
            for block in grams.blocks():
                committed(partial(write, index, block), "index")
                yield


def _parts(keys: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _finish(index: SearchIndex, keys: Sequence[int], was: dict[int, Indexed]) -> None:
    """These records wait no longer. One that was changed in the meantime is put right."""
    now = {each.record: each for each in index.read(keys)}
    moved = [key for key in keys if key in was and was[key] != now.get(key)]
    keep_index(index, [was[key] for key in moved], [now[key] for key in moved if key in now])
    wait_no_longer(index, keys)
