"""The salon: services, who does them, and what they get for it."""

from __future__ import annotations

from models.base.words import word
from models.salon.names import TIPS_PAID
from models.trust import roles
from models.trust.trades import DocumentKind, Trade

SALON = Trade(
    "salon",
    word("Salon"),
    needs=("shop",),
    tables=(
        "models.salon.services", "models.salon.care", "models.salon.stylists",
        "models.salon.commission_rules", "models.salon.commission", "models.salon.tips",
    ),
    histories=("models.salon.history:SERVED",),
    checks=("models.salon.checks:SALON_CHECKS",),
    ships="models.salon.shipping:ship",
    verbs={"keep services": "", "keep commission": "", "see commission": "", "pay tips": "money",
           "keep care": "", "skip patch test": ""},
    roles={roles.STYLIST: "own"},
    grants={roles.STYLIST: ("see commission", "keep care")},
    charged=("models.salon.commission:add_commission",),
    used_up=("models.salon.tickets:uses_by_service",),
    settings=("models.salon.care",),
    tenders=("models.salon.tips:TIP_TENDERS",),
    documents=(DocumentKind(TIPS_PAID, "TP"),),
    reports={
        "salon-services": "models.reports.salon_lists:SERVICES",
        "tips": "models.reports.salon_lists:TIPS",
        "staff-commission": "models.reports.salon_lists:COMMISSION",
        "stylists": "models.reports.salon_lists:STYLISTS",
    },
)  # fmt: skip
