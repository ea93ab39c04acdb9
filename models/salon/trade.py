"""The salon: services, who does them, and what they get for it."""

from __future__ import annotations

from models.base.words import word
from models.salon.names import HANDS_CHANGE, TIPS_PAID
from models.trust import roles
from models.trust.trades import DocumentKind, Trade

SALON = Trade(
    "salon",
    word("Salon"),
    needs=("shop",),
    tables=(
        "models.salon.services", "models.salon.care", "models.salon.stylists",
        "models.salon.commission_rules", "models.salon.commission", "models.salon.tips",
        "models.salon.roster", "models.salon.things", "models.salon.appointments",
        "models.salon.absences", "models.salon.rotation",
    ),
    histories=("models.salon.history:SERVED",),
    checks=("models.salon.checks:SALON_CHECKS",),
    day_steps=("models.salon.ticketing:settle_tickets",),
    ships="models.salon.shipping:ship",
    verbs={"keep services": "", "keep commission": "", "see commission": "", "pay tips": "money",
           "keep care": "", "skip patch test": "", "keep appointments": "", "squeeze in": "",
           "keep roster": ""},
    roles={roles.STYLIST: "own"},
    grants={
        roles.STYLIST: ("see commission", "keep care", "keep appointments"),
        roles.CASHIER: ("keep appointments",),
        roles.FRONT_DESK: ("keep appointments",),
    },
    charged=("models.salon.commission:add_commission",),
    used_up=("models.salon.tickets:uses_by_service",),
    settings=("models.salon.care", "models.salon.rotation"),
    tenders=("models.salon.tips:TIP_TENDERS",),
    documents=(DocumentKind(TIPS_PAID, "TP"), DocumentKind(HANDS_CHANGE, "VH")),
    events={"change hands": word("Who did it changed")},
    reports={
        "salon-services": "models.reports.salon.salon_lists:SERVICES",
        "tips": "models.reports.salon.salon_lists:TIPS",
        "staff-commission": "models.reports.salon.salon_lists:COMMISSION",
        "stylists": "models.reports.salon.salon_lists:STYLISTS",
        "utilisation": "models.reports.salon.board_lists:UTILISATION",
        "clients-missed": "models.reports.salon.board_lists:NO_SHOWS",
        "to-remind": "models.reports.salon.board_lists:TO_CALL",
        "attendance": "models.reports.salon.board_lists:ATTENDANCE",
        "roster-heads": "models.reports.salon.board_lists:HEADS",
    },
)  # fmt: skip
