"""Pay codes against the gateway: what the books say came and went by it, beside the gateway's own
list of the day; ours without theirs, theirs without ours, and other amounts.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from models.base.hot import query
from models.base.words import word
from models.ledger.gateway.orders import PAID, PAY
from models.ledger.kinds import label
from models.reports.report import (
    DAY,
    MONEY,
    NAMES,
    WORD,
    Column,
    Names,
    Period,
    ReportKind,
    Rows,
    stored,
)
from models.trust.scopes import STORE, Scope

# An order is matched by its number on whichever day the other side has it: midnight is elsewhere.
_OURS = (
    'SELECT o."day", o."order", t."name_zh", t."name_en", d."kind", d."register", d."number", '
    f'CASE WHEN o."kind" = \'{PAY}\' THEN o."amount" ELSE -o."amount" END, l."amount", '
    'EXISTS (SELECT 1 FROM "gateway_line" n WHERE n."day" = o."day") '
    'FROM "gateway_order" o JOIN "tender" t ON t."key" = o."tender_id" '
    'LEFT JOIN "document" d ON d."key" = o."document" '
    'LEFT JOIN "gateway_line" l ON l."order" = o."order" '
    f'WHERE o."state" = \'{PAID}\' AND o."day" BETWEEN ? AND ? ORDER BY o."day", o."key"'
)
_THEIRS = (
    'SELECT l."day", l."order", l."amount" FROM "gateway_line" l WHERE l."day" BETWEEN ? AND ? '
    'AND NOT EXISTS (SELECT 1 FROM "gateway_order" o WHERE o."order" = l."order" '
    f'AND o."state" = \'{PAID}\') ORDER BY l."day", l."order"'
)
AGREES, ONLY_OURS = word("agrees"), word("not in their list")
ONLY_THEIRS, DIFFERS = word("not in our books"), word("another amount")
# Nobody fetched it, or there was nothing in it: that a line is missing says nothing then.
NO_LIST = word("no list of that day")


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    yield [_ours(row) for row in query(_OURS, *period.iso)]
    yield [
        (day, order, None, "", None, stored(amount), stored(amount), ONLY_THEIRS)
        for day, order, amount in query(_THEIRS, *period.iso)
    ]


def _ours(row: tuple[Any, ...]) -> tuple[Any, ...]:
    day, order, name_zh, name_en, kind, register, number, ours, theirs, is_listed = row
    bill = label(kind, register, number) if kind else ""
    way = Names(name_zh, name_en)
    if theirs is None and not is_listed:
        return day, order, way, bill, stored(ours), None, None, NO_LIST
    told = ONLY_OURS if theirs is None else AGREES if int(ours) == int(theirs) else DIFFERS
    apart = stored(int(theirs or 0) - int(ours))
    listed = None if theirs is None else stored(theirs)
    return day, order, way, bill, stored(ours), listed, apart, told


GATEWAY = ReportKind(
    "gateway",
    word("Pay codes against the gateway"),
    "see takings",
    (
        Column(word("Day"), DAY),
        Column(word("Order")),
        Column(word("Way to pay"), NAMES),
        Column(word("Bill")),
        Column(word("Ours"), MONEY, is_summed=True),
        Column(word("Theirs"), MONEY, is_summed=True),
        Column(word("Apart"), MONEY, is_summed=True),
        Column(word("Found"), WORD),
    ),
    _pages,
    least=STORE,
)
