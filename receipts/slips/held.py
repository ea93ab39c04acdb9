"""A held bill: what stands on it so far, for the customer who wants to see it. It is no receipt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from receipts.slip import Part, Rule, Slip
from receipts.slips.common import Print, banner, copy_marks, foot, store_head, title
from receipts.slips.sale import bill_code, bill_head, lines_table, totals

if TYPE_CHECKING:
    from models.shop.sale_view import SaleView


def held_slip(bill: SaleView, how: Print) -> Slip:
    """The bill with NOT PAID above and below, and the code that fetches it again."""
    lang = how.lang
    parts: list[Part] = [
        *store_head(bill.store, lang),
        title("HELD BILL", lang),
        banner("NOT PAID", lang),
        *copy_marks(how),
        Rule("="),
        *bill_head(bill, lang),
        Rule(),
        lines_table(bill, lang),
        Rule(),
        *totals(bill, lang),
        banner("NOT PAID", lang),
        *bill_code(bill),
        *foot(),
    ]
    return Slip("held", bill.number, tuple(parts))
