"""What the shop leaves to the next shift: bills on hold, and the one that lies at the till."""

from __future__ import annotations

from datetime import date

from models.base.words import word
from models.ledger.handover import LeftOpen
from models.ledger.store_card import local
from models.shop.basket import KIND, load
from models.trust import drafts
from models.trust.drafts import HELD, OPEN, Draft


def held_bills(register: int, day: date) -> LeftOpen:
    """Bills on hold in the whole store, and the open one of this register; what each comes to."""
    found = [
        draft for draft in drafts.aside(KIND, HELD, OPEN)
        if draft.state == HELD or (draft.register == register and drafts.count_lines(draft.key))
    ]  # fmt: skip
    pieces = [(_name(draft), load(draft).amount_due) for draft in found]
    return LeftOpen(word("Unfinished bills"), pieces)


def _name(draft: Draft) -> str:
    """What was written for it, else when it was last touched."""
    return draft.title or local(draft.changed_at).strftime("%H:%M")
