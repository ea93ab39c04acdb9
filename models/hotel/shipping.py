"""What a house begins with: the services it charges, and the way to pay by room."""

from __future__ import annotations

from models.hotel import room_tender, services
from models.trust.founding import Founding


def ship(answers: Founding | None) -> None:
    """Put it into the store, inside the caller's transaction."""
    services.ship(answers)
    room_tender.ship_tender()
