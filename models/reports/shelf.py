"""All reports that can be asked for, in the order in which they are listed."""

from __future__ import annotations

from models.reports import books_lists, stock_lists, takings_lists
from models.reports.report import ReportKind

REPORTS: tuple[ReportKind, ...] = (
    takings_lists.BY_DAY,
    takings_lists.BY_TENDER,
    takings_lists.BY_CATEGORY,
    takings_lists.BY_ITEM,
    takings_lists.BY_CASHIER,
    books_lists.SHIFTS,
    books_lists.EXCEPTIONS,
    books_lists.TILL_EVENTS,
    books_lists.TRIAL_BALANCE,
    books_lists.RECEIVABLES,
    stock_lists.STOCK,
    stock_lists.STOCK_VALUE,
    stock_lists.SHORTAGE,
    books_lists.AUDIT,
)
