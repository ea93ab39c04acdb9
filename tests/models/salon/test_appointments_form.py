"""The form of an appointment: what is opened and saved again is booked as it was."""

from __future__ import annotations

import pytest

from models.base.hot import query
from models.salon.appointments import lines_of
from models.salon.hours import hour_text, minute_at
from models.trust.operation import new_uid
from tests.models.salon.booked import book, wish
from tests.models.salon.salon import CUT, WASH
from tests.stores import Shop
from tui.salon.appointments_listing import LISTING


@pytest.mark.row("B-3")
def test_services_that_were_booked_apart_stay_apart(salon: Shop) -> None:
    """Hands and feet at once, then a pause: 10:00, 10:00 and 12:00; the form changes a phone."""
    made = book(
        salon, "10", wish(salon, CUT, 8), wish(salon, WASH, 9, minute="10"), wish(salon, CUT, 9),
        wish(salon, WASH, 8, minute="12"),
    )  # fmt: skip
    assert LISTING.read is not None and LISTING.save is not None
    record = LISTING.read(made.key)
    assert record is not None
    assert [(row["at"], row["ends"]) for row in record.lines] == [
        ("", "10:00-10:45"), ("10:00", "10:00-10:30"), ("", "10:30-11:15"),
        ("12:00", "12:00-12:30"),
    ]  # fmt: skip
    lines = [
        {**row, "goods": row["goods"].key, "stylist": row["stylist"].key} for row in record.lines
    ]
    values = {**record.values, "phone": "13900000001", "services": lines}
    saved = LISTING.save(salon.cashier, made.key, version=record.version, **values, uid=new_uid())
    assert [hour_text(minute_at(saved.day, line.starts_at)) for line in lines_of(made.key)] == [
        "10:00", "10:00", "10:30", "12:00",
    ]  # fmt: skip
    assert query('SELECT "phone" FROM "appointment"') == [("13900000001",)]
