"""Goods, for every trade that sells or uses some."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import SlipKind, Trade

GOODS = Trade(
    "goods",
    tables=(
        "models.goods.goods", "models.goods.shelf_labels", "models.goods.price_changes",
    ),
    indexes=("models.goods.search:GOODS_INDEX",),
    day_steps=("models.goods.best_sellers:refresh_best_sellers",),
    ships="models.goods.basics:ship",
    verbs={"keep goods": "", "see cost": ""},
    slips=(
        SlipKind(
            "labels", word("Labels"), "models.goods.shelf_labels:labels_view",
            "receipts.slips.labels:labels_slip", is_of_body=True, is_of_store=True,
        ),
    ),
    grants={roles.STOCK_CLERK: ("keep goods", "see cost"), roles.AUDITOR: ("see cost",)},
)  # fmt: skip
