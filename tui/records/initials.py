"""Pinyin initials of the program's own words, without a dictionary.

The first 3,755 characters of GB2312 stand in the order of their pinyin, so that the code tells the
initial. Our words use only those; of several readings the one of our words is given.
Names of goods and people have stored initials made with a dictionary (models), not these.
"""

from __future__ import annotations

from bisect import bisect_right

_STARTS = (
    0xB0A1,
    0xB0C5,
    0xB2C1,
    0xB4EE,
    0xB6EA,
    0xB7A2,
    0xB8C1,
    0xB9FE,
    0xBBF7,
    0xBFA6,
    0xC0AC,
    0xC2E8,
    0xC4C3,
    0xC5B6,
    0xC5BE,
    0xC6DA,
    0xC8BB,
    0xC8F6,
    0xCBFA,
    0xCDDA,
    0xCEF4,
    0xD1B9,
    0xD4D1,
    0xD7FA,
)
_LETTERS = "abcdefghjklmnopqrstwxyz"
# The reading in our words: 重打 chongda.
_READINGS = {"重": "c", "调": "d", "行": "h", "单": "d", "会": "h", "校": "j"}


def initials(words: str) -> str:
    """The pinyin initials of Chinese words; other characters as they are, in small letters."""
    return "".join(_initial(character) for character in words)


def _initial(character: str) -> str:
    if character.isascii() or character in _READINGS:
        return _READINGS.get(character, character).lower()
    code = int.from_bytes(character.encode("gb2312", "ignore"), "big")
    place = bisect_right(_STARTS, code) - 1
    return _LETTERS[place] if 0 <= place < len(_LETTERS) else character
