"""Cancelling a stay (取消), what it costs by the rule of the house, and wanting it again."""

from __future__ import annotations

from datetime import date

from models.base.fields import store_currency
from models.base.money import Money
from models.hotel.charges.nights import night_total
from models.hotel.charges.services import CANCEL_CODE, service_of
from models.hotel.folios.deposits import forfeit, give_fee_back
from models.hotel.reservations.bookings import check_dates, go, hold_again, let_go, seen
from models.hotel.stays.stays import (
    CANCELLED,
    EXPECTED,
    HOLDING,
    NO_GUARANTEE,
    RESERVED,
    Booking,
    Stay,
    StayMoved,
    nights_of,
)
from models.trust.operation import Job, operation
from models.trust.settings import setting

# So many days before the arrival a guaranteed room can be cancelled for nothing; 0: always.
free_until_days = setting("hotel.cancel_free_days", 0, check=lambda days: 0 <= days <= 365)


def cancellation_fee(stay: Stay, day: date) -> Money:
    """What cancelling a stay on this date costs by the rule: the first night as it would have been
    posted, of a guaranteed room that is cancelled late; at most what is held for it is earned.
    """
    days, booking = free_until_days.value(), Booking.get_by_id(stay.booking_id)
    is_late = stay.state in EXPECTED and (stay.arrival - day).days < days
    if not is_late or booking.guarantee == NO_GUARANTEE:
        return Money(0, store_currency())
    return night_total(nights_of(stay.key)[0])


@operation(right="reserve")
def cancel_stay(
    job: Job, stay: Stay, *, version: int, reason: str, fee: Money | None = None
) -> Stay:
    """Give the rooms of a stay back. The fee (without one: that of the rule) is earned out of the
    deposit, at most what is held; one below the rule is a waiver and needs its right.

    Refuses: RecordChanged, StayMoved, NeedsOverride.
    """
    found = seen(stay, version)
    held_room = found.state in HOLDING
    due = cancellation_fee(found, job.day)
    asked = due if fee is None else fee
    if asked < due:
        job.require("waive fee")
    go(found, CANCELLED)

    booking: Booking = Booking.get_by_id(found.booking_id)
    document = forfeit(job, booking, service_of(CANCEL_CODE), asked)
    found.fee_document = document.key if document else None
    found.why = reason.strip()[:120]
    found.save()
    if held_room:
        let_go(found)
    job.note(
        stay=found.number, name=found.name, why=found.why, fee=document.total if document else "0",
        waived=due - asked if asked < due else None,
    )  # fmt: skip
    return found


@operation(right="reserve")
def reinstate_stay(job: Job, stay: Stay, *, version: int) -> Stay:
    """A cancelled stay is wanted again, at its old prices; a fee goes back to the deposit. Refuses:
    RecordChanged, StayMoved, StayDatesWrong, TypeFull.
    """
    found = seen(stay, version)
    if found.state != CANCELLED:
        raise StayMoved(stay=found.number, state=found.said_state)
    check_dates(job, found.arrival, found.departure, found.plan)
    go(found, RESERVED)

    if found.fee_document is not None:
        give_fee_back(job, found.fee_document)
        found.fee_document = None
    hold_again(found)
    job.note(stay=found.number, name=found.name)
    return found
