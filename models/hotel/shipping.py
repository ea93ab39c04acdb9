"""What a house begins with: the services it charges, the way to pay by room, and that the shift of
its desk goes over the close of the day and is handed over on paper.
"""

from __future__ import annotations

from models.hotel.charges import services
from models.hotel.folios import room_tender
from models.ledger.daily import days, handover
from models.trust.founding import Founding
from models.trust.settings import store_value


def ship(answers: Founding | None) -> None:
    """Put it into the store, inside the caller's transaction."""
    services.ship(answers)
    room_tender.ship_tender()
    store_value(days.shifts_go_over.name, True)
    store_value(handover.is_printed.name, True)
