"""What waits at the goods."""

from __future__ import annotations

from models.goods.goods import Goods
from models.goods.shelf_labels import count_moved
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def no_goods(at: Standing) -> list[Reminder]:
    """A new store: what whoever may keep goods does first."""
    if not at.rights.holds("keep goods") or Goods.select(Goods.key).limit(1).exists():
        return []
    msgid = word("There are no goods yet: 51 makes one, 58 takes a file.")
    return [Reminder(msgid, {}, "warn", rank=30)]


def old_labels(at: Standing) -> list[Reminder]:
    """Prices on the shelf that the till does not ask: customers notice them first."""
    if not (at.rights.holds("print") and at.rights.holds("keep goods")):
        return []
    found = count_moved()
    msgid = word("Labels with an old price: {count} (338 prints them anew)")
    return [Reminder(msgid, {"count": found}, "warn", rank=39)] if found else []
