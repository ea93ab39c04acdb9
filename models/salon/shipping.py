"""What a salon begins with: the usual grades, and tips among the ways to pay."""

from __future__ import annotations

from models.salon import stylists
from models.salon.tips import ship_tips
from models.trust.founding import Founding


def ship(answers: Founding | None) -> None:
    """What is not there yet."""
    stylists.ship(answers)
    ship_tips()
