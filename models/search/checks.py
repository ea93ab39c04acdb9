"""Checks of the search index: records are found by what they are called now, and by nothing else.

Whoever misses an item in a search sells it at a price by hand; so the index is recounted like the
books. Records that still wait to be indexed are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from models.base.findings import Check, Found
from models.base.hot import Statement, rows_in
from models.search.grams import FIRST, FULL, fold
from models.search.index import (
    GramRow,
    Indexed,
    SearchIndex,
    next_keys,
    places,
    rows_of,
    tier_of,
)
from models.search.waiting import waiting
from models.trust import trades

# Records, and rows of the index, in one look: each well under 50 ms.
_RECORDS, _ROWS = 200, 1_000

_HELD = (
    'SELECT "tier", "gram", "record" FROM "gram" WHERE "kind" = ? AND "tier" = ? '
    'AND "record" >= ? AND "record" <= ? AND "gram" IN (...)'
)
_INDEX = Statement(
    'SELECT "kind", "tier", "gram", "record" FROM "gram" '
    'WHERE ("kind", "tier", "gram", "record") > (?, ?, ?, ?) '
    'ORDER BY "kind", "tier", "gram", "record" LIMIT ?'
)


def _lacking(quick: bool) -> Iterator[Iterable[Found]]:
    """Records without a row that their names and initials ask for."""
    for index in trades.loaded("indexes"):
        after = 0
        while keys := next_keys(index, after, _RECORDS):
            after = keys[-1]
            late = waiting(index, keys)
            yield _missing(index, [key for key in keys if key not in late])


def _missing(index: SearchIndex, keys: Sequence[int]) -> list[Found]:
    read = index.read(keys)
    missing: defaultdict[int, list[str]] = defaultdict(list)
    for _, gram, key in sorted(_not_held(index, read)):
        missing[key].append(gram)
    return [
        Found(each.label, {"gram": missing[each.record][0], "missing": len(missing[each.record])})
        for each in read
        if each.record in missing
    ]


def _not_held(index: SearchIndex, read: Sequence[Indexed]) -> set[GramRow]:
    if not read:
        return set()
    wanted = rows_of(index, read)
    keys = [each.record for each in read]
    grams: defaultdict[int, set[str]] = defaultdict(set)
    for tier, gram, _ in wanted:
        grams[tier].add(gram)
    for tier, of_tier in grams.items():
        among = (index.number, tier, min(keys), max(keys))
        wanted.difference_update(rows_in(_HELD, sorted(of_tier), *among))
    return wanted


def _too_many(quick: bool) -> Iterator[Iterable[Found]]:
    """Rows of records that are gone, stand in another stretch, or are not called so any more, and
    of kinds that nobody knows.
    """
    last: tuple[int, int, str, int] = (-1, -1, "", 0)
    while rows := _INDEX.rows(*last, _ROWS):
        last = rows[-1]
        by_kind: defaultdict[int, list[GramRow]] = defaultdict(list)
        for number, *row in rows:
            by_kind[number].append((row[0], row[1], row[2]))
        yield [found for number, of_kind in by_kind.items() for found in _wrong(number, of_kind)]


def _wrong(number: int, rows: Sequence[GramRow]) -> Iterator[Found]:
    index = next((each for each in trades.loaded("indexes") if each.number == number), None)
    keys = sorted({row[2] for row in rows})
    read = {each.record: each for each in index.read(keys)} if index else {}
    best = places(index, keys) if index else {}
    late = waiting(index, keys) if index else set()
    for tier, gram, key in rows:
        each = read.get(key)
        if key not in late and (each is None or _is_wrong(tier, gram, each, best)):
            yield Found((each and each.label) or str(key), {"gram": gram, "tier": tier})


def _is_wrong(tier: int, gram: str, each: Indexed, best: dict[int, int]) -> bool:
    """Cheaper than to make all grams anew: what a gram says must be in the record."""
    if tier != tier_of(each, best):
        return True
    if gram.startswith(FULL):
        return gram[1:] not in each.full.replace(" ", "")
    plain = gram.removeprefix(FIRST)
    return all(plain not in fold(held) for held in (each.initials, each.text, each.others))


SEARCH_CHECKS = [
    Check(65, "SearchIndexLacks", _lacking, is_quick=False),
    Check(66, "SearchIndexWrong", _too_many, is_quick=False),
]
