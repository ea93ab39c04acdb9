"""Migrations: from the first schema on, numbered, one transaction each, after a verified backup.

A new store is made with the present tables and marked with the present number; an older one walks
up the numbers. Triggers are made anew from models/base/triggers.py after each step. A newer store
is refused.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from peewee import IntegerField, Model

from models.base import triggers
from models.base.database import Row, database, transaction
from models.base.refusals import Refusal

Migration = Callable[[], None]


class StoreNewer(Refusal):
    """The store was written by a newer program."""


class NotAStore(Refusal):
    """The database holds no Deskbell store."""


class SchemaMark(Row):
    """The one row that says which schema this is."""

    number = IntegerField()


def create(tables: Sequence[type[Model]], latest: int) -> None:
    """Make all tables and triggers in an empty database, inside the caller's transaction."""
    database.create_tables([SchemaMark, *tables], safe=False)
    triggers.rebuild(tables)
    SchemaMark.create(number=latest)


def found() -> int:
    """The schema number of the opened database. Refuses: NotAStore."""
    if not database.table_exists(SchemaMark._meta.table_name):
        raise NotAStore()
    mark = SchemaMark.get_or_none()
    if mark is None:
        raise NotAStore()
    return int(mark.number)


def store_number() -> int:
    """The number of the store that the opened file holds."""
    return int(SchemaMark.get().store)


def is_empty() -> bool:
    """True for a database in which nothing was made yet."""
    return not database.table_exists(SchemaMark._meta.table_name)


def migrate(
    tables: Sequence[type[Model]],
    steps: Mapping[int, Migration],
    latest: int,
    back_up: Callable[[], None],
) -> list[int]:
    """Bring the store up to `latest`; the numbers that ran. Refuses: NotAStore, StoreNewer."""
    present = found()
    if present > latest:
        raise StoreNewer(found=present, known=latest)
    todo = [number for number in sorted(steps) if present < number <= latest]
    if todo:
        back_up()
    for number in todo:
        with transaction():
            steps[number]()
            triggers.rebuild(tables)
            SchemaMark.update(number=number).execute()
    return todo
