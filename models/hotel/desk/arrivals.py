"""Check-in (登记入住): the guest is in the house, with a room, a folio, and his deposit on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.hotel.charges.fees import charge_early
from models.hotel.charges.nights import pending_nights
from models.hotel.charges.windows import open_window
from models.hotel.folios.deposits import apply_deposits
from models.hotel.folios.folio_payments import take_on_folio
from models.hotel.folios.masters import send_to_master
from models.hotel.reservations.bookings import (
    RoomWish,
    add_stay,
    go,
    make_booking,
    seen,
)
from models.hotel.reservations.retyping import change_type
from models.hotel.rooms.rooms import CLEAN, INSPECTED, Room
from models.hotel.stays.free_rooms import (
    RoomNotFree,
    rooms_wanted,
    taken_days,
)
from models.hotel.stays.identity import age_on, read_id_card
from models.hotel.stays.stays import AT_THE_DESK, IN_HOUSE, RESERVED, Night, Stay, StayGuest
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.records import first_wrong
from models.trust.sealed import Sealed
from models.trust.settings import setting

# Kinds of papers by which a guest is registered.
ID_CARD, PASSPORT, OTHER_PAPER = PAPER_KINDS = ("id", "passport", "other")

# Below it the police asks who answers for a guest.
AGE = 18
SHORTEST_PHONE = 7

takes_dirty_rooms = setting("hotel.check_in_to_dirty_rooms", False)


class RoomNotReady(Refusal):
    """The room is dirty, or out of order: have it cleaned, or take another one."""


class RoomLivedIn(Refusal):
    """Somebody lives in the room: take another one, or check him out first."""


class NobodyToShareWith(Refusal):
    """Nobody lives in the room that is to be shared."""


class RoomWanted(Refusal):
    """A guest is checked into a room."""


class GuardianWanted(Refusal):
    """Of a guest under 18 the register says who answers for him: name, phone and relation."""


class NotArrivalDay(Refusal):
    """The stay begins on another day: change its dates first."""


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who answers for a guest under age, by which phone, and what he is to who is with him."""

    name: str = ""
    phone: str = ""
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """Who is registered. `paper` is shown masked wherever it is stored in plain."""

    name: str
    person: int | None = None
    paper: str = ""
    paper_kind: str = ""
    born: date | None = None
    sex: str = ""
    region: str = ""
    guardian: Guardian | None = None


def masked(paper: str) -> str:
    """An identity number as it may be shown: its first three and last two signs."""
    return paper if len(paper) < 6 else f"{paper[:3]}{'*' * (len(paper) - 5)}{paper[-2:]}"


@operation(right="check in")
def check_in(
    job: Job,
    stay: Stay,
    guests: Sequence[Guest],
    *,
    version: int,
    room: Room | None = None,
    is_free: bool = True,
    credit_limit: Money | None = None,
    deposit: Sequence[Paying] = (),
    language: str = "",
) -> Stay:
    """Check a reserved guest in; the deposit is taken in the same step and stands on the folio. A
    room of another type costs what was agreed, or with `is_free` off the difference from list to
    list.

    Refuses: RecordChanged, StayMoved, NotArrivalDay, RoomWanted, RoomLivedIn, RoomNotReady,
    RoomNotFree, TypeFull, TooManyPersons, RateMissing, IdNumberWrong, and what taking a payment
    refuses.
    """
    found = seen(stay, version)
    if not found.lasts(job.day):
        raise NotArrivalDay(stay=found.number, arrival=found.arrival)
    return arrive(
        job, found, room or found.room, guests, is_free=is_free, limit=credit_limit,
        deposit=deposit, language=language,
    )  # fmt: skip


@operation(right="check in")
def walk_in(
    job: Job,
    wish: RoomWish,
    guests: Sequence[Guest],
    *,
    credit_limit: Money | None = None,
    deposit: Sequence[Paying] = (),
    segment: str = "",
    language: str = "",
) -> Stay:
    """A guest without a reservation: booked and checked in as one, also into a room that somebody
    lives in and shares with him.

    Refuses: NobodyToShareWith, and what a reservation and a check-in refuse.
    """
    if wish.room is None:
        raise RoomWanted()
    if wish.arrival != job.day:
        raise NotArrivalDay(stay="", arrival=wish.arrival)
    name = guests[0].name if guests else wish.name
    booking = make_booking(job, name=name, person=wish.person, segment=segment, source=AT_THE_DESK)
    stay = add_stay(job, booking, wish, RESERVED)
    return arrive(
        job, stay, Room.get_by_id(wish.room), guests, limit=credit_limit, deposit=deposit,
        language=language,
    )  # fmt: skip


def arrive(
    job: Job,
    stay: Stay,
    room: Room | None,
    guests: Sequence[Guest],
    *,
    is_free: bool = True,
    limit: Money | None,
    deposit: Sequence[Paying],
    language: str,
) -> Stay:
    """The guests of a stay are in the house, inside an operation.

    Refuses: RoomWanted, RoomNotReady, RoomNotFree, TypeFull, TooManyPersons, RateMissing,
    IdNumberWrong and what taking a payment refuses.
    """
    if room is None:
        raise RoomWanted()
    for guest in guests:
        _check_guest(guest, job.day)
    _check_room(job, stay, room)
    go(stay, IN_HOUSE)

    if room.room_type_id != stay.room_type_id:
        change_type(stay, room.room_type, pending_nights(stay, stay.departure), is_free=is_free)
    stay.room, stay.arrived_at = room, job.now
    stay.save()
    # Most of them know it since the reservation.
    elsewhere = Night.room.is_null() | (Night.room != room)
    Night.update(room=room).where(Night.stay == stay, Night.document.is_null(), elsewhere).execute()
    folio = open_window(job, stay, limit=limit)
    for place, guest in enumerate(guests):
        StayGuest.create(
            key=new_key(), stay=stay, name=guest.name[:60], person=guest.person,
            paper=masked(guest.paper), paper_number=Sealed(guest.paper.strip()),
            paper_kind=guest.paper_kind, born=guest.born,
            sex=guest.sex, region=guest.region[:60], is_first=place == 0,
            **_answered_for(guest, job.day),
        )  # fmt: skip
    send_to_master(stay, stay.booking)
    charge_early(job, stay)
    apply_deposits(job, stay, folio)
    if deposit:
        take_on_folio(job, folio, deposit, stay=stay.key, language=language)
    add_job(job, "registration", subject=stay.key, language=language)
    job.note(stay=stay.number, name=stay.name, room=room.number, until=stay.departure)
    return stay


def _check_guest(guest: Guest, day: date) -> None:
    """Refuses: IdNumberWrong, GuardianWanted."""
    if guest.paper_kind == ID_CARD and guest.paper:
        read_id_card(guest.paper, day)
    if not _is_under_age(guest, day):
        return
    said = guest.guardian or Guardian()
    wrong = first_wrong(
        guardian=bool(said.name.strip()),
        guardian_phone=sum(sign.isdigit() for sign in said.phone) >= SHORTEST_PHONE,
        relation=bool(said.relation.strip()),
    )
    if wrong:
        raise GuardianWanted(guest=guest.name, age=AGE, field=wrong)


def _is_under_age(guest: Guest, day: date) -> bool:
    return guest.born is not None and age_on(guest.born, day) < AGE


def _answered_for(guest: Guest, day: date) -> dict[str, Any]:
    """What is stored of the guardian; of a grown-up nothing, whatever the form says."""
    if guest.guardian is None or not _is_under_age(guest, day):
        return {}
    said = guest.guardian
    return {
        "guardian": said.name.strip()[:60], "guardian_phone": Sealed(said.phone.strip()),
        "relation": said.relation.strip()[:30],
    }  # fmt: skip


def _check_room(job: Job, stay: Stay, room: Room) -> None:
    present: Room = Room.get_by_id(room.key)
    lives = Stay.select().where(Stay.room == room, Stay.state == IN_HOUSE, Stay.key != stay.key)
    other = lives.first()
    if stay.is_sharing:
        if other is None:
            raise NobodyToShareWith(room=present.number)
        return
    if other is not None:
        raise RoomLivedIn(room=present.number, guest=other.name)
    is_ready = present.care in (CLEAN, INSPECTED) or takes_dirty_rooms.value()
    if not present.is_active or not is_ready:
        raise RoomNotReady(room=present.number)
    if taken := taken_days(present, rooms_wanted(stay), but=stay.key):
        raise RoomNotFree(room=present.number, days=", ".join(str(day) for day in taken))
    if present.room_type_id != stay.room_type_id:
        job.require("give other room")
