"""Many business days out of one: copies its rows with other keys, numbers, dates and goods.

What the copies are good for is their size and spread, as a store has them after years; the audit
chain goes on through them. Kept totals are made anew from the rows.
"""

from __future__ import annotations

from hashlib import md5

from models.base import database, keys, triggers
from models.base.database import transaction
from models.base.hot import Statement, query
from models.ledger.daily.shifts import CashCount, Shift
from models.ledger.documents import DayTotal, Document, Entry
from models.ledger.ways.tenders import Payment
from models.selling.charges import ChargeLine, ChargeTax
from models.shop.sales import Sale
from models.stock.stock import StockMove
from models.trust import audit, trades
from models.trust.audit import Audit
from models.trust.drafts import Draft
from models.trust.print_queue import PrintJob

_COPIED = (
    Document, Entry, Payment, Sale, ChargeLine, ChargeTax, StockMove, Draft, PrintJob, Shift,
    CashCount, DayTotal,
)  # fmt: skip
_KEYS = ("key", "document_id", "draft_id", "draft", "shift", "shift_id", "subject")
_DAYS = ("day", "closed_day")
_INSTANTS = ("at", "created_at", "changed_at", "opened_at", "closed_at", "started_at")
# Moves the goods of each further day on, so that in the end all are sold.
_STEP = 7_919
_DAY_MICROS = 86_400_000_000
# The newest closed day; what was before it is not copied.
_LAST = '(SELECT max("date") FROM "business_day" WHERE "state" = \'closed\')'


def copy_days(more: int) -> None:
    """Copy the last closed day of the store so often; the open day moves behind them."""
    if more < 1:
        return
    query("PRAGMA foreign_keys = 0")
    query("PRAGMA synchronous = 0")
    dropped = _drop_guards()
    _copy_rows(more)
    _copy_audit(more)
    _move_calendar(more)
    _sum_up()
    for sql in dropped:
        query(sql)
    with transaction():
        triggers.rebuild(trades.tables())
    query("PRAGMA foreign_keys = 1")
    query("PRAGMA synchronous = FULL")


def _drop_guards() -> list[str]:
    """Triggers and indexes away while rows pour in; the text of the indexes."""
    kept = []
    sql = "SELECT type, name, sql FROM sqlite_master WHERE type IN ('trigger', 'index')"
    for kind, name, text in query(sql):
        if text:
            query(f'DROP {kind} "{name}"')
            kept += [text] if kind == "index" else []
    return kept


def _copy_rows(more: int) -> None:
    first, last, goods, most = _spans()
    counts = dict(query('SELECT "kind", max("number") FROM "document" GROUP BY "kind"'))
    span = (first, last)
    shifted = {table: _select(table, span, counts, (goods, most)) for table in _COPIED}
    for number in range(1, more + 1):
        with transaction():
            for table, (sql, values) in shifted.items():
                Statement(f"{_into(table)} {sql}").run(*(each * number for each in values))
    keys_used = (last - first + 1) * more
    query('UPDATE "key_block" SET "taken" = "taken" + ?', keys_used)
    keys.use_register(1)
    keys.renew()
    query('UPDATE "series" SET "last" = "last" * ?', more + 1)


def _spans() -> tuple[int, int, int, int]:
    """First and last key of the day, which begins with its shift; first key and number of goods."""
    parts = " UNION ALL ".join(
        f'SELECT max("key") AS high FROM "{table._meta.table_name}"'
        for table in (Document, Draft, PrintJob, Shift)
    )
    ((first,),) = query(f'SELECT min("key") FROM "shift" WHERE "day" = {_LAST}')
    ((last,),) = query(f"SELECT max(high) FROM ({parts})")
    ((goods, most),) = query('SELECT min("key"), count(*) FROM "goods"')
    return first, last, goods, most


def _into(table: type[database.Row]) -> str:
    meta = table._meta
    names = ", ".join(f'"{field.column_name}"' for field in meta.sorted_fields)
    return f'INSERT INTO "{meta.table_name}" ({names})'


def _select(
    table: type[database.Row], span: tuple[int, int], counts: dict[str, int], goods: tuple[int, int]
) -> tuple[str, list[int]]:
    """The day's rows moved on by marks, and the values of the marks for one day."""
    columns, values = [], []
    meta, (first, last) = table._meta, span
    for field in meta.sorted_fields:
        name = field.column_name
        text, step = f'"{name}"', 0
        if name in _KEYS:
            text, step = f'"{name}" + ?', last - first + 1
        elif name in _DAYS:
            text, step = f"date(\"{name}\", ? || ' days')", 1
        elif name in _INSTANTS:
            text, step = f'"{name}" + ?', _DAY_MICROS
        elif name in ("goods", "goods_id"):
            text, step = f'{goods[0]} + ("{name}" - {goods[0]} + ?) % {goods[1]}', _STEP
        elif name == "number" and table is Document:
            cases = " ".join(f"WHEN '{kind}' THEN {most}" for kind, most in counts.items())
            text, step = f'"number" + ? * CASE "kind" {cases} END', 1
        elif name == "number":
            text, step = '"number" + ?', 1
        columns.append(text)
        values += [step] if step else []
    where = ""
    if table is DayTotal:
        where = f'WHERE "day" = {_LAST}'
    else:
        key = next(f.column_name for f in meta.sorted_fields if f.column_name in _KEYS)
        where = f'WHERE "{key}" BETWEEN {first} AND {last}'
    return f'SELECT {", ".join(columns)} FROM "{meta.table_name}" {where}', values


_NEW_AUDIT = audit._APPEND


def _copy_audit(more: int) -> None:
    """The day's chain again and again, each row hashed as the store does."""
    names = [field.column_name for field in Audit._meta.sorted_fields]
    columns = ", ".join(f'"{name}"' for name in audit._COLUMNS.split())
    assert set(audit._COLUMNS.split()) == set(names)
    rows = query(
        f'SELECT {columns} FROM "audit" WHERE "day" = {_LAST} AND "uid" IS NOT NULL ORDER BY "seq"'
    )
    ((seq, previous),) = query('SELECT "seq", "hash" FROM "chain_head"')
    for number in range(1, more + 1):
        copies = []
        for store, register, _, shape, at, day, *named, uid, content, result, detail, _, _ in rows:
            seq += 1
            other = md5(f"{uid}{number}".encode(), usedforsecurity=False).hexdigest()
            values = [seq, at + number * _DAY_MICROS, day, *named, other, content, result, detail]
            hashed = audit.hash_of(previous, [shape, store, register, *values])
            copies.append((store, register, seq, shape, *values[1:], previous, hashed))
            previous = hashed
        with transaction():
            _NEW_AUDIT.many(copies)
    seal = audit.seal_of(1, seq, previous)
    query('UPDATE "chain_head" SET "seq" = ?, "hash" = ?, "seal" = ?', seq, previous, seal)


def _move_calendar(more: int) -> None:
    with transaction():
        ((last,),) = query(f"SELECT {_LAST}")
        query('DELETE FROM "business_day" WHERE "state" = \'open\'')
        for number in range(1, more + 1):
            query(
                "INSERT INTO business_day SELECT date(date, ? || ' days'), store, state, "
                "opened_at + ?, closed_at + ?, closed_by, closed_register FROM business_day "
                "WHERE date = ?",
                number, number * _DAY_MICROS, number * _DAY_MICROS, last,
            )  # fmt: skip
        query(
            "INSERT INTO business_day (date, store, state, opened_at) SELECT "
            "date(date, '1 days'), store, 'open', closed_at FROM business_day "
            "ORDER BY date DESC LIMIT 1"
        )


def _sum_up() -> None:
    """Kept sums from the rows: goods by month, and what is in stock."""
    with transaction():
        query('DELETE FROM "goods_month"')
        query(
            "INSERT INTO goods_month (store, month, goods, register, quantity, amount, cost) "
            "SELECT d.store, substr(d.day, 1, 7), l.goods, d.register, "
            "sum(l.quantity * l.pack / 1000), sum(l.net), sum(l.cost) FROM document d "
            "JOIN charge_line l ON l.document_id = d.key GROUP BY 1, 2, 3, 4"
        )
        query(
            "UPDATE stock SET quantity = m.quantity, value = m.value FROM "
            "(SELECT goods_id, sum(quantity) AS quantity, sum(value) AS value FROM stock_move "
            "GROUP BY goods_id) m WHERE m.goods_id = stock.goods"
        )
