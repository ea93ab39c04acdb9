"""Parts of documents: lines, payments, stock moves. They are stored with their document, and a
digest of them all goes into its audit row, so that no word or price of a posted one can be altered
unseen.

A digest is made of the columns that there were when it was made: its audit row says under which
schema. A column that comes later counts from its own schema on, and older documents stay as they
are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter
from typing import Any

from peewee import BooleanField, Model

from models.base.columns import Columns
from models.base.database import store_number
from models.base.fields import to_json
from models.base.hot import Statement, insert
from models.trust.trades_used import looked_at

Rows = list[tuple[Any, ...]]


class Part:
    """A table of parts: `names` are its fields but store and document, `line` first where a
    document has several rows, and a `number` where a line has; `later` those that came with a later
    schema; `hashed_as` the name that the table had first, when it has another now. Making one is
    all that verify needs to know of the table.
    """

    def __init__(
        self,
        table: type[Model],
        names: str,
        later: Mapping[int, str] | None = None,
        *,
        hashed_as: str = "",
    ) -> None:
        meta = table._meta
        self.table = str(meta.table_name)
        self.name = hashed_as or self.table
        self.columns = Columns(names, later)
        names = " ".join(self.columns.names)
        self._insert = insert(table, f"store document {names}")
        fields = [meta.fields[name] for name in names.split()]
        self._flags = [n for n, each in enumerate(fields, 1) if isinstance(each, BooleanField)]
        columns = ", ".join(f'p."{each.column_name}"' for each in fields)
        by = "".join(f', p."{n}"' for n in ("line", "number") if n in self.columns.names)
        self._stored = Statement(
            f'SELECT d."number", {columns} FROM "document" d JOIN "{self.table}" p '
            'ON p."document_id" = d."key" WHERE d."register" = ? AND d."kind" = ? '
            f'AND d."number" BETWEEN ? AND ? ORDER BY d."number"{by}'
        )
        PARTS.append(self)

    def add(self, document: int, rows: Rows) -> None:
        """Insert rows of an open document."""
        store = store_number()
        self._insert.many([(store, document, *row) for row in rows])

    def stored(self, register: int, kind: str, numbers: tuple[int, int]) -> dict[int, Rows]:
        """The rows of documents from one number to another, by number, as `add` was given them; of
        an older one only what was there (`cut`) is hashed.
        """
        found: dict[int, Rows] = {}
        for row in self._stored.rows(register, kind, *numbers):
            found.setdefault(row[0], []).append(self._given(row)[1:])
        return found

    def cut(self, rows: Rows, schema: int) -> Rows:
        """Rows without the columns that came after a schema."""
        count = self.columns.count(schema)
        return [row[:count] for row in rows]

    def _given(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        """SQLite stores true and false as 1 and 0; anything else there was put in by somebody."""
        if not self._flags:
            return row
        values = list(row)
        for place in self._flags:
            values[place] = bool(values[place]) if values[place] in (0, 1) else values[place]
        return tuple(values)


# Every table of parts but the entries, which stand in the audit row themselves.
PARTS: list[Part] = []


def known_parts(*, quick: bool = False) -> list[Part]:
    """The tables of parts of all trades, or with `quick` of those in use, whose modules are loaded
    now.
    """
    names = {table._meta.table_name for table in looked_at(quick)}
    return [part for part in PARTS if part.table in names]


def digest(head: Sequence[Any], parts: Mapping[str, Iterable[Sequence[Any]]]) -> str:
    """The hash of all that a document says beside its entries: its own words, and its parts by
    table, in the order of their lines.
    """
    rows = {name: sorted(some, key=itemgetter(0)) for name, some in parts.items() if some}
    return hashlib.sha256(to_json([list(head), rows]).encode()).hexdigest()
