"""What a database is made of: tables, indexes, triggers, views; and what it should be made of.

Both sides are texts by name, such as ``index goods_code``. On SQLite they are the statements that
made the things, as the file keeps them; on PostgreSQL they are put together from its catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from peewee import Field, ForeignKeyField, Model

from models.base import triggers
from models.base.database import database, is_sqlite
from models.base.hot import query

Described = dict[str, str]


def declared(tables: Iterable[type[Model]]) -> Described:
    """Everything that a sound store of these tables has."""
    made = list(tables)
    guards = {f"trigger {name}": text for name, text in triggers.expected(made).items()}
    describe = _made_by if is_sqlite() else _declared_postgres
    return dict(pair for table in made for pair in describe(table)) | guards


def found() -> Described:
    """Everything that the opened store has."""
    if is_sqlite():
        # What SQLite makes for itself (sqlite_autoindex, sqlite_stat1) nobody else can make.
        rows = query(
            "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
        )
        return {f"{kind} {name}": text for kind, name, text in rows}
    guards = {f"trigger {name}": text for name, text in triggers.found_postgres().items()}
    return dict(_relations()) | dict(_indexes()) | guards | dict(_rules())


def owners() -> dict[str, str]:
    """Of everything that the opened store has the table that it belongs to; a view is its own."""
    if is_sqlite():
        rows = query("SELECT type, name, tbl_name FROM sqlite_master")
        return {f"{kind} {name}": table for kind, name, table in rows}
    found = {f"{_KINDS[kind]} {name}": name for _, kind, name, _ in query(_RELATIONS)}
    return found | {f"{kind} {name}": table for kind, name, table in query(_OWNED)}


def statements(table: type[Model]) -> tuple[str, ...]:
    """The statements that make a table and its indexes."""
    fields = tuple(table._meta.sorted_field_names)
    return _statements(table, is_sqlite(), fields)  # type: ignore[arg-type]


@cache
def _statements(table: type[Model], _on_sqlite: bool, _fields: tuple[str, ...]) -> tuple[str, ...]:
    """Kept, because putting them together is a third of a whole `verify`."""
    schema = table._schema
    made = [schema._create_table(safe=False), *schema._create_indexes(safe=False)]
    return tuple(str(each.query()[0]) for each in made)


def _made_by(table: type[Model]) -> Iterator[tuple[str, str]]:
    for text in statements(table):
        kind, name = re.match(r'CREATE (?:UNIQUE )?(\w+) "(\w+)"', text).groups()  # type: ignore[union-attr]
        yield f"{kind.lower()} {name}", text


# --- PostgreSQL: as the catalogue says it


def _declared_postgres(table: type[Model]) -> Iterator[tuple[str, str]]:
    meta = table._meta
    said = [_declared_column(field) for field in meta.sorted_fields]
    keys = [field.column_name for field in meta.get_primary_keys()]
    said.append(f"PRIMARY KEY ({', '.join(keys)})")
    said += [_declared_reference(f) for f in meta.sorted_fields if isinstance(f, ForeignKeyField)]
    yield f"table {meta.table_name}", "\n".join(sorted(said))
    for text in statements(table)[1:]:
        plain = _plain_index(text)
        yield f"index {plain.split(' INDEX ')[1].split()[0]}", plain


def column_type(field: Field) -> str:
    """The type of a column with its collation, as SQL."""
    context = database.get_sql_context()
    # A column knows its collation once its definition was asked for.
    field.ddl(context)
    plain = str(context.sql(field.ddl_datatype(context)).query()[0])
    return f"{plain} COLLATE {field.collation}" if field.collation else plain


def _declared_column(field: Any) -> str:
    of_type, _, collation = column_type(field).partition(" COLLATE ")
    plain = of_type.lower().replace("varchar", "character varying")
    said = f"{field.column_name} {plain} {collation.replace(chr(34), '')}".rstrip()
    return said + ("" if field.null else " not null")


def _declared_reference(field: ForeignKeyField) -> str:
    other = field.rel_model._meta.table_name
    return f"FOREIGN KEY ({field.column_name}) REFERENCES {other}({field.rel_field.column_name})"


_KINDS = {"r": "table", "p": "table", "f": "table", "v": "view", "m": "view", "S": "sequence"}
_RELATIONS = (
    "SELECT c.oid, c.relkind::text, c.relname, c.relrowsecurity FROM pg_class c "
    "WHERE c.relnamespace = current_schema()::regnamespace "
    "AND c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND NOT EXISTS "
    # What an extension of the server brought with it.
    "(SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')"
)
_COLUMNS = (
    "SELECT a.attrelid, a.attname || ' ' || format_type(a.atttypid, a.atttypmod) || "
    "CASE WHEN a.attcollation IN (0, 100) THEN '' ELSE ' ' || o.collname END || "
    "CASE WHEN a.attnotnull THEN ' not null' ELSE '' END || "
    "coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '') "
    "FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid "
    "LEFT JOIN pg_collation o ON o.oid = a.attcollation "
    "LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p', 'f') "
    "AND a.attnum > 0 AND NOT a.attisdropped"
)
_CONSTRAINTS = (
    "SELECT n.conrelid, replace(pg_get_constraintdef(n.oid), '\"', '') FROM pg_constraint n "
    "WHERE n.connamespace = current_schema()::regnamespace "
    "AND n.contype IN ('p', 'f', 'u', 'c', 'x')"
)
_OWNED = (
    "SELECT 'index', c.relname, t.relname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid "
    "JOIN pg_class t ON t.oid = i.indrelid "
    "WHERE c.relnamespace = current_schema()::regnamespace "
    "UNION ALL SELECT 'trigger', g.tgname, t.relname FROM pg_trigger g "
    "JOIN pg_class t ON t.oid = g.tgrelid WHERE NOT g.tgisinternal "
    "UNION ALL SELECT 'rule', rulename, tablename FROM pg_rules WHERE schemaname = current_schema()"
)


def _relations() -> Iterator[tuple[str, str]]:
    said: dict[int, list[str]] = {}
    for owner, text in (*query(_COLUMNS), *query(_CONSTRAINTS)):
        said.setdefault(owner, []).append(text)
    for number, kind, name, has_row_rules in query(_RELATIONS):
        lines = sorted(said.get(number, [])) + ["row security"] * bool(has_row_rules)
        yield f"{_KINDS[kind]} {name}", "\n".join(lines)


def _indexes() -> Iterator[tuple[str, str]]:
    # Those of primary keys are said with their table.
    rows = query(
        "SELECT c.relname, pg_get_indexdef(c.oid), current_schema() FROM pg_index i "
        "JOIN pg_class c ON c.oid = i.indexrelid "
        "WHERE c.relnamespace = current_schema()::regnamespace AND NOT i.indisprimary"
    )
    for name, text, schema in rows:
        yield f"index {name}", _plain_index(text.replace(f" ON {schema}.", " ON "))


def _rules() -> Iterator[tuple[str, str]]:
    for name, text in query(
        "SELECT rulename, definition FROM pg_rules WHERE schemaname = current_schema()"
    ):
        yield f"rule {name}", text


def _plain_index(text: str) -> str:
    """Ours and the server's way to write an index, without what they do not have in common."""
    plain = re.sub(r"::\w+( varying)?|\"| USING btree", "", text)
    columns, where, when = plain.partition(" WHERE ")
    return columns + where + re.sub(r"[()]", "", when)
