"""The night audit with nobody at the desk: the same steps, a policy where a person would answer.

It stops at the first question that no policy answers; what was done until then stays done, and the
next audit goes on from there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from models.base.fields import store_currency
from models.base.money import Money
from models.base.words import word
from models.hotel.audit import audit
from models.hotel.reservations.changing import change_stay
from models.hotel.stays.stays import NO_GUARANTEE, Stay
from models.ledger.daily.days import (
    close_day,
    close_uid,
    proposed_next,
    require_shifts_ready,
    store_day,
)
from models.trust.operation import Session, new_uid
from models.trust.settings import setting

ASK, EXTEND, NO_SHOW, NO_SHOW_FEE = "ask", "extend", "no-show", "no-show fee"

due_out_policy = setting("hotel.unattended_due_out", ASK, allowed=(ASK, EXTEND))
arrival_policy = setting("hotel.unattended_arrival", ASK, allowed=(ASK, NO_SHOW, NO_SHOW_FEE))


@dataclass(frozen=True, slots=True)
class PolicyAnswer:
    """What the audit did by itself: a message id and its fields."""

    msgid: str
    fields: dict[str, Any]


def unattended_audit(session: Session, day: date) -> Iterator[PolicyAnswer]:
    """Audit this business date and close it; each answer as it was given.

    Refuses: DateNotOver, ShiftsOpen, ShiftsCounted, DueOutsOpen, ArrivalsOpen where the policy is
    to ask, and what the operations refuse. A date that is no longer the store's is left alone.
    """
    if store_day() != day:
        return
    audit.check_hour(day)
    require_shifts_ready()
    yield from _due_outs(session, day)
    yield from _arrivals(session, day)
    posted = 0
    while block := audit.next_block(day):
        posted += audit.post_nights(session, block, uid=new_uid())
        # A step for each block: the counter's own work goes between them.
        yield PolicyAnswer(word("Nights posted: {count}"), {"count": posted})
    opened = close_day(session, next_day=proposed_next(day), uid=close_uid(day))
    yield PolicyAnswer(
        word("Day {day} is closed. Now: {opened}"), {"day": day, "opened": opened.date}
    )


def _due_outs(session: Session, day: date) -> Iterator[PolicyAnswer]:
    found = audit.due_outs(day)
    if found and due_out_policy.value() == ASK:
        raise audit.DueOutsOpen(stays=_names(found))
    for stay in found:
        until = day + timedelta(days=1)
        change_stay(
            session, stay, version=stay.version, arrival=stay.arrival, departure=until,
            uid=new_uid(),
        )  # fmt: skip
        yield PolicyAnswer(
            word("{room} {name} did not leave: one more night"),
            {"room": _room(stay), "name": stay.name},
        )


def _arrivals(session: Session, day: date) -> Iterator[PolicyAnswer]:
    """A guaranteed room is kept for a person to answer, unless the fee is taken."""
    found, policy = audit.no_arrivals(day), arrival_policy.value()
    asked = [s for s in found if policy == ASK or (policy == NO_SHOW and _is_guaranteed(s))]
    if asked:
        raise audit.ArrivalsOpen(stays=_names(asked))
    for stay in found:
        fee = None if _is_guaranteed(stay) else Money(0, store_currency())
        audit.mark_no_show(session, stay, version=stay.version, fee=fee, uid=new_uid())
        yield PolicyAnswer(
            word("{name} {number} did not come: no-show"),
            {"name": stay.name, "number": stay.number},
        )


def _is_guaranteed(stay: Stay) -> bool:
    return stay.booking.guarantee != NO_GUARANTEE


def _room(stay: Stay) -> str:
    return stay.room.number if stay.room else ""


def _names(stays: list[Stay]) -> str:
    return ", ".join(f"{stay.number} {stay.name}" for stay in stays[:10])
