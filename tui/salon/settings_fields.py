"""The settings of the salon."""

from __future__ import annotations

from models.listings.listings import Field
from models.salon.rotation import WHOLE
from receipts.words import word

FIELDS = (
    Field("salon.asked_costs", word("Asked for costs"), "choice",
          choices=((0, word("no turn")), (1, word("half a turn")), (WHOLE, word("a turn"))),
          help=word("What work for somebody who was asked for takes of his turns.")),
)  # fmt: skip
