"""Guests of a stay who pay no visitors' tax (免征住宿税): residents, officials, whoever the place
spares; how many, and why.
"""

from __future__ import annotations

from models.base.refusals import Refusal
from models.hotel.charges.visitors_tax import persons_liable
from models.hotel.reservations.bookings import seen
from models.hotel.stays.stays import HOLDING, Stay, StayMoved
from models.trust.operation import Job, operation
from models.trust.records import first_wrong


class TaxFreeWrong(Refusal):
    """So many guests are not liable at all, or nobody says why they are exempt."""

    about = ("persons", "reason")


@operation(right="check in")
def exempt_from_tax(job: Job, stay: Stay, persons: int, *, version: int, reason: str) -> Stay:
    """So many of those who would pay the visitors' tax pay none, for the nights that are not posted
    yet; 0 takes it back. Children under the age of the rule pay none anyway.

    Refuses: RecordChanged, StayMoved, TaxFreeWrong, NeedsOverride.
    """
    found = seen(stay, version)
    if found.state not in HOLDING:
        raise StayMoved(stay=found.number, state=found.said_state)
    most = persons_liable(found)
    said = reason.strip()[:60] if persons else ""
    if wrong := first_wrong(persons=0 <= persons <= most, reason=bool(said) or not persons):
        raise TaxFreeWrong(stay=found.number, most=most, field=wrong)
    job.require("waive fee")

    found.tax_free, found.tax_free_why = persons, said
    found.version += 1
    found.save()
    job.note(stay=found.number, name=found.name, exempt=persons, why=said)
    return found
