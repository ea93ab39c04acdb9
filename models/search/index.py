"""The search index: pieces of the names of records, in one table for every listing that is
searched.

A listing declares a `SearchIndex`, names it in its trade, and keeps its part of the index inside
the operations that change its records; finding.py finds them, checks.py recounts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from peewee import BigIntegerField, CompositeKey, IntegerField

from models.base.database import Row, on_sqlite, store_number
from models.base.fields import CodeField
from models.base.hot import Statement, insert, rows_in
from models.search.grams import grams_of

BEST, OTHERS, SWITCHED_OFF = TIERS = 0, 1, 2


class Gram(Row):
    """The index: a piece of the name of one record.

    `tier` 0 holds the foremost records of its kind, 1 the others, 2 those switched off: each is a
    stretch of the index of its own, so that what is wanted most is found without reading the rest.
    """

    kind = IntegerField()
    tier = IntegerField()
    gram = CodeField(max_length=16)
    record = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("kind", "tier", "gram", "record")
        # The rows are their own index: half the size, and a search reads one stretch.
        without_rowid = on_sqlite


class ToIndex(Row):
    """A record of an import that is not in the index yet."""

    kind = IntegerField()
    record = BigIntegerField()

    class Meta:
        primary_key = CompositeKey("kind", "record")


class Foremost(Row):
    """The records that a search shows first, 1 upwards: best sellers, for example."""

    kind = IntegerField()
    record = BigIntegerField()
    place = IntegerField()

    class Meta:
        primary_key = CompositeKey("kind", "record")


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of a record decides its rows in the index, and what a search compares.

    `text`: all its names and what else is searched word by word. `initials`: those of its name;
    `full`: the pinyin of it, syllables with blanks between. `others`: codes and mnemonics that are
    typed for it, found by their beginning. `label` names it in what `verify` finds: a code or a
    number, nothing private.
    """

    record: int
    text: str
    initials: str = ""
    full: str = ""
    others: str = ""
    is_active: bool = True
    label: str = field(default="", compare=False)

    @property
    def grams(self) -> set[str]:
        return grams_of(self.text, self.initials, self.full, self.others)


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The part of the index that is of one listing. `number` is stored with each of its rows as
    their kind: no other listing may ever have it. `rows` is its table, whose key is `key`; `read`
    gives what the index is made of for these records, without those that are gone.
    """

    number: int
    rows: type[Row]
    read: Callable[[Sequence[int]], list[Indexed]]


# --- keeping the index

# Tier, gram, record.
GramRow: TypeAlias = tuple[int, str, int]

_NEW_GRAM = insert(Gram, "store kind tier gram record", "ON CONFLICT DO NOTHING")
_OLD_GRAM = Statement(
    'DELETE FROM "gram" WHERE "kind" = ? AND "tier" = ? AND "gram" = ? AND "record" = ?'
)
_PLACES = 'SELECT "record", "place" FROM "foremost" WHERE "kind" = ? AND "record" IN (...)'


def keep_index(index: SearchIndex, before: Iterable[Indexed], after: Iterable[Indexed]) -> None:
    """Bring the index from what records were to what they are, in the caller's transaction."""
    old, new = list(before), list(after)
    best = places(index, [each.record for each in (*old, *new)])
    rows_before, rows_after = _rows(old, best), _rows(new, best)
    remove_rows(index, sorted(rows_before - rows_after))
    # In the order of the index: neighbours go in together.
    add_rows(index, sorted(rows_after - rows_before))


def add_rows(index: SearchIndex, rows: Iterable[GramRow]) -> None:
    """Put rows into the index."""
    store, number = store_number(), index.number
    _NEW_GRAM.many([(store, number, tier, gram, record) for tier, gram, record in rows])


def remove_rows(index: SearchIndex, rows: Iterable[GramRow]) -> None:
    """Take rows out of the index; those that are not there are passed over."""
    _OLD_GRAM.many((index.number, *row) for row in rows)


def rows_of(index: SearchIndex, records: Sequence[Indexed]) -> set[GramRow]:
    """The rows of the index that these records have."""
    return _rows(records, places(index, [each.record for each in records]))


def tier_of(each: Indexed, best: dict[int, int]) -> int:
    """The stretch of the index that a record stands in."""
    return SWITCHED_OFF if not each.is_active else BEST if each.record in best else OTHERS


def places(index: SearchIndex, records: Iterable[int]) -> dict[int, int]:
    """Which of these records are foremost of their kind, and on which place."""
    return dict(rows_in(_PLACES, list(dict.fromkeys(records)), index.number))


def rebuild_index(index: SearchIndex, after: int = 0, many: int = 300) -> int:
    """Index the next records in the order of their keys, in the caller's transaction; the last
    key, or 0 at the end. For stores whose index was made by another version.
    """
    keys = next_keys(index, after, many)
    keep_index(index, (), index.read(keys))
    return keys[-1] if keys else 0


def next_keys(index: SearchIndex, after: int, many: int) -> list[int]:
    """The keys of the next records of a listing."""
    table = index.rows._meta.table_name
    sql = f'SELECT "key" FROM "{table}" WHERE "key" > ? ORDER BY "key" LIMIT ?'
    return [row[0] for row in Statement(sql).rows(after, many)]


def _rows(records: Sequence[Indexed], best: dict[int, int]) -> set[GramRow]:
    rows: set[GramRow] = set()
    for each in records:
        tier, key = tier_of(each, best), each.record
        rows.update([(tier, gram, key) for gram in each.grams])
    return rows


# --- what comes first

# So many records enter or leave in one go; the rest follow with the next.
_MOVES = 500
_NEW_PLACE = insert(Foremost, "store kind record place")
_IN_ORDER = Statement('SELECT "record" FROM "foremost" WHERE "kind" = ? ORDER BY "place"')


_FIRST = Statement('SELECT "record" FROM "foremost" WHERE "kind" = ? ORDER BY "place" LIMIT ?')


def foremost(index: SearchIndex, limit: int) -> list[int]:
    """The records that are shown first, in their order."""
    return [row[0] for row in _FIRST.rows(index.number, limit)]


def put_foremost(index: SearchIndex, wanted: Sequence[int]) -> None:
    """Let a search show these records first, in this order, in the caller's transaction."""
    now = [row[0] for row in _IN_ORDER.rows(index.number)]
    entering = [key for key in wanted if key not in set(now)][:_MOVES]
    leaving = [key for key in now if key not in set(wanted)][-_MOVES:]
    kept = [key for key in wanted if key in set(now) or key in set(entering)]
    kept += [key for key in now if key not in set(wanted) and key not in set(leaving)]

    moved = index.read([*entering, *leaving])
    keep_index(index, moved, ())
    Foremost.delete().where(Foremost.kind == index.number).execute()
    store, number = store_number(), index.number
    _NEW_PLACE.many((store, number, key, place) for place, key in enumerate(kept, 1))
    keep_index(index, (), moved)
