"""The settings of buying."""

from __future__ import annotations

from models.listings.listings import Field
from receipts.words import word
from tui.records.looks import Look

BUYING = (
    Field("buying.input_tax", word("Keep input tax"), "yes-no",
          help=word("Yes: the tax on purchases comes back and is no cost. No: it is cost.")),
    Field("buying.prices_include", word("Costs with tax"), "yes-no",
          look=Look(is_beside=True),
          help=word("Whether suppliers' prices hold the tax.")),
)  # fmt: skip
