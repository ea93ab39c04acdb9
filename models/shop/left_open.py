"""What the shop leaves to the next shift: bills on hold, and the one that lies at the till; and to
a stocktake, the goods on them.
"""

from __future__ import annotations

from datetime import date

from models.base.quantity import Quantity
from models.base.words import word
from models.ledger.daily.handover import LeftOpen
from models.ledger.store_card import local
from models.shop.basket import KIND, load
from models.shop.basket_lines import RungLine
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


def in_baskets(goods: int) -> Quantity:
    """How many of an item are on open bills and on those on hold: the books have them still."""
    lines = [one for draft in drafts.aside(KIND, OPEN, HELD) for one in drafts.lines_of(draft.key)]
    rung = (one.value for one in lines if isinstance(one.value, RungLine))
    found = (one.stock_quantity.thousandths for one in rung if one.item.goods == goods)
    return Quantity(sum(found))


def _name(draft: Draft) -> str:
    """What was written for it, else when it was last touched."""
    return draft.title or local(draft.changed_at).strftime("%H:%M")
