"""Search for goods: by code, bar code, name in any script, pinyin initials. Best sellers first.

One table of grams behind one function, the same on both engines. What was measured against it:
docs/engineer/search.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.hot import Statement, insert, rows_in
from models.base.money import Money
from models.goods.goods import Gram
from models.goods.grams import (
    AFTER_ALL,
    Term,
    distance,
    fold,
    grams_of,
    split_further,
    terms_of,
    tokens,
)

BEST, OTHERS, SWITCHED_OFF = 0, 1, 2

# What a Chinese input method makes of digits and letters; PostgreSQL takes no NUL.
_TYPED = {**{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}, 0x3000: " ", 0: None}

# So many rows of the index are read for one answer, and looked at for one word.
_FEW, _MANY = 2_000, 20_000
# Goods whose names are compared with a word that was typed wrong.
_CANDIDATES = 400


@dataclass(frozen=True, slots=True)
class Found:
    """One item of a search, as a list shows it."""

    goods: int
    code: str
    name: str
    spec: str
    brand: str
    pinyin: str
    unit: str
    price: Money
    category: int | None
    is_weighed: bool
    is_active: bool

    @property
    def text(self) -> str:
        """What is searched, folded."""
        return fold(searched(self.name, self.spec, self.brand))


def searched(name: str, spec: str, brand: str) -> str:
    """The text of an item that the index holds."""
    return f"{name} {spec} {brand}"


def search_goods(text: str, limit: int = 50, *, with_switched_off: bool = False) -> list[Found]:
    """The goods that a typed text asks for, best first; every word must be in the item.

    Digits are the beginning of a code or bar code, letters words or pinyin initials. When nothing
    fits, a word may have one wrong character, or two when it is long.
    """
    typed = text.translate(_TYPED).strip()
    found = _Finder(limit, with_switched_off)
    found.add(_by_code(typed, limit))
    terms = terms_of(typed)
    if terms:
        found.search(terms)
        if not found.goods and (apart := split_further(terms)) != terms:
            found.search(apart)
        if not found.goods:
            found.search_corrected(terms)
    return found.all()


# --- keeping the index


_NEW_GRAM = insert(Gram, "store tier gram goods", "ON CONFLICT DO NOTHING")
_OLD_GRAM = Statement('DELETE FROM "gram" WHERE "tier" = ? AND "gram" = ? AND "goods" = ?')


@dataclass(frozen=True, slots=True)
class Indexed:
    """What of an item decides its rows in the index."""

    goods: int
    text: str
    pinyin: str
    is_active: bool


def keep_index(before: Iterable[Indexed], after: Iterable[Indexed]) -> None:
    """Bring the index from what goods were to what they are, inside the caller's transaction."""
    old, new = list(before), list(after)
    best = best_sellers(each.goods for each in (*old, *new))
    rows_before, rows_after = rows_of(old, best), rows_of(new, best)
    remove_rows(sorted(rows_before - rows_after))
    # In the order of the index: neighbours go in together.
    add_rows(sorted(rows_after - rows_before))


def add_rows(rows: Iterable[tuple[int, str, int]]) -> None:
    """Put rows into the index: tier, gram, item."""
    store = store_number()
    _NEW_GRAM.many([(store, tier, gram, goods) for tier, gram, goods in rows])


def remove_rows(rows: Iterable[tuple[int, str, int]]) -> None:
    """Take rows out of the index; those that are not there are passed over."""
    _OLD_GRAM.many(rows)


def rows_of(
    goods: Sequence[Indexed], best: dict[int, int] | None = None
) -> set[tuple[int, str, int]]:
    """The rows of the index that these goods have."""
    if best is None:
        best = best_sellers(each.goods for each in goods)
    rows: set[tuple[int, str, int]] = set()
    for each in goods:
        tier, key = tier_of(each, best), each.goods
        rows.update([(tier, gram, key) for gram in grams_of(each.text, each.pinyin)])
    return rows


def tier_of(each: Indexed, best: dict[int, int]) -> int:
    """The stretch of the index that an item stands in."""
    return SWITCHED_OFF if not each.is_active else BEST if each.goods in best else OTHERS


def best_sellers(goods: Iterable[int]) -> dict[int, int]:
    """Which of these goods are best sellers, and on which place."""
    keys = list(dict.fromkeys(goods))
    return dict(rows_in('SELECT "goods", "place" FROM "best_seller" WHERE "goods" IN (...)', keys))


# --- finding


_COLUMNS = (
    'SELECT g."key", g."code", g."name", g."spec", g."brand", g."pinyin", u."name", g."price", '
    'g."category_id", g."is_weighed", g."is_active" '
    'FROM "goods" g LEFT JOIN "unit" u ON u."key" = g."unit_id" '
)
_BY_KEYS = f'{_COLUMNS} WHERE g."key" IN (...)'
_EXACT = (
    Statement('SELECT "key" FROM "goods" WHERE "code" = ?'),
    Statement('SELECT "goods_id" FROM "barcode" WHERE "code" = ?'),
)
_CODES = Statement(
    'SELECT "key" FROM "goods" WHERE "code" >= ? AND "code" < ? ORDER BY "code" LIMIT ?'
)
_BARCODES = Statement(
    'SELECT "goods_id" FROM "barcode" WHERE "code" >= ? AND "code" < ? ORDER BY "code" LIMIT ?'
)
_IN_TIER = Statement(
    'SELECT "goods" FROM "gram" WHERE "tier" = ? AND "gram" >= ? AND "gram" < ? '
    'ORDER BY "gram", "goods" LIMIT ?'
)
_BEST_FIRST = Statement(
    'SELECT b."goods" FROM "best_seller" b WHERE b."goods" IN '
    '(SELECT "goods" FROM "gram" WHERE "tier" = ? AND "gram" >= ? AND "gram" < ?) '
    'ORDER BY b."place" LIMIT ?'
)
_COUNT = Statement(
    'SELECT count(*) FROM (SELECT 1 FROM "gram" WHERE "tier" = ? AND "gram" >= ? AND "gram" < ? '
    "LIMIT ?) x"
)
# Read from the more common of the two: where both are common, it ends after the first rows.
_IN_BOTH = Statement(
    'SELECT a."goods" FROM "gram" a WHERE a."tier" = ? AND a."gram" >= ? AND a."gram" < ? '
    'AND a."goods" IN (SELECT b."goods" FROM "gram" b '
    'WHERE b."tier" = ? AND b."gram" >= ? AND b."gram" < ? LIMIT ?) LIMIT ?'
)
_WORDS = Statement(
    'SELECT "gram" FROM "gram" WHERE "tier" = ? AND "gram" >= ? AND "gram" < ? '
    'GROUP BY "gram" ORDER BY "gram" LIMIT ?'
)


def found_goods(keys: Sequence[int]) -> list[Found]:
    """These goods as lists show them, in this order; those that are gone are left out."""
    money = store_currency()
    rows = {
        row[0]: Found(
            row[0], row[1], row[2], row[3], row[4], row[5], row[6] or "",
            Money(int(row[7]), money), row[8], bool(row[9]), bool(row[10]),
        )
        for row in rows_in(_BY_KEYS, list(keys))
    }  # fmt: skip
    return [rows[key] for key in keys if key in rows]


def _by_code(typed: str, limit: int) -> list[int]:
    """Goods with this code or bar code; for digits also those whose codes begin so."""
    if not typed or " " in typed:
        return []
    forms = dict.fromkeys((typed, typed.upper(), typed.lower()))
    keys = [row[0] for form in forms for exact in _EXACT for row in exact.rows(form)]
    if typed.isdigit():
        for starting in (_CODES, _BARCODES):
            keys += [row[0] for row in starting.rows(typed, typed + AFTER_ALL, limit)]
    return keys


class _Finder:
    """Collects goods, best first, until there are enough."""

    def __init__(self, limit: int, with_switched_off: bool) -> None:
        self.limit, self.with_switched_off = limit, with_switched_off
        self.tiers = (OTHERS, SWITCHED_OFF) if with_switched_off else (OTHERS,)
        self.goods: dict[int, Found] = {}

    @property
    def is_full(self) -> bool:
        return len(self.goods) >= self.limit

    def all(self) -> list[Found]:
        return list(self.goods.values())[: self.limit]

    def add(self, keys: Iterable[int], terms: tuple[Term, ...] = ()) -> None:
        """Take these goods, in this order, when they hold the terms."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self.goods]
        step = max(self.limit, 100)
        for start in range(0, len(wanted), step):
            if self.is_full:
                return
            for found in found_goods(wanted[start : start + step]):
                if not (found.is_active or self.with_switched_off):
                    continue
                text = found.text if terms else ""
                if all(term.matches(text, found.pinyin) for term in terms):
                    self.goods[found.goods] = found

    def search(self, terms: tuple[Term, ...]) -> None:
        """The goods that hold all terms: best sellers, then by initials, then by names."""
        is_sure = len(terms) == 1 and terms[0].is_whole
        checked = () if is_sure else terms
        self.add(_best(terms, self.limit if is_sure else _FEW), checked)
        if len(terms) == 1 and terms[0].letters and not self.is_full:
            # Names that begin with the initials go before those that hold them.
            self.add(_in_range(terms[0].first, OTHERS, 2 * self.limit), terms)
        for tier in self.tiers:
            if not self.is_full:
                keys = self._of_one(terms[0], tier) if is_sure else _of_all(terms, tier)
                self.add(keys, checked)

    def _of_one(self, term: Term, tier: int) -> list[int]:
        """Enough goods with a gram that begins so; one name may hold several such grams."""
        most = 4 * self.limit
        while True:
            rows = _in_range(term.text, tier, most)
            keys = list(dict.fromkeys(rows))
            if len(keys) >= 2 * self.limit or len(rows) < most or most >= _MANY:
                return keys
            most *= 8

    def search_corrected(self, terms: tuple[Term, ...]) -> None:
        """Nothing was found: take the words that exist and differ least from the typed ones."""
        if all(len(term.text) < 3 for term in terms):
            return
        dense = [term for term in terms if term.is_dense and len(term.text) >= 3]
        if dense:
            self.add(_nearly(dense[0], self.tiers))
            return
        corrected = tuple(_corrected(term, (BEST, *self.tiers)) for term in terms)
        if corrected != terms:
            self.search(corrected)


def _in_range(start: str, tier: int, most: int) -> list[int]:
    return [row[0] for row in _IN_TIER.rows(tier, start, start + AFTER_ALL, most)]


def _best(terms: tuple[Term, ...], most: int) -> list[int]:
    """Best sellers that may hold the terms, best first."""
    start = max((start for term in terms for start in term.ranges), key=len)
    return [row[0] for row in _BEST_FIRST.rows(BEST, start, start + AFTER_ALL, most)]


def _of_all(terms: tuple[Term, ...], tier: int) -> list[int]:
    """Goods of a tier that hold the two rarest beginnings of what was typed."""
    starts = dict.fromkeys(start for term in terms for start in term.ranges)
    spans = sorted((_size(start, tier), start) for start in starts)
    if not spans[0][0]:
        return []
    if len(spans) == 1:
        return _in_range(spans[0][1], tier, _FEW)
    (_, rare), (_, other) = spans[:2]
    rows = _IN_BOTH.rows(
        tier, other, other + AFTER_ALL, tier, rare, rare + AFTER_ALL, _MANY, _FEW
    )  # fmt: skip
    return [row[0] for row in rows]


def _size(start: str, tier: int) -> int:
    """How many rows begin so; not counted further than is needed to tell rare from common."""
    row = _COUNT.row(tier, start, start + AFTER_ALL, _MANY)
    return int(row[0]) if row else 0


def _corrected(term: Term, tiers: tuple[int, ...]) -> Term:
    """The word of the index that is nearest to a typed one: its first two letters are taken as
    right, or swapped.
    """
    word = term.text
    if len(word) < 4 or not word.isalpha():
        return term
    most = 1 if len(word) < 7 else 2
    starts = dict.fromkeys((word[:2], word[1::-1]))
    known = [
        row[0]
        for tier in tiers
        for start in starts
        for row in _WORDS.rows(tier, start, start + AFTER_ALL, _CANDIDATES)
    ]
    ranked = sorted((distance(word, each, most), -len(each), each) for each in set(known))
    return Term(ranked[0][2], False) if ranked and ranked[0][0] <= most else term


def _nearly(term: Term, tiers: tuple[int, ...]) -> list[int]:
    """Goods whose name holds all but one character of a run, nearest first."""
    run = term.text
    halves = dict.fromkeys((run[:2], run[-2:], run[1:3]))
    keys = dict.fromkeys(
        key
        for tier in (BEST, *tiers)
        for half in halves
        for key in _in_range(half, tier, _CANDIDATES)
    )
    near: list[tuple[int, int]] = []
    for found in found_goods(list(keys)[: 2 * _CANDIDATES]):
        text = found.text
        # Cheaper than to compare: all but one of the characters must be there.
        if sum(one in text for one in run) >= len(run) - 1 and _nearest(run, text) <= 1:
            near.append((len(found.name), found.goods))
    return [goods for *_, goods in sorted(near)]


def _nearest(run: str, text: str) -> int:
    """How far the most similar stretch of a text is from a run; more than 1 counts as 2."""
    stretches = {
        token[at : at + size]
        for token in tokens(text)
        for size in (len(run) - 1, len(run), len(run) + 1)
        for at in range(max(len(token) - size + 1, 1))
    }
    return min((distance(run, each, 1) for each in stretches), default=2)
