"""Lists of records, for every trade: kept filters, and ways out to a file."""

from __future__ import annotations

from models.trust import roles
from models.trust.trades import Trade

_WHO_TAKE_OUT = (roles.CASHIER, roles.FRONT_DESK, roles.STOCK_CLERK, roles.AUDITOR)

LISTINGS = Trade(
    "listings",
    is_always=True,
    tables=("models.listings.listings",),
    verbs={"export": ""},
    grants=dict.fromkeys(_WHO_TAKE_OUT, ("export",)),
)
