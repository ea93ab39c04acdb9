"""What rates include (包价): a breakfast, a bottle of wine."""

from __future__ import annotations

from typing import Any

from models.hotel.charges.package_items import PackageItem, save_package
from models.hotel.rooms.rates import RatePlan
from models.listings.listings import Field, Link, Listing
from receipts.words import word
from tui.records.looks import Look


def _save(session: Any, key: int | None, *, version: int, **values: Any) -> PackageItem:
    given = {name: value for name, value in values.items() if value is not None}
    given["plan"] = RatePlan.get_by_id(values["plan"])
    return save_package(session, key, version=version, **given)


LISTING = Listing(
    "packages",
    word("Included in the rate"),
    PackageItem,
    order="code",
    fields=(
        Field("plan", word("Rate plan"), "link", look=Look(10), is_required=True,
              link=Link("rate_plans", RatePlan, shown="code")),
        Field("code", word("Code"), look=Look(8), limit=10, is_required=True, is_sorted=True,
              example="2000", help=word("Its service: 2000 is food and beverage.")),
        Field("price", word("Price"), "money", is_required=True, example="50.00",
              help=word("Of the price of the night so much is for it.")),
        Field("allowance", word("Allowance"), "money", look=Look(is_beside=True),
              help=word("A guest may have so much of it the day after the night; blank: its "
                        "price.")),
        Field("is_per_person", word("For each adult"), "yes-no", look=Look(14), default=True),
        Field("is_same_day", word("The same evening"), "yes-no", look=Look(10, is_beside=True),
              default=False, is_listed=False,
              help=word("A dinner; a breakfast is had the day after the night.")),
        Field("is_at_till", word("Also at the till"), "yes-no", look=Look(10), default=False,
              is_listed=False, help=word("What a till charges to the room counts as it.")),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    find=("code",),
    right="keep rates",
    change_right="keep rates",
    save=_save,
    named="code",
)  # fmt: skip
