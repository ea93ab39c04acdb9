"""How prices and taxes of this store go together: settings, stored on each sale as they were."""

from __future__ import annotations

from models.base.fields import store_currency
from models.selling.lines import DiscountBasis, PriceRules
from models.selling.tax import TaxRounding
from models.trust.founding import Founding
from models.trust.settings import setting, store_value, values_of

prices_include_tax = setting("tax.prices_include", True)
tax_rounding = setting(
    "tax.rounding", "per_line", allowed=tuple(each.value for each in TaxRounding)
)
discount_basis = setting(
    "discount.basis", "amounts", allowed=tuple(each.value for each in DiscountBasis)
)


def price_rules() -> PriceRules:
    """The rules by which the pricing engine works now."""
    rounding, basis = values_of(tax_rounding, discount_basis)
    return PriceRules(store_currency(), TaxRounding(rounding), DiscountBasis(basis))


def ship(answers: Founding | None) -> None:
    """What the founder said of prices and tax."""
    if answers is not None:
        store_value(prices_include_tax.name, answers.prices_include_tax)
