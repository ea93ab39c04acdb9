"""Grams: the pieces of a name that the search index holds, and what a typed text asks for.

Text of scripts without blanks (Chinese, Japanese, Thai, also Korean) gives at each character the
next four: a search for one to four characters is one range of the index, and a longer one checks
the name. Words of other scripts are kept whole and found by their beginning; pinyin initials from
each place on, so that 牛肉面 is found by nrm and by rm; full pinyin from each syllable on.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache

WINDOW = 4
LONGEST_WORD = 16
_INITIALS = 6
_PINYIN = 12
_MOST_TERMS = 6
# Before the initials that begin a name: those are shown before the ones inside.
FIRST = "|"
# Before full pinyin: two letters are initials first.
FULL = "~"
AFTER_ALL = "\U0010ffff"

_DENSE = "\u0e00-\u0eff\u3005\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_DENSE += "\U00020000-\U0003ffff"
# Of Latin, Greek and Cyrillic letters only: the marks of Thai and of kana are sounds of their own.
_ACCENTS = re.compile("[\u0300-\u036f]")
_LETTERS_OR_DIGITS = re.compile(r"[a-z]+|[0-9]+")


# Made when somebody looks for something: a counter that only sells had waited 7 ms for both.
@cache
def _token() -> re.Pattern[str]:
    return re.compile(rf"[{_DENSE}]+|[^\W_{_DENSE}]+")


@cache
def _dense() -> re.Pattern[str]:
    return re.compile(rf"[{_DENSE}]")


def _is_dense(token: str) -> bool:
    return _dense().match(token) is not None


def fold(text: str) -> str:
    """Text without the differences that nobody types: case, width, accents."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", _ACCENTS.sub("", apart))


def tokens(text: str) -> list[str]:
    """The words, and the runs of characters without blanks, of folded text."""
    return _token().findall(text)


def grams_of(text: str, initials: str, full: str = "", others: str = "") -> set[str]:
    """What the index holds for a record of this text and these pinyin initials, its full pinyin
    (syllables with blanks between) and its other names: codes and words that are typed for it.
    """
    found: set[str] = set()
    for token in tokens(fold(text)):
        if _is_dense(token):
            found.update(token[at : at + WINDOW] for at in range(len(token)))
        else:
            found.add(token[:LONGEST_WORD])
    letters = fold(initials)
    if letters:
        found.add(FIRST + letters[:_INITIALS])
    # The last initial alone would find every name that ends so.
    for at in range(max(len(letters) - 1, 1) if letters else 0):
        found.add(letters[at : at + _INITIALS])
    for rest in endings(full):
        found.add(FULL + rest[:_PINYIN])
    if others:
        found |= _of_others(others)
    return found


def _of_others(others: str) -> set[str]:
    """Other names begin a name as well: they come as far in front as its initials."""
    found = grams_of(others, "")
    starts = [token for token in tokens(fold(others)) if not _is_dense(token)]
    return found | {FIRST + token[:_INITIALS] for token in starts}


def endings(full: str) -> list[str]:
    """Full pinyin from each of its syllables on: kekoukele, koukele, kele, le."""
    syllables = full.split()
    return ["".join(syllables[at:]) for at in range(len(syllables))]


@dataclass(frozen=True, slots=True)
class Term:
    """One word of what was typed. `is_whole` when a gram that begins with it is all it asks."""

    text: str
    is_dense: bool

    @property
    def is_whole(self) -> bool:
        return len(self.text) <= (WINDOW if self.is_dense else LONGEST_WORD)

    @property
    def ranges(self) -> tuple[str, ...]:
        """Beginnings of grams: goods that match have grams with each of them."""
        if not self.is_dense:
            return (self.text[:LONGEST_WORD],)
        if len(self.text) <= WINDOW:
            return (self.text,)
        return self.text[:WINDOW], self.text[-WINDOW:]

    @property
    def letters(self) -> str:
        """As pinyin initials, or nothing."""
        is_letters = self.text.isascii() and self.text.isalpha()
        return self.text if is_letters else ""

    @property
    def first(self) -> str:
        """The beginning of grams of names that begin with these initials."""
        return FIRST + self.letters[:_INITIALS]

    @property
    def full(self) -> str:
        """The beginning of grams of names with this full pinyin, or nothing."""
        return FULL + self.letters[:_PINYIN] if len(self.letters) > 1 else ""

    @property
    def is_whole_pinyin(self) -> bool:
        """Is a gram that begins with `full` all it asks?"""
        return len(self.letters) <= _PINYIN

    def matches(self, folded: str, initials: str, full: str = "") -> bool:
        """Does a record with this text, folded, these initials and full pinyin hold this term?"""
        if self.is_dense:
            return self.text in folded
        if any(word.startswith(self.text) for word in tokens(folded)):
            return True
        if not self.letters:
            return False
        if self.letters in initials.lower():
            return True
        return any(rest.startswith(self.letters) for rest in endings(full))


def terms_of(text: str) -> tuple[Term, ...]:
    """What a typed text asks for: all of these."""
    found = dict.fromkeys(tokens(fold(text)))
    return tuple(Term(token, _is_dense(token)) for token in found)[:_MOST_TERMS]


def split_further(terms: tuple[Term, ...]) -> tuple[Term, ...]:
    """Letters and digits typed in one go apart: kkkl500 is kkkl and 500."""
    found = dict.fromkeys(
        part
        for term in terms
        for part in ([term.text] if term.is_dense else _LETTERS_OR_DIGITS.findall(term.text))
    )
    return tuple(Term(part, _is_dense(part)) for part in found)[:_MOST_TERMS]


def distance(one: str, other: str, most: int) -> int:
    """How many characters are wrong, missing, too many or swapped; `most` + 1 when more."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        earlier, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)
