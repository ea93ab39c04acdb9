"""Hot statements: SQL text that is built once and run with new values.

Plain peewee builds the text anew for each query, which costs 7.9 times raw SQL on a sale; kept text
costs 1.05 times. Only scan, sell, post, import and proof use this; everything else is plain peewee.

The text is written with ``?`` for each value and names in double quotes, which both engines read.
Values are what the columns store: whole numbers and text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from peewee import Model

from models.base.database import database, is_sqlite, looking
from models.base.texts import held_values
from models.base.watching import Watch, watch_of

R = TypeVar("R", bound=Model)


class Statement:
    """One statement whose text is kept."""

    def __init__(self, sql: str) -> None:
        self.sql = sql
        self._postgres = sql.replace("%", "%%").replace("?", "%s")

    def rows(self, *values: Any) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        return self._execute(values).fetchall()

    def row(self, *values: Any) -> tuple[Any, ...] | None:
        """The first row of a query, or None. All rows are read: an unread one holds the file."""
        found = self._execute(values).fetchall()
        return found[0] if found else None

    def run(self, *values: Any) -> int:
        """Change rows; how many were changed. A guarded update checks that it is one."""
        return self._execute(values).rowcount

    def many(self, rows: Iterable[Sequence[Any]]) -> int:
        """Run once for each row of values, in one round trip; how many rows were changed in all."""
        ready = rows if isinstance(rows, list) else list(rows)
        if not ready:
            return 0
        if is_sqlite():
            cursor = _cursor()
            cursor.executemany(self.sql, ready)
            return int(cursor.rowcount)
        with looking():
            cursor = _cursor()
            cursor.executemany(self._postgres, ready)
        return int(cursor.rowcount)

    def _execute(self, values: Sequence[Any]) -> Any:
        if is_sqlite():
            cursor = _cursor()
            try:
                cursor.execute(self.sql, values)
            except UnicodeEncodeError:
                cursor.execute(self.sql, held_values(values))
            return cursor
        values = held_values(values)
        with looking():
            cursor = _cursor()
            # Prepared from its first run on: the driver would wait for the sixth.
            cursor.execute(self._postgres, values, prepare=True)
        return cursor


_kept: list[Any] = [None]


def _cursor() -> Any:
    """The one cursor of the open connection: whoever runs a statement reads all of it at once."""
    opened, cursor = database.obj, _kept[0]
    # The connection of this thread, None of a closed store: asked for by its calls, it costs as
    # much as the text of a statement. Another thread has one of its own, and never gets this.
    if cursor is not None and opened is not None and cursor.connection is opened._state.conn:
        return cursor
    if opened is None or opened.is_closed():
        return database.cursor()
    _kept[0] = cursor = opened.connection().cursor()
    return cursor


def insert(row: type[Model], names: str, more: str = "") -> Statement:
    """INSERT of the named fields of one table; `more` follows, e.g. an ON CONFLICT clause. Of a
    watched table all fields are named that may not be empty, but the mark.
    """
    meta, watch = row._meta, watch_of(row)
    if watch is not None:
        return _WatchedInsert(watch, names.split(), more)
    fields = [meta.fields[name] for name in names.split()]
    return Statement(_insert(meta.table_name, [field.column_name for field in fields], more))


def delete(row: type[Model], where: str) -> MarkedDelete:
    """DELETE of the rows of a marked table for which the text `where` holds."""
    watch = watch_of(row)
    assert watch is not None
    assert watch.told is None, f"{watch.name}: delete told rows by peewee"
    return MarkedDelete(watch, where)


def _insert(table: str, columns: Sequence[str], more: str) -> str:
    named, marks = ", ".join(f'"{column}"' for column in columns), ", ".join("?" * len(columns))
    return f'INSERT INTO "{table}" ({named}) VALUES ({marks}) {more}'


class RowStatement(Statement):
    """Whole rows of one table for which the text `where` holds, as peewee would give them."""

    def __init__(self, row: type[Model], where: str) -> None:
        fields = list(row._meta.sorted_fields)
        named = ", ".join(f'"{field.column_name}"' for field in fields)
        super().__init__(f'SELECT {named} FROM "{row._meta.table_name}" WHERE {where}')
        self._row = row
        self._names = [field.name for field in fields]
        self._read = [field.python_value for field in fields]

    def found(self, *values: Any) -> list[Any]:
        """The rows for these values."""
        return [self.made(each) for each in self.rows(*values)]

    def made(self, values: Sequence[Any]) -> Any:
        """The row of what `rows` gave of it."""
        given = (read(value) for read, value in zip(self._read, values, strict=True))
        return row_with(self._row, zip(self._names, given, strict=True))


def row_with(
    row: type[R], values: Mapping[str, Any] | Iterable[tuple[str, Any]]
) -> R:  # fmt: skip
    """A row of these values by field, all that are needed of it: as one that was read. Peewee's own
    way asks for the default of each field first and sets them one by one.
    """
    made = row(__no_default__=1)
    made.__data__.update(values)
    return made


# Behind an INSERT: a row that is there already stays as it is, and none was inserted.
IF_NEW = "ON CONFLICT DO NOTHING"


class _WatchedInsert(Statement):
    """An INSERT of rows that are marked or told; an ON CONFLICT takes over what was given."""

    def __init__(self, watch: Watch, names: list[str], more: str) -> None:
        needed = {field.name for field in watch.fields if not field.null} - {"mark"}
        assert needed <= set(names), f"{watch.name}: {needed - set(names)}"
        keys = ", ".join(f'"{watch.fields[place].column_name}"' for place in watch.keys)
        self._is_marked, self._is_if_new = watch.mark_place is not None, more == IF_NEW
        assert not self._is_if_new or watch.told is None, f"{watch.name}: what is told is written"
        self._is_upsert = bool(more) and self._is_marked and not self._is_if_new
        if self._is_upsert:
            # What stood there before is looked for by the key.
            assert f"ON CONFLICT ({keys}) DO UPDATE" in more, f"{watch.name}: {more}"
            more += ', "mark" = excluded."mark"'
        super().__init__(_insert(watch.name, [field.column_name for field in watch.fields], more))
        self._watch = watch
        # Where each column's value stands among those given, None for one that stays empty; the
        # mark is made.
        given = {name: place for place, name in enumerate(names)}
        self._places = [given.get(field.name) for field in watch.fields]

        every = ", ".join(f'"{field.column_name}"' for field in watch.fields)
        named = f'SELECT {every} FROM "{watch.name}" WHERE '
        self._one = Statement(named + " AND ".join(f"{key} = ?" for key in keys.split(", ")))
        self._some = f"{named}{keys.split(', ', maxsplit=1)[0]} IN (...)"

    def run(self, *values: Any) -> int:
        ready = self._ready(values)
        if self._is_marked and not self._is_if_new:
            self._count([ready], self._one.rows(*self._key(ready)) if self._is_upsert else [])
        done = super().run(*ready)
        if done and self._is_if_new:
            self._count([ready], [])
        return done

    def many(self, rows: Iterable[Sequence[Any]]) -> int:
        ready = [self._ready(row) for row in rows]
        assert not self._is_if_new
        if self._is_marked:
            firsts = [self._key(row)[0] for row in ready] if self._is_upsert else []
            self._count(ready, rows_in(self._some, firsts))
        return super().many(ready)

    def _key(self, row: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(row[place] for place in self._watch.keys)

    def _count(self, rows: Sequence[list[Any]], found: Sequence[Sequence[Any]]) -> None:
        """Count what is to be written, over the rows that are found there. One whose mark was wrong
        keeps a wrong one: saving it must not make good what somebody did to it.
        """
        watch = self._watch
        place = watch.mark_place
        assert place is not None
        if not self._is_upsert:
            watch.count(len(rows), sum(row[place] for row in rows))
            return
        marks = {self._key(row): row[place] for row in found}
        wrong = {self._key(row) for row in found if not watch.is_right(row)}
        for row in rows:
            key = self._key(row)
            before = marks.get(key)
            if before is not None and key in wrong:
                row[place] = before
            watch.count(int(before is None), row[place] - (before or 0))
            marks[key] = row[place]

    def _ready(self, values: Sequence[Any]) -> list[Any]:
        return self._watch.written([None if n is None else values[n] for n in self._places])


class MarkedDelete(Statement):
    """A DELETE of marked rows."""

    def __init__(self, watch: Watch, where: str) -> None:
        super().__init__(f'DELETE FROM "{watch.name}" WHERE {where} RETURNING "mark"')
        self._known = Statement(f'DELETE FROM "{watch.name}" WHERE {where}')
        self._watch = watch

    def run(self, *values: Any) -> int:
        gone = self.rows(*values)
        self._watch.count_gone(mark for (mark,) in gone)
        return len(gone)

    def run_known(self, known: Sequence[Sequence[Any]], *values: Any) -> int:
        """The same of the very rows that this transaction read before, and nobody but it changed:
        their marks need not be given back one by one.
        """
        gone, place = self._known.run(*values), self._watch.mark_place
        assert place is not None
        assert gone in (0, len(known)), f"{self._watch.name}: {gone} of {len(known)}"
        if gone:
            self._watch.count_gone(row[place] for row in known)
        return gone

    def many(self, rows: Iterable[Sequence[Any]]) -> int:
        return sum(self.run(*row) for row in rows)


_MARKS = "(...)"
_in_lists: dict[tuple[str, int], Statement] = {}


def rows_in(sql: str, values: Sequence[Any], *before: Any) -> list[tuple[Any, ...]]:
    """Run a query whose text holds ``IN (...)`` for these values; `before` fill marks before it.

    Lists are filled up to a power of two with their last value, so that few texts are kept.
    """
    found: list[tuple[Any, ...]] = []
    for start in range(0, len(values), _IN_MOST):
        part = list(values[start : start + _IN_MOST])
        size = 1 << (len(part) - 1).bit_length()
        if (sql, size) not in _in_lists:
            marks = ", ".join("?" * size)
            _in_lists[sql, size] = Statement(sql.replace(_MARKS, f"({marks})"))
        part += part[-1:] * (size - len(part))
        found += _in_lists[sql, size].rows(*before, *part)
    return found


def pointed_at(uses: Iterable[tuple[str, str]], keys: Iterable[int]) -> set[int]:
    """Which of these keys stand in a column of `uses`, (table, column) each."""
    asked, found = list(keys), set[int]()
    for table, column in uses:
        sql = f'SELECT DISTINCT "{column}" FROM "{table}" WHERE "{column}" IN (...)'
        found.update(row[0] for row in rows_in(sql, asked))
    return found


# SQLite takes 32,766 values, PostgreSQL 65,535.
_IN_MOST = 1024


def query(sql: str, *values: Any) -> list[tuple[Any, ...]]:
    """Run SQL text written with ``?`` on either engine, once, and give all its rows."""
    return Statement(sql).rows(*values)
