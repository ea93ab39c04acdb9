"""Rows that decide something must be those that the program saved: their keyed marks are looked at
(models/base/watching.py). Number 10.

A row that was put in, altered, or moved to another key has a wrong mark. One that was taken away
leaves none behind; what the log tells is compared by told_checks.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from models.base.findings import Check, Found
from models.base.watched_rows import rows_of
from models.base.watching import watch_of
from models.trust.trades_used import looked_at

# A start looks at tables of at most so many rows: all that decide but long lists of goods.
_QUICK = 2_000


def _marks(quick: bool) -> Iterator[Iterable[Found]]:
    for table in looked_at(quick):
        watch = watch_of(table)
        if watch is None or watch.mark_place is None:
            continue
        rows = rows_of(table)
        if quick and rows.count() > _QUICK:
            continue
        for page in rows.pages():
            wrong = [row for row in page if not watch.is_right(row)]
            yield [Found(f"{watch.name} {_key(watch.key_of(row))}", {}) for row in wrong]


def _key(key: Any) -> str:
    return " ".join(map(str, key)) if isinstance(key, list) else str(key)


MARK_CHECK = Check(10, "MarkWrong", _marks)
