"""Other dates and persons of a stay (续住, 改期): which nights stay, come and go, and what dropping
them costs somebody who is in the house.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from models.base.refusals import Refusal
from models.hotel.charges.fees import charge_fee, late_back, late_kept, shortening_price
from models.hotel.charges.postings import take_charge_back
from models.hotel.charges.services import EARLY_LEAVE_CODE
from models.hotel.charges.visitors_tax import as_nights
from models.hotel.reservations.bookings import (
    StayDatesWrong,
    add_nights,
    check_dates,
    check_type,
    claim,
    fits,
    party_of,
    seen,
)
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import BY_DAY, NightPrice, Party, price_nights
from models.hotel.rooms.rooms import Room
from models.hotel.stays.stays import (
    EXPECTED,
    HOLDING,
    IN_HOUSE,
    WAITING,
    Night,
    Stay,
    StayMoved,
    counted,
    days_of,
    nights_of,
)
from models.trust.operation import Job, operation
from models.trust.records import first_wrong


class NightPosted(Refusal):
    """A night that is posted keeps its day: give it back by an adjustment."""


@operation(right="reserve")
def change_stay(
    job: Job,
    stay: Stay,
    *,
    version: int,
    arrival: date,
    departure: date,
    party: Party | None = None,
    gives_room: bool = False,
    room: Room | None = None,
    waives_fee: str = "",
) -> Stay:
    """Other dates or persons; with `gives_room` the room of an expected stay as well, or none. A
    night that stays keeps its price, one that goes gives back its own, one that comes has today's
    price of the plan; more or fewer persons price every night anew that is not posted. Who is in
    the house pays for nights that he drops what the rule says (`shortening_price`), unless it is
    waived with a reason; a waiver holds for these nights and is not asked again. Who stays on after
    all has back what he was charged for leaving late, but what stands on a closed account
    (`late_kept`).

    Refuses: RecordChanged, StayMoved, StayDatesWrong, NightPosted, TypeFull, RateMissing,
    TooManyPersons, RoomNotFree, RoomOfOtherType, NeedsOverride (a waiver).
    """
    found = seen(stay, version)
    if found.state not in (*HOLDING, WAITING):
        raise StayMoved(stay=found.number, state=found.said_state)
    if gives_room and room != found.room:
        if found.state not in EXPECTED:
            raise StayMoved(stay=found.number, state=found.said_state)
        check_type(found, room)
        found.room = room
    _check_dates(job, found, arrival, departure)
    party = party or party_of(found)
    then = _nights_then(found, arrival, departure, party)
    if any(night.document is not None for night in then.gone):
        raise NightPosted(stay=found.number)
    fee = shortening_price(found, departure)
    if fee and waives_fee:
        job.require("waive fee")
    back, stays_there = late_back(found, departure), late_kept(found, departure)

    if not waives_fee:
        charge_fee(job, found, EARLY_LEAVE_CODE, fee)
    for line, left in back:
        take_charge_back(job, line, left, reason=found.number)
    _drop_nights(found, then.gone)
    _reprice(found, then.priced)
    add_nights(found, found.plan, then.added, [night.price for night in then.added])
    _count(found, [night.day for night in then.added], then.kept)
    before = [found.arrival, found.departure]
    found.arrival, found.departure = arrival, departure
    found.adults, found.children, found.extra_beds = (
        party.adults, list(party.children), party.extra_beds,
    )  # fmt: skip
    found.version += 1
    found.save()
    job.note(
        stay=found.number, name=found.name, before=before, after=[arrival, departure],
        waived=[str(fee), waives_fee.strip()] if fee and waives_fee else None,
        late_back=[str(left) for _, left in back] or None,
        late_kept=[f"{folio.number} {left}" for folio, left in stays_there] or None,
    )  # fmt: skip
    return found


@dataclass(frozen=True, slots=True)
class _Then:
    """What becomes of the nights of a stay: which go, which stay, and of these what is priced anew;
    which come.
    """

    gone: list[Night]
    kept: list[Night]
    priced: list[NightPrice]
    added: list[NightPrice]


def _nights_then(stay: Stay, arrival: date, departure: date, party: Party) -> _Then:
    """Refuses: RateMissing, TooManyPersons."""
    days, old = days_of(arrival, departure), {night.day: night for night in nights_of(stay.key)}
    gone = [night for day, night in old.items() if day not in days]
    kept = [old[day] for day in days if day in old]
    anew = [night.day for night in kept if night.document is None and party != party_of(stay)]
    added = [day for day in days if day not in old]
    listed = price_nights(
        stay.plan, stay.room_type, sorted(added + anew), party, stay_nights=len(days)
    )
    return _Then(
        gone, kept, [night for night in listed if night.day in anew],
        [night for night in listed if night.day in added],
    )  # fmt: skip


def quoted_then(stay: Stay, arrival: date, departure: date, party: Party) -> list[Night]:
    """The nights of a stay as they would be with other dates or persons, not stored: what is kept
    at its price, what comes or is priced anew at that of the plan. Refuses: RateMissing,
    TooManyPersons.
    """
    then = _nights_then(stay, arrival, departure, party)
    priced = {night.day for night in then.priced}
    kept = [night for night in then.kept if night.day not in priced]
    new = as_nights(stay.plan, [*then.priced, *then.added])
    return sorted([*kept, *new], key=lambda night: night.day)


def _check_dates(job: Job, stay: Stay, arrival: date, departure: date) -> None:
    """Refuses: StayDatesWrong."""
    if stay.state != IN_HOUSE:
        check_dates(job, arrival, departure, stay.plan)
        return
    is_right = fits(stay.plan, (departure - arrival).days) and departure >= job.day
    if wrong := first_wrong(arrival=arrival == stay.arrival, departure=is_right):
        raise StayDatesWrong(arrival=arrival, departure=departure, field=wrong)


def _count(stay: Stay, added: Sequence[date], kept: Sequence[Night]) -> None:
    """The nights that came, and those that are slept after all, hold a room; on the waiting list
    none does.
    """
    if stay.state not in HOLDING:
        Night.update(is_live=False).where(Night.stay == stay).execute()
        return
    held = {*added, *_sleeps_there_again(stay, kept)}
    room_days.take(counted(night for night in nights_of(stay.key) if night.day in held))
    claim(stay)


def _sleeps_there_again(stay: Stay, kept: Sequence[Night]) -> list[date]:
    """Nights that a check-out dropped and a guest who came back sleeps after all; at the price that
    was agreed for them.
    """
    dropped = [night for night in kept if not night.is_live and night.document is None]
    for night in dropped:
        Night.update(
            is_live=True, room=stay.room, room_type=stay.room_type,
            takes_room=not stay.is_sharing and night.use not in BY_DAY,
        ).where(Night.stay == stay, Night.day == night.day).execute()  # fmt: skip
    return [night.day for night in dropped]


def _drop_nights(stay: Stay, gone: Sequence[Night]) -> None:
    room_days.move(counted(night for night in gone if night.is_live), sold=-1)
    Night.delete().where(Night.stay == stay, Night.day << [night.day for night in gone]).execute()


def _reprice(stay: Stay, listed: Sequence[NightPrice]) -> None:
    for night in listed:
        Night.update(
            price=night.price, list_price=night.price, hourly=night.hourly, most=night.most
        ).where(Night.stay == stay, Night.day == night.day).execute()
