"""The open day beside the menu of home: by way to pay, by hour, and the same weekday a week ago."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, tzinfo

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.reports.report import Names
from models.reports.takings import sold_on
from models.shop.trade import BILLS, BILLS_AS_PAID

_BY_TENDER = Statement(
    'SELECT t."number", t."name_zh", t."name_en", sum(p."amount") FROM "document" d '
    'JOIN "payment" p ON p."document_id" = d."key" JOIN "tender" t ON t."key" = p."tender_id" '
    f'WHERE d."day" = ? AND d."kind" IN {BILLS_AS_PAID} '
    'GROUP BY t."number", t."name_zh", t."name_en" ORDER BY t."number"'
)
# Zones stand at whole quarters of an hour.
QUARTER_S = 900
_BY_QUARTER = Statement(
    'SELECT "at" / 900000000, sum("total") FROM "document" '
    f'WHERE "day" = ? AND "kind" IN {BILLS} GROUP BY 1 ORDER BY 1'
)


def paid_by_tender(day: date) -> list[tuple[Names, Money]]:
    """What came in by each way to pay, less what went back; in the order of their numbers."""
    money = store_currency()
    rows = _BY_TENDER.rows(day.isoformat())
    return [(Names(zh, en), Money(int(minor), money)) for _, zh, en, minor in rows]


def sold_by_hour(day: date, zone: tzinfo) -> list[tuple[int, Money]]:
    """Net takings of each hour (0 to 23) of the store's clock in which something was sold, in the
    order in which the hours came: a day may go on past midnight.
    """
    sums: dict[int, int] = {}
    for quarter, minor in _BY_QUARTER.rows(day.isoformat()):
        at = datetime.fromtimestamp(int(quarter) * QUARTER_S, UTC).astimezone(zone)
        sums[at.hour] = sums.get(at.hour, 0) + int(minor)
    money = store_currency()
    return [(hour, Money(minor, money)) for hour, minor in sums.items()]


def sold_a_week_before(day: date) -> Money:
    """Net takings of the same weekday of last week: the whole day."""
    return sold_on(day - timedelta(days=7))[1]
