"""What whoever approves a change of a bill reads of it: which goods, how many, for how much.
Each is called as its operation is, in the same transaction.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.ledger.ways.tender_kinds import Paying
from models.ledger.ways.tenders import tender_of
from models.selling.items import find_scanned
from models.shop.basket import line_at, load
from models.trust import drafts

Told = dict[str, Any]


def quantity_asked(
    draft: int, number: int, quantity: Quantity, *, reason: str = "", **_: Any
) -> Told:
    """Another quantity of a line. Refuses: what `load` of its line refuses."""
    line = line_at(draft, number)
    told = {"goods": line.item.name, "quantity": [line.quantity, quantity], "price": line.price}
    return told | {"reason": reason}


def short_asked(draft: int, code: str, quantity: Quantity | None = None, **_: Any) -> Told:
    """Goods that are not there. Refuses: CodeUnknown."""
    found = find_scanned(code)
    return {"goods": found.item.name, "quantity": quantity or found.quantity}


def removed_asked(draft: int, number: int, *, reason: str = "") -> Told:
    """A line that goes. Refuses: LineGone."""
    line = line_at(draft, number)
    told = {"goods": line.item.name, "quantity": line.quantity, "amount": line.priced.amount}
    return told | {"reason": reason}


def line_discount_asked(
    draft: int, number: int, discount: Rate | Money | None, *, pieces: Quantity | None = None
) -> Told:
    """A discount on a line. Refuses: LineGone."""
    line = line_at(draft, number)
    return {
        "goods": line.item.name, "quantity": pieces or line.quantity, "amount": line.priced.amount,
        "discount": _off(discount),
    }  # fmt: skip


def price_asked(draft: int, number: int, price: Money, *, pieces: Quantity | None = None) -> Told:
    """Another price of a line: the old one, and the new. Refuses: LineGone."""
    line = line_at(draft, number)
    return {
        "goods": line.item.name, "quantity": pieces or line.quantity, "price": [line.price, price],
    }  # fmt: skip


def bill_discount_asked(draft: int, discount: Rate | Money | None) -> Told:
    """A discount on the whole bill. Refuses: DraftGone."""
    return {"total": load(drafts.read(draft)).amount_due, "discount": _off(discount)}


def bill_asked(draft: int, payings: Sequence[Paying] = (), *_: Any, **__: Any) -> Told:
    """A whole bill, and on which account it goes. Refuses: DraftGone."""
    basket = load(drafts.read(draft))
    what = ", ".join(f"{line.quantity} {line.item.name}" for line in basket.lines)
    return {"what": what, "total": basket.amount_due, "ways": ways_told(payings)}


def ways_told(payings: Sequence[Paying]) -> str:
    """The ways to pay, each with its amount."""
    return ", ".join(f"{tender_of(each.tender).name_zh} {each.given}" for each in payings)


def _off(discount: Rate | Money | None) -> str:
    if isinstance(discount, Rate):
        return f"{discount.percent_text}%"
    return "" if discount is None else str(discount)
