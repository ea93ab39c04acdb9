"""The steps of the night audit as the auditor sees them: what is done, what waits for an answer.

The order is that of the audit: first what only people can answer, then what the house posts, then
the close of the day, which refuses while one of the others is open (audit.py, ledger/days.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.words import word
from models.hotel.audit import due_outs, no_arrivals, odd_rates
from models.hotel.nights import stays_to_post
from models.hotel.stays import DEPARTED, Stay
from models.hotel.windows import Window
from models.ledger.days import open_shifts
from models.ledger.folios import OPEN, Folio

SHIFTS, DUE_OUTS, ARRIVALS, RATES, LATE_CHARGES, NIGHTS, CLOSE = STEPS = (
    "shifts", "due outs", "arrivals", "rates", "late charges", "nights", "close",
)  # fmt: skip
TITLES = {
    SHIFTS: word("Shifts are closed"),
    DUE_OUTS: word("Who was to leave has left"),
    ARRIVALS: word("Who was expected has come"),
    RATES: word("Prices are those of the plan"),
    LATE_CHARGES: word("Accounts of departed guests are even"),
    NIGHTS: word("The nights are posted"),
    CLOSE: word("The day is closed"),
}


@dataclass(frozen=True, slots=True)
class AuditStep:
    """One step: what is still open of it. A step that only tells hinders nobody."""

    name: str
    left: Sequence[Any]
    only_tells: bool = False

    @property
    def is_done(self) -> bool:
        return not self.left

    @property
    def hinders(self) -> bool:
        """Must it be answered before the day can be closed?"""
        return bool(self.left) and not self.only_tells


def audit_steps(day: date) -> list[AuditStep]:
    """All steps for a business date, as it stands now."""
    return [
        AuditStep(SHIFTS, open_shifts()),
        AuditStep(DUE_OUTS, due_outs(day)),
        AuditStep(ARRIVALS, no_arrivals(day)),
        AuditStep(RATES, odd_rates(day), only_tells=True),
        AuditStep(LATE_CHARGES, late_charges(), only_tells=True),
        AuditStep(NIGHTS, stays_to_post(day)),
        AuditStep(CLOSE, [day]),
    ]


def late_charges() -> list[tuple[Stay, Folio]]:
    """Windows of guests who have left that are open still: charges that came later."""
    rows = (
        Window.select(Window, Stay)
        .join(Stay)
        .where(Stay.state == DEPARTED)
        .order_by(Stay.left_day, Stay.key)
    )
    gone = {row.folio: row.stay for row in rows}
    found = Folio.select().where(Folio.status == OPEN, Folio.key.in_(Window.select(Window.folio)))
    return [(gone[folio.key], folio) for folio in found if folio.key in gone and folio.balance]
