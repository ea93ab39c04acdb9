"""`deskbell night-audit`: closes the day of a house with nobody at the desk, by its policies."""

from __future__ import annotations

import argparse

from models.base.refusals import Refusal
from tui.commands.guard import PersonNeeded, signed_in
from tui.commands.place import Place, opened
from tui.commands.terminal.speech import out, t, tell_refusal

PERSON_NEEDED = 3


class UnattendedOnly(PersonNeeded, Refusal):
    """The audit that asks is done at the counter."""


def run(place: Place, options: argparse.Namespace) -> int:
    """Audit and close the open date; 3 when a person has to answer first.

    Refuses: UnattendedOnly, DateNotOver, ShiftsOpen, ShiftsCounted, and what the operations refuse.
    """
    from models.hotel.audit.audit import ArrivalsOpen, DueOutsOpen
    from models.hotel.audit.unattended import unattended_audit
    from models.ledger.daily.days import store_day

    if not options.unattended:
        raise UnattendedOnly()
    with opened(place):
        session = signed_in(place, options)
        try:
            for answer in unattended_audit(session, options.date or store_day()):
                out(t(answer.msgid, **answer.fields))
        except (ArrivalsOpen, DueOutsOpen) as question:
            tell_refusal(question)
            return PERSON_NEEDED
    return 0
