"""Stock, for every trade that has goods lying about."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import ApprovalKind, DocumentKind, SlipKind, Trade

ADJUSTMENT = "stock"
# A stocktake: its document, its paper, and what its approval is called.
STOCKTAKE = "stocktake"
# Goods that leave their place: carried to another, scrapped, used by the house; and their paper.
TRANSFER, SCRAP, USE = "carry", "scrap", "use"
GOODS_OUT = "goods_out"
_OUT = (
    "models.stock.goods_out:worth_of_out", "models.stock.goods_out:execute_out",
    "models.stock.goods_out:told_of_out",
)  # fmt: skip

STOCK = Trade(
    "stock",
    needs=("goods",),
    tables=("models.stock.stock", "models.stock.counts", "models.stock.count_posting",
            "models.stock.goods_out", "models.stock.layers"),
    ships="models.stock.places:ship",
    checks=("models.stock.checks:STOCK_CHECKS",),
    verbs={"sell below zero": "", "see stock": "", "adjust stock": "money", "count stock": "",
           "approve stocktake": "money", "move goods": "money", "scrap goods": "money",
           "use goods": "money"},
    roles={roles.STOCK_CLERK: "store"},
    grants={
        roles.CASHIER: ("see stock",),
        roles.FRONT_DESK: ("see stock",),
        roles.STOCK_CLERK: (
            "see stock", ("adjust stock", 50_000), "count stock", ("approve stocktake", 20_000),
            "move goods", ("scrap goods", 20_000), ("use goods", 20_000), "request approval",
        ),
        roles.AUDITOR: ("see stock",),
    },
    documents=(DocumentKind(ADJUSTMENT, "K"), DocumentKind(STOCKTAKE, "ST", slip=STOCKTAKE),
               DocumentKind(TRANSFER, "TR", slip=GOODS_OUT),
               DocumentKind(SCRAP, "SC", slip=GOODS_OUT),
               DocumentKind(USE, "GU", slip=GOODS_OUT)),
    slips=(
        SlipKind(
            STOCKTAKE, word("Stocktake"), "models.stock.count_papers:stocktake_view",
            "receipts.slips.stocktake:stocktake_slip", right="see cost", is_of_store=True,
        ),
        SlipKind(
            GOODS_OUT, word("Goods moved"), "models.stock.out_papers:goods_out_view",
            "receipts.slips.stocktake:goods_out_slip", right="see cost", is_of_store=True,
        ),
    ),
    settings=("models.stock.stock", "models.stock.counts", "models.stock.layers"),
    approvals=(
        ApprovalKind(
            "stocktake", "approve stocktake", "approve stocktake",
            "models.stock.count_posting:worth_of_stocktake",
            "models.stock.count_posting:execute_stocktake",
            "models.stock.count_posting:told_of_stocktake",
        ),
        ApprovalKind("carry", "move goods", "move goods", *_OUT),
        ApprovalKind("scrap", "scrap goods", "scrap goods", *_OUT),
        ApprovalKind("use", "use goods", "use goods", *_OUT),
        ApprovalKind(
            "stock adjustment", "adjust stock", "adjust stock",
            "models.stock.adjustments:worth_of_adjustment",
            "models.stock.adjustments:execute_adjustment",
            "models.stock.adjustments:told_of_adjustment",
        ),
    ),
    imports={"goods": "models.stock.goods_import:GOODS"},
    reports={
        "stock": "models.reports.stock_lists:STOCK",
        "stock-value": "models.reports.stock_lists:STOCK_VALUE",
        "stock-flow": "models.reports.stock_flow:STOCK_FLOW",
        "stock-on-day": "models.reports.stock_flow:STOCK_ON_DAY",
        "turnover": "models.reports.stock_flow:TURNOVER",
        "stocktakes": "models.reports.count_lists:STOCKTAKES",
        "shortage": "models.reports.stock_lists:SHORTAGE",
        "overstock": "models.reports.stock_lists:OVERSTOCK",
    },
)  # fmt: skip
