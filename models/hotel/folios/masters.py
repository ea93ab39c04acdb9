"""The master account of a group (主账): what the group pays for all its rooms, on one folio.

Its charges are sent there by an instruction of each stay, as any other routing; a room that comes
later gets its instruction at check-in.
"""

from __future__ import annotations

from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.services import ROOM
from models.hotel.charges.windows import Routing, Window
from models.hotel.stays.stays import IN_HOUSE, Booking, Stay
from models.ledger import folio_kinds
from models.ledger.folios import OPEN, Folio, new_folio
from models.trust.operation import Job, operation

# How a master stands beside the windows of its stays.
GROUP = "G"


class MasterOpen(Refusal):
    """The booking has a master account already."""


@operation(right="post charge")
def open_master(job: Job, booking: Booking, *, limit: Money, code: str = ROOM) -> Folio:
    """Open the master account of a booking. `code` is what goes there by itself from now on: a
    service, a department, or empty for everything; what is posted stays where it is.

    Refuses: MasterOpen.
    """
    present: Booking = Booking.get_by_id(booking.key)
    if (before := master_of(present)) is not None:
        raise MasterOpen(booking=present.number, folio=before.number)

    folio = new_folio(
        job, folio_kinds.KINDS[folio_kinds.MASTER], name=present.name, limit=limit, terms=0,
        owner=present.person,
    )  # fmt: skip
    present.master_folio, present.master_code = folio.key, code
    present.version += 1
    present.save()
    for stay in Stay.select().where(Stay.booking == present, Stay.state == IN_HOUSE):
        send_to_master(stay, present)
    job.note(booking=present.number, code=code)
    return folio


def master_of(booking: Booking) -> Folio | None:
    """The master account of a booking, open or closed."""
    return Folio.get_or_none(Folio.key == booking.master_folio) if booking.master_folio else None


def send_to_master(stay: Stay, booking: Booking) -> None:
    """The instruction of a stay by which the group pays, where it has a master that is open."""
    master = master_of(booking)
    if master is not None and master.status == OPEN:
        Routing.create(
            key=new_key(), stay=stay, code=booking.master_code, folio=master.key,
            position=Routing.select().where(Routing.stay == stay).count(),
        )  # fmt: skip


def folio_by_letter(stay: Stay, letter: str) -> Folio | None:
    """A window of a stay by its letter; G is the master of its group."""
    if letter == GROUP:
        return master_of(stay.booking)
    window = Window.get_or_none(Window.stay == stay, Window.letter == letter)
    return Folio.get_by_id(window.folio) if window else None
