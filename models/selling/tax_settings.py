"""How prices and taxes of this store go together: settings, stored on each sale as they were."""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Rounding
from models.selling.lines import PriceRules
from models.selling.tax import TaxRounding
from models.trust.settings import setting

prices_include_tax = setting("tax.prices_include", True)
tax_rounding = setting("tax.rounding", "per_line", allowed=("per_line", "per_document"))
# The smallest coin in minor units that cash is paid in, and how it is rounded (抹零). 1: not.
cash_step = setting("cash.step", 1, allowed=(1, 5, 10, 50, 100))
cash_mode = setting("cash.mode", Rounding.HALF_UP.value, allowed=tuple(m.value for m in Rounding))


def price_rules() -> PriceRules:
    """The rules by which the pricing engine works now."""
    return PriceRules(store_currency(), TaxRounding(tax_rounding.value()))
