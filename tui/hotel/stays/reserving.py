"""From the rack: a reservation, who comes today, and any guest by name, phone or number."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from models.hotel.audit.audit import no_arrivals
from models.hotel.stays.stays import EXPECTED, IN_HOUSE, Stay
from models.ledger.daily.days import store_day
from models.trust.guard import require_right
from models.trust.operation import Session
from receipts.words import word
from tui.hotel.stays.stays_listing import LISTING
from tui.records.forms.form import FormScreen, edit, new_record
from tui.records.picker import Picker
from tui.widgets.line_list import Column
from tui.widgets.panel import Pick

if TYPE_CHECKING:
    from models.hotel.stays.rack import RackRoom

_ARRIVALS = (
    Column(word("Guest"), 0, read=lambda row: row.name),
    Column(word("Type"), 6, read=lambda row: row.room_type.code),
    Column(word("Room"), 6, read=lambda row: row.room.number if row.room else ""),
    Column(word("Nights"), 6, "right", read=lambda row: (row.departure - row.arrival).days),
    Column(word("Number"), 12, tone="muted", read=lambda row: row.number, drop=1),
)


async def new_reservation(app: Any) -> None:
    """From the menu: the form of a reservation."""
    await _reserved(app, await edit(app, FormScreen(LISTING)))


async def reserve_like(app: Any, room: RackRoom) -> None:
    """A reservation for the type of a room."""
    from models.listings.listings import Linked

    preset = {"room_type": Linked(room.room_type, room.type_code)}
    await _reserved(app, await edit(app, FormScreen(LISTING, preset=preset)))


async def _reserved(app: Any, key: int | None) -> None:
    if key is not None:
        stay = await app.in_books(Stay.get_by_id, key)
        app.inform(word("Reserved: {number} {name}"), number=stay.number, name=stay.name)


async def choose_arrival(app: Any, paper: str = "") -> None:
    """Who is expected today and has not come; the chosen one is checked in, with the paper that was
    read before.
    """
    from tui.hotel.stays.check_in import check_in_stay

    rows = await app.in_books(_expected, app.session)
    if not rows:
        app.inform(word("Nobody is expected any more today."))
        return
    text = lambda row: f"{row.name} {row.pinyin} {row.number}"  # noqa: E731
    stay = await app.ask(Pick(word("Who arrives?"), _ARRIVALS, rows, text_of=text))
    if stay is not None:
        await check_in_stay(app, stay.key, paper)


def _expected(session: Session) -> list[Stay]:
    require_right(session, "check in", what="arrivals")
    return no_arrivals(store_day())


async def find_stay(app: Any) -> None:
    """Any stay: who is in the house shows the account, who is expected is checked in, and of all
    others the record is shown.
    """
    picked = await app.ask(Picker(LISTING, makes=partial(new_record, app)))
    if picked is None:
        return
    stay = await app.in_books(Stay.get_by_id, picked.key)
    if stay.state in EXPECTED and stay.arrival <= await app.in_books(store_day):
        from tui.hotel.stays.check_in import check_in_stay

        await check_in_stay(app, stay.key)
    elif stay.state == IN_HOUSE or stay.left_day is not None:
        from tui.hotel.folios.folio import open_folio

        await open_folio(app, stay.key)
    else:
        await edit(app, FormScreen(LISTING, stay.key))
