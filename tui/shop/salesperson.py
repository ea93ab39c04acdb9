"""Choosing who served the customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.shop.basket import set_salesperson
from models.trust.users import User
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.selling import Selling

COLUMNS = (
    Column("#", 8, tone="muted", read=lambda row: row[0]),
    Column(word("Name"), 0, read=lambda row: row[1]),
)


def _staff() -> list[tuple[str, str, int | None]]:
    users = User.select().where(User.is_active).order_by(User.login)
    return [("", t("Nobody"), None), *((user.login, user.name, user.key) for user in users)]


async def choose_salesperson(screen: Selling) -> None:
    """Ask, and keep it on the bill; the first line takes it away."""
    rows = await screen.in_books(_staff)
    row = await screen.desk.ask(Pick(word("Who serves?"), COLUMNS, rows))
    if row is not None:
        await screen.in_books(set_salesperson, screen.basket, row[2])
        screen.show_bill(screen.lines.cursor)
