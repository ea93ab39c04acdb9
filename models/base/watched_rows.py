"""Reading watched rows as the database stores them, and making good those of an older store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from peewee import Model

from models.base.canonical import to_json
from models.base.hot import Statement, rows_in
from models.base.watching import Raw, Watch, watch_of

_PAGE = 500
T = TypeVar("T")


class WatchedRows:
    """All rows of a watched table, page after page in the order of their keys, or some."""

    def __init__(self, table: type[Model]) -> None:
        watch = watch_of(table)
        assert watch is not None, table.__name__
        self.watch: Watch = watch
        self._keys = [f'"{watch.fields[place].column_name}"' for place in watch.keys]
        named = ", ".join(f'"{field.column_name}"' for field in watch.fields)
        order, marks = ", ".join(self._keys), ", ".join("?" * len(self._keys))
        begin, end = f'SELECT {named} FROM "{watch.name}"', f"ORDER BY {order} LIMIT {_PAGE}"
        self._first = Statement(f"{begin} {end}")
        self._after = Statement(f"{begin} WHERE ({order}) > ({marks}) {end}")
        self._some = f"{begin} WHERE {self._keys[0]} IN (...)"
        pick = " AND ".join(f"{key} = ?" for key in self._keys)
        self._one = Statement(f"{begin} WHERE {pick}")
        self._set_mark = Statement(watch.set_mark)
        self._count = Statement(f'SELECT count(*) FROM "{watch.name}"')

    def pages(self) -> Iterator[list[Raw]]:
        """All rows; one look at the database each."""
        rows = self._first.rows()
        while rows:
            yield list(rows)
            rows = self._after.rows(*(rows[-1][place] for place in self.watch.keys))

    def beginning_with(self, firsts: Iterable[Any]) -> list[Raw]:
        """The rows whose key begins with one of these values."""
        wanted = sorted(set(firsts))
        return list(rows_in(self._some, wanted)) if wanted else []

    def at(self, *key: Any) -> Raw | None:
        """The row with this key."""
        return self._one.row(*key)

    def put_marks(self, rows: Iterable[Raw]) -> None:
        """Store the marks that belong to the rows' values."""
        watch, place = self.watch, self.watch.mark_place
        assert place is not None
        changed = [(watch.mark_of(row), row) for row in rows]
        self._set_mark.many((mark, *(row[n] for n in watch.keys)) for mark, row in changed)
        watch.count(0, sum(mark - row[place] for mark, row in changed))

    def keep_mark(self, row: Raw, *key: Any) -> None:
        """Give the row with this key, written over or made of another, the mark of a row that was
        wrong: it stays so.
        """
        place, now = self.watch.mark_place, self.at(*key)
        assert place is not None
        assert now is not None
        self._set_mark.run(row[place], *key)
        self.watch.count(0, row[place] - now[place])

    def count(self) -> int:
        """How many there are."""
        row = self._count.row()
        assert row is not None
        return int(row[0])


_readers: dict[type[Model], WatchedRows] = {}


def rows_of(table: type[Model]) -> WatchedRows:
    """The reader of a table, made once."""
    if table not in _readers:
        _readers[table] = WatchedRows(table)
    return _readers[table]


def are_as_saved(table: type[Model], firsts: Iterable[Any]) -> bool:
    """Are the marked rows whose key begins with one of these values what the program saved?"""
    return are_right(table, rows_of(table).beginning_with(firsts))


def are_right(table: type[Model], stored: Iterable[Raw]) -> bool:
    """The same of rows that were read already, all their columns."""
    return all(map(rows_of(table).watch.is_right, stored))


@contextmanager
def marked_anew(table: type[Model], firsts: Iterable[Any]) -> Iterator[None]:
    """Around a hot statement that changes marked rows with these keys: they get their marks. As in
    any saving, one whose mark was wrong keeps a wrong one.
    """
    rows, keys = rows_of(table), list(firsts)
    watch = rows.watch
    right = {to_json(watch.key_of(row)) for row in rows.beginning_with(keys) if watch.is_right(row)}
    yield
    changed = rows.beginning_with(keys)
    rows.put_marks(row for row in changed if to_json(watch.key_of(row)) in right)


def accept_rows(table: type[Model], firsts: Iterable[Any]) -> None:
    """Mark rows as they are, whatever was done to them: somebody who may looked at them."""
    rows = rows_of(table)
    rows.put_marks(rows.beginning_with(firsts))


def mark_all(table: type[Model]) -> None:
    """Give every row of a table its mark: where a migration made the column."""
    rows = WatchedRows(table)
    for page in rows.pages():
        rows.put_marks(page)


# A sum of whole marks would pass 64 bits.
_PART = 1_000_000_007


def stamp_of(table: type[Model], where: str) -> Statement:
    """A look at the rows of a marked table with versions for which the text `where` holds: another
    row when one of them is made, changed or taken away. The number of rows and the versions alone
    would not tell that one came in the place of another; the marks say what is in them.
    """
    name = table._meta.table_name
    parts = f'count(*), sum("version"), sum("mark" % {_PART})'
    return Statement(f'SELECT {parts} FROM "{name}" WHERE {where}')


class KeptRows(Generic[T]):
    """What `read` gives, read once and again when one of the looks at what it reads gives another
    row. The first of them begins with how many there are: of none nothing else is asked.
    """

    def __init__(self, read: Callable[[], tuple[T, ...]], *looks: Statement) -> None:
        self._read, self._looks = read, looks
        self._stamp: list[Any] = []
        self._found: tuple[T, ...] = ()

    def found(self) -> tuple[T, ...]:
        """What there is now."""
        stamp = [self._looks[0].row()]
        if not stamp[0] or not stamp[0][0]:
            return ()
        stamp += [look.row() for look in self._looks[1:]]
        if stamp != self._stamp:
            self._found = self._read()
            self._stamp = stamp
        return self._found
