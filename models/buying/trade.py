"""Buying, for every trade that has goods in stock."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import ApprovalKind, DocumentKind, SlipKind, Trade

GOODS_IN, GOODS_BACK, BILL_IN, LANDED = "goods in", "goods back", "bill in", "landed cost"
ORDER_SLIP, CAME_SLIP, SHORT_SLIP = "order", "goods_in", "short"
# What the approval of an order is called.
ORDER_REQUEST = "purchase order"
_SEE = "see purchases"
_PAPERS = "receipts.slips.buying"

BUYING = Trade(
    "buying",
    needs=("stock",),
    tables=(
        "models.buying.suppliers", "models.buying.orders", "models.buying.receipts",
        "models.buying.bills",
    ),
    checks=("models.buying.checks:BUYING_CHECKS",),
    left_open=("models.buying.receiving:unfinished",),
    verbs={
        _SEE: "",
        "order goods": "",
        "approve orders": "money",
        "receive goods": "",
        "exceed order": "",
        "return to supplier": "money",
        "book supplier bills": "",
        "accept price difference": "money",
    },
    grants={
        roles.STOCK_CLERK: (
            _SEE, "order goods", ("approve orders", 100_000), "receive goods",
            ("return to supplier", 100_000), "book supplier bills",
            ("accept price difference", 5_000), "print",
        ),
        roles.AUDITOR: (_SEE,),
    },
    documents=(
        DocumentKind(GOODS_IN, "GI", slip=CAME_SLIP),
        DocumentKind(GOODS_BACK, "GB", slip=CAME_SLIP),
        DocumentKind(BILL_IN, "BI"),
        DocumentKind(LANDED, "LC"),
    ),
    slips=(
        SlipKind(
            ORDER_SLIP, word("Purchase order"), "models.buying.papers:order_view",
            f"{_PAPERS}:order_slip", right=_SEE, is_of_store=True,
        ),
        SlipKind(
            CAME_SLIP, word("Goods in"), "models.buying.papers:goods_in_view",
            f"{_PAPERS}:goods_in_slip", right=_SEE, is_of_store=True,
        ),
        SlipKind(
            SHORT_SLIP, word("Differences of a delivery"), "models.buying.papers:goods_in_view",
            f"{_PAPERS}:short_slip", right=_SEE, is_of_store=True,
        ),
    ),
    settings=("models.buying.prices",),
    lots=("models.buying.batches:lots_at",),
    approvals=(
        ApprovalKind(
            ORDER_REQUEST, "approve orders", "approve orders",
            "models.buying.orders:worth_of_order", "models.buying.orders:execute_order",
            "models.buying.orders:told_of_order",
        ),
    ),
    reports={
        "batches": "models.reports.batch_lists:BATCHES",
        "purchases": "models.reports.buying_lists:PURCHASES",
        "purchases-by-supplier": "models.reports.buying_lists:BY_SUPPLIER",
        "open-orders": "models.reports.buying_lists:OPEN_ORDERS",
        "not-billed": "models.reports.buying_lists:NOT_BILLED",
        "supplier-bills": "models.reports.buying_lists:BILLS",
    },
)  # fmt: skip
