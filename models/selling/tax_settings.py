"""How prices and taxes of this store go together: settings, stored on each sale as they were."""

from __future__ import annotations

from models.base.fields import store_currency
from models.selling.lines import PriceRules
from models.selling.tax import TaxRounding
from models.trust.founding import Founding
from models.trust.settings import setting, store_value

prices_include_tax = setting("tax.prices_include", True)
tax_rounding = setting("tax.rounding", "per_line", allowed=("per_line", "per_document"))


def price_rules() -> PriceRules:
    """The rules by which the pricing engine works now."""
    return PriceRules(store_currency(), TaxRounding(tax_rounding.value()))


def ship(answers: Founding | None) -> None:
    """What the founder said of prices and tax."""
    if answers is not None:
        store_value(prices_include_tax.name, answers.prices_include_tax)
