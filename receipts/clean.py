"""Text from people, made harmless: names, goods, notes. And how wide it is on paper.

A Chinese receipt printer gives every character as many cells as it has bytes in GB18030: one or
two. That is not the width of a terminal: 448 characters differ, such as × “ ” … — ° é.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

from models.base.texts import is_control

MISSING = "□"
LATIN_ENCODING = "cp858"

# What a printer has not, but has something as good for. U+00A5 would take four bytes in GB18030
# and come out as two wrong characters.
_SUBSTITUTES = {
    "¥": "￥",
    "£": "￡",
    "¢": "￠",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "đ": "d",
    "Đ": "D",
    "ł": "l",
    "Ł": "L",
    "æ": "ae",
    "Æ": "AE",
    "œ": "oe",
    "Œ": "OE",
    "\u2011": "-",
    "\u2012": "-",
    "\u2212": "-",
    "\u2022": "·",
}
_LATIN_FROM_WIDE = {"￥": "¥", "￡": "£", "￠": "¢", "，": ",", "：": ":", "（": "(", "）": ")"}


@dataclass(frozen=True, slots=True)
class Cleaned:
    """`lost` are the characters that the printer cannot print and that came out as □ or "?"."""

    text: str
    lost: str = ""


def clean_for_paper(text: str, codepage: str = "gb18030") -> Cleaned:
    """The text with nothing in it but characters that this printer prints, on one line."""
    plain = "".join(map(_as_printable, unicodedata.normalize("NFC", text)))
    printed: list[str] = []
    lost: list[str] = []
    for one in plain:
        substitute = _printable(one, codepage)
        if substitute is None:
            lost.append(one)
            substitute = missing_mark(codepage)
        printed.append(substitute)
    return Cleaned("".join(printed), "".join(lost))


def missing_mark(codepage: str) -> str:
    """What stands on paper for a character that the printer does not have."""
    return MISSING if codepage == "gb18030" else "?"


def cells(text: str, codepage: str = "gb18030") -> int:
    """How many cells cleaned text takes on paper."""
    if codepage != "gb18030" or text.isascii():
        return len(text)
    return len(text.encode("gb18030"))


def _as_printable(one: str) -> str:
    if unicodedata.category(one) in ("Zs", "Zl", "Zp") or one in "\t\n\r\v\f":
        # The wide space of Chinese text keeps its width.
        return one if one in " \u3000" else " "
    return "" if is_control(one) else one


def _printable(one: str, codepage: str) -> str | None:
    if one.isascii():
        return one
    if codepage == "gb18030":
        return _in_gb18030(one)
    return _in_latin(one)


@cache
def _in_gb18030(one: str) -> str | None:
    # Cheap printers know only the two-byte part, and nothing in the private areas.
    if len(one.encode("gb18030")) == 2 and unicodedata.category(one) not in ("Co", "Cn"):
        return one
    return _SUBSTITUTES.get(one) or _without_accents(one)


@cache
def _in_latin(one: str) -> str | None:
    one = _LATIN_FROM_WIDE.get(one, one)
    try:
        one.encode(LATIN_ENCODING)
    except UnicodeEncodeError:
        substitute = _SUBSTITUTES.get(one)
        return substitute if substitute and substitute.isascii() else _without_accents(one)
    return one


def _without_accents(one: str) -> str | None:
    """ñ as n, ﬁ as fi, ① as 1; a combining mark alone as nothing."""
    if unicodedata.category(one) in ("Mn", "Me"):
        return ""
    plain = "".join(
        part
        for part in unicodedata.normalize("NFKD", one)
        if unicodedata.category(part) not in ("Mn", "Me")
    )
    return plain if plain and plain.isascii() and plain.isprintable() else None
