"""Reading watched rows as the database stores them, and making good those of an older store."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from peewee import Model

from models.base.database import database
from models.base.hot import Statement, rows_in
from models.base.watching import Raw, Watch, put_mark, watch_of

_PAGE = 500


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

    def count(self) -> int:
        """How many there are."""
        row = self._count.row()
        assert row is not None
        return int(row[0])


def mark_all(table: type[Model]) -> None:
    """Give every row of a table its mark: where a migration made the column."""
    rows = WatchedRows(table)
    for page in rows.pages():
        for row in page:
            put_mark(database, rows.watch, row)
