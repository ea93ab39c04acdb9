"""Pinyin initials (拼音首字母): what a cashier types for a Chinese name. 可口可乐 is kkkl."""

from __future__ import annotations

import re
import sys
import unicodedata
from functools import cache

MOST = 60

_CHINESE = re.compile("[\u3400-\u9fff\u3007\uf900-\ufaff\U00020000-\U0003ffff]+")


def load() -> None:
    """Load the readings, a third of a second: for a place where nobody waits."""
    _initials()
    _longest()


def initials(text: str, most: int = MOST) -> str:
    """The initials of the Chinese characters of a name, in small letters; other text has none.

    Whole words decide how a character is read: 重庆 is cq. A wrong one is corrected by hand.
    """
    return "".join(map(_of_run, _CHINESE.findall(text)))[:most]


def _of_run(run: str) -> str:
    """A run of Chinese characters in words: the longest of the dictionary at each place."""
    known, longest, found, at = _initials(), _longest(), "", 0
    while at < len(run):
        size = longest.get(run[at : at + 2], 1)
        while size > 1 and run[at : at + size] not in known:
            size -= 1
        found += known.get(run[at : at + size], "")
        at += size
    return found


@cache
def _initials() -> dict[str, str]:
    """The initials of characters, by their most common reading, and of words."""
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    first = cache(_first)
    known = {chr(code): first(reading) for code, reading in PINYIN_DICT.items()}
    for word, readings in PHRASES_DICT.items():
        if len(readings) == len(word) > 1:
            known[word] = "".join([first(reading[0]) for reading in readings])
        elif len(word) > 1:
            known[word] = "".join([known.get(one, "") for one in word])
    # Its own tables are 190,000 lists: each look for garbage would walk through them.
    for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
        del sys.modules[name]
    return known


@cache
def _longest() -> dict[str, int]:
    """How long the longest word is that begins with these two characters."""
    found: dict[str, int] = {}
    for word in _initials():
        start = word[:2]
        if len(word) > found.get(start, 1):
            found[start] = len(word)
    return found


def _first(reading: str) -> str:
    letter = unicodedata.normalize("NFD", reading[:1])[:1]
    return letter if "a" <= letter <= "z" else ""
