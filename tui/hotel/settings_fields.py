"""The settings of the hotel."""

from __future__ import annotations

from models.hotel.audit.unattended import ASK, EXTEND, NO_SHOW, NO_SHOW_FEE
from models.hotel.charges.fees import BY_HOUR, ONCE
from models.hotel.charges.hours import EarlyMorning
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
    Field("hotel.late_per_cent", word("Late costs"), "number", look=Look(4),
          unit=word("% of a night"), is_required=True,
          help=word("Until the full night is due; 0: nothing.")),
    Field("hotel.late_way", word("Charged how"), "choice", look=Look(22, is_beside=True),
          choices=((ONCE, word("Once")), (BY_HOUR, word("For each hour begun")))),
    Field("hotel.early_until", word("Early morning to"), look=Look(6), limit=5, example="06:00",
          help=word("Who comes after the audit and before it pays for the rest of the night.")),
    Field("hotel.early_morning", word("It costs"), "choice", look=Look(20, is_beside=True),
          choices=((EarlyMorning.NOTHING, word("Nothing")),
                   (EarlyMorning.HALF, word("Half a night")),
                   (EarlyMorning.WHOLE, word("A whole night")))),
    Field("hotel.dropped_nights", word("Dropped nights"), "number", look=Look(4),
          unit=word("nights paid"), is_required=True,
          help=word("Who leaves early pays so many of the nights that he drops; 0: none.")),
    Field("hotel.earliest_close", word("Closed from"), "number", look=Look(4), unit=word("o'clock"),
          is_required=True),
    Field("hotel.cancel_free_days", word("Free to cancel"), "number",
          look=Look(4, is_beside=True),
          unit=word("days before"), is_required=True,
          help=word("Later a guaranteed room costs its first night out of the deposit; 0: always "
                    "free.")),
    Field("hotel.visitors_tax_from_age", word("Tax from age"), "number", look=Look(4),
          is_required=True,
          help=word("Visitors' tax: younger children pay none; what it costs stands with the "
                    "services (69), code 1090.")),
    Field("hotel.visitors_tax_nights", word("Tax for nights"), "number",
          look=Look(4, is_beside=True), unit=word("first nights"), is_required=True,
          help=word("Visitors' tax is paid for so many nights of a stay; 0: for all.")),
    Field("hotel.visitors_tax_of_room", word("Tax of the room"), look=Look(6), limit=6,
          unit=word("%"), is_required=True, example="5",
          help=word("Visitors' tax as a part of the net room price; 0: by person only.")),
    Field("hotel.unattended_due_out", word("Did not leave"), "choice", look=Look(20),
          choices=((ASK, word("Ask")), (EXTEND, word("One more night"))),
          help=word("What an audit with nobody at the desk answers.")),
    Field("hotel.unattended_arrival", word("Did not come"), "choice", look=Look(28, is_beside=True),
          choices=((ASK, word("Ask")), (NO_SHOW, word("No-show, guaranteed ones ask")),
                   (NO_SHOW_FEE, word("No-show, guaranteed ones pay")))),
)  # fmt: skip
