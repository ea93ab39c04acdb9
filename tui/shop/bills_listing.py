"""Bills (销售单): what was sold, newest first; only to be read and printed again."""

from __future__ import annotations

from typing import Any

from models.base.database import store_number
from models.ledger.documents import Document
from models.listings.listings import Action, Condition, Field, Grid, Link, Listing
from models.reports.bills import BillUnknown, bill_of_number
from models.selling.charges import ChargeLine
from models.shop.trade import SALE
from models.trust.registers import Register
from models.trust.users import User
from receipts.words import word
from tui.records.looks import HOUR_WIDTH, Look


def _lines(key: int | None) -> list[dict[str, Any]]:
    rows = ChargeLine.select().where(ChargeLine.document == (key or 0)).order_by(ChargeLine.line)
    names = ("code", "name", "quantity", "price", "discount", "amount")
    return [{name: getattr(row, name) for name in names} for row in rows]


def _search(text: str, limit: int) -> list[int]:
    """By the number on the slip, its bar code, or the number alone at any register."""
    registers = [row.number for row in Register.select().where(Register.store == store_number())]
    found: dict[int, None] = {}
    for register in registers[:limit]:
        try:
            bill = bill_of_number(text, register)
        except BillUnknown:
            continue
        found[bill.key] = None
    return list(found)


async def _show(screen: Any, line: Any) -> None:
    from tui.shop.bills import show_bill

    await show_bill(screen.desk, line.key)


LISTING = Listing(
    "bills",
    word("Sold bills"),
    Document,
    order="day",
    is_newest_first=True,
    where=(Condition("kind", "=", SALE),),
    fields=(
        Field("day", word("Day"), "date", is_computed=True, is_sorted=True),
        Field("at", word("Time"), "instant", look=Look(HOUR_WIDTH), is_computed=True),
        Field("register", word("Till"), "number", look=Look(4), is_computed=True),
        Field("number", word("Number"), "number", look=Look(8), is_computed=True),
        Field("user", word("Cashier"), "link", look=Look(16), link=Link("users", User),
              is_computed=True),
        Field("total", word("Total"), "money", look=Look(12), is_computed=True, is_summed=True),
        Field("note", word("Note"), look=Look(0, box=50, drop=2), is_computed=True),
    ),
    find=(),
    named="number",
    dates="day",
    owners=("user",),
    right="see takings",
    search=_search,
    grid=Grid(
        "lines",
        word("Lines"),
        (
            Field("code", word("Code"), look=Look(13), is_computed=True),
            Field("name", word("Item"), look=Look(22), is_computed=True),
            Field("quantity", word("Quantity"), "quantity", is_computed=True),
            Field("price", word("Price"), "money", look=Look(8), is_computed=True),
            Field("discount", word("Discount"), "money", look=Look(8), is_computed=True),
            Field("amount", word("Amount"), "money", look=Look(9), is_computed=True),
        ),
        _lines,
        is_fixed=True,
    ),
    actions=(Action(word("Show the slip; Enter prints it"), _show, "print"),),
)  # fmt: skip
