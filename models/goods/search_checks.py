"""Checks of the search index: goods are found by what they are called now, and by nothing else.

Whoever misses an item in a search sells it at a price by hand; so the index is recounted like the
books. Goods that still wait to be indexed are passed over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from models.base.findings import Check, Found
from models.base.hot import Statement, rows_in
from models.goods.best_sellers import indexed
from models.goods.grams import FIRST, fold
from models.goods.search import Indexed, rows_of, searched, tier_of

# Goods, and rows of the index, in one look: each well under 50 ms.
_GOODS, _ROWS = 200, 2_000

_NEXT = Statement(
    'SELECT g."key", g."code" FROM "goods" g LEFT JOIN "goods_to_index" w ON w."goods" = g."key" '
    'WHERE g."key" > ? AND w."goods" IS NULL ORDER BY g."key" LIMIT ?'
)
_HELD = (
    'SELECT "tier", "gram", "goods" FROM "gram" WHERE "tier" = ? AND "goods" >= ? '
    'AND "goods" <= ? AND "gram" IN (...)'
)
_INDEX = Statement(
    'SELECT m."tier", m."gram", m."goods", g."code", g."name", g."spec", g."brand", g."pinyin", '
    'g."is_active", b."place" FROM "gram" m LEFT JOIN "goods" g ON g."key" = m."goods" '
    'LEFT JOIN "best_seller" b ON b."goods" = m."goods" '
    'LEFT JOIN "goods_to_index" w ON w."goods" = m."goods" '
    'WHERE (m."tier", m."gram", m."goods") > (?, ?, ?) AND w."goods" IS NULL '
    'ORDER BY m."tier", m."gram", m."goods" LIMIT ?'
)


def _lacking(quick: bool) -> Iterator[Iterable[Found]]:
    """Goods without a row that their names and initials ask for."""
    after = 0
    while rows := _NEXT.rows(after, _GOODS):
        after = rows[-1][0]
        codes: dict[int, str] = dict(rows)
        missing: defaultdict[int, list[str]] = defaultdict(list)
        for _, gram, key in sorted(_not_held(list(codes))):
            missing[key].append(gram)
        yield [
            Found(codes[key], {"gram": grams[0], "missing": len(grams)})
            for key, grams in missing.items()
        ]


def _not_held(keys: list[int]) -> set[tuple[int, str, int]]:
    wanted = rows_of(indexed(keys))
    grams: defaultdict[int, set[str]] = defaultdict(set)
    for tier, gram, _ in wanted:
        grams[tier].add(gram)
    for tier, of_tier in grams.items():
        wanted.difference_update(rows_in(_HELD, sorted(of_tier), tier, keys[0], keys[-1]))
    return wanted


def _too_many(quick: bool) -> Iterator[Iterable[Found]]:
    """Rows of goods that are gone, stand in another stretch, or are not called so any more."""
    last: tuple[int, str, int] = (-1, "", 0)
    while rows := _INDEX.rows(*last, _ROWS):
        last = rows[-1][:3]
        yield [
            Found(row[3] or str(row[2]), {"gram": row[1], "tier": row[0]})
            for row in rows
            if _is_wrong(*row)
        ]


def _is_wrong(tier: int, gram: str, goods: int, code: str | None, *of_goods: str) -> bool:
    if code is None:
        return True
    name, spec, brand, pinyin, is_active, place = of_goods
    item = Indexed(goods, searched(name, spec, brand), pinyin, bool(is_active))
    if tier != tier_of(item, {goods: 0} if place else {}):
        return True
    return gram.removeprefix(FIRST) not in fold(item.pinyin) and gram not in fold(item.text)


SEARCH_CHECKS = [
    Check(65, "SearchIndexLacks", _lacking, is_quick=False),
    Check(66, "SearchIndexWrong", _too_many, is_quick=False),
]
