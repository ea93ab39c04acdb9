"""Units of measure (计量单位)."""

from __future__ import annotations

from models.goods.basics import drop_unit, save_unit
from models.goods.goods import Unit
from models.listings.listings import Field, Listing
from receipts.words import word
from tui.records.looks import Look

LISTING = Listing(
    "units",
    word("Units of measure"),
    Unit,
    fields=(
        Field("name", word("Name"), look=Look(12), limit=20, is_required=True, is_sorted=True,
              example="瓶"),
        Field(
            "decimals", word("Decimals"), "number", look=Look(10), default=0, is_required=True,
            help=word("0 for pieces, 3 for what is weighed."),
        ),
    ),
    right="keep goods",
    change_right="keep goods",
    save=save_unit,
    drop=drop_unit,
)  # fmt: skip
