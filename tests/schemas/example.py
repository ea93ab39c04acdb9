"""Stored examples of older schemas: unpacked, and put on PostgreSQL as well."""

from __future__ import annotations

import json
import tarfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peewee

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """A store of an older schema, and what its own program said of it."""

    url: str
    keys: Path
    said: dict[str, Any]


def unpacked(schema: int, target: Path) -> Path:
    """The example's files in a folder of the test's own."""
    with tarfile.open(FOLDER / f"schema-{schema}.tar.xz") as packed:
        packed.extractall(target, filter="data")
    return target


def example(schema: int, engine: str, target: Path, empty_url: str) -> Example:
    """The example on an engine; `empty_url` is a database to put it in, for PostgreSQL."""
    folder = unpacked(schema, target)
    url = f"sqlite:///{folder / 'store.db'}"
    if engine == "postgres":
        _fill_postgres(empty_url, folder)
        url = empty_url
    return Example(url, folder / "keys", json.loads((folder / "said.json").read_text("utf-8")))


def _fill_postgres(url: str, folder: Path) -> None:
    """The tables as the program of that schema made them there, with the rows of the file."""
    import psycopg

    with psycopg.connect(url) as server:
        for statement in json.loads((folder / "postgres.sql").read_text("utf-8")):
            server.execute(statement)
        # Triggers and references look away: rows come table by table.
        server.execute("SET LOCAL session_replication_role = replica")
        file = peewee.sqlite3.connect(str(folder / "store.db"))
        for (table,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'"):
            _copy(file, server, table)
        file.close()


def _copy(file: Any, server: Any, table: str) -> None:
    columns = server.execute(
        "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = %s",
        (table,),
    ).fetchall()
    names = ", ".join(f'"{name}"' for name, _ in columns)
    rows = [
        [bool(value) if kind == "boolean" and value is not None else value
         for value, (_, kind) in zip(row, columns, strict=True)]
        for row in file.execute(f'SELECT {names} FROM "{table}"')
    ]  # fmt: skip
    marks = ", ".join(["%s"] * len(columns))
    server.cursor().executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', rows)
