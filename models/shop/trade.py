"""The shop: bills rung at a till and sold."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import DocumentKind, SlipKind, Trade

SALE, RETURN = "sale", "return"

SHOP = Trade(
    "shop",
    word("Shop"),
    needs=("goods", "selling", "stock"),
    tables=("models.shop.sales",),
    checks=("models.shop.checks:SHOP_CHECKS",),
    histories=("models.shop.customers:BOUGHT",),
    day_steps=("models.trust.drafts:forget_cancelled",),
    verbs={"sell": "", "void line": "", "cancel bill": ""},
    grants={
        roles.CASHIER: ("sell", "void line", "cancel bill"),
        roles.FRONT_DESK: ("sell", "void line", "cancel bill"),
        roles.STYLIST: ("sell",),
    },
    documents=(DocumentKind(SALE, "S", slip="sale"), DocumentKind(RETURN, "R", slip="return")),
    slips=(
        SlipKind(
            "sale", word("Sale"), "models.reports.bills:sale_view", "receipts.slips.sale:sale_slip"
        ),
        SlipKind(
            "return", word("Return"), "models.reports.bills:sale_view",
            "receipts.slips.sale:sale_slip",
        ),
        SlipKind(
            "held", word("Held bill"), "models.reports.bills:held_view",
            "receipts.slips.held:held_slip",
        ),
    ),
    events={
        "void line": word("Line removed"),
        "cancel bill": word("Bill cancelled"),
        "override price": word("Price changed"),
    },
    reports={
        "takings-by-day": "models.reports.takings_lists:BY_DAY",
        "takings-by-tender": "models.reports.takings_lists:BY_TENDER",
        "takings-by-category": "models.reports.takings_lists:BY_CATEGORY",
        "takings-by-item": "models.reports.takings_lists:BY_ITEM",
        "takings-by-cashier": "models.reports.takings_lists:BY_CASHIER",
    },
)  # fmt: skip
