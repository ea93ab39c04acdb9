"""From an appointment to the till: its services are on the bill, with whoever did them, and its
deposit is paid of it.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from models.base.money import Money
from models.ledger.payments.taken import due_of, take_for
from models.ledger.ways.tender_kinds import Paying
from models.salon.appointments import Appointment
from models.salon.care import PatchTestBad, PatchTestWanted
from models.salon.deposits import deposit_of, deposit_tender
from models.salon.ticketing import ring_appointment
from models.shop.basket import open_basket
from receipts.words import word
from tui.money.opening import open_selling
from tui.widgets.panel import Confirm


def _deposit(key: int, draft: int) -> tuple[Money, Money, int]:
    """What is held for an appointment, what its bill comes to, and the way to pay with it."""
    found: Appointment = Appointment.get_by_id(key)
    held = deposit_of(found)
    return held, due_of(draft) if held else held, deposit_tender() if held else 0


async def to_ticket(app: Any, found: Appointment) -> None:
    """Put it on the bill of this till and show the till. Refuses: what `ring_appointment`
    refuses.
    """
    basket = await app.in_books(open_basket, app.session)
    ring = partial(app.operate, ring_appointment, found.key, basket.draft, version=found.version)
    try:
        await ring()
    except (PatchTestWanted, PatchTestBad) as refusal:
        app.tell(refusal)
        if not await app.ask(
            Confirm(
                word("Do it without a patch test?"), yes=word("Do it all the same"), is_grave=True
            )
        ):
            return
        await ring(without_test=True)
    held, due, tender = await app.in_books(_deposit, found.key, basket.draft)
    if held:
        part = min(held, due)
        await app.operate(take_for, basket.draft, Paying(tender, part, code=found.deposit))
        app.inform(word("Ticket of {name}, deposit {amount}"), name=found.name, amount=part)
    else:
        app.inform(word("Ticket of {name}"), name=found.name)
    await open_selling(app)
