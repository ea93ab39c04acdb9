"""What waits in the shop: bills that are not finished."""

from __future__ import annotations

from models.ledger.payments.taken import taken_of, total_of
from models.shop.basket import KIND
from models.trust import drafts
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def bills(at: Standing) -> list[Reminder]:
    """The bill that was left in Selling, and those on hold."""
    found = []
    unfinished = drafts.unfinished(KIND, at.register)
    if unfinished is not None and (lines := len(drafts.lines_of(unfinished.key))):
        msgid = word("An unfinished bill waits in Selling (lines: {lines}).")
        told = {"lines": lines, "paid": total_of(taken_of(unfinished.key).values())}
        if told["paid"]:
            msgid = word("An unfinished bill waits in Selling (lines: {lines}), {paid} is paid.")
        found.append(Reminder(msgid, told, "warn", is_open_work=True, rank=40))
    if held := len(drafts.held(KIND)):
        msgid = word("Bills on hold: {count}")
        found.append(Reminder(msgid, {"count": held}, "warn", is_open_work=True, rank=41))
    return found
