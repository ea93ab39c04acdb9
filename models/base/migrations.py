"""Migrations: from the first schema on, numbered, one transaction each, after a verified backup.

A new store is made with the present tables and marked with the present number; an older one walks
up the numbers. Triggers are made anew from models/base/triggers.py after each step. A newer store
is refused. How to change a table: docs/engineer/database.md.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from functools import partial
from zlib import crc32

from peewee import IntegerField, Model

from models.base import schema, triggers
from models.base.database import Row, classified, database, is_sqlite, transaction
from models.base.hot import query
from models.base.refusals import Refusal

# The schema of this program. What is written for good says under which it was written.
SCHEMA = 2

Step = Callable[[], None]


class StoreNewer(Refusal):
    """The store was written by a newer program."""


class NotAStore(Refusal):
    """The database holds no Deskbell store."""


class SchemaMark(Row):
    """The one row that says which schema this is."""

    number = IntegerField(primary_key=True)


def create(tables: Sequence[type[Model]]) -> None:
    """Make all tables and triggers in an empty database, inside the caller's transaction."""
    database.create_tables([SchemaMark, *tables], safe=False)
    triggers.rebuild(tables)
    SchemaMark.create(number=SCHEMA)


def found() -> int:
    """The schema number of the opened database. Refuses: NotAStore, StoreNewer."""
    if not database.table_exists(SchemaMark._meta.table_name):
        raise NotAStore()
    mark = SchemaMark.get_or_none()
    if mark is None:
        raise NotAStore()
    if mark.number > SCHEMA:
        raise StoreNewer(found=mark.number, known=SCHEMA)
    return int(mark.number)


def look_whole(tables: Callable[[], Sequence[type[Model]]]) -> None:
    """Ask each table for all its columns, and for no row: a file whose description of itself is
    damaged is noticed at its opening, not at the first sale.

    To load all tables takes a sixth of the start. So the sum of a description that was whole is
    kept in the head of the file, and one that is the same is not looked at again. It is no proof:
    whoever changes the file can change it too, and `verify` compares each word (check 9).
    """
    described = _sum_of_description() if is_sqlite() else None
    if described is not None and query("PRAGMA user_version") == [(described,)]:
        return
    for table in tables():
        name, fields = table._meta.table_name, table._meta.sorted_fields
        # With the table's name: SQLite takes a quoted word that is no column for a text.
        columns = ", ".join(f'"{name}"."{field.column_name}"' for field in fields)
        query(f'SELECT {columns} FROM "{name}" LIMIT 0')
    if described is not None:
        # A full disk is told by the first work, not here.
        with suppress(Refusal), classified():
            query(f"PRAGMA user_version = {described}")


def _sum_of_description() -> int:
    """As the signed 32 bits that the head of a file has room for."""
    return crc32(repr(sorted(schema.found().items())).encode()) - (1 << 31)


def store_number() -> int:
    """The number of the store that the opened file holds."""
    return int(SchemaMark.get().store)


def is_empty() -> bool:
    """True for a database in which nothing was made yet."""
    return not database.table_exists(SchemaMark._meta.table_name)


def migrate(
    tables: Sequence[type[Model]],
    steps: Mapping[int, Step],
    *,
    back_up: Callable[[], str],
    noted: Callable[[int, str], None],
) -> list[int]:
    """Bring the store up to the present schema; the numbers that ran. `back_up` comes first and
    names the copy; `noted(number, copy)` ends each step inside its transaction.

    Refuses: NotAStore, StoreNewer.
    """
    todo = list(range(found() + 1, SCHEMA + 1))
    if not todo:
        return []
    copy = back_up()
    return [n for n in todo if _step(tables, n, steps[n], partial(noted, n, copy))]


def _step(
    tables: Sequence[type[Model]], number: int, step: Step, noted: Callable[[], None]
) -> bool:
    """One step; False when another counter was faster."""
    # A table that is put in the place of another must not drag the references of others with it.
    # Inside a transaction SQLite does not listen.
    _set_references(on=False)
    try:
        with transaction():
            lock = "" if is_sqlite() else " FOR UPDATE"
            if query(f'SELECT "number" FROM "schema_mark"{lock}') != [(number - 1,)]:
                return False
            triggers.drop_all()
            step()
            triggers.rebuild(tables)
            # Not by its declaration: the step may have made this table anew as well.
            database.execute_sql(f'UPDATE "schema_mark" SET "number" = {number}')
            noted()
            if is_sqlite():
                assert not query("PRAGMA foreign_key_check")
    finally:
        _set_references(on=True)
    return True


def _set_references(*, on: bool) -> None:
    if is_sqlite():
        query(f"PRAGMA foreign_keys = {int(on)}")
        query(f"PRAGMA legacy_alter_table = {int(not on)}")
