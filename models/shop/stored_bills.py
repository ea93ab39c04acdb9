"""A bill as it is stored: what a sale is made from, and whether it is what the program saved.

Its head, its lines, and what was paid of it carry a keyed mark each (models/base/watching.py). A
bill that was changed beside the program is not sold but by somebody who may set prices: he looks at
it, and it is his.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from models.base.database import Row
from models.base.refusals import Refusal
from models.base.values import value
from models.base.watched_rows import accept_rows, are_as_saved, are_right, rows_of
from models.base.watching import Raw
from models.ledger.ways.tenders import TakenPayment
from models.selling.lines import Discount, NewPrice, PriceRules
from models.selling.pricing import Bill, price_bill
from models.selling.tax_settings import price_rules
from models.shop.basket_lines import (
    DiscountWrong,
    Grant,
    LineUnreadable,
    RungLine,
    discount_from,
    grant_from,
    rung_of,
)
from models.shop.bill_promotions import with_offs
from models.trust import drafts
from models.trust.drafts import Draft, DraftLine
from models.trust.operation import Job, NeedsOverride

ACCEPTING = "override price"
_TABLES = (Draft, DraftLine, TakenPayment)
# Rows of a bill that were read already, by table.
Read = dict[type[Row], Sequence[Raw]]


class BillEmpty(Refusal):
    """There is nothing on the bill."""


class BillAltered(NeedsOverride):
    """The stored bill is not what the program saved: somebody changed it in the file."""


@value()
class StoredBill:
    """A bill as it is stored, its lines not priced one by one: what a sale is made from."""

    draft: Draft
    lines: list[RungLine]
    # What both were made of, by table.
    rows: Read

    @property
    def discount(self) -> Discount | None:
        return bill_discount(self.draft.head)

    @property
    def granted(self) -> Grant | None:
        """Who gave the bill its discount."""
        return grant_from(self.draft.head.get("granted"))

    def bill(self) -> Bill:
        """The whole bill, priced once. Refuses: DiscountWrong."""
        return whole_bill(self.lines, price_rules(), self.discount)


def stored_bill(draft: int) -> StoredBill:
    """The bill that a draft holds now. Refuses: DraftGone, LineUnreadable."""
    return _bill_in(drafts.read(draft))


def _bill_in(stored: Draft) -> StoredBill:
    """The same of a draft as it was read. Refuses: LineUnreadable."""
    if not isinstance(stored.head, dict):
        raise LineUnreadable()
    work = drafts.lines_of(stored.key)
    lines = [rung_of(line) for line in work]
    if any(line.at is not None for line in lines):
        lines = with_offs(lines, stored.head)
    rows: Read = {Draft: [stored.stored], DraftLine: [line.stored for line in work]}
    return StoredBill(stored, lines, rows)


def bill_to_finish(job: Job, draft: int) -> StoredBill:
    """The open bill of this register, inside the operation that makes a document of it.

    Refuses: DraftGone, LineUnreadable, BillEmpty, BillAltered.
    """
    found = _bill_in(drafts.read_own(draft, job.register))
    if not found.lines:
        raise BillEmpty()
    found.rows[TakenPayment] = rows_of(TakenPayment).beginning_with([draft])
    require_unaltered(job, draft, found.rows)
    return found


def bill_discount(head: dict[str, Any]) -> Discount | None:
    """The discount of a bill by its head; ValueError when it is none that a bill can have."""
    found = discount_from(head.get("discount"))
    if isinstance(found, NewPrice):
        raise ValueError(f"a bill has no price: {found}")
    return found


def whole_bill(lines: Sequence[RungLine], rules: PriceRules, discount: Discount | None) -> Bill:
    """Lines and the discount of their bill, priced together. Refuses: DiscountWrong."""
    try:
        return price_bill([line.as_line() for line in lines], rules, discount)
    except ValueError as error:
        raise DiscountWrong(amount=discount) from error


def is_altered(draft: int, read: Read | None = None) -> bool:
    """Was the bill changed beside the program? `read` are the rows that it is sold by, where they
    were read already.
    """
    if read is None:
        return not all(are_as_saved(table, [draft]) for table in _TABLES)
    return not all(are_right(table, read[table]) for table in _TABLES)


def require_unaltered(job: Job, draft: int, read: Read | None = None) -> bool:
    """Refuse an altered bill to whoever may not accept it; False when it is one.

    Refuses: BillAltered, OverrideRefused.
    """
    if not is_altered(draft, read):
        return True
    if job.given_by(ACCEPTING, lambda rights: rights.holds(ACCEPTING)) is None:
        raise BillAltered(right=ACCEPTING)
    job.note(altered=True)
    return False


def accept_bill(draft: int) -> None:
    """Take the bill as it is stored now for the program's own: somebody looked at it."""
    for table in _TABLES:
        accept_rows(table, [draft])
