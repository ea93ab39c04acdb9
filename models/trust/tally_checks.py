"""No marked row was taken away, or put back to what it once was: a table must hold as many rows as
the program left there, and their marks must come to the same sum (models/base/tallies.py). Nor was
that sum put back with them: no tally was written less often than the newest sign-in tells. Number
12.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from models.base.findings import Check, Found
from models.base.hot import Statement
from models.base.tallies import kept, standing, times_written
from models.base.watching import watch_of
from models.trust.audit import SIGN_IN, TALLIES
from models.trust.trades_used import looked_at

# The newest sign-in of each register.
_SIGNED_IN = Statement(
    'SELECT "register", "detail" FROM "audit" a WHERE "verb" = ? AND "seq" = (SELECT max("seq") '
    'FROM "audit" b WHERE b."register" = a."register" AND b."verb" = a."verb")'
)
# A start looks at tables of at most so many rows.
_QUICK = 2_000


def _tallies(quick: bool) -> Iterator[Iterable[Found]]:
    for table in looked_at(quick):
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
    yield list(_put_back())


def _put_back() -> Iterator[Found]:
    """Tallies of an older state than the log of their register knows."""
    for register, detail in _SIGNED_IN.rows(SIGN_IN):
        now = times_written(register)
        for name, times in sorted(json.loads(detail).get(TALLIES, {}).items()):
            if now.get(name, 0) < times:
                yield Found(f"{register}:{name}", {}, "TallyPutBack")


TALLY_CHECK = Check(12, "RowsPutBack", _tallies)
