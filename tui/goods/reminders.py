"""What waits at the goods."""

from __future__ import annotations

from models.goods.goods import Goods
from receipts.words import word
from tui.desk.standing import Reminder, Standing


def no_goods(at: Standing) -> list[Reminder]:
    """A new store: what whoever may keep goods does first."""
    if not at.rights.holds("keep goods") or Goods.select(Goods.key).limit(1).exists():
        return []
    msgid = word("There are no goods yet: 51 makes one, 58 takes a file.")
    return [Reminder(msgid, {}, "warn", rank=30)]
