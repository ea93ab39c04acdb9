"""The names that a store begins with, of roles, departments, services, places: written in Chinese
and English, and kept in both or in one language.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from models.base.database import Row

# The Chinese name, a blank, the English one: 总台 Front.
_BOTH = re.compile(r"(\S*[\u4e00-\u9fff]\S*) ([A-Za-z].*)")


def named(shipped: str, language: str) -> str:
    """A name that is written in both languages, in one of them."""
    found = _BOTH.fullmatch(shipped)
    return shipped if found is None else found[2 if language == "en" else 1]


def is_called(stored: str, shipped: str) -> bool:
    """Is it this name, in both languages or in one?"""
    return stored in (shipped, named(shipped, "zh"), named(shipped, "en"))


def keep_one(tables: Iterable[type[Row]], language: str) -> None:
    """In a store that is being founded: of every name in both languages keep one."""
    for table in tables:
        if "name" not in table._meta.fields:
            continue
        for row in table.select():
            if (name := named(row.name, language)) != row.name:
                row.name = name
                row.save()
