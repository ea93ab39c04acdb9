"""Stocktakes that are open; goods of which there is too much."""

from __future__ import annotations

from models.stock.counts import COUNTING, Stocktake
from models.stock.stock_list import count_over
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def stocktakes(at: Standing) -> list[Reminder]:
    """For whoever counts."""
    if not at.rights.holds("count stock"):
        return []
    found = Stocktake.select().where(Stocktake.state == COUNTING).count()
    if not found:
        return []
    msgid = word("Stocktakes are open: {count}. 330 goes on.")
    return [Reminder(msgid, {"count": found}, rank=42)]


def too_much(at: Standing) -> list[Reminder]:
    """For whoever orders or keeps the goods: they bind money, and may go out of date."""
    if not (at.rights.holds("keep goods") and (found := count_over())):
        return []
    msgid = word("More than their most: {count} goods (336 lists them)")
    return [Reminder(msgid, {"count": found}, rank=43)]
