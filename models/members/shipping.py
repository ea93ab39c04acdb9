"""What every store with lots begins with: the ways to pay."""

from __future__ import annotations

from models.members.tenders import ship_tenders
from models.trust.founding import Founding


def ship(_: Founding | None) -> None:
    """Put it into the store, inside the caller's transaction."""
    ship_tenders()
