"""Triggers: what the database itself refuses, whoever asks. Made anew after each migration from
this one file.

Tables declare in their Meta what holds for them:

``append_only = True``      no update, no delete
``part_of = Document``      rows go in while their document is open, and never change
``frozen_when = SQL``   a row for which this holds is never changed; no row is deleted
``posted_by = "is_posted"`` a document goes in open; its only change is to be posted, once its
                        parts sum to zero
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peewee import Model

from models.base.database import database, is_sqlite


@dataclass(frozen=True, slots=True)
class _Rule:
    """Refuse `event` on `table` when `when` holds; `says` is the message of the failure."""

    table: str
    name: str
    event: str
    when: str
    says: str


def rebuild(tables: Iterable[type[Model]]) -> None:
    """Drop and make all triggers of the given tables, inside the caller's transaction."""
    for table in tables:
        for rule in _rules(table):
            for statement in _sqlite(rule) if is_sqlite() else _postgres(rule):
                database.execute_sql(statement)


def drop_all() -> None:
    """Drop every trigger there is, inside the caller's transaction: before a table is changed."""
    if is_sqlite():
        sql = "SELECT name, name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = (
            "SELECT t.tgname, t.tgname || '\" ON \"' || c.relname FROM pg_trigger t "
            "JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal"
        )
    for _, name in database.execute_sql(sql).fetchall():
        database.execute_sql(f'DROP TRIGGER "{name}"')


def expected(tables: Iterable[type[Model]]) -> dict[str, str]:
    """All triggers that a sound store has, by name: what `found` says of them."""
    text = _sqlite_text if is_sqlite() else _postgres_body
    return {rule.name: text(rule) for table in tables for rule in _rules(table)}


def not_in_force(tables: Iterable[type[Model]]) -> set[str]:
    """The triggers of a sound store that the opened one lacks, has switched off, or has otherwise
    worded.
    """
    found = _found_sqlite() if is_sqlite() else found_postgres()
    return {name for name, text in expected(tables).items() if found.get(name) != text}


def _found_sqlite() -> dict[str, str]:
    sql = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
    return dict(database.execute_sql(sql).fetchall())


def found_postgres() -> dict[str, str]:
    """The triggers in force, by name: the body of each one's function."""
    # 'D' is switched off, 'R' works for replicated rows only.
    sql = (
        "SELECT t.tgname, p.prosrc FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')"
    )
    return dict(database.execute_sql(sql).fetchall())


def _rules(table: type[Model]) -> Iterator[_Rule]:
    meta = table._meta
    name = meta.table_name
    if getattr(meta, "append_only", False):
        yield _Rule(name, f"keep_{name}_update", "UPDATE", "TRUE", f"{name} is never changed")
        yield _Rule(name, f"keep_{name}_delete", "DELETE", "TRUE", f"{name} is never deleted")
    frozen = getattr(meta, "frozen_when", None)
    if frozen:
        yield _Rule(name, f"keep_{name}_update", "UPDATE", f"OLD.{frozen}", f"{name} is closed")
        yield _Rule(name, f"keep_{name}_delete", "DELETE", "TRUE", f"{name} is never deleted")
    parent = getattr(meta, "part_of", None)
    if parent is not None:
        owner = parent._meta.table_name
        late = (
            f'(SELECT p."is_posted" FROM "{owner}" p WHERE p."key" = NEW."{owner}_id") IS NOT FALSE'
        )
        yield _Rule(name, f"keep_{name}_insert", "INSERT", late, f"{name}: its {owner} is posted")
        yield _Rule(name, f"keep_{name}_update", "UPDATE", "TRUE", f"{name} is never changed")
        yield _Rule(name, f"keep_{name}_delete", "DELETE", "TRUE", f"{name} is never deleted")
    if getattr(meta, "posted_by", None):
        yield from _document_rules(table)


def _document_rules(table: type[Model]) -> Iterator[_Rule]:
    meta = table._meta
    name, entries = meta.table_name, meta.summed_by
    frozen = " OR ".join(
        f'NEW."{field.column_name}" IS DISTINCT FROM OLD."{field.column_name}"'
        for field in meta.sorted_fields
        if field.name != meta.posted_by
    )
    changed = f'OLD."is_posted" IS TRUE OR NEW."is_posted" IS NOT TRUE OR {frozen}'
    unbalanced = (
        f'(SELECT count(*) < 2 OR coalesce(sum(e."amount"), 1) <> 0 FROM "{entries}" e '
        f'WHERE e."{name}_id" = NEW."key")'
    )
    yield _Rule(
        name, f"keep_{name}_open", "INSERT", 'NEW."is_posted" IS TRUE', f"{name} goes in open"
    )
    yield _Rule(name, f"keep_{name}_update", "UPDATE", changed, f"{name} is posted")
    yield _Rule(name, f"keep_{name}_delete", "DELETE", "TRUE", f"{name} is never deleted")
    yield _Rule(name, f"keep_{name}_sum", "UPDATE", unbalanced, f"{name} does not balance")


def _sqlite(rule: _Rule) -> list[str]:
    return [f'DROP TRIGGER IF EXISTS "{rule.name}"', _sqlite_text(rule)]


def _sqlite_text(rule: _Rule) -> str:
    return (
        f'CREATE TRIGGER "{rule.name}" BEFORE {rule.event} ON "{rule.table}" FOR EACH ROW '
        f"WHEN {rule.when} BEGIN SELECT RAISE(ABORT, '{rule.says}'); END"
    )


def _postgres(rule: _Rule) -> list[str]:
    return [
        f'DROP TRIGGER IF EXISTS "{rule.name}" ON "{rule.table}"',
        f'CREATE OR REPLACE FUNCTION "{rule.name}"() RETURNS trigger LANGUAGE plpgsql AS '
        f"$${_postgres_body(rule)}$$",
        f'CREATE TRIGGER "{rule.name}" BEFORE {rule.event} ON "{rule.table}" FOR EACH ROW '
        f'EXECUTE FUNCTION "{rule.name}"()',
    ]


def _postgres_body(rule: _Rule) -> str:
    given = "OLD" if rule.event == "DELETE" else "NEW"
    return f" BEGIN IF {rule.when} THEN RAISE EXCEPTION '{rule.says}'; END IF; RETURN {given}; END "
