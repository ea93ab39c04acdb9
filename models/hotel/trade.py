"""The hotel: rooms, and who stays in them."""

from __future__ import annotations

from models.base.words import word
from models.hotel.charges.kinds import DOCUMENTS
from models.trust import roles
from models.trust.trades import SlipKind, Trade

_DESK = (
    "reserve", "keep house", "check in", "check out", "post charge", "void charge",
    ("adjust charge", 5_000), "transfer charge",
    "night audit", "print",
    # What is left of a deposit goes back at check-out, as every guest expects it.
    ("give refund", 200_000),
    # A taxi, flowers: cash for a guest, on his account.
    ("pay out", 50_000),
)  # fmt: skip

HOTEL = Trade(
    "hotel",
    word("Hotel"),
    needs=("goods", "selling", "members"),
    tables=(
        "models.hotel.rooms.rooms", "models.hotel.rooms.room_days", "models.hotel.rooms.rates",
        "models.hotel.stays.stays", "models.hotel.reservations.groups",
        "models.hotel.charges.services", "models.hotel.charges.folio_lines",
        "models.hotel.charges.windows", "models.hotel.audit.day_figures",
        "models.hotel.charges.package_items", "models.hotel.stays.sightings",
        "models.hotel.stays.traces", "models.hotel.charges.commission",
        "models.hotel.desk.visitors",
    ),
    checks=("models.hotel.checks:HOTEL_CHECKS", "models.hotel.folios.folio_checks:FOLIO_CHECKS"),
    day_steps=("models.hotel.audit.audit:close_house",),
    closes_day="models.hotel.audit.unattended:unattended_audit",
    histories=("models.hotel.stays.history:LIVED",),
    followers=("models.hotel.stays.stays:follow_name",),
    ships="models.hotel.shipping:ship",
    left_open=("models.hotel.audit.left_open:to_settle", "models.hotel.audit.left_open:not_come"),
    tenders=("models.hotel.folios.room_tender:ROOM_TENDERS",),
    verbs={
        "keep rooms": "", "keep rates": "", "keep house": "", "reserve": "", "agree rates": "",
        "check in": "", "give other room": "", "check out": "", "check out to account": "",
        "waive fee": "", "post charge": "", "void charge": "", "adjust charge": "money",
        "transfer charge": "", "night audit": "",
    },
    roles={roles.FRONT_DESK: "store"},
    grants={roles.FRONT_DESK: _DESK},
    documents=DOCUMENTS,
    slips=(
        SlipKind(
            "folio", word("Guest folio"), "models.hotel.folios.papers:folio_view",
            "receipts.slips.hotel:folio_slip", right="check in",
        ),
        SlipKind(
            "master", word("Master account"), "models.hotel.folios.papers:master_view",
            "receipts.slips.hotel:folio_slip", right="check in",
        ),
        SlipKind(
            "registration", word("Registration card"),
            "models.hotel.folios.papers:registration_view",
            "receipts.slips.hotel:registration_slip", right="check in",
        ),
        SlipKind(
            "deposit", word("Deposit"), "models.hotel.folios.papers:deposit_view",
            "receipts.slips.hotel:deposit_slip", right="check in",
        ),
        SlipKind(
            "house", word("Night audit"), "models.hotel.audit.house_paper:house_view",
            "receipts.slips.house:house_slip", right="see takings", is_of_body=True,
            is_of_store=True,
        ),
    ),
    imports={
        "rooms": "models.hotel.rooms.rooms_import:ROOMS",
        "bookings": "models.hotel.reservations.bookings_import:BOOKINGS",
    },
    reports={
        "house-days": "models.reports.hotel_lists:HOUSE_DAYS",
        "house-by-type": "models.reports.house_lists:HOUSE_BY_TYPE",
        "house-by-segment": "models.reports.house_lists:HOUSE_BY_SEGMENT",
        "no-shows": "models.reports.house_lists:NO_SHOWS",
        "arrivals": "models.reports.hotel_lists:ARRIVALS",
        "departures": "models.reports.hotel_lists:DEPARTURES",
        "in-house": "models.reports.hotel_lists:IN_THE_HOUSE",
        "guest-ledger": "models.reports.desk_lists:GUEST_ACCOUNTS",
        "high-balances": "models.reports.desk_lists:HIGH_BALANCES",
        "deposits-held": "models.reports.desk_lists:DEPOSITS_HELD",
        "departments": "models.reports.department_lists:DEPARTMENT_DAYS",
        "commission": "models.reports.channel_lists:COMMISSION_DAYS",
        "visitors-tax": "models.reports.department_lists:VISITORS_TAX_DAYS",
        "tax-exempt": "models.reports.department_lists:TAX_EXEMPT",
        "corrections": "models.reports.desk_lists:CORRECTIONS",
        "police-register": "models.reports.desk_lists:POLICE_REGISTER",
        "rooms-left": "models.reports.hotel_lists:ROOMS_LEFT",
        "room-status": "models.reports.hotel_lists:ROOM_STATUS",
    },
    settings=(
        "models.hotel.charges.services", "models.hotel.desk.arrivals",
        "models.hotel.charges.fees", "models.hotel.charges.visitors_tax",
        "models.hotel.audit.audit",
        "models.hotel.audit.unattended", "models.hotel.reservations.cancelling",
    ),
)  # fmt: skip
