"""Choosing who served the customer; where a trade wants to know it, who did the work of a line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from models.shop.basket import set_salesperson
from models.trust.trades_used import used_names
from models.trust.users import User
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.desk.gate.key_rows import Command
    from tui.shop.selling import Selling

COLUMNS = (
    Column("#", 8, tone="muted", read=lambda row: row[0]),
    Column(word("Name"), 0, read=lambda row: row[1]),
)


def asks_hands() -> bool:
    """Does a trade in use want to know who did the work of a line?"""
    from tui.desk.trade_screens import declared

    return any(declared("hands", used_names()))


def of_hands(command: Command) -> Command:
    """The key for who served, as it is said where it asks who did the chosen work."""
    told = word("Says who did the chosen work, and what it used up.")
    return replace(command, label=word("Who did it"), help=told)


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
