"""What migrations are written with: tables made, brought to another shape, given up.

A table is declared once, as it is now. `reshape` brings the one that an older program made to that,
so a step says only what the declaration cannot: what a new column holds in the rows there are, and
which old columns nobody misses.
"""

from __future__ import annotations

from collections.abc import Sequence

from peewee import Field, ForeignKeyField, Model

from models.base import schema
from models.base.database import database, is_sqlite
from models.base.hot import query


def create(*tables: type[Model]) -> None:
    """Make tables that an older store lacks; one that is there already stays."""
    database.create_tables([table for table in tables if not table.table_exists()], safe=False)


def drop(name: str) -> None:
    """Give up a table and its rows."""
    database.execute_sql(f'DROP TABLE IF EXISTS "{name}"')


def reshape(table: type[Model], *, gone: Sequence[str] = (), **filled: str) -> None:
    """Bring a table to the columns and indexes it is declared with, rows and all.

    `filled` says what a column holds from now on, as SQL over the row as it was: needed for a new
    one that may not be empty. `gone` names old columns whose values are lost. A table that is not
    there yet is made. Raises LookupError for a column that nothing is said of.
    """
    if not table.table_exists():
        create(table)
        return
    name = str(table._meta.table_name)
    before = {column.name for column in database.get_columns(name)}
    wanted = {field.column_name: field for field in table._meta.sorted_fields}
    unsaid = [n for n in before - wanted.keys() if n not in gone]
    unsaid += [
        n for n, field in wanted.items() if n not in before | filled.keys() and not field.null
    ]
    if unsaid:
        raise LookupError(f"{name}: nothing is said of {', '.join(sorted(unsaid))}")
    values = {n: filled.get(n, f'"{n}"' if n in before else "NULL") for n in wanted}
    if is_sqlite():
        _rebuilt(table, values)
    else:
        _altered(table, before, values)


def _rebuilt(table: type[Model], values: dict[str, str]) -> None:
    """SQLite: a new table takes the rows and the name of the old one, so that the file says the
    same of it as that of a new store.
    """
    name, (made, *indexes) = table._meta.table_name, schema.statements(table)
    database.execute_sql(made.replace(f'CREATE TABLE "{name}"', f'CREATE TABLE "{name} new"', 1))
    columns = ", ".join(f'"{column}"' for column in values)
    database.execute_sql(
        f'INSERT INTO "{name} new" ({columns}) SELECT {", ".join(values.values())} FROM "{name}"'
    )
    database.execute_sql(f'DROP TABLE "{name}"')
    database.execute_sql(f'ALTER TABLE "{name} new" RENAME TO "{name}"')
    for statement in indexes:
        database.execute_sql(statement)


def _altered(table: type[Model], before: set[str], values: dict[str, str]) -> None:
    """PostgreSQL: column by column, in the order that the server wants."""
    name, keys = table._meta.table_name, [f.column_name for f in table._meta.get_primary_keys()]
    is_rekeyed = keys != list(database.get_primary_keys(name))
    given_up = [f'DROP INDEX "{index}"' for (index,) in query(_INDEXES, f'"{name}"')]
    given_up += [f'ALTER TABLE "{name}" DROP CONSTRAINT "{name}_pkey"'] * is_rekeyed
    typed = [_typed(field, is_new=field.column_name not in before) for field in _fields(table)]
    said = {column: text for column, text in values.items() if text not in ("NULL", f'"{column}"')}
    sets = ", ".join(f'"{column}" = {text}' for column, text in said.items())
    filled = [f'UPDATE "{name}" SET {sets}'] * bool(said)
    last = [_nullable(f) for f in _fields(table) if f.column_name not in keys or is_rekeyed]
    last += [
        f'ADD FOREIGN KEY ("{field.column_name}") REFERENCES '
        f'"{field.rel_model._meta.table_name}" ("{field.rel_field.column_name}")'
        for field in _fields(table)
        if isinstance(field, ForeignKeyField) and field.column_name not in before
    ]
    last += [f'DROP COLUMN "{column}"' for column in sorted(before - values.keys())]
    last += [f"ADD PRIMARY KEY ({', '.join(keys)})"] * is_rekeyed
    typed, last = ([f'ALTER TABLE "{name}" {change}' for change in each] for each in (typed, last))
    for statement in (*given_up, *typed, *filled, *last, *schema.statements(table)[1:]):
        database.execute_sql(statement)


_INDEXES = (
    "SELECT c.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "WHERE i.indrelid = ?::regclass AND NOT i.indisprimary"
)


def _fields(table: type[Model]) -> list[Field]:
    return list(table._meta.sorted_fields)


def _typed(field: Field, *, is_new: bool) -> str:
    verb = "ADD COLUMN" if is_new else "ALTER COLUMN"
    return f'{verb} "{field.column_name}"{"" if is_new else " TYPE"} {schema.column_type(field)}'


def _nullable(field: Field) -> str:
    return f'ALTER COLUMN "{field.column_name}" {"DROP" if field.null else "SET"} NOT NULL'
