"""From the appointment to its ticket: its services on the bill of the till, with whoever did them,
asked for or not.
"""

from __future__ import annotations

from models.base.hot import Statement
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.ledger.kinds import SALE, label
from models.people.merging import root_of
from models.people.persons import Person
from models.salon.appointments import (
    ARRIVED,
    DONE,
    SERVING,
    Appointment,
    AppointmentLine,
    AppointmentOver,
    appointment_at,
    lines_of,
)
from models.salon.tickets import look_at_test, price_at
from models.salon.visits import end_visit
from models.selling.charges import STYLIST, Served
from models.selling.items import find_item
from models.shop.basket import Basket, catch_up, load_key, ring
from models.shop.customers import name_customer
from models.shop.hands import give_hands
from models.trust import drafts
from models.trust.operation import Job, operation
from models.trust.records import put

_ONE = 1_000_000
NONE, OPEN, PAID = "none", "open", "paid"


class TicketBegun(Refusal):
    """The services of this appointment are on a bill already, or paid."""


class TillBusy(Refusal):
    """On this till a bill is begun: it is paid or put on hold first."""


@operation(right="sell")
def ring_appointment(
    job: Job, key: int, draft: int, *, version: int, without_test: bool = False
) -> Appointment:
    """Put what was done onto the empty bill `draft` of this register, each line with who did it;
    a client in the chair is finished then.

    Refuses: RecordChanged, AppointmentOver, TicketBegun, TillBusy, DraftGone, PatchTestWanted,
    PatchTestBad, NeedsOverride, and what ringing an item refuses.
    """
    found = appointment_at(key, version)
    if found.state not in (ARRIVED, SERVING, DONE):
        raise AppointmentOver(name=found.name, state=found.said_state)
    state, bill = ticket_of(found)
    if state != NONE:
        raise TicketBegun(name=found.name, bill=bill)
    drafts.hold(draft, job.register)
    basket = load_key(draft)
    if basket.lines:
        raise TillBusy(count=len(basket.lines))

    if found.person is not None:
        name_customer(basket, Person.get_or_none(Person.key == root_of(found.person)))
    for line in lines_of(key):
        number = _ring(job, basket, line)
        look_at_test(job, draft, number, without_test=without_test)
    # Who pays is finished.
    more = {"state": DONE, "left_at": job.now} if found.state == SERVING else {}
    if more:
        end_visit(job, found)
    put(found, draft=draft, **more)
    job.note(client=found.name, on=found.day, lines=len(basket.lines))
    return found


def _ring(job: Job, basket: Basket, line: AppointmentLine) -> int:
    """The number of its line on the bill."""
    place = ring(basket, find_item(line.goods.code), Quantity.of(1))
    number = basket.lines[place].number
    if line.stylist is None:
        return number
    stylist = line.stylist
    hand = Served(
        stylist.user_id, stylist.name, STYLIST, Rate(_ONE), stylist.grade.name, line.is_asked
    )
    price = price_at(basket.draft, number, stylist.grade.price_level)
    give_hands(job, basket.draft, number, (hand,), price=price)
    catch_up(basket, number)
    return number


def follow_ticket(draft: int, other: int) -> None:
    """The ticket `other` of an appointment was put onto the bill `draft`."""
    for found in Appointment.select().where(Appointment.draft == other):
        put(found, draft=draft)


def settle_tickets(job: Job) -> None:
    """At the day's close: every appointment names what was paid for it; one whose bill was thrown
    away has none.
    """
    for found in Appointment.select().where(
        Appointment.draft.is_null(False), Appointment.document.is_null()
    ):
        sale = _SOLD.row(found.draft, found.day.isoformat())
        if sale is not None:
            put(found, document=int(sale[0]))
        elif _DRAFT.row(found.draft) is None:
            put(found, draft=None)


# --- looking

_SOLD = Statement(
    'SELECT s."document_id", d."register", d."number" FROM "sale" s '
    'JOIN "document" d ON d."key" = s."document_id" WHERE s."draft" = ? '
    # A bill is no older than the day of its appointment: few documents are looked at.
    f'AND d."kind" = \'{SALE}\' AND d."day" >= ?'
)
_DRAFT = Statement('SELECT "state" FROM "draft" WHERE "key" = ?')


def ticket_of(found: Appointment) -> tuple[str, str]:
    """Whether an appointment has a bill (none, open, paid), and the number of what was paid."""
    if found.draft is None:
        return NONE, ""
    sale = _SOLD.row(found.draft, found.day.isoformat())
    if sale is not None:
        return PAID, label(SALE, int(sale[1]), int(sale[2]))
    draft = _DRAFT.row(found.draft)
    is_open = draft is not None and draft[0] != drafts.CANCELLED
    return (OPEN, "") if is_open else (NONE, "")
