"""Selling: prices, discounts and taxes, the same for every trade."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

# Thousandths of a per cent: ten per cent.
_SMALL_DISCOUNT = ("give discount", 10_000)

SELLING = Trade(
    "selling",
    needs=("goods",),
    tables=(
        "models.selling.charges",
        "models.selling.promotion_rows",
        "models.selling.promotion_effect",
    ),
    checks=("models.selling.checks:SELLING_CHECKS",),
    ships="models.selling.tax_settings:ship",
    verbs={"give discount": "per cent", "override price": "", "keep promotions": ""},
    grants={roles.CASHIER: (_SMALL_DISCOUNT,), roles.FRONT_DESK: (_SMALL_DISCOUNT,)},
    reports={
        "promotion-effect": "models.reports.promotion_lists:EFFECT",
        "price-changes": "models.reports.price_lists:PRICE_CHANGES",
    },
    settings=("models.selling.tax_settings", "models.selling.items"),
)
