"""Stock, for every trade that has goods lying about."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import ApprovalKind, DocumentKind, Trade

ADJUSTMENT = "stock"

STOCK = Trade(
    "stock",
    needs=("goods",),
    tables=("models.stock.stock",),
    ships="models.stock.stock:ship",
    checks=("models.stock.checks:STOCK_CHECKS",),
    verbs={"sell below zero": "", "see stock": "", "adjust stock": "money"},
    roles={roles.STOCK_CLERK: "store"},
    grants={
        roles.CASHIER: ("see stock",),
        roles.FRONT_DESK: ("see stock",),
        roles.STOCK_CLERK: ("see stock", ("adjust stock", 50_000)),
        roles.AUDITOR: ("see stock",),
    },
    documents=(DocumentKind(ADJUSTMENT, "K"),),
    settings=("models.stock.stock",),
    approvals=(
        ApprovalKind(
            "stock adjustment", "adjust stock", "adjust stock",
            "models.stock.stock:worth_of_adjustment", "models.stock.stock:execute_adjustment",
        ),
    ),
    imports={"goods": "models.stock.goods_import:GOODS"},
    reports={
        "stock": "models.reports.stock_lists:STOCK",
        "stock-value": "models.reports.stock_lists:STOCK_VALUE",
        "shortage": "models.reports.stock_lists:SHORTAGE",
    },
)  # fmt: skip
