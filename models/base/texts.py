"""Text from people: what is invisible or breaks a line is taken out before it is stored."""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any

# What a Chinese input method, or a spreadsheet of one, makes of digits and letters.
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_DIGITS = {code: plain for code, plain in _NARROW.items() if chr(plain).isdigit()}


_SELECTORS = re.compile("[\ufe00-\ufe0f]")


def is_control(one: str) -> bool:
    """Control bytes, marks that turn the direction of text, invisible ones, half characters, and
    what is no character at all: one U+FFFE, and a spreadsheet takes the whole file for damaged.
    """
    return (
        unicodedata.category(one) in ("Cc", "Cf", "Cs")
        or "\ufe00" <= one <= "\ufe0f"
        or (ord(one) & 0xFFFE) == 0xFFFE
        or "\ufdd0" <= one <= "\ufdef"
    )


# Half of a character, which no encoding has, and a NUL, which PostgreSQL does not take.
_UNHELD = re.compile("[\ud800-\udfff\0]")


def is_held(text: str) -> bool:
    """Can a store on either engine hold this text?"""
    return _UNHELD.search(text) is None


def held(text: str) -> str:
    """The text with the sign for an unknown one where it holds what no store can."""
    return _UNHELD.sub("\ufffd", text)


def held_values(values: Any) -> Any:
    """Values of a statement with no text in them that no store can hold: such a one is asked for
    with the sign for an unknown one in its place, and found nowhere.
    """
    if not values or all(is_held(one) for one in values if type(one) is str):
        return values
    return [held(one) if type(one) is str else one for one in values]


def with_more(name: str, more: str) -> str:
    """A name with what tells two of one name apart behind it, unless it says that already."""
    return f"{name} {more}" if more and more not in name else name


def plain_json(value: Any, indent: int) -> str:
    """JSON for programs, readable by people, and shown by a terminal without harm: what it would
    obey, and what no encoding has, stands there as JSON's own escapes.
    """
    said = json.dumps(value, ensure_ascii=False, indent=indent, default=str)
    if said.isascii() and "\x7f" not in said:
        return said
    return "".join(json.dumps(one)[1:-1] if one != "\n" and is_obeyed(one) else one for one in said)


def is_obeyed(one: str) -> bool:
    """Would a terminal do something else with it than show it?"""
    return is_control(one) or one in "\u2028\u2029"


def one_line(text: str) -> str:
    """The text on one line, without what is invisible, and with single blanks."""
    if not text.isprintable() or _SELECTORS.search(text):
        text = "".join(one for one in text if one.isspace() or not is_control(one))
    return " ".join(text.split())


def has_words(text: str) -> bool:
    """Does it say anything? Digits and signs alone are no reason for what was done."""
    return any(one.isalpha() for one in text)


def narrow(text: str) -> str:
    """Full-width digits, letters and signs as narrow ones: for codes and numbers, not for names."""
    return text if text.isascii() else text.translate(_NARROW)


def plain_digits(text: str) -> str:
    """Full-width digits as narrow ones, and nothing else: for what somebody is typing."""
    return text if text.isascii() else text.translate(_DIGITS)
