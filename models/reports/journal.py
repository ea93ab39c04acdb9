"""What the front desk hands to the bookkeeping: every entry, with whose account it was.

Written as CSV or as a sheet (`deskbell report journal`) it is taken into any bookkeeping: the sums
of debit and credit are equal, and those of an account are its movement in the trial balance.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.words import word
from models.ledger.kinds import label
from models.reports.report import (
    DAY,
    MONEY,
    NAMES,
    PAGE,
    Column,
    Names,
    Period,
    ReportKind,
    Rows,
)
from models.trust.scopes import STORE, Scope

_ENTRIES = Statement(
    'SELECT d."day", d."register", d."key", e."line", d."kind", d."number", e."account_id", '
    'a."name_zh", a."name_en", coalesce(f."number", \'\'), coalesce(f."name", \'\'), e."amount", '
    'd."note" FROM "document" d JOIN "entry" e ON e."document_id" = d."key" '
    'JOIN "account" a ON a."number" = e."account_id" LEFT JOIN "folio" f ON f."key" = e."folio" '
    'WHERE d."day" >= ? AND d."day" <= ? '
    'AND (d."day", d."register", d."key", e."line") > (?, ?, ?, ?) '
    'ORDER BY d."day", d."register", d."key", e."line" LIMIT ?'
)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    after, nothing = ("", 0, 0, 0), Money(0, store_currency())
    while rows := _ENTRIES.rows(*period.iso, *after, PAGE):
        after = rows[-1][:4]
        yield [
            (
                date.fromisoformat(day), label(kind, register, drawn), str(account),
                Names(name_zh, name_en), folio, name,
                Money(int(amount), nothing.currency) if amount > 0 else nothing,
                Money(-int(amount), nothing.currency) if amount < 0 else nothing, note,
            )
            for day, register, _, _, kind, drawn, account, name_zh, name_en, folio, name, amount,
            note in rows
        ]  # fmt: skip


JOURNAL = ReportKind(
    "journal",
    word("Journal for the books"),
    "see takings",
    (
        Column(word("Business day"), DAY),
        Column(word("Document")),
        Column(word("Ledger account")),
        Column(word("Name"), NAMES),
        Column(word("Folio")),
        Column(word("Whose account")),
        Column(word("Debit"), MONEY, is_summed=True),
        Column(word("Credit"), MONEY, is_summed=True),
        Column(word("Note")),
    ),
    _pages,
    least=STORE,
)
