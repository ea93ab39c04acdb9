"""Tax rates (税率) that goods carry."""

from __future__ import annotations

from models.goods.goods import AS_STORE, IN_PRICE, ON_TOP, TaxRate
from models.goods.taxes import drop_tax_rate, save_tax_rate
from models.ledger.accounts import CONTAINER_DEPOSIT, OTHER_TAX, OUTPUT_TAX
from models.listings.listings import Field, Link, Listing
from receipts.words import word
from tui.records.looks import Look

PLACES = (
    (AS_STORE, word("as the store")), (IN_PRICE, word("in the price")), (ON_TOP, word("on top")),
)  # fmt: skip
ACCOUNTS = (
    (OUTPUT_TAX, word("Output tax")), (OTHER_TAX, word("Other taxes")),
    (CONTAINER_DEPOSIT, word("Deposits held")),
)  # fmt: skip
GROUP = word("A group of taxes, such as GST and PST: the taxes in it; it has no rate of its own.")
PARTS = (("first", word("Tax 1")), ("second", word("Tax 2")), ("third", word("Tax 3")))

LISTING = Listing(
    "tax_rates",
    word("Tax rates"),
    TaxRate,
    fields=(
        Field("name", word("Name"), look=Look(20), limit=20, is_required=True, is_sorted=True,
              example="13%"),
        Field("rate", word("Rate"), "rate", is_required=True, unit="%", example="13"),
        Field("each", word("A piece"), "money", look=Look(is_beside=True),
              help=word("A fixed amount for each piece instead of a rate.")),
        Field("place", word("In the price"), "choice", choices=PLACES, default=AS_STORE),
        Field("is_based_on", word("Taxed again"), "yes-no", look=Look(is_beside=True),
              default=False,
              is_listed=False,
              help=word("The taxes after it are taken of it too.")),
        Field("account", word("Account"), "choice", look=Look(16), choices=ACCOUNTS,
              default=OUTPUT_TAX,
              is_listed=False),
        *(
            Field(name, label, "link", look=Look(10, box=20, is_beside=name == "second"),
                  link=Link("tax_rates", TaxRate), is_listed=False, help=GROUP)
            for name, label in PARTS
        ),
        Field("is_active", word("In use"), "yes-no", default=True),
    ),
    right="keep goods",
    change_right="keep goods",
    save=save_tax_rate,
    drop=drop_tax_rate,
)  # fmt: skip
