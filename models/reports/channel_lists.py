"""What booking channels kept of the room price, by channel and plan."""

from __future__ import annotations

from collections.abc import Iterator

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.rates import Rate
from models.base.words import word
from models.reports.report import COUNT, MONEY, Column, Period, ReportKind, Rows
from models.trust.scopes import STORE, Scope

# A night counts on the day on which it was posted; what is taken back takes no night away.
_KEPT = Statement(
    'SELECT f."number", f."name", c."plan", c."rate", '
    'sum(CASE WHEN c."amount" > 0 THEN 1 ELSE 0 END), sum(c."base"), sum(c."amount") '
    'FROM "commission" c JOIN "document" d ON d."key" = c."document_id" '
    'JOIN "folio" f ON f."key" = c."folio" WHERE d."day" BETWEEN ? AND ? '
    'GROUP BY f."number", f."name", c."plan", c."rate" ORDER BY f."name", c."plan", c."rate"'
)


def _pages(period: Period, scope: Scope) -> Iterator[Rows]:
    money = store_currency()
    yield [
        (number, name, plan, f"{Rate(int(rate)).percent_text} %", int(nights),
         Money(int(base), money), Money(int(amount), money))
        for number, name, plan, rate, nights, base, amount in _KEPT.rows(*period.iso)
    ]  # fmt: skip


COMMISSION_DAYS = ReportKind(
    "commission",
    word("Commission of channels"),
    "see takings",
    (
        Column(word("Account")),
        Column(word("Name")),
        Column(word("Rate plan")),
        Column(word("Rate")),
        Column(word("Nights"), COUNT, is_summed=True),
        Column(word("Room, net"), MONEY, is_summed=True),
        Column(word("Commission"), MONEY, is_summed=True),
    ),
    _pages,
    least=STORE,
)
