"""The engine's own limit for a sale as this store keeps it: the very rows, by plain SQL.

What the program writes while it sells is kept, statement by statement with its values, and written
once more into a copy of the same store: the same tables, indexes, references and triggers, the same
marks, hashes and sums (all of them known already), one durable commit. Nothing is read, proved or
worked out. So it is the least that the rows of a sale cost, as docs/engineer/trust.md wants them.
What any sale costs, with no more than it needs, is the other limit: bench/raw_sale.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest import mock

from pysqlite3 import dbapi2 as sqlite

from models.base import database
from models.base.database import _PRAGMAS
from models.base.hot import Statement

# A statement, its values, and whether these are many rows of values.
Write = tuple[str, Any, bool]
_WRITES = ("INSERT", "UPDATE", "DELETE")


@contextmanager
def recorded() -> Iterator[list[Write]]:
    """All that is written inside the block, by kept statements and by peewee."""
    kept: list[Write] = []
    one, many, plain = Statement._execute, Statement.many, database._File.execute_sql

    def keep(sql: str, values: Any, *, is_many: bool = False) -> None:
        if sql.startswith(_WRITES) and (values or not is_many):
            kept.append((sql, values, is_many))

    def execute(self: Statement, values: Any) -> Any:
        keep(self.sql, tuple(values))
        return one(self, values)

    def execute_many(self: Statement, rows: Any) -> int:
        ready = [tuple(row) for row in rows]
        keep(self.sql, ready, is_many=True)
        return many(self, ready)

    def execute_sql(self: Any, sql: str, params: Any = None) -> Any:
        keep(sql, tuple(params or ()))
        return plain(self, sql, params)

    with (
        mock.patch.object(Statement, "_execute", execute),
        mock.patch.object(Statement, "many", execute_many),
        mock.patch.object(database._File, "execute_sql", execute_sql),
    ):
        yield kept


class Copy:
    """A copy of a store, into which is written what was written into the store."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def write(self, writes: list[Write]) -> None:
        """The same rows, committed."""
        execute, many = self.connection.execute, self.connection.executemany
        execute("BEGIN IMMEDIATE")
        for sql, values, is_many in writes:
            if is_many:
                many(sql, values)
            else:
                execute(sql, values).fetchall()
        execute("COMMIT")


@contextmanager
def copied(path: Path) -> Iterator[Copy]:
    """A copy of the opened store at `path`, as it is now, under the same settings of the engine."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for file in path.parent.glob(f"{path.name}*"):
        file.unlink()
    connection: Any = sqlite.connect(str(path), isolation_level=None, cached_statements=256)
    try:
        database.database.connection().backup(connection)
        for name, value in _PRAGMAS:
            connection.execute(f"PRAGMA {name} = {value}").fetchall()
        yield Copy(connection)
    finally:
        connection.close()
