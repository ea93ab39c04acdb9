"""Bookings: reserved, given a room, confirmed; each night priced and counted at once. Other dates:
changing.py; cancelled: cancelling.py.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from models.base.fields import store_currency
from models.base.keys import new_key
from models.base.money import Money
from models.base.pinyin import initials
from models.base.refusals import Refusal
from models.base.words import word
from models.goods.rules import ValueNegative
from models.hotel.charges.nights import night_total
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import BY_DAY, NightPrice, Party, RatePlan, price_nights
from models.hotel.rooms.rooms import Room, RoomType
from models.hotel.stays.free_rooms import RoomNotFree, rooms_wanted, taken_days
from models.hotel.stays.stays import (
    DEPOSIT,
    EXPECTED,
    GUARANTEES,
    HOLDING,
    NO_GUARANTEE,
    OPTION,
    RESERVED,
    TRANSITIONS,
    WAITING,
    Booking,
    Night,
    Stay,
    StayMoved,
    counted,
    days_of,
    nights_of,
)
from models.trust.operation import Job, operation
from models.trust.records import RecordChanged, first_wrong
from models.trust.registers import next_number, number_text

_STAYS = word("Reservations and stays")

LONGEST_NIGHTS = 730
# A house has no more, and a number slipped into the box of the rooms would hold up the counter.
MOST_ROOMS = 500


class StayDatesWrong(Refusal):
    """A stay begins today or later, ends after it begins, and is at most two years long. One by a
    plan for the day ends on the day on which it begins, and no other does.
    """


class NameWanted(Refusal):
    """A booking needs the name it is asked for by."""

    about = ("name",)


class TooManyRooms(Refusal):
    """A booking is of so many rooms at most."""

    about = ("rooms",)


class RoomOfOtherType(Refusal):
    """The room is of another type than the stay: change the type first, or move the guest."""

    about = ("room",)


@dataclass(frozen=True, slots=True)
class RoomWish:
    """One room that is asked for. `prices` are agreed ones, a night each, instead of the plan's;
    `shares`: somebody lives in the room already, and this is a second account in it.
    """

    room_type: int
    arrival: date
    departure: date
    plan: int
    party: Party = field(default_factory=Party)
    name: str = ""
    person: int | None = None
    room: int | None = None
    prices: tuple[Money, ...] = ()
    shares: bool = False


@operation(right="reserve")
def reserve(
    job: Job,
    wishes: Sequence[RoomWish],
    *,
    name: str,
    person: int | None = None,
    company: int | None = None,
    segment: str = "",
    source: str = "",
    guarantee: str = NO_GUARANTEE,
    option_until: date | None = None,
    deposit_due: Money | None = None,
    is_waiting: bool = False,
    note: str = "",
) -> Booking:
    """Book rooms under one confirmation number. With `option_until` they are held until that day;
    `is_waiting` puts them on the waiting list, which takes no room. Guaranteed by deposit, without
    a sum, the first night of every room is due, as it will be posted.

    Refuses: NameWanted, TooManyRooms, StayDatesWrong, TypeFull, RateMissing, TooManyPersons,
    RoomNotFree, RoomOfOtherType, ValueNegative, NeedsOverride (an agreed price).
    """
    if not name.strip() or not wishes:
        raise NameWanted()
    if len(wishes) > MOST_ROOMS:
        raise TooManyRooms(most=MOST_ROOMS)
    if guarantee not in GUARANTEES:
        raise ValueError(guarantee)
    state = WAITING if is_waiting else OPTION if option_until else RESERVED
    booking = make_booking(
        job, name=name, person=person, company=company, segment=segment, source=source,
        guarantee=guarantee, option_until=option_until, deposit_due=deposit_due, note=note,
        is_group=len(wishes) > 1,
    )  # fmt: skip
    stays = [add_stay(job, booking, wish, state) for wish in wishes]
    if guarantee == DEPOSIT and deposit_due is None:
        first = (night_total(nights_of(stay.key)[0]) for stay in stays)
        booking.deposit_due = Money.total(first, store_currency())
        booking.save()
    job.note(
        booking=booking.number, name=booking.name, rooms=len(stays),
        arrival=stays[0].arrival, departure=stays[0].departure, state=state,
    )  # fmt: skip
    return booking


def make_booking(
    job: Job,
    *,
    name: str,
    person: int | None = None,
    company: int | None = None,
    segment: str = "",
    source: str = "",
    guarantee: str = NO_GUARANTEE,
    option_until: date | None = None,
    deposit_due: Money | None = None,
    note: str = "",
    is_group: bool = False,
    number: str = "",
) -> Booking:
    """A booking without rooms, inside an operation; its number is drawn, unless it brings its
    own.
    """
    zero = Money(0, store_currency())
    return Booking.create(
        key=new_key(), number=number or _draw_number(job),
        name=name.strip()[:60], pinyin=initials(name)[:60], person=person, company=company,
        segment=segment, source=source, guarantee=guarantee, option_until=option_until,
        deposit_due=deposit_due or zero, currency=zero.currency.code, is_group=is_group,
        note=note, user=job.user, day=job.day, at=job.now,
    )  # fmt: skip


def _draw_number(job: Job) -> str:
    return number_text("B", job.register, next_number(job.register, "booking"))


def add_stay(job: Job, booking: Booking, wish: RoomWish, state: str) -> Stay:
    """One room of a booking inside an operation: checked, priced, counted."""
    room_type: RoomType = RoomType.get_by_id(wish.room_type)
    plan: RatePlan = RatePlan.get_by_id(wish.plan)
    check_dates(job, wish.arrival, wish.departure, plan)
    days = days_of(wish.arrival, wish.departure)
    listed = price_nights(plan, room_type, days, wish.party)
    agreed = _agreed(job, listed, wish.prices)
    name = (wish.name or booking.name).strip()[:60]
    stay = Stay(
        key=new_key(), number=f"{booking.number}-{_next_room(booking)}", booking=booking,
        state=state, arrival=wish.arrival, departure=wish.departure, room_type=room_type,
        plan=plan, name=name, pinyin=initials(name)[:60], person=wish.person or booking.person,
        adults=wish.party.adults, children=list(wish.party.children),
        extra_beds=wish.party.extra_beds, is_sharing=wish.shares,
    )  # fmt: skip
    if wish.room is not None:
        stay.room = Room.get_by_id(wish.room)
        check_type(stay, stay.room)
    if state in HOLDING and _takes_room(stay):
        room_days.take((night.day, night.room_type) for night in listed)
        if stay.room is not None:
            _require_free(stay, days)
    stay.save(force_insert=True)
    add_nights(stay, plan, listed, agreed, is_live=state in HOLDING)
    return stay


def _next_room(booking: Booking) -> int:
    return 1 + int(Stay.select().where(Stay.booking == booking).count())


def check_dates(job: Job, arrival: date, departure: date, plan: RatePlan) -> None:
    """Refuses: StayDatesWrong."""
    nights = (departure - arrival).days
    if wrong := first_wrong(arrival=arrival >= job.day, departure=fits(plan, nights)):
        raise StayDatesWrong(arrival=arrival, departure=departure, field=wrong)


def fits(plan: RatePlan, nights: int) -> bool:
    """Whether a stay by a plan may have so many nights."""
    return nights == 0 if plan.use in BY_DAY else 0 < nights <= LONGEST_NIGHTS


def _agreed(job: Job, listed: Sequence[NightPrice], prices: Sequence[Money]) -> list[Money]:
    """The price of each night: the plan's, or the agreed one, which needs its right."""
    if not prices:
        return [night.price for night in listed]
    if len(prices) != len(listed):
        raise ValueError(f"{len(prices)} prices for {len(listed)} nights")
    if below := [price for price in prices if price.minor < 0]:
        raise ValueNegative(field="price", value=below[0])
    if any(price != night.price for price, night in zip(prices, listed, strict=True)):
        job.require("agree rates")
    return list(prices)


def add_nights(
    stay: Stay,
    plan: RatePlan,
    listed: Iterable[NightPrice],
    agreed: Iterable[Money],
    *,
    is_live: bool = True,
) -> list[Night]:
    """The nights of a stay, each with its price of the list and the agreed one."""
    return [
        Night.create(
            stay=stay, day=night.day, room_type=night.room_type, room=stay.room, plan=plan,
            price=price, list_price=night.price,
            # An agreed price is one for the whole time.
            hourly=night.hourly if price == night.price else None, most=night.most,
            currency=price.currency.code, use=plan.use, is_live=is_live,
            takes_room=_takes_room(stay),
        )
        for night, price in zip(listed, agreed, strict=True)
    ]  # fmt: skip


def _takes_room(stay: Stay) -> bool:
    """Has he the room to himself at night?"""
    return not stay.is_sharing and stay.plan.use not in BY_DAY


def seen(stay: Stay, version: int) -> Stay:
    """The stay as the person saw it. Refuses: RecordChanged."""
    found: Stay | None = Stay.get_or_none(Stay.key == stay.key)
    if found is None or found.version != version:
        raise RecordChanged(listing=_STAYS, name=stay.number)
    return found


def go(stay: Stay, after: str) -> None:
    """Move a stay to a state, inside an operation. Refuses: StayMoved."""
    before = [state for state, ends in TRANSITIONS.items() if after in ends]
    changed = (
        Stay.update(state=after, version=Stay.version + 1)
        .where(Stay.key == stay.key, Stay.state << before)
        .execute()
    )
    if changed != 1:
        raise StayMoved(stay=stay.number, state=stay.said_state)
    stay.state, stay.version = after, stay.version + 1


def party_of(stay: Stay) -> Party:
    """Who sleeps there, for the price."""
    return Party(stay.adults, tuple(stay.children), stay.extra_beds)


@operation(right="reserve")
def assign_room(job: Job, stay: Stay, room: Room | None, *, version: int) -> Stay:
    """Fix the room of an expected stay, or let it go again.

    Refuses: RecordChanged, StayMoved, RoomOfOtherType, RoomNotFree.
    """
    found = seen(stay, version)
    if found.state not in EXPECTED:
        raise StayMoved(stay=found.number, state=found.said_state)

    give_room(found, room)
    job.note(stay=found.number, name=found.name, room=room.number if room else "")
    return found


def check_type(stay: Stay, room: Room | None) -> None:
    """Refuses: RoomOfOtherType."""
    if room is not None and room.room_type_id != stay.room_type_id:
        raise RoomOfOtherType(room=room.number, room_type=stay.room_type.code)


def give_room(stay: Stay, room: Room | None) -> None:
    """Fix the room of a stay inside an operation, or none. Refuses: RoomOfOtherType,
    RoomNotFree.
    """
    check_type(stay, room)
    stay.room = room
    stay.version += 1
    stay.save()
    claim(stay)


def claim(stay: Stay) -> None:
    """Put the stay's room on its nights that are not posted. Refuses: RoomNotFree."""
    mine = (Night.stay == stay) & Night.document.is_null()
    if stay.room is not None:
        _require_free(stay, rooms_wanted(stay))
    Night.update(room=stay.room).where(mine).execute()


def _require_free(stay: Stay, days: Sequence[date]) -> None:
    """Refuses: RoomNotFree."""
    if taken := taken_days(stay.room, days, but=stay.key):
        raise RoomNotFree(room=stay.room.number, days=", ".join(map(str, taken)))


@operation(right="reserve")
def confirm_stay(job: Job, stay: Stay, *, version: int) -> Stay:
    """An option becomes firm, or a stay leaves the waiting list. Refuses: RecordChanged, StayMoved,
    TypeFull.
    """
    found = seen(stay, version)
    was_waiting = found.state == WAITING
    go(found, RESERVED)

    if was_waiting:
        hold_again(found)
    job.note(stay=found.number, name=found.name)
    return found


def let_go(stay: Stay) -> None:
    """Give back the rooms of all nights that are not posted; the room itself is free again."""
    mine = Night.select().where(Night.stay == stay, Night.is_live, Night.document.is_null())
    room_days.move(counted(mine), sold=-1)
    Night.update(is_live=False, room=None).where(
        Night.stay == stay, Night.document.is_null()
    ).execute()


def hold_again(stay: Stay) -> None:
    """Hold rooms of the type for all nights again, and no room by number. Refuses: TypeFull."""
    room_days.take(counted(nights_of(stay.key)))
    stay.room = None
    stay.save()
    Night.update(is_live=True, room=None).where(Night.stay == stay).execute()
