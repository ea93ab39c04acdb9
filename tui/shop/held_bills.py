"""Choosing a bill that waits, or one that was cancelled today; with one on hold, no question."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from models.base import clock
from models.ledger.store_card import local, user_name
from models.shop.basket import load
from models.shop.bill_life import waiting_bills
from models.trust.drafts import CANCELLED, Draft
from receipts.words import word
from tui.desk.words import t
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from tui.shop.selling import Selling


class Waiting(NamedTuple):
    """A bill that can be fetched, as the list shows it."""

    key: int
    since: str
    title: str
    amount: str
    till: str
    cashier: str
    is_cancelled: bool


COLUMNS = (
    Column(word("Since"), 6, read=lambda row: row.since),
    Column(word("Bill"), 0, most=36, is_name=True, read=lambda row: titled(row)),
    Column(word("Till"), 4, read=lambda row: row.till),
    Column(word("Cashier"), 9, read=lambda row: row.cashier),
    Column(word("Amount"), 10, "right", tone="money", read=lambda row: row.amount),
)


def titled(row: Waiting) -> tuple[str, str]:
    """What it is called; a cancelled one says so."""
    if row.is_cancelled:
        return t("cancelled: {title}", title=row.title), "warn"
    return row.title, ""


class WhichBill(Pick):
    """The bills that can be fetched."""

    width = 76


def waiting(*, with_cancelled: bool = True) -> list[Waiting]:
    """Bills on hold first, the newest of each first: Enter never brings back a cancelled one
    while another waits.
    """
    return [
        Waiting(
            draft.key,
            _since(draft),
            draft.title,
            str(load(draft).amount_due),
            str(draft.register),
            user_name(draft.user),
            draft.state == CANCELLED,
        )
        for draft in sorted(
            waiting_bills(with_cancelled=with_cancelled),
            key=lambda draft: draft.state == CANCELLED,
        )
    ]


def _since(draft: Draft) -> str:
    """The hour, of another day the day: 20:10 of yesterday is no hour to come."""
    at = local(draft.changed_at)
    return at.strftime("%H:%M" if at.date() == local(clock.now()).date() else "%m-%d")


async def choose_held(screen: Selling, *, is_to_join: bool = False) -> int | None:
    """The key of the bill to fetch, or None. The list is opened unless one alone is on hold. What
    is put onto another (`is_to_join`) is always asked, and is none that was cancelled.
    """
    rows = await screen.in_books(waiting, with_cancelled=not is_to_join)
    if not rows:
        screen.desk.alarm(word("No bill is on hold."))
        return None
    if len(rows) == 1 and not (rows[0].is_cancelled or is_to_join):
        return rows[0].key
    title = word("Which bill is put onto this one?") if is_to_join else word("Which bill?")
    row = await screen.desk.ask(WhichBill(title, COLUMNS, rows))
    return row.key if row else None
