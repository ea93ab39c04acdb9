"""How many marked rows each table has, and what their marks come to: a row that was deleted beside
the program leaves no mark behind, and one that was put back to what it once was has a right one.

Each register keeps the tallies of what it wrote itself, so that no two counters write one row; a
table's tally is the sum over all registers. What a transaction wrote is counted where rows are
saved (watching.py) and added once, before its commit. The row of a tally carries a mark as well:
with the file alone nobody can make the sums agree again.
"""

from __future__ import annotations

from peewee import BigIntegerField, CharField, CompositeKey, IntegerField

from models.base import keys, watching
from models.base.database import Row, before_commit, store_number
from models.base.hot import Statement, insert
from models.base.watched_rows import rows_of
from models.base.watching import MarkField


class RowTally(Row):
    """What one register wrote of one table: rows made less rows deleted, and the sum of their marks
    as 64 bits.
    """

    register = IntegerField()
    name = CharField(max_length=40)
    rows = BigIntegerField()
    marks = BigIntegerField()
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("register", "name")
        is_tally = True


_PUT = insert(
    RowTally,
    "store register name rows marks",
    'ON CONFLICT ("register", "name") DO UPDATE SET "rows" = excluded."rows", '
    '"marks" = excluded."marks"',
)
_OF = Statement('SELECT "rows", "marks" FROM "row_tally" WHERE "name" = ?')
# The sum over all rows does not fit into 64 bits: the halves are added up apart.
_STANDS = 'SELECT count(*), sum("mark" & 4294967295), sum("mark" >> 32) FROM "{}"'


def keep_tallies() -> None:
    """Add what the transaction wrote to this register's tallies."""
    for name, (rows, marks) in watching.counted().items():
        if rows or marks:
            _add(keys.register_in_use(), name, rows, marks)


def _add(register: int, name: str, rows: int, marks: int) -> None:
    stored = rows_of(RowTally)
    before = stored.at(register, name)
    had = (0, 0) if before is None else (before[_ROWS], before[_SUM])
    _PUT.run(store_number(), register, name, had[0] + rows, _wrapped(had[1] + marks))
    if before is not None and not stored.watch.is_right(before):
        # Writing on must not make good what somebody did to it beside the program.
        stored.keep_mark(before, register, name)


_PLACES = [field.name for field in RowTally._meta.sorted_fields]
_ROWS, _SUM = _PLACES.index("rows"), _PLACES.index("marks")


def _wrapped(value: int) -> int:
    """A sum as signed 64 bits."""
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def kept(name: str) -> tuple[int, int]:
    """How many rows a table should have, and the sum of their marks."""
    added = [*_OF.rows(name), watching.counted().get(name, (0, 0))]
    return sum(rows for rows, _ in added), _wrapped(sum(marks for _, marks in added))


def standing(name: str) -> tuple[int, int]:
    """How many rows a table has, and the sum of their marks."""
    row = Statement(_STANDS.format(name)).row()
    assert row is not None
    return int(row[0]), _wrapped(int(row[1] or 0) + (int(row[2] or 0) << 32))


def tally_as_it_is(name: str) -> None:
    """From now on the table's rows are those that it should have: after a migration."""
    rows, marks = (now - before for now, before in zip(standing(name), kept(name), strict=True))
    _add(keys.register_in_use(), name, rows, marks)


before_commit.append(keep_tallies)
