"""Pinyin initials (拼音首字母): what a cashier types for a Chinese name. 可口可乐 is kkkl."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

MOST = 60

_CHINESE = re.compile("[\u3400-\u9fff\u3007\uf900-\ufaff\U00020000-\U0003ffff]+")


def load() -> None:
    """Load the readings, a quarter of a second: for a place where nobody waits."""
    _letter("中")
    _words("中")


def initials(text: str, most: int = MOST) -> str:
    """The initials of the Chinese characters of a name, in small letters; other text has none.

    Whole words decide how a character is read: 重庆 is cq. A wrong one is corrected by hand.
    """
    runs = _CHINESE.findall(text)
    return "".join(_of_word(word) for run in runs for word in _words(run))[:most]


def _words(run: str) -> Iterable[str]:
    """A run of Chinese characters in the words of the dictionary."""
    from pypinyin.contrib import mmseg

    words: Iterable[str] = mmseg.seg.cut(run)
    return words


def _of_word(word: str) -> str:
    from pypinyin.constants import PHRASES_DICT

    readings = PHRASES_DICT.get(word) if len(word) > 1 else None
    if readings is None or len(readings) != len(word):
        return "".join(map(_letter, word))
    return "".join(_first(reading[0]) for reading in readings)


@cache
def _letter(one: str) -> str:
    """The initial of one character by its most common reading."""
    from pypinyin.constants import PINYIN_DICT

    return _first(PINYIN_DICT.get(ord(one), ""))


def _first(reading: str) -> str:
    letter = unicodedata.normalize("NFD", reading[:1])[:1]
    return letter if "a" <= letter <= "z" else ""
