"""The salon: services, who does them, and what they get for it."""

from __future__ import annotations

from models.base.words import word
from models.salon.names import HANDS_CHANGE, MONTH_END, MONTH_SLIP, TIPS_PAID
from models.trust import roles
from models.trust.trades import DocumentKind, SlipKind, Trade

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
    day_steps=(
        "models.salon.ticketing:settle_tickets", "models.salon.commission_other:end_months",
    ),
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
    sellers=("models.salon.tickets:SELLERS",),
    gives_back=("models.salon.commission:gives_back",),
    card_gives_back=("models.salon.commission_other:card_gives_back",),
    card_sold=("models.salon.commission_other:add_card_sold",),
    card_back=("models.salon.commission_other:take_card_back",),
    bills_joined=("models.salon.ticketing:follow_ticket",),
    expected=("models.salon.appointments:expected",),
    paid_ahead=("models.salon.deposits:named_on",),
    used_up=("models.salon.tickets:uses_by_service",),
    settings=("models.salon.care", "models.salon.rotation", "models.salon.commission_rules"),
    tenders=("models.salon.tips:TIP_TENDERS",),
    documents=(
        DocumentKind(TIPS_PAID, "TP"), DocumentKind(HANDS_CHANGE, "VH"),
        DocumentKind(MONTH_END, "TM"),
    ),
    events={"change hands": word("Who did it changed")},
    slips=(
        SlipKind(
            MONTH_SLIP, word("Commission of a month"),
            "models.reports.salon.month_slip:month_view",
            "receipts.slips.commission:commission_slip", right="see commission", is_of_body=True,
        ),
    ),
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
