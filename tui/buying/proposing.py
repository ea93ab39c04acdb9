"""Goods that run short, by supplier: one key makes the draft order of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.base.database import store_number
from models.buying.proposing import SupplierShort, order_short, require_some, short_by_supplier
from models.trust.operation import open_day
from receipts.words import word
from tui.records.open import screen_of
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


def _lines(row: SupplierShort) -> str:
    first = row.lines[0].name
    return first if len(row.lines) == 1 else f"{first} +{len(row.lines) - 1}"


COLUMNS = (
    Column(word("Supplier"), 0, least=14, read=lambda row: row.supplier.name),
    Column(word("Runs short"), 24, read=_lines),
    Column(word("Amount"), 11, "right", tone="money", read=lambda row: str(row.total)),
)


def _short() -> list[SupplierShort]:
    found = short_by_supplier(open_day(store_number()))
    require_some(found)
    return found


async def open_proposal(app: CounterApp) -> None:
    """From the menu, and from what home reminds of: one key makes the draft. Refuses:
    NothingShort, NothingPriced.
    """
    rows = await app.in_books(_short)
    chosen: SupplierShort | None = rows[0]
    if len(rows) > 1:
        chosen = await app.ask(Pick(word("Order from whom?"), COLUMNS, rows))
    if chosen is None:
        return
    made = await app.in_books(order_short, app.session, supplier=chosen.supplier.key)
    await app.go(screen_of("orders"))
    app.inform(word("Draft order: {number}"), number=", ".join(one.number for one in made))
