"""The thirteen steps of the night audit as the auditor sees them: what is done, with its result,
and what waits for an answer.

The order is that of the audit: first what only people can answer, then what the house posts and
proves, then the close of the day, which keeps the figures and turns the date, and refuses while
one of the others is open (audit.py, ledger/daily/days.py). Every step is read from the books: an
audit that was broken off at any point goes on where it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.clock import from_micros
from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.words import word
from models.hotel.audit.audit import due_outs, no_arrivals, odd_rates
from models.hotel.audit.audit_proof import prove_day
from models.hotel.charges.nights import stays_to_post
from models.hotel.charges.windows import Window
from models.hotel.folios.departments import departments, not_cleared
from models.hotel.rooms.rooms import OUT_OF_ORDER, RoomClosing
from models.hotel.stays.sightings import Discrepancy, discrepancies
from models.hotel.stays.stays import (
    DEPARTED,
    EXPECTED,
    IN_HOUSE,
    NO_SHOW,
    Booking,
    Night,
    Stay,
    with_rooms,
)
from models.ledger import folio_kinds
from models.ledger.accounts import RECEIVABLE
from models.ledger.daily.days import hindering_shifts, open_shifts
from models.ledger.debts.dues import ageing
from models.ledger.folios import OPEN, Folio
from models.ledger.store_card import local
from models.trust.audit import BACKUP_PROVED

(
    BACKUP, SHIFTS, VOUCHERS, DUE_OUTS, ARRIVALS, ROOMS, RATES, DEPARTMENTS, NIGHTS, LATE_CHARGES,
    RECEIVABLES, PROOF, CLOSE,
) = STEPS = (
    "backup", "shifts", "vouchers", "due outs", "arrivals", "rooms", "rates", "departments",
    "nights", "late charges", "receivables", "proof", "close",
)  # fmt: skip
# What is odd about a room that housekeeping did not have to look at.
WRONG_ROOM = "wrong room"
TITLES = {
    BACKUP: word("Backup made today"),
    SHIFTS: word("Shifts closed or going over"),
    VOUCHERS: word("Charges have their account"),
    DUE_OUTS: word("Departures checked out"),
    ARRIVALS: word("Arrivals checked in"),
    ROOMS: word("Rooms agree with the rack"),
    RATES: word("Rates agree with the plan"),
    DEPARTMENTS: word("Departments agree with the books"),
    NIGHTS: word("Room charges posted"),
    LATE_CHARGES: word("Departed guests have paid"),
    RECEIVABLES: word("No account is overdue"),
    PROOF: word("The books balance"),
    CLOSE: word("The day is closed"),
}


@dataclass(frozen=True, slots=True)
class StepResult:
    """What a step came to: a message id and its fields."""

    msgid: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AuditStep:
    """One step: what is still open of it, and what it came to. A step that only tells hinders
    nobody.
    """

    name: str
    left: Sequence[Any]
    only_tells: bool = False
    result: StepResult | None = None

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
        _backup(day),
        AuditStep(SHIFTS, hindering_shifts(), result=_going_over()),
        AuditStep(VOUCHERS, not_cleared(), only_tells=True),
        AuditStep(DUE_OUTS, due_outs(day), result=_left_today(day)),
        AuditStep(ARRIVALS, no_arrivals(day), result=_came_today(day)),
        AuditStep(ROOMS, [*_in_wrong_rooms(day), *discrepancies(day)], only_tells=True),
        AuditStep(RATES, odd_rates(day), only_tells=True),
        _departments(day),
        AuditStep(NIGHTS, stays_to_post(day), result=_posted(day)),
        AuditStep(LATE_CHARGES, late_charges(), only_tells=True),
        _receivables(day),
        _proof(day),
        AuditStep(CLOSE, [day]),
    ]


_LAST_COPY = Statement(
    f'SELECT max("at") FROM "audit" WHERE "verb" = \'{BACKUP_PROVED}\' AND "day" = ?'
)


def _backup(day: date) -> AuditStep:
    """The last proved copy that was made on this business date; the schedule makes it."""
    row = _LAST_COPY.row(day.isoformat())
    if row is None or row[0] is None:
        return AuditStep(BACKUP, [day], only_tells=True)
    at = local(from_micros(row[0]))
    return AuditStep(BACKUP, [], result=StepResult(word("at {time}"), {"time": f"{at:%H:%M}"}))


def _going_over() -> StepResult:
    """How many go over; what their drawers should hold stays unsaid, for the count is blind."""
    going = len(open_shifts()) - len(hindering_shifts())
    return StepResult(word("{count} going over"), {"count": going})


def _left_today(day: date) -> StepResult:
    left = Stay.select().where(Stay.left_day == day).count()
    return StepResult(word("{count} left"), {"count": left})


def _came_today(day: date) -> StepResult:
    came = Stay.select().where(Stay.arrival == day, Stay.state << (IN_HOUSE, DEPARTED)).count()
    missed = Stay.select().where(Stay.arrival == day, Stay.state == NO_SHOW).count()
    return StepResult(word("{count} came, {missed} no-shows"), {"count": came, "missed": missed})


def _in_wrong_rooms(day: date) -> list[Discrepancy]:
    return [
        Discrepancy(stay.room.number if stay.room else "", WRONG_ROOM, stay)
        for stay in odd_rooms(day)
    ]


def odd_rooms(day: date) -> list[Stay]:
    """Who lives where nobody should: without a room, in one that is out of order, or in one that
    somebody else has to himself.
    """
    living = with_rooms(Stay.select().where(Stay.state == IN_HOUSE).order_by(Stay.key))
    shut = {
        closing.room_id
        for closing in RoomClosing.select().where(
            RoomClosing.kind == OUT_OF_ORDER, RoomClosing.first <= day, RoomClosing.until > day
        )
    }
    first: dict[int, int] = {}
    for stay in living:
        if not stay.is_sharing:
            first.setdefault(stay.room_id, stay.key)
    return [
        stay
        for stay in living
        if stay.room_id is None or stay.room_id in shut
        or (not stay.is_sharing and first[stay.room_id] != stay.key)
    ]  # fmt: skip


def _departments(day: date) -> AuditStep:
    found = departments(day, day)
    money = store_currency()
    total = Money.total((each.total for each in found), money)
    uneven = [each for each in found if not each.is_even]
    return AuditStep(
        DEPARTMENTS, uneven, result=StepResult(word("{total} charged"), {"total": total})
    )


def _posted(day: date) -> StepResult:
    nights = list(Night.select().where(Night.day == day, Night.document.is_null(False)))
    total = Money.total((night.price for night in nights), store_currency())
    return StepResult(word("{count} nights, {total}"), {"count": len(nights), "total": total})


def late_charges() -> list[tuple[Stay, Folio]]:
    """Windows of guests who have left that are open still: charges that came later; and the masters
    of groups of whom nobody is here or expected any more.
    """
    rows = (
        Window.select(Window, Stay)
        .join(Stay)
        .where(Stay.state == DEPARTED)
        .order_by(Stay.left_day, Stay.key)
    )
    gone = {row.folio: row.stay for row in rows}
    found = Folio.select().where(Folio.status == OPEN, Folio.key.in_(Window.select(Window.folio)))
    late = [(gone[folio.key], folio) for folio in found if folio.key in gone and folio.balance]
    return late + _masters_left()


def _masters_left() -> list[tuple[Stay, Folio]]:
    """Masters that are not settled, each with a guest of the group."""
    opened = Folio.select().where(Folio.status == OPEN, Folio.kind == folio_kinds.MASTER)
    owed = {folio.key: folio for folio in opened if folio.balance}
    found = []
    for booking in Booking.select().where(Booking.master_folio << list(owed)):
        stays = list(Stay.select().where(Stay.booking == booking).order_by(Stay.left_day.desc()))
        gone = [stay for stay in stays if stay.state == DEPARTED]
        if gone and not any(stay.state in (IN_HOUSE, *EXPECTED) for stay in stays):
            found.append((gone[0], owed[booking.master_folio]))
    return found


def _receivables(day: date) -> AuditStep:
    """Accounts of companies on which something is overdue, with how much."""
    zero = Money(0, store_currency())
    aged = [(each.folio, sum(each.buckets[1:], zero)) for each in ageing(RECEIVABLE, day)]
    late = [(folio, overdue) for folio, overdue in aged if overdue]
    owed = Money.total((folio.balance for folio, _ in aged), store_currency())
    return AuditStep(
        RECEIVABLES, late, only_tells=True, result=StepResult(word("{total} owed"), {"total": owed})
    )


def _proof(day: date) -> AuditStep:
    """The two proofs that the close looks at; the one that fails is what is left."""
    try:
        prove_day(day)
    except Refusal as refusal:
        return AuditStep(PROOF, [refusal])
    return AuditStep(PROOF, [], result=StepResult(word("come to zero"), {}))
