"""The settings of the till."""

from __future__ import annotations

from models.listings.listings import Field
from receipts.words import word

FIELDS = (
    Field("shop.unslipped_credit", word("No slip: credit"), "yes-no",
          help=word("Yes: goods that come back without a slip give store credit, never cash.")),
)  # fmt: skip
