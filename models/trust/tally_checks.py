"""No marked row was taken away, or put back to what it once was: a table must hold as many rows as
the program left there, and their marks must come to the same sum (models/base/tallies.py).
Number 12.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from models.base.findings import Check, Found
from models.base.tallies import kept, standing
from models.base.watching import watch_of
from models.trust import trades

# A start looks at tables of at most so many rows.
_QUICK = 2_000


def _tallies(quick: bool) -> Iterator[Iterable[Found]]:
    for table in trades.tables():
        watch = watch_of(table)
        if watch is None or not watch.is_counted:
            continue
        rows, marks = kept(watch.name)
        if quick and rows > _QUICK:
            continue
        found, sum_found = standing(watch.name)
        if found < rows:
            yield [Found(watch.name, {"rows": rows - found}, "RowsTakenAway")]
        elif found > rows:
            yield [Found(watch.name, {"rows": found - rows}, "RowsPutIn")]
        else:
            yield [Found(watch.name, {})] if sum_found != marks else []


TALLY_CHECK = Check(12, "RowsPutBack", _tallies)
