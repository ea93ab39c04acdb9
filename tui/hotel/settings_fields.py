"""The settings of the hotel."""

from __future__ import annotations

from models.hotel.unattended import ASK, EXTEND, NO_SHOW, NO_SHOW_FEE
from models.listings.listings import Field
from receipts.words import word
from tui.records.looks import Look

FIELDS = (
    Field("hotel.tax_on_service", word("Tax on service"), "yes-no"),
    Field("hotel.check_in_to_dirty_rooms", word("Let dirty rooms"), "yes-no",
          look=Look(is_beside=True)),
    Field("hotel.late_from", word("Late from"), look=Look(6), limit=5, example="12:00"),
    Field("hotel.late_whole_after", word("Full night after"), look=Look(6, is_beside=True), limit=5,
          example="18:00"),
    Field("hotel.earliest_close", word("Closed from"), "number", look=Look(4), unit=word("o'clock"),
          is_required=True),
    Field("hotel.cancel_free_days", word("Free to cancel"), "number",
          look=Look(4, is_beside=True),
          unit=word("days before"), is_required=True,
          help=word("Later a guaranteed room costs its first night out of the deposit; 0: always "
                    "free.")),
    Field("hotel.unattended_due_out", word("Did not leave"), "choice", look=Look(20),
          choices=((ASK, word("Ask")), (EXTEND, word("One more night"))),
          help=word("What an audit with nobody at the desk answers.")),
    Field("hotel.unattended_arrival", word("Did not come"), "choice", look=Look(24, is_beside=True),
          choices=((ASK, word("Ask")), (NO_SHOW, word("No-show, guaranteed ones ask")),
                   (NO_SHOW_FEE, word("No-show, guaranteed ones pay")))),
)  # fmt: skip
