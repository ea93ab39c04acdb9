"""Finding records of a listing by what somebody types: words, initials, full pinyin, other names.

One table of grams behind one function, the same on both engines. What was measured against it:
docs/engineer/search.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from models.base.hot import Statement
from models.base.texts import narrow
from models.search.grams import (
    AFTER_ALL,
    Term,
    distance,
    fold,
    split_further,
    terms_of,
    tokens,
)
from models.search.index import BEST, OTHERS, SWITCHED_OFF, Indexed, SearchIndex

# So many rows of the index are read for one answer, and looked at for one word.
_FEW, _MANY = 2_000, 20_000
# Records whose names are compared with a word that was typed wrong.
_CANDIDATES = 400

_IN_TIER = Statement(
    'SELECT "record" FROM "gram" WHERE "kind" = ? AND "tier" = ? AND "gram" >= ? AND "gram" < ? '
    'ORDER BY "gram", "record" LIMIT ?'
)
_BEST_FIRST = Statement(
    'SELECT f."record" FROM "foremost" f WHERE f."kind" = ? AND f."record" IN '
    '(SELECT "record" FROM "gram" WHERE "kind" = ? AND "tier" = ? AND "gram" >= ? AND "gram" < ?) '
    'ORDER BY f."place" LIMIT ?'
)
_COUNT = Statement(
    'SELECT count(*) FROM (SELECT 1 FROM "gram" WHERE "kind" = ? AND "tier" = ? AND "gram" >= ? '
    'AND "gram" < ? LIMIT ?) x'
)
# Read from the more common of the two: where both are common, it ends after the first rows.
_IN_BOTH = Statement(
    'SELECT a."record" FROM "gram" a WHERE a."kind" = ? AND a."tier" = ? AND a."gram" >= ? '
    'AND a."gram" < ? AND a."record" IN (SELECT b."record" FROM "gram" b '
    'WHERE b."kind" = ? AND b."tier" = ? AND b."gram" >= ? AND b."gram" < ? LIMIT ?) LIMIT ?'
)
_WORDS = Statement(
    'SELECT "gram" FROM "gram" WHERE "kind" = ? AND "tier" = ? AND "gram" >= ? AND "gram" < ? '
    'GROUP BY "gram" ORDER BY "gram" LIMIT ?'
)


def typed_text(text: str) -> str:
    """What somebody typed, as it is looked up: half-width, without blanks around it."""
    # PostgreSQL takes no NUL.
    return narrow(text).replace("\0", "").strip()


def find(
    index: SearchIndex,
    text: str,
    limit: int = 50,
    *,
    with_switched_off: bool = False,
    known: Sequence[int] = (),
) -> list[int]:
    """The keys of the records that a typed text asks for, best first; every word must be in the
    record: a word or its beginning, pinyin initials or full pinyin. When nothing fits, a word may
    have one wrong character, or two when it is long.

    `known` are found already, by their code for example, and stand in front.
    """
    found = _Finder(index, limit, with_switched_off)
    found.keys.update(dict.fromkeys(known))
    terms = terms_of(typed_text(text))
    if terms:
        found.search(terms)
        if not found.keys and (apart := split_further(terms)) != terms:
            found.search(apart)
        if not found.keys:
            found.search_corrected(terms)
    return list(found.keys)[:limit]


def text_of(each: Indexed) -> str:
    """What is searched of a record, folded."""
    return fold(f"{each.text} {each.others}")


class _Finder:
    """Collects the keys of records, best first, until there are enough."""

    def __init__(self, index: SearchIndex, limit: int, with_switched_off: bool) -> None:
        self.index, self.limit, self.with_switched_off = index, limit, with_switched_off
        self.tiers = (OTHERS, SWITCHED_OFF) if with_switched_off else (OTHERS,)
        self.keys: dict[int, None] = {}

    @property
    def is_full(self) -> bool:
        return len(self.keys) >= self.limit

    def add(self, keys: Iterable[int], terms: tuple[Term, ...] = ()) -> None:
        """Take these records, in this order, when they hold the terms."""
        wanted = [key for key in dict.fromkeys(keys) if key not in self.keys]
        if not terms:
            self.keys.update(dict.fromkeys(wanted))
            return
        step = max(self.limit, 100)
        for start in range(0, len(wanted), step):
            if self.is_full:
                return
            part = wanted[start : start + step]
            read = {each.record: each for each in self.index.read(part)}
            for each in (read[key] for key in part if key in read):
                text = text_of(each)
                if all(term.matches(text, each.initials, each.full) for term in terms):
                    self.keys[each.record] = None

    def search(self, terms: tuple[Term, ...]) -> None:
        """The records that hold all terms: the foremost, then by initials, then by names, and by
        full pinyin at the end.
        """
        is_sure = len(terms) == 1 and terms[0].is_whole
        checked = () if is_sure else terms
        start = max((start for term in terms for start in term.ranges), key=len)
        self.add(self._best(start, self.limit if is_sure else _FEW), checked)
        if len(terms) == 1 and terms[0].letters and not self.is_full:
            # Names that begin with the initials go before those that hold them.
            self.add(self._in_range(terms[0].first, OTHERS, 2 * self.limit), terms)
        for tier in self.tiers:
            if not self.is_full:
                keys = self._of_one(terms[0].text, tier) if is_sure else self._of_all(terms, tier)
                self.add(keys, checked)
        if not self.is_full and any(term.full for term in terms):
            self._search_pinyin(terms)

    def _search_pinyin(self, terms: tuple[Term, ...]) -> None:
        """The same with letters read as full pinyin."""
        is_sure = len(terms) == 1 and terms[0].is_whole_pinyin
        checked = () if is_sure else terms
        longest = max((term.full for term in terms), key=len)
        self.add(self._best(longest, self.limit if is_sure else _FEW), checked)
        for tier in self.tiers:
            if not self.is_full:
                keys = (
                    self._of_one(terms[0].full, tier)
                    if is_sure
                    else self._of_all(terms, tier, is_pinyin=True)
                )
                self.add(keys, checked)

    def _of_one(self, start: str, tier: int) -> list[int]:
        """Enough records with a gram that begins so; one name may hold several such grams."""
        most = 4 * self.limit
        while True:
            rows = self._in_range(start, tier, most)
            keys = list(dict.fromkeys(rows))
            if len(keys) >= 2 * self.limit or len(rows) < most or most >= _MANY:
                return keys
            most *= 8

    def _of_all(self, terms: tuple[Term, ...], tier: int, *, is_pinyin: bool = False) -> list[int]:
        """Records of a tier that hold the two rarest beginnings of what was typed."""
        starts: dict[str, int] = {}
        for term in terms:
            if is_pinyin and term.full and (size := self._size(term.full, tier)):
                starts[term.full] = size
            else:
                starts.update((start, self._size(start, tier)) for start in term.ranges)
        spans = sorted((size, start) for start, size in starts.items())
        if not spans[0][0]:
            return []
        if len(spans) == 1:
            return self._in_range(spans[0][1], tier, _FEW)
        (_, rare), (_, other) = spans[:2]
        number = self.index.number
        rows = _IN_BOTH.rows(
            number, tier, other, other + AFTER_ALL, number, tier, rare, rare + AFTER_ALL,
            _MANY, _FEW,
        )  # fmt: skip
        return [row[0] for row in rows]

    def search_corrected(self, terms: tuple[Term, ...]) -> None:
        """Nothing was found: take the words that exist and differ least from the typed ones."""
        if all(len(term.text) < 3 for term in terms):
            return
        dense = [term for term in terms if term.is_dense and len(term.text) >= 3]
        if dense:
            self.add(self._nearly(dense[0]))
            return
        corrected = tuple(self._corrected(term) for term in terms)
        if corrected != terms:
            self.search(corrected)

    def _corrected(self, term: Term) -> Term:
        """The word of the index that is nearest to a typed one: its first two letters are taken
        as right, or swapped.
        """
        word = term.text
        if len(word) < 4 or not word.isalpha():
            return term
        most = 1 if len(word) < 7 else 2
        starts = dict.fromkeys((word[:2], word[1::-1]))
        known = [
            row[0]
            for tier in (BEST, *self.tiers)
            for start in starts
            for row in _WORDS.rows(self.index.number, tier, start, start + AFTER_ALL, _CANDIDATES)
        ]
        ranked = sorted((distance(word, each, most), -len(each), each) for each in set(known))
        return Term(ranked[0][2], False) if ranked and ranked[0][0] <= most else term

    def _nearly(self, term: Term) -> list[int]:
        """Records whose name holds all but one character of a run, nearest first."""
        run = term.text
        halves = dict.fromkeys((run[:2], run[-2:], run[1:3]))
        keys = dict.fromkeys(
            key
            for tier in (BEST, *self.tiers)
            for half in halves
            for key in self._in_range(half, tier, _CANDIDATES)
        )
        near: list[tuple[int, int]] = []
        for each in self.index.read(list(keys)[: 2 * _CANDIDATES]):
            text = text_of(each)
            # Cheaper than to compare: all but one of the characters must be there.
            if sum(one in text for one in run) >= len(run) - 1 and _nearest(run, text) <= 1:
                near.append((len(text), each.record))
        return [key for *_, key in sorted(near)]

    def _in_range(self, start: str, tier: int, most: int) -> list[int]:
        rows = _IN_TIER.rows(self.index.number, tier, start, start + AFTER_ALL, most)
        return [row[0] for row in rows]

    def _best(self, start: str, most: int) -> list[int]:
        """Foremost records with a gram that begins so, in their order."""
        number = self.index.number
        rows = _BEST_FIRST.rows(number, number, BEST, start, start + AFTER_ALL, most)
        return [row[0] for row in rows]

    def _size(self, start: str, tier: int) -> int:
        """How many rows begin so; not counted further than tells rare from common."""
        row = _COUNT.row(self.index.number, tier, start, start + AFTER_ALL, _MANY)
        return int(row[0]) if row else 0


def _nearest(run: str, text: str) -> int:
    """How far the most similar stretch of a text is from a run; more than 1 counts as 2."""
    stretches = {
        token[at : at + size]
        for token in tokens(text)
        for size in (len(run) - 1, len(run), len(run) + 1)
        for at in range(max(len(token) - size + 1, 1))
    }
    return min((distance(run, each, 1) for each in stretches), default=2)
