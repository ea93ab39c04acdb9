"""Stock, for every trade that has goods lying about."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import ApprovalKind, DocumentKind, SlipKind, Trade

ADJUSTMENT = "stock"
# A stocktake: its document, its paper, and what its approval is called.
STOCKTAKE = "stocktake"

STOCK = Trade(
    "stock",
    needs=("goods",),
    tables=("models.stock.stock", "models.stock.counts", "models.stock.count_posting"),
    ships="models.stock.stock:ship",
    checks=("models.stock.checks:STOCK_CHECKS",),
    verbs={"sell below zero": "", "see stock": "", "adjust stock": "money", "count stock": "",
           "approve stocktake": "money"},
    roles={roles.STOCK_CLERK: "store"},
    grants={
        roles.CASHIER: ("see stock",),
        roles.FRONT_DESK: ("see stock",),
        roles.STOCK_CLERK: (
            "see stock", ("adjust stock", 50_000), "count stock", ("approve stocktake", 20_000),
        ),
        roles.AUDITOR: ("see stock",),
    },
    documents=(DocumentKind(ADJUSTMENT, "K"), DocumentKind(STOCKTAKE, "ST", slip=STOCKTAKE)),
    slips=(
        SlipKind(
            STOCKTAKE, word("Stocktake"), "models.stock.count_papers:stocktake_view",
            "receipts.slips.stocktake:stocktake_slip", right="see cost", is_of_store=True,
        ),
    ),
    settings=("models.stock.stock", "models.stock.counts"),
    approvals=(
        ApprovalKind(
            "stocktake", "approve stocktake", "approve stocktake",
            "models.stock.count_posting:worth_of_stocktake",
            "models.stock.count_posting:execute_stocktake",
        ),
        ApprovalKind(
            "stock adjustment", "adjust stock", "adjust stock",
            "models.stock.stock:worth_of_adjustment", "models.stock.stock:execute_adjustment",
        ),
    ),
    imports={"goods": "models.stock.goods_import:GOODS"},
    reports={
        "stock": "models.reports.stock_lists:STOCK",
        "stock-value": "models.reports.stock_lists:STOCK_VALUE",
        "stocktakes": "models.reports.count_lists:STOCKTAKES",
        "shortage": "models.reports.stock_lists:SHORTAGE",
    },
)  # fmt: skip
