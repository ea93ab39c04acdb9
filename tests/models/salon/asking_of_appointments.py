"""What somebody without the right is refused at the board of appointments."""

from __future__ import annotations

from models.salon.appointments import ARRIVED, SERVING
from tests.models.salon.booked import book, step
from tests.models.salon.salon import WASH, open_salon
from tests.stores import Shop


def booked_over(shop: Shop) -> None:
    """A client is squeezed in by whoever may only book."""
    open_salon(shop)
    book(shop, "10", (WASH, 8), squeeze="老客")


def begun_over(shop: Shop) -> None:
    """The same as somebody is begun with."""
    open_salon(shop)
    found = step(shop, book(shop, "10", (WASH, 8)), ARRIVED)
    step(shop, found, SERVING, squeeze="老客")
