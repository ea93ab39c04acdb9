"""The shop's day in figures."""

from __future__ import annotations

from datetime import date

from models.base.database import store_number
from models.base.money import Money
from models.reports.day_figures import paid_by_tender, sold_a_week_before, sold_by_hour
from models.reports.takings import sold_on
from models.trust.company import store_zone
from models.trust.operation import open_day
from receipts.report_forms import read_text
from receipts.words import word
from tui.desk.standing import Standing, Tile


def sold(at: Standing) -> list[Tile]:
    """Takings, bills and the average bill of the open day, a week before, the ways to pay and the
    hours, for whoever may see takings.
    """
    if not at.rights.holds("see takings"):
        return []
    day = open_day(store_number())
    bills, total, average = sold_on(day)
    return [
        Tile(word("Sold today"), _read(total), "money"),
        Tile(word("Bills"), str(bills)),
        Tile(word("Average bill"), _read(average)),
        Tile(word("A week ago"), _read(sold_a_week_before(day)), "muted"),
        *(Tile(names, _read(amount)) for names, amount in paid_by_tender(day)),
        *_hours(day),
    ]


def _read(amount: Money) -> str:
    """Large figures in groups of three, as in reports."""
    return read_text(amount, "money", "zh")


def _hours(day: date) -> list[Tile]:
    """A bar for each hour, the best one whole."""
    hours = sold_by_hour(day, store_zone())
    most = max((amount.minor for _, amount in hours), default=0)
    if most <= 0:
        return []
    return [
        Tile(f"{hour:02}:00", _read(amount), bar=max(0, 100 * amount.minor // most))
        for hour, amount in hours
    ]
