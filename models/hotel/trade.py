"""The hotel as a trade: its tables, proofs, rights, and all its operations and settings."""

from __future__ import annotations

from models.goods.goods import TaxRate
from models.hotel import arrivals, departures, housekeeping, moves, services
from models.hotel.audit import close_house
from models.hotel.checks import HOTEL_CHECKS
from models.hotel.services import NONE
from models.hotel.tables import TABLES
from models.trust.trades import Trade

# Loaded with the trade: their operations can be called, their settings stand on the screen.
OPERATIONS = (arrivals, departures, housekeeping, moves)

_DESK = (
    "reserve", "keep house", "check in", "check out", "post charge", "void charge",
    ("adjust charge", 5_000), "transfer charge",
    "night audit",
)  # fmt: skip


def begin() -> None:
    """The services that every house charges, taxed as the store's goods are."""
    tax = TaxRate.select().where(TaxRate.is_active).order_by(TaxRate.key).first()
    services.ship(tax.rate if tax else NONE)


HOTEL = Trade(
    "hotel",
    tables=TABLES,
    checks=HOTEL_CHECKS,
    verbs={
        "keep rooms": "", "keep rates": "", "keep house": "", "reserve": "", "agree rates": "",
        "check in": "", "give other room": "", "check out": "", "check out to account": "",
        "waive fee": "", "post charge": "", "void charge": "", "adjust charge": "money",
        "transfer charge": "", "night audit": "",
    },
    given={"前台 Front desk": _DESK},
    closing_steps=(close_house,),
    begin=begin,
)  # fmt: skip
