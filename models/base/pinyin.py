"""Pinyin initials (拼音首字母): what a cashier types for a Chinese name. 可口可乐 is kkkl."""

from __future__ import annotations

MOST = 60


def load() -> None:
    """Load the readings, a quarter of a second: for a place where nobody waits."""
    import pypinyin  # noqa: F401


def initials(text: str, most: int = MOST) -> str:
    """The initials of the Chinese characters of a name, in small letters; other text has none.

    Whole words decide how a character is read: 重庆 is cq. A wrong one is corrected by hand.
    """
    if not has_chinese(text):
        return ""
    from pypinyin import Style, lazy_pinyin

    read = lazy_pinyin(text, style=Style.FIRST_LETTER, errors="ignore")
    return "".join(one for one in read if one.isascii() and one.isalpha())[:most]


def has_chinese(text: str) -> bool:
    """Is there a Chinese character in the text?"""
    return any("\u3400" <= one <= "\u9fff" or one >= "\U00020000" or one == "〇" for one in text)
