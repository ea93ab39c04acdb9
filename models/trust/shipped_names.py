"""The names that a store begins with, of roles, departments, services, places: written in Chinese
and English, and kept in that of the store.
"""

from __future__ import annotations

import re

from models.trust import company

# The Chinese name, a blank, the English one: 总台 Front.
_BOTH = re.compile(r"(\S*[\u4e00-\u9fff]\S*) ([A-Za-z].*)")


def named(both: str, language: str) -> str:
    """A name that is written in both languages, in one of them."""
    found = _BOTH.fullmatch(both)
    return both if found is None else found[2 if language == "en" else 1]


def shipped(name: str) -> str:
    """What a row that the store begins with is called in it, from a name in both languages. Also
    when a trade is switched on later.
    """
    return named(name, company.language.value())


def is_called(stored: str, both: str) -> bool:
    """Is it this name, in both languages or in one?"""
    return stored in (both, named(both, "zh"), named(both, "en"))
