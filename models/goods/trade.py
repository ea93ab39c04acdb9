"""Goods, for every trade that sells or uses some."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

GOODS = Trade(
    "goods",
    tables=("models.goods.goods",),
    indexes=("models.goods.search:GOODS_INDEX",),
    day_steps=("models.goods.best_sellers:refresh_best_sellers",),
    ships="models.goods.basics:ship",
    verbs={"keep goods": "", "see cost": ""},
    grants={roles.STOCK_CLERK: ("keep goods", "see cost"), roles.AUDITOR: ("see cost",)},
)
