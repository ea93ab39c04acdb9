"""How many marked rows each table has, and what their marks come to: a row that was deleted beside
the program leaves no mark behind, and one that was put back to what it once was has a right one.

Each register keeps the tallies of what it wrote itself, so that no two counters write one row; a
table's tally is the sum over all registers. What a transaction wrote is counted where rows are
saved (watching.py) and added once, before its commit. The row of a tally carries a mark as well:
with the file alone nobody can make the sums agree again. It says how often it was written, and each
sign-in tells that to the audit log: one that is put back to an older state, together with the rows,
was written less often than the log knows.
"""

from __future__ import annotations

from dataclasses import dataclass

from peewee import BigIntegerField, CharField, CompositeKey, IntegerField

from models.base import keys, watching
from models.base.database import Row, after_rollback, before_commit, on_sqlite, store_number
from models.base.hot import Statement
from models.base.watching import Counted, MarkField


class RowTally(Row):
    """What one register wrote of one table: rows made less rows deleted, the sum of their marks as
    64 bits, and in how many transactions.
    """

    register = IntegerField()
    name = CharField(max_length=40)
    rows = BigIntegerField()
    marks = BigIntegerField()
    times = BigIntegerField()
    mark = MarkField()

    class Meta:
        primary_key = CompositeKey("register", "name")
        without_rowid = on_sqlite
        is_tally = True


@dataclass(slots=True)
class _Stored:
    """A tally as it is stored. One that was wrong when it was read stays so, whatever is added:
    writing on must not make good what somebody did to it.
    """

    rows: int
    marks: int
    times: int
    mark: int
    is_wrong: bool


# What this process stored last, by register and table: nothing is read before it is written again.
_stored: dict[tuple[int, str], _Stored] = {}

_READ = Statement(
    'SELECT "store", "register", "name", "rows", "marks", "times", "mark" FROM "row_tally" '
    'WHERE "register" = ? AND "name" = ?'
)
_NEW = Statement(
    'INSERT INTO "row_tally" ("store", "register", "name", "rows", "marks", "times", "mark") '
    "VALUES (?, ?, ?, ?, ?, ?, ?)"
)
# The mark stands for all that was stored last: another process at this register is noticed by it.
_CHANGE = Statement(
    'UPDATE "row_tally" SET "rows" = ?, "marks" = ?, "times" = ?, "mark" = ? '
    'WHERE "register" = ? AND "name" = ? AND "mark" = ?'
)
_TIMES = Statement('SELECT "name", "times" FROM "row_tally" WHERE "register" = ?')
_OF = Statement('SELECT "rows", "marks" FROM "row_tally" WHERE "name" = ?')
# The sum over all rows does not fit into 64 bits: the halves are added up apart.
_STANDS = 'SELECT count(*), sum("mark" & 4294967295), sum("mark" >> 32) FROM "{}"'


def keep_tallies() -> None:
    """Add what the transaction wrote to this register's tallies."""
    for name, more in watching.counted().items():
        if more != (0, 0):
            _add(keys.register_in_use(), name, more)


def _add(register: int, name: str, more: Counted) -> None:
    before = _stored.get((register, name)) or _read(register, name)
    while not _write(register, name, before, _after(register, name, before, more)):
        before = _read(register, name)


def _read(register: int, name: str) -> _Stored | None:
    row = _READ.row(register, name)
    if row is None:
        return None
    *_, rows, marks, times, mark = row
    return _Stored(rows, marks, times, mark, is_wrong=_mark(*row[:-1]) != mark)


def _after(register: int, name: str, before: _Stored | None, more: Counted) -> _Stored:
    (rows, marks), times, is_wrong = more, 1, False
    if before is not None:
        rows, marks, is_wrong = before.rows + rows, before.marks + marks, before.is_wrong
        times += before.times
    marks = _wrapped(marks)
    # Another mark than the right one, where it must stay wrong.
    mark = _mark(store_number(), register, name, rows, marks, times) ^ is_wrong
    return _Stored(rows, marks, times, mark, is_wrong)


def _write(register: int, name: str, before: _Stored | None, after: _Stored) -> bool:
    """Store a tally over the one before; False when it is not the one that is there."""
    values = (after.rows, after.marks, after.times, after.mark)
    if before is None:
        _NEW.run(store_number(), register, name, *values)
    elif _CHANGE.run(*values, register, name, before.mark) != 1:
        return False
    _stored[register, name] = after
    return True


def _mark(*row: int | str) -> int:
    watch = watching.watch_of(RowTally)
    assert watch is not None
    return watch.mark_of(row)


def _wrapped(value: int) -> int:
    """A sum as signed 64 bits."""
    return (value + (1 << 63)) % (1 << 64) - (1 << 63)


def times_written(register: int) -> dict[str, int]:
    """How often this register's tallies were written, by table."""
    return dict(_TIMES.rows(register))


def kept(name: str) -> Counted:
    """How many rows a table should have, and the sum of their marks."""
    added = [*_OF.rows(name), watching.counted().get(name, (0, 0))]
    return sum(rows for rows, _ in added), _wrapped(sum(marks for _, marks in added))


def standing(name: str) -> Counted:
    """How many rows a table has, and the sum of their marks."""
    row = Statement(_STANDS.format(name)).row()
    assert row is not None
    return int(row[0]), _wrapped(int(row[1] or 0) + (int(row[2] or 0) << 32))


def tally_as_it_is(name: str) -> None:
    """From now on the table's rows are those that it should have: after a migration."""
    (rows, marks), (rows_kept, marks_kept) = standing(name), kept(name)
    _add(keys.register_in_use(), name, (rows - rows_kept, marks - marks_kept))


before_commit.append(keep_tallies)
after_rollback.append(_stored.clear)
