"""The salon: services and who does them."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import Trade

SALON = Trade(
    "salon",
    word("Salon"),
    needs=("shop",),
    tables=("models.salon.services", "models.salon.stylists"),
    ships="models.salon.stylists:ship",
    verbs={"keep services": ""},
    roles={roles.STYLIST: "own"},
)
