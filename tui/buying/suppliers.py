"""Looking up a supplier."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models.listings.listings import Linked
from tui.records.listings import listing
from tui.records.picker import Picker

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


async def pick_supplier(app: CounterApp) -> int | None:
    """The account of a supplier, looked up."""
    chosen: Linked | None = await app.ask(Picker(listing("suppliers")))
    return None if chosen is None else int(chosen.key)
