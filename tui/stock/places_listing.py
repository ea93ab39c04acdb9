"""Places where goods lie (存放地点): shop floor, store room, and those that the store makes."""

from __future__ import annotations

from models.listings.listings import Field, Listing
from models.stock.places import save_place
from models.stock.stock import Location
from receipts.words import word
from tui.records.looks import Look

LISTING = Listing(
    "places",
    word("Places of goods"),
    Location,
    key=("number",),
    order="number",
    fields=(
        Field("number", word("Number"), "number", look=Look(8), is_computed=True),
        Field("name", word("Name"), limit=40, is_required=True, example="二楼仓库"),
        Field("is_active", word("In use"), "yes-no", default=True,
              help=word("A place that is not in use takes no goods; one where goods lie stays.")),
    ),
    right="keep goods",
    change_right="keep goods",
    save=save_place,
)  # fmt: skip
