"""The shop: bills rung at a till and sold."""

from __future__ import annotations

from models.base.words import word
from models.ledger.kinds import SALE as SALE
from models.trust import roles
from models.trust.trades import DocumentKind, SlipKind, Trade

RETURN, VOID = "return", "void"
# The slip of a bill that is not paid.
HELD_SLIP = "held"
# A right and an event: goods come back, and nobody can say what was paid for them.
NO_SLIP = "return unslipped"
# The money of a sale goes from one way to another, and nothing else.
TENDER_CHANGE = "paid anew"
# What is a bill, in SQL: sold, come back, undone.
BILLS = f"('{SALE}', '{RETURN}', '{VOID}')"
# The same with the changes of the way to pay: by which way each was paid in truth.
BILLS_AS_PAID = f"('{SALE}', '{RETURN}', '{VOID}', '{TENDER_CHANGE}')"
_ANYONE = ("sell", "void line", "cancel bill", "void sale", "return goods")

SHOP = Trade(
    "shop",
    word("Shop"),
    needs=("goods", "selling", "members", "stock", "buying"),
    tables=("models.shop.sales", "models.shop.return_lines"),
    checks=("models.shop.checks:SHOP_CHECKS",),
    histories=("models.shop.customers:BOUGHT",),
    left_open=("models.shop.left_open:held_bills",),
    unpaid=("models.shop.left_open:in_baskets",),
    day_steps=("models.trust.drafts:forget_cancelled",),
    verbs={
        "sell": "",
        "void line": "",
        "cancel bill": "",
        "void sale": "",
        "return goods": "",
        NO_SLIP: "money",
    },
    grants={
        roles.CASHIER: _ANYONE,
        roles.FRONT_DESK: _ANYONE,
        roles.STYLIST: ("sell",),
    },
    documents=(
        DocumentKind(SALE, "S", slip=SALE), DocumentKind(RETURN, "R", slip=RETURN),
        DocumentKind(VOID, "V", slip=VOID), DocumentKind(TENDER_CHANGE, "VT"),
    ),
    slips=(
        SlipKind(
            SALE, word("Sale"), "models.reports.bills:sale_view", "receipts.slips.sale:sale_slip"
        ),
        SlipKind(
            RETURN, word("Return"), "models.reports.bills:sale_view",
            "receipts.slips.sale:sale_slip",
        ),
        SlipKind(
            VOID, word("Sale undone"), "models.reports.bills:sale_view",
            "receipts.slips.sale:sale_slip",
        ),
        SlipKind(
            HELD_SLIP, word("Held bill"), "models.reports.bills:held_view",
            "receipts.slips.held:held_slip",
        ),
        SlipKind(
            "invoice", word("Invoice request"),
            "models.reports.invoice_requests:invoice_request_view",
            "receipts.slips.invoice_request:invoice_request_slip", is_of_body=True,
        ),
    ),
    events={
        "void line": word("Line removed"),
        "cancel bill": word("Bill cancelled"),
        "override price": word("Price changed"),
        "void sale": word("Sale undone"),
        "change tender": word("Way to pay changed"),
        "return goods": word("Goods returned"),
        NO_SLIP: word("Goods returned without a slip"),
    },
    settings=("models.shop.unslipped",),
    reports={
        "takings-by-day": "models.reports.takings_lists:BY_DAY",
        "takings-by-hour": "models.reports.takings_lists:BY_HOUR",
        "takings-by-tender": "models.reports.takings_lists:BY_TENDER",
        "takings-by-category": "models.reports.takings_lists:BY_CATEGORY",
        "takings-by-item": "models.reports.takings_lists:BY_ITEM",
        "takings-by-cashier": "models.reports.takings_lists:BY_CASHIER",
        "takings-by-kind": "models.reports.takings_lists:BY_KIND",
        "margin": "models.reports.margin_lists:MARGIN",
        "customer-grades": "models.reports.customer_grades:CUSTOMER_GRADES",
        "sale-lines": "models.reports.sale_lines:SALE_LINES",
        "returns-by-reason": "models.reports.takings_lists:RETURNS_BY_REASON",
    },
)  # fmt: skip
