"""The settings of the salon."""

from __future__ import annotations

from models.listings.listings import Field
from models.salon.rotation import WHOLE
from receipts.words import word

FIELDS = (
    Field("salon.asked_costs", word("Asked for costs"), "choice",
          choices=((0, word("no turn")), (1, word("half a turn")), (WHOLE, word("a turn"))),
          help=word("What work for somebody who was asked for takes of his turns.")),
    Field("salon.both_ends", word("Pay at both ends"), "yes-no",
          help=word("Yes: at the sale of a card and again for work that it pays.")),
    Field("salon.kept_deposit_pays", word("Kept deposit"), "yes-no",
          help=word("Yes: of a deposit of who did not come, whoever waited gets his rate.")),
)  # fmt: skip
