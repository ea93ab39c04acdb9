"""What whoever approves goods that come back reads of them: of which sale, what, how much, and why.
Each is called as its operation is, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.shop.asked import Told, bill_asked
from models.shop.return_lines import GivingBack, giving_back, sold_bill


def back_asked(
    sale: int, quantities: Mapping[int, Quantity], *, reason: str, note: str = "", **_: Any
) -> Told:
    """Goods of a sale that come back. Refuses: NotASale, ReturnTooMuch."""
    giving = giving_back(sale, quantities)
    return {
        "sale": sold_bill(sale).label, "what": back_told(giving), "amount": giving.total,
        "reason": note or reason,
    }  # fmt: skip


def undone_asked(sale: int, *_: int, reason: str, note: str = "", **__: Any) -> Told:
    """A whole sale that is undone. Refuses: NotASale."""
    sold = sold_bill(sale)
    return {"sale": sold.label, "amount": sold.total, "reason": note or reason}


def exchange_asked(draft: int, coming: Any, *_: Any, **__: Any) -> Told:
    """Goods that come back for others: all of them are given back for, whatever the difference.
    Refuses: NotASale, ReturnTooMuch.
    """
    return back_asked(coming.sale, coming.quantities, reason=coming.reason, note=coming.note)


def unslipped_asked(
    draft: int, *_: Any, shown: Money, reason: str, note: str = "", **__: Any
) -> Told:
    """What comes back without a slip. Refuses: DraftGone."""
    told = bill_asked(draft)
    return {"what": told["what"], "amount": shown, "reason": note or reason}


def back_told(giving: GivingBack) -> str:
    """What comes back: 2 cola, 1 water."""
    return ", ".join(f"{back.quantity} {back.sold.line.name}" for back in giving.backs)
