"""Several counters at one board: the last chair is booked once."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from models.ledger.proving.proof import verify
from models.salon.appointments import Appointment, Hold
from models.salon.services import SalonService
from tests.models.salon import counters_at_the_board
from tests.models.salon.booked import at, thing
from tests.models.salon.salon import WASH, open_salon
from tests.models.test_concurrency import contended
from tests.stores import Shop


@pytest.mark.row("NFR-13", "B-3")
@pytest.mark.timeout(300)
def test_the_last_chair(shop_on: Callable[[str], Shop]) -> None:
    """Three could do it, and there are two chairs, of which one is taken by who comes first."""
    salon = shop_on("postgres")
    open_salon(salon)
    for name in ("1号椅", "2号椅"):
        thing(salon, name, "椅")
    SalonService.update(needs="椅").execute()
    told = contended(salon, counters_at_the_board.book_last_chair, WASH, at("10"))
    assert told.pop("王芳") == 2 and told.total() == 2, told
    assert set(told) <= {"ThingTaken", "NobodyFree", "Conflict"}
    assert (Appointment.select().count(), Hold.select().count()) == (2, 4)
    assert not verify()
