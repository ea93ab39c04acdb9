"""The hotel: rooms, and who stays in them."""

from __future__ import annotations

from models.base.words import word
from models.hotel.kinds import DOCUMENTS
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
        "models.hotel.rooms", "models.hotel.room_days", "models.hotel.rates", "models.hotel.stays",
        "models.hotel.groups", "models.hotel.services", "models.hotel.folio_lines",
        "models.hotel.windows", "models.hotel.day_figures", "models.hotel.package_items",
        "models.hotel.sightings", "models.hotel.traces",
    ),
    checks=("models.hotel.checks:HOTEL_CHECKS", "models.hotel.folio_checks:FOLIO_CHECKS"),
    day_steps=("models.hotel.audit:close_house",),
    closes_day="models.hotel.unattended:unattended_audit",
    histories=("models.hotel.history:LIVED",),
    followers=("models.hotel.stays:follow_name",),
    ships="models.hotel.shipping:ship",
    left_open=("models.hotel.left_open:to_settle", "models.hotel.left_open:not_come"),
    tenders=("models.hotel.room_tender:ROOM_TENDERS",),
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
            "folio", word("Guest folio"), "models.hotel.papers:folio_view",
            "receipts.slips.hotel:folio_slip", right="check in",
        ),
        SlipKind(
            "master", word("Master account"), "models.hotel.papers:master_view",
            "receipts.slips.hotel:folio_slip", right="check in",
        ),
        SlipKind(
            "registration", word("Registration card"), "models.hotel.papers:registration_view",
            "receipts.slips.hotel:registration_slip", right="check in",
        ),
        SlipKind(
            "deposit", word("Deposit"), "models.hotel.papers:deposit_view",
            "receipts.slips.hotel:deposit_slip", right="check in",
        ),
        SlipKind(
            "house", word("Night audit"), "models.hotel.house_paper:house_view",
            "receipts.slips.house:house_slip", right="see takings", is_of_body=True,
            is_of_store=True,
        ),
    ),
    imports={
        "rooms": "models.hotel.rooms_import:ROOMS",
        "bookings": "models.hotel.bookings_import:BOOKINGS",
    },
    reports={
        "house-days": "models.reports.hotel_lists:HOUSE_DAYS",
        "arrivals": "models.reports.hotel_lists:ARRIVALS",
        "departures": "models.reports.hotel_lists:DEPARTURES",
        "in-house": "models.reports.hotel_lists:IN_THE_HOUSE",
        "guest-ledger": "models.reports.desk_lists:GUEST_ACCOUNTS",
        "high-balances": "models.reports.desk_lists:HIGH_BALANCES",
        "deposits-held": "models.reports.desk_lists:DEPOSITS_HELD",
        "departments": "models.reports.department_lists:DEPARTMENT_DAYS",
        "corrections": "models.reports.desk_lists:CORRECTIONS",
        "police-register": "models.reports.desk_lists:POLICE_REGISTER",
        "rooms-left": "models.reports.hotel_lists:ROOMS_LEFT",
    },
    settings=(
        "models.hotel.services", "models.hotel.arrivals", "models.hotel.fees",
        "models.hotel.audit", "models.hotel.unattended", "models.hotel.cancelling",
    ),
)  # fmt: skip
