"""Tax rates (税率) that goods carry."""

from __future__ import annotations

from models.goods.basics import drop_tax_rate, save_tax_rate
from models.goods.goods import TaxRate
from models.trust.books import Book, Field
from receipts.words import word

BOOK = Book(
    "tax_rates",
    word("Tax rates"),
    TaxRate,
    fields=(
        Field("name", word("Name"), width=20, limit=20, is_required=True, is_sorted=True,
              example="13%"),
        Field("rate", word("Rate"), "rate", width=8, is_required=True, unit="%", example="13"),
        Field("is_active", word("In use"), "yes-no", width=6, default=True),
    ),
    right="keep goods",
    change_right="keep goods",
    save=save_tax_rate,
    drop=drop_tax_rate,
)  # fmt: skip
