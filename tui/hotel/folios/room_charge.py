"""At a till: which room is charged, and who lives there."""

from __future__ import annotations

from typing import Any

from models.hotel.folios.room_tender import NotInTheHouse, RoomAccount, room_accounts
from models.ledger.ways.tenders import Tender
from receipts.words import word
from tui.desk.safe import clean
from tui.desk.words import said
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick


def _left(row: RoomAccount) -> Any:
    return str(row.left), "money" if row.left.minor > 0 else "warn"


_LIVING = (
    Column(word("Room"), 6, read=lambda row: row.stay.room.number if row.stay.room else ""),
    Column(word("Guest"), 0, read=lambda row: clean(row.stay.name)),
    Column(word("Departure"), 11, read=lambda row: str(row.stay.departure), drop=1),
    Column(word("Credit left"), 11, "right", read=_left),
)


async def ask_room(screen: Any, tender: Tender) -> int | None:
    """The window of the guest that is charged; he is always shown before anything counts. Asked
    again after a wrong room: its number typed once more must not become cash.
    """
    while typed := await screen.question(said("Room, or name of the guest")):
        try:
            rows = await screen.in_books(room_accounts, typed)
        except NotInTheHouse as refusal:
            screen.desk.tell(refusal)
            continue
        chosen = await screen.desk.ask(Pick(word("Is it this guest?"), _LIVING, rows))
        if chosen:
            key: int = chosen.folio.key
            return key
    return None
