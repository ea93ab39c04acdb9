"""Stocktakes that are open."""

from __future__ import annotations

from models.stock.counts import COUNTING, Stocktake
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
