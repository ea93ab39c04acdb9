"""Pinyin: what a cashier types for a Chinese name. 可口可乐 is kkkl (拼音首字母, initials), and
kekoukele in full.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

MOST = 60

_CHINESE = re.compile("[\u3400-\u9fff\u3007\uf900-\ufaff\U00020000-\U0003ffff]+")


def load() -> None:
    """Load the readings, a third of a second: for a place where nobody waits."""
    _readings()
    _longest()


def initials(text: str, most: int = MOST) -> str:
    """The initials of the Chinese characters of a name, in small letters; other text has none.

    Whole words decide how a character is read: 重庆 is cq. A wrong one is corrected by hand.
    """
    known = _readings().initials
    words = (word for run in _CHINESE.findall(text) for word in _words(run))
    return "".join([known.get(word, "") for word in words])[:most]


def full(text: str, most: int = 3 * MOST) -> str:
    """The same in full, without tones and blanks; ü is v, as it is typed."""
    return syllables(text).replace(" ", "")[:most]


def syllables(text: str, most: int = 4 * MOST) -> str:
    """The same with a blank between syllables: ke kou ke le. The last one is whole."""
    words = (word for run in _CHINESE.findall(text) for word in _words(run))
    read = " ".join(filter(None, map(_reading, words)))
    return read if len(read) <= most else read[: most + 1].rpartition(" ")[0]


def name_initials(name: str, most: int = MOST) -> str:
    """The initials of somebody's name: as surnames, some characters are read in another way."""
    surname = _surname(name)
    rest = initials(name[len(surname) :])
    return ("".join(each[0] for each in _SURNAMES.get(surname, "").split()) + rest)[:most]


def name_full(name: str, most: int = 3 * MOST) -> str:
    """The full pinyin of somebody's name."""
    return name_syllables(name).replace(" ", "")[:most]


def name_syllables(name: str, most: int = 4 * MOST) -> str:
    """The same with a blank between syllables, the last one whole."""
    surname = _surname(name)
    read = f"{_SURNAMES.get(surname, '')} {syllables(name[len(surname) :])}".strip()
    return read if len(read) <= most else read[: most + 1].rpartition(" ")[0]


def sounds_like(typed: str, text: str) -> bool:
    """Do these letters stand in a text, in its initials, or in its pinyin from a syllable on?"""
    wanted = typed.casefold()
    if wanted in text.casefold():
        return True
    if not is_spelled(wanted) or _CHINESE.search(text) is None:
        return False
    if wanted in initials(text) or wanted in name_initials(text):
        return True
    read = syllables(text).split()
    spelled = ["".join(read[at:]) for at in range(len(read))]
    return any(one.startswith(wanted) for one in (*spelled, name_full(text)))


def is_spelled(typed: str) -> bool:
    """May this be pinyin? Nothing else asks for the readings."""
    return typed.isascii() and typed.isalpha()


def _surname(name: str) -> str:
    """The surname that a name begins with, when it has a reading of its own."""
    return next((name[:size] for size in (2, 1) if name[:size] in _SURNAMES), "")


# Surnames whose reading is not the common one of their characters.
_SURNAMES = {
    "单于": "chan yu", "万俟": "mo qi", "尉迟": "yu chi", "长孙": "zhang sun", "澹台": "tan tai",
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "查": "zha", "区": "ou", "盖": "ge",
    "朴": "piao", "翟": "zhai", "乐": "yue", "折": "she", "缪": "miao", "冼": "xian", "洗": "xian",
    "繁": "po", "秘": "bi", "员": "yun", "黑": "he", "覃": "qin", "召": "shao", "祭": "zhai",
    "种": "chong", "重": "chong", "谌": "chen", "任": "ren", "华": "hua", "盛": "sheng",
    "尹": "yin", "石": "shi", "幺": "yao", "宓": "mi", "逄": "pang", "晟": "cheng",
}  # fmt: skip


def _words(run: str) -> Iterator[str]:
    """A run of Chinese characters in words: the longest of the dictionary at each place."""
    known, longest, at = _readings().initials, _longest(), 0
    while at < len(run):
        size = longest.get(run[at : at + 2], 1)
        while size > 1 and run[at : at + size] not in known:
            size -= 1
        yield run[at : at + size]
        at += size


def _reading(word: str) -> str:
    """The syllables of a word, with blanks between."""
    known = _readings().syllables
    return known.get(word) or " ".join(filter(None, [known.get(one) for one in word]))


@dataclass(frozen=True, slots=True)
class _Readings:
    """Of characters, by their most common reading, and of words. `syllables` holds only the words
    that are not read as their characters are.
    """

    initials: dict[str, str]
    syllables: dict[str, str]


@cache
def _readings() -> _Readings:
    from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

    plain = cache(_plain)
    syllables = {chr(code): plain(reading) for code, reading in PINYIN_DICT.items()}
    known = {one: reading[:1] for one, reading in syllables.items()}
    for word, readings in PHRASES_DICT.items():
        if len(word) < 2:
            continue
        usual = [syllables.get(one, "") for one in word]
        read = [plain(each[0]) for each in readings] if len(readings) == len(word) else usual
        known[word] = "".join([each[:1] for each in read])
        if read != usual:
            syllables[word] = " ".join(filter(None, read))
    # Its own tables are 190,000 lists: each look for garbage would walk through them.
    for name in [name for name in sys.modules if name.partition(".")[0] == "pypinyin"]:
        del sys.modules[name]
    return _Readings(known, syllables)


@cache
def _longest() -> dict[str, int]:
    """How long the longest word is that begins with these two characters."""
    found: dict[str, int] = {}
    for word in _readings().initials:
        start = word[:2]
        if len(word) > found.get(start, 1):
            found[start] = len(word)
    return found


def _plain(reading: str) -> str:
    """The first of some readings, without its tone."""
    first = unicodedata.normalize("NFD", reading.partition(",")[0].replace("ü", "v"))
    letters = "".join(one for one in first.lower() if "a" <= one <= "z" or one == "\u0308")
    return letters.replace("u\u0308", "v").replace("\u0308", "")
