"""The salon: services, who does them, and what they get for it."""

from __future__ import annotations

from models.base.words import word
from models.trust import roles
from models.trust.trades import Trade

SALON = Trade(
    "salon",
    word("Salon"),
    needs=("shop",),
    tables=(
        "models.salon.services", "models.salon.stylists", "models.salon.commission_rules",
        "models.salon.commission",
    ),
    checks=("models.salon.checks:SALON_CHECKS",),
    ships="models.salon.stylists:ship",
    verbs={"keep services": "", "keep commission": "", "see commission": ""},
    roles={roles.STYLIST: "own"},
    grants={roles.STYLIST: ("see commission",)},
    charged=("models.salon.commission:add_commission",),
    used_up=("models.salon.tickets:uses_by_service",),
    reports={
        "staff-commission": "models.reports.salon_lists:COMMISSION",
        "stylists": "models.reports.salon_lists:STYLISTS",
    },
)  # fmt: skip
