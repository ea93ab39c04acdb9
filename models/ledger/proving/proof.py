"""Proof: what must always hold, looked up in the database itself; and the trial balance.

`verify` gives everything that is wrong; nothing is a sound store. `verify_steps` does the same in
slices, so that the counter sells on in between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from importlib import import_module
from typing import Any

from models.base import migrations
from models.base.database import classified, database, is_sqlite
from models.base.fields import store_currency
from models.base.findings import Check, Finding, is_large
from models.base.hot import Statement, query
from models.base.money import Money
from models.base.named import load
from models.ledger.kinds import kind_names, label
from models.trust import trades, trades_used
from models.trust.operation import DAY_OPEN

# After so many findings the store is known to be unsound, and the rest would only be repetition.
MOST_FINDINGS = 1000


def checks() -> list[Check]:
    """Every check that the trades declare, by number."""
    return _in_order(load(name) for name in trades.declared("checks"))


def _in_order(some: Iterable[Iterable[Check]]) -> list[Check]:
    return sorted((check for each in some for check in each), key=lambda check: check.number)


def verify(*, full: bool = True) -> list[Finding]:
    """Everything that is wrong with the opened store; with `full` false, in its newest part."""
    found: list[Finding] = []
    for some in verify_steps(full=full):
        found += some
        if len(found) >= MOST_FINDINGS:
            break
    return found


def verify_steps(*, full: bool = True, beside_work: bool = False) -> Iterator[list[Finding]]:
    """`verify` slice after slice: other work may go on between two of them. With `beside_work` a
    large file is not looked through table by table, which holds whoever waits for seconds; the
    proof of its copy does that.

    The newest part is of the trades in use: the others wrote nothing in it, and need not be loaded.
    """
    loaded, of = [], None if full else trades_used.used()
    # The checks look at all these tables: loaded by the first of them at once, with all that stands
    # beside them, they held the counter for longer than any of its looks.
    for module in trades.declared("tables", of):
        import_module(module)
        yield []
    for name in trades.declared("checks", of):
        loaded.append(load(name))
        yield []
    is_held = (beside_work or not full) and is_large()
    for check in _in_order(loaded):
        if (full or check.is_quick) and not (check.holds and is_held):
            steps = check.steps(quick=not full)
            while (found := _next(check, steps)) is not None:
                yield found


# What a check may stumble over in rows that somebody spoilt: no date, no JSON, no number.
_STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, TypeError, ValueError)


def _next(check: Check, steps: Iterator[list[Finding]]) -> list[Finding] | None:
    with _one_moment():
        try:
            return next(steps, None)
        except _STUMBLES as error:
            return [Finding(check.number, "RowUnreadable", check.code, {"what": repr(error)[:200]})]


@contextmanager
def _one_moment() -> Iterator[None]:
    """All looks of a slice see the store at one moment. A SQLite file has no other writer."""
    with classified():
        if is_sqlite() or database.in_transaction():
            yield
            return
        with database.atomic():
            database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def heads() -> list[list[Any]]:
    """Where each register's audit log ends: register, row, hash."""
    rows = query('SELECT "register", "seq", "hash" FROM "chain_head" ORDER BY "register"')
    return [list(row) for row in rows]


def seen() -> dict[str, Any]:
    """A whole look at a copy: every finding, and what its manifest says of it."""
    found = [str(each) for each in verify()]
    if is_sqlite():
        # Not in slices: nobody waits for this process.
        found += [f"1 {text}" for (text,) in query("PRAGMA integrity_check") if text != "ok"]
    kinds = kind_names()
    numbers = query('SELECT "register", "kind", "last" FROM "series" ORDER BY 1, 2')
    return {
        "findings": found,
        "schema": migrations.found(),
        "day": query('SELECT max("date") FROM "business_day" WHERE "state" = ?', DAY_OPEN)[0][0],
        "heads": heads(),
        "numbers": [
            [register, kind, label(kind, register, last) if kind in kinds else str(last)]
            for register, kind, last in numbers
        ],
        "counts": {table._meta.table_name: table.select().count() for table in trades.tables()},
        "registers": query('SELECT max("number") FROM "register"')[0][0],
    }


@dataclass(frozen=True, slots=True)
class TrialLine:
    """One account over a span of business days; balances are debit less credit."""

    account: int
    name_zh: str
    name_en: str
    opening: Money
    debit: Money
    credit: Money
    closing: Money


_TRIAL = Statement(
    'SELECT a."number", a."name_zh", a."name_en", '
    'sum(CASE WHEN t."day" < ? THEN t."debit" - t."credit" ELSE 0 END), '
    'sum(CASE WHEN t."day" >= ? THEN t."debit" ELSE 0 END), '
    'sum(CASE WHEN t."day" >= ? THEN t."credit" ELSE 0 END) '
    'FROM "day_total" t JOIN "account" a ON a."number" = t."account" WHERE t."day" <= ? '
    'GROUP BY a."number", a."name_zh", a."name_en" ORDER BY a."number"'
)


def trial_balance(day_from: date, day_to: date) -> list[TrialLine]:
    """Each account that ever moved, from the kept totals of days; the sums of a column are zero."""
    first, last = day_from.isoformat(), day_to.isoformat()
    money = store_currency()
    lines = []
    for number, name_zh, name_en, *figures in _TRIAL.rows(first, first, first, last):
        opening, debit, credit = (Money(int(figure), money) for figure in figures)
        closing = opening + debit - credit
        lines.append(TrialLine(number, name_zh, name_en, opening, debit, credit, closing))
    return lines
