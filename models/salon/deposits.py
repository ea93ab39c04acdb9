"""Deposits of appointments (订金): a voucher that goes with the appointment. Its money is owed, and
no income, until the ticket is paid with it or the client does not come; what is not used goes back
by the way it was paid, as every voucher's (models/members/vouchers.py).
"""

from __future__ import annotations

from models.base.fields import store_currency
from models.base.money import Money
from models.base.refusals import Refusal
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.ways.tenders import Tender
from models.members.kinds import KINDS, LOT_EXPIRED, VOUCHER
from models.members.lots import EXPIRED, lots_of, move, require_number
from models.salon.appointments import (
    CANCELLED,
    COMING,
    NO_SHOW,
    Appointment,
    AppointmentOver,
    appointment_at,
    lines_of,
)
from models.salon.commission_other import add_kept_deposit
from models.trust.operation import Job, operation
from models.trust.records import put


class NoDeposit(Refusal):
    """Nothing is held for this appointment."""


@operation(right="sell vouchers")
def name_deposit(job: Job, key: int, number: str, *, version: int) -> Appointment:
    """Say which voucher will hold the deposit of an appointment, before it is paid: so no kill
    parts the money from whom it is of. One that has a number keeps it.

    Refuses: RecordChanged, AppointmentOver, LotNumberWrong, CardNumberRefused.
    """
    found = appointment_at(key, version)
    if found.state not in COMING:
        raise AppointmentOver(name=found.name, state=found.said_state)
    if found.deposit:
        return found
    require_number(number)

    put(found, deposit=number)
    job.note(client=found.name, on=found.day, voucher=number)
    return found


@operation(right="squeeze in")
def keep_deposit(job: Job, key: int, *, version: int) -> Document:
    """The client did not come, or called off too late: what is held is earned, and who would have
    done the work has his part of it where the owner wants that.

    Refuses: RecordChanged, AppointmentOver, NoDeposit.
    """
    found = appointment_at(key, version)
    if found.state not in (NO_SHOW, CANCELLED):
        raise AppointmentOver(name=found.name, state=found.said_state)
    held = deposit_of(found)
    if not held:
        raise NoDeposit(name=found.name)

    document = begin_document(job, LOT_EXPIRED, total=held, note=found.deposit)
    for lot in lots_of(found.deposit):
        if lot.rest:
            move(job, document, lot, -lot.rest, why=EXPIRED)
    kind = KINDS[VOUCHER]
    legs = [Leg(kind.account, held), Leg(kind.profit, -held)]
    add_kept_deposit(document, lines_of(key), held, is_member=found.person is not None)
    return post_document(job, document, legs, client=found.name, voucher=found.deposit)


# --- looking


def deposit_of(found: Appointment) -> Money:
    """What is held for an appointment now."""
    rests = (lot.rest for lot in lots_of(found.deposit) if lot.kind == VOUCHER)
    return Money.total(rests, store_currency())


def named_on(number: str) -> str:
    """Whose deposit is on a voucher, as the appointment says; empty where none is."""
    found = Appointment.get_or_none(Appointment.deposit == number) if number else None
    return found.name if found else ""


def deposit_tender() -> int:
    """The number of the way to pay with a deposit."""
    found: Tender = Tender.get(Tender.kind == VOUCHER)
    return int(found.number)
