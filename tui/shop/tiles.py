"""The shop's day in figures."""

from __future__ import annotations

from models.base.database import store_number
from models.reports.takings import sold_on
from models.trust.operation import open_day
from receipts.words import word
from tui.desk.standing import Standing, Tile


def sold(at: Standing) -> list[Tile]:
    """Takings, bills and the average bill of the open day, for whoever may see takings."""
    if not at.rights.holds("see takings"):
        return []
    bills, total, average = sold_on(open_day(store_number()))
    return [
        Tile(word("Sold today"), str(total), "money"),
        Tile(word("Bills"), str(bills)),
        Tile(word("Average bill"), str(average)),
    ]
