"""The salon: services and who does them."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import Trade

SALON = Trade(
    "salon",
    word("Salon"),
    needs=("selling",),
    roles={roles.STYLIST: "own"},
)
