"""Alter any column of a posted row past all guards: verify finds it, or it is listed here.

The list is what docs/engineer/trust.md admits. Nothing of a document is on it: a digest in its
audit row covers its parts; nor what stands beside documents, which the audit log tells.
"""

from __future__ import annotations

import pytest

from models.base.database import database
from models.base.hot import query
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
    ("charge_tax", _SALE, set()),
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
