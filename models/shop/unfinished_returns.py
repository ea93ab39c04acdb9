"""A return or an exchange that is being worked on: what comes back of which sale so far.

It is kept with the bill of its register, line by line as it is chosen, and is found again after a
power cut. What is on that bill is taken for it; a bill with nothing on it is a plain return. Until
it is finished or given up the bill is not sold as if nothing came back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.documents import Document
from models.ledger.payments.agreed import without_agreement
from models.ledger.payments.taken import taken_of
from models.trust import drafts
from models.trust.operation import Job

if TYPE_CHECKING:
    from models.shop.basket import Basket

COMING = "coming"
# All that is on the bill comes back, and there is no slip (unslipped.py).
NO_SLIP_WHY = "unslipped"


class ReturnUnfinished(Refusal):
    """Goods come back for this bill: that is finished, or given up, before it is sold."""


@dataclass(frozen=True, slots=True)
class BegunReturn:
    """What was chosen so far: so much of each line of a sale."""

    sale: int
    quantities: Mapping[int, Quantity]


def begun_of(head: Any) -> BegunReturn | None:
    """The return that belongs to a bill, by its head; none where the head was altered."""
    match head:
        case {"coming": [int(sale), dict(lines)]}:
            try:
                found = {int(line): Quantity(int(each)) for line, each in lines.items()}
            except (TypeError, ValueError):
                return None
            return BegunReturn(sale, found)
    return None


def begun_label(head: Any) -> str:
    """The number of the sale that goods of a bill come back from; empty when none do."""
    begun = begun_of(head)
    sold = begun and Document.get_or_none(Document.key == begun.sale)
    return sold.label if sold else ""


def keep_return(basket: Basket, sale: int, quantities: Mapping[int, Quantity]) -> None:
    """Store what is chosen now. Refuses: DraftGone."""
    lines = {str(line): each.thousandths for line, each in quantities.items()}
    _save(basket, {**basket.head, COMING: [sale, lines]})


def give_up_return(basket: Basket) -> None:
    """Nothing comes back after all. Refuses: DraftGone."""
    if COMING in basket.head:
        _save(basket, without_return(basket.head))


def without_return(head: Mapping[str, Any]) -> dict[str, Any]:
    """The head of a bill for which nothing comes back."""
    return {name: value for name, value in head.items() if name != COMING}


def finish_return(job: Job, draft: int | None) -> None:
    """Inside the operation that takes the goods back: the work is done. Refuses: DraftGone."""
    if draft is not None:
        drafts.save_head(draft, job.register, without_return(drafts.read(draft).head))


@dataclass(frozen=True, slots=True)
class BegunUnslipped:
    """Why all that is on a bill comes back without a slip."""

    reason: str
    note: str
    is_scrapped: bool


def unslipped_of(head: Any) -> BegunUnslipped | None:
    """The return without a slip that a bill is, by its head."""
    match head:
        case {"unslipped": [str(reason), str(note), bool(is_scrapped)]}:
            return BegunUnslipped(reason, note, is_scrapped)
    return None


def give_up_unslipped(basket: Basket) -> None:
    """It is a bill to be sold again, unless money is out for it. Refuses: DraftGone."""
    if NO_SLIP_WHY in basket.head and not taken_of(basket.draft):
        left = without_agreement(basket.head)
        _save(basket, {name: value for name, value in left.items() if name != NO_SLIP_WHY})


def require_no_return(head: Any) -> None:
    """Refuses: ReturnUnfinished."""
    if begun_of(head) is not None or unslipped_of(head) is not None:
        raise ReturnUnfinished(bill=begun_label(head))


def _save(basket: Basket, head: dict[str, Any]) -> None:
    drafts.save_head(basket.draft, basket.register, head)
    basket.take_head(head)
