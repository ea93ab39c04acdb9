"""What is owed on vouchers and store credit: opening, what came and went, closing; kind by kind."""

from __future__ import annotations

from collections.abc import Iterator

from models.base.fields import store_currency
from models.base.hot import query
from models.base.money import Money
from models.base.words import word
from models.members.kinds import KINDS
from models.members.lots import BACK, CASHED, EXPIRED, ISSUED, USED
from models.reports.report import MONEY, WORD, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

_MOVED = (
    'SELECT l."kind", m."why", '
    'sum(CASE WHEN d."day" < ? THEN m."amount" - m."bonus" ELSE 0 END), '
    'sum(CASE WHEN d."day" >= ? THEN m."amount" - m."bonus" ELSE 0 END) FROM "document" d '
    'JOIN "lot_move" m ON m."document_id" = d."key" JOIN "lot" l ON l."key" = m."lot" '
    'WHERE d."day" <= ? GROUP BY l."kind", m."why"'
)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    since, until = period.iso
    before, moved = dict[str, int](), dict[tuple[str, str], int]()
    for kind, why, old, new in query(_MOVED, since, since, until):
        before[kind] = before.get(kind, 0) + int(old)
        moved[kind, why] = int(new)
    rows = []
    for kind in (kind for kind in KINDS.values() if kind.is_owed):
        opening = before.get(kind.name, 0)
        parts = [moved.get((kind.name, why), 0) for why in (ISSUED, BACK, USED, CASHED, EXPIRED)]
        amounts = [opening, *parts, opening + sum(parts)]
        rows.append((kind.title, *(Money(one, store_currency()) for one in amounts)))
    yield rows


LOTS = ReportKind(
    "lots",
    word("Owed on vouchers and credit"),
    "see takings",
    (
        Column(word("Kind"), WORD),
        Column(word("At the beginning"), MONEY, is_summed=True),
        Column(word("Issued"), MONEY, is_summed=True),
        Column(word("Came back"), MONEY, is_summed=True),
        Column(word("Used"), MONEY, is_summed=True),
        Column(word("Refunded"), MONEY, is_summed=True),
        Column(word("Ran out"), MONEY, is_summed=True),
        Column(word("At the end"), MONEY, is_summed=True),
    ),
    _pages,
    least=STORE,
)
