"""Alter any column of a posted row past all guards: verify finds it, or it is listed here.

The list is what docs/engineer/trust.md admits. Nothing of a document is on it: a digest in its
audit row covers its parts; nor what stands beside documents, which the audit log tells.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from models.base.columns import Columns
from models.base.database import database
from models.base.hot import query
from models.base.migrations import SCHEMA
from models.ledger.documents import Document, Entry
from models.ledger.parts import Part, known_parts
from models.ledger.proving.part_checks import PART_CHECKS
from models.trust import trades
from tests.models.worked import codes, planting, worked
from tests.stores import Shop

__all__ = ["worked"]
pytestmark = pytest.mark.row("SYS-11")

_SALE = '"document_id" = (SELECT min("key") FROM "document" WHERE "kind" = \'sale\')'
_CLOSED = '"key" = (SELECT min("key") FROM "shift" WHERE "state" = \'closed\')'

# Table, the row that is altered, and the columns in which nothing notices it.
UNGUARDED: list[tuple[str, str, set[str]]] = [
    ("document", _SALE.replace("document_id", "key"), set()),
    ("entry", f'{_SALE} AND "line" = 1', set()),
    ("payment", _SALE, set()),
    ("sale", _SALE, set()),
    ("charge_line", f'{_SALE} AND "line" = 1', set()),
    ("charge_tax", f'{_SALE} AND "line" = 1', set()),
    ("stock_move", f'{_SALE} AND "line" = 1', set()),
    ("shift", _CLOSED, set()),
    ("cash_count", f'NOT "is_opening" AND {_CLOSED.replace("key", "shift_id", 1)}', set()),
    ("business_day", "\"date\" = '2026-03-02'", set()),
    ("day_total", '"account" = 6001 AND "day" = \'2026-03-02\'', set()),
    ("stock", '"goods" = (SELECT "key" FROM "goods" WHERE "code" = \'1001\')', {"last_cost"}),
    ("elsewhere", '"location" = 2', set()),
    ("series", "\"kind\" = 'sale'", set()),
]


def columns(table: str) -> list[tuple[str, str]]:
    """Names and types; the owning store's number is the same in every row of a single store."""
    row = next(t for t in trades.tables() if t._meta.table_name == table)
    # What a document reverses is a reference: SQLite names a broken one, PostgreSQL keeps it.
    fields = [f for f in row._meta.sorted_fields if f.name not in ("store", "reverses")]
    return [(field.column_name, field.field_type) for field in fields]


def altered(kind: str, before: object) -> str:
    if kind == "BOOL":
        return "FALSE" if before else "TRUE"
    if isinstance(before, int) or (before is None and "INT" in kind):
        return str(int(str(before or 0)) + 7000)
    return f"'{str(before or '')[:1]}9'"


@pytest.mark.search
@pytest.mark.parametrize(
    ("table", "where", "unguarded"), UNGUARDED, ids=[table for table, _, _ in UNGUARDED]
)
def test_altered_columns(worked: Shop, table: str, where: str, unguarded: set[str]) -> None:
    unseen = set()
    for name, kind in columns(table):
        before = query(f'SELECT "{name}" FROM "{table}" WHERE {where} LIMIT 1')[0][0]
        with planting():
            change = f'UPDATE "{table}" SET "{name}" = {altered(kind, before)} WHERE {where}'
            database.execute_sql(change.replace("%", "%%") if "'%" in change else change)
            if not codes():
                unseen.add(name)
    assert unseen == unguarded


# --- what is under the digest of a document


def test_every_column_of_every_part_is_under_the_digest() -> None:
    """Entries stand in the audit row themselves."""
    under = {part.table: set(part.columns.names) for part in known_parts()}
    for table in trades.tables():
        meta = table._meta
        if getattr(meta, "part_of", None) is Document and table is not Entry:
            assert {*meta.fields} - {"store", "document"} == under[meta.table_name], meta.table_name


def wider(read: Callable[..., Any]) -> Callable[..., Any]:
    """Rows as they are stored when their table got one column more."""

    def stored(*which: Any) -> dict[int, list[tuple[Any, ...]]]:
        return {number: [(*row, "") for row in rows] for number, rows in read(*which).items()}

    return stored


def with_one_more(part: Part, *, is_said: bool) -> Columns:
    columns = part.columns
    if not is_said:
        return Columns(" ".join([*columns.names, "more"]))
    later = {number: " ".join(names) for number, names in columns.later.items()}
    return Columns(" ".join(columns.first), later | {SCHEMA + 1: "more"})


@pytest.mark.parametrize("is_said", [True, False])
def test_a_new_column_of_any_part_leaves_old_documents_alone(
    worked: Shop, monkeypatch: pytest.MonkeyPatch, *, is_said: bool
) -> None:
    for part in known_parts():
        monkeypatch.setattr(part, "columns", with_one_more(part, is_said=is_said))
        monkeypatch.setattr(part, "stored", wider(part.stored))
    found = [each.where for slice_ in PART_CHECKS[0].slices(False) for each in slice_]
    # Money between drawer and safe has no parts: those documents hold in any case.
    assert bool(found) is not is_said
