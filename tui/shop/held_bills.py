"""Choosing a held bill: with one on hold, no question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.ledger.store_cards import local, user_name
from models.trust import drafts
from receipts.words import word
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.selling import Selling

COLUMNS = (
    Column(word("Since"), 6, read=lambda row: row[1]),
    Column(word("Bill"), 0, read=lambda row: row[2]),
    Column(word("Till"), 6, read=lambda row: row[3]),
    Column(word("Cashier"), 14, read=lambda row: row[4]),
)


def _held() -> list[tuple[int, str, str, str, str]]:
    return [
        (
            draft.key,
            local(draft.changed_at).strftime("%H:%M"),
            draft.title,
            str(draft.register),
            user_name(draft.user),
        )
        for draft in drafts.held("sale")
    ]


async def choose_held(screen: Selling) -> int | None:
    """The key of the held bill to fetch, or None."""
    rows = await screen.in_books(_held)
    if not rows:
        screen.desk.alarm(word("No bill is on hold."))
        return None
    if len(rows) == 1:
        return rows[0][0]
    row = await screen.desk.ask(Pick(word("Which bill?"), COLUMNS, rows))
    return row[0] if row else None
