"""What the front desk leaves to the next shift: who was to leave and has not settled, and who has
not come yet.
"""

from __future__ import annotations

from datetime import date

from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.hotel.audit.audit import due_outs, no_arrivals
from models.hotel.charges.windows import windows_of
from models.hotel.stays.stays import Stay
from models.ledger.daily.handover import LeftOpen


def to_settle(register: int, day: date) -> LeftOpen:
    """Who is in the house still and was to leave by now, with what he owes."""
    pieces = [(_name(stay), _owed(stay)) for stay in due_outs(day)]
    return LeftOpen(word("To leave today, not settled"), pieces)


def not_come(register: int, day: date) -> LeftOpen:
    """Who is expected by now and has not come."""
    return LeftOpen(word("Expected, not come yet"), [(_name(s), None) for s in no_arrivals(day)])


def _name(stay: Stay) -> str:
    return f"{stay.room.number if stay.room else stay.room_type.code} {stay.name}"


def _owed(stay: Stay) -> Money:
    owed = sum(folio.balance.minor for _, folio in windows_of(stay.key))
    return Money(owed, store_currency())
