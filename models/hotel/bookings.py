"""Bookings: reserved, changed, given a room, cancelled; each night priced and counted at once."""

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
from models.hotel import room_days
from models.hotel.free_rooms import RoomNotFree, rooms_wanted, taken_days
from models.hotel.nights import night_total
from models.hotel.rates import BY_DAY, NightPrice, Party, RatePlan, price_nights
from models.hotel.rooms import Room, RoomType
from models.hotel.stays import (
    DEPOSIT,
    EXPECTED,
    GUARANTEES,
    HOLDING,
    IN_HOUSE,
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


class NightPosted(Refusal):
    """A night that is posted keeps its day: give it back by an adjustment."""


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
    stay = Stay.create(
        key=new_key(), number=f"{booking.number}-{_next_room(booking)}", booking=booking,
        state=state, arrival=wish.arrival, departure=wish.departure, room_type=room_type,
        plan=plan, name=name, pinyin=initials(name)[:60], person=wish.person or booking.person,
        adults=wish.party.adults, children=list(wish.party.children),
        extra_beds=wish.party.extra_beds, is_sharing=wish.shares,
    )  # fmt: skip
    _add_nights(stay, plan, listed, agreed)
    if state in HOLDING:
        room_days.take(counted(nights_of(stay.key)))
    else:
        Night.update(is_live=False).where(Night.stay == stay).execute()
    if wish.room is not None:
        give_room(stay, Room.get_by_id(wish.room))
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


def _add_nights(
    stay: Stay, plan: RatePlan, listed: Iterable[NightPrice], agreed: Iterable[Money]
) -> None:
    for night, price in zip(listed, agreed, strict=True):
        Night.create(
            stay=stay, day=night.day, room_type=night.room_type, room=stay.room, plan=plan,
            price=price, list_price=night.price,
            # An agreed price is one for the whole time.
            hourly=night.hourly if price == night.price else None, most=night.most,
            currency=price.currency.code, use=plan.use,
            takes_room=not stay.is_sharing and plan.use not in BY_DAY,
        )  # fmt: skip


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
) -> Stay:
    """Other dates or persons; with `gives_room` the room of an expected stay as well, or none. A
    night that stays keeps its price, one that goes gives back its own, one that comes has today's
    price of the plan; more or fewer persons price every night anew that is not posted.

    Refuses: RecordChanged, StayMoved, StayDatesWrong, NightPosted, TypeFull, RateMissing,
    TooManyPersons, RoomNotFree, RoomOfOtherType.
    """
    found = seen(stay, version)
    if found.state not in (*HOLDING, WAITING):
        raise StayMoved(stay=found.number, state=found.said_state)
    if gives_room and room != found.room:
        if found.state not in EXPECTED:
            raise StayMoved(stay=found.number, state=found.said_state)
        _check_type(found, room)
        found.room = room
    old = {night.day: night for night in nights_of(found.key)}
    if found.state == IN_HOUSE:
        is_right = fits(found.plan, (departure - arrival).days) and departure >= job.day
        if wrong := first_wrong(arrival=arrival == found.arrival, departure=is_right):
            raise StayDatesWrong(arrival=arrival, departure=departure, field=wrong)
    else:
        check_dates(job, arrival, departure, found.plan)
    days = days_of(arrival, departure)
    gone = [night for day, night in old.items() if day not in days]
    if any(night.document is not None for night in gone):
        raise NightPosted(stay=found.number)
    anew = party is not None and party != party_of(found)
    party = party or party_of(found)
    added = [day for day in days if day not in old]
    priced = [day for day in days if day in old and anew and old[day].document is None]
    listed = price_nights(
        found.plan, found.room_type, sorted(added + priced), party, stay_nights=len(days)
    )

    _drop_nights(found, gone)
    _reprice(found, [night for night in listed if night.day in priced])
    _add_nights(
        found, found.plan, (n for n in listed if n.day in added),
        (n.price for n in listed if n.day in added),
    )  # fmt: skip
    if found.state in HOLDING:
        added += _sleeps_there_again(found, [old[day] for day in days if day in old])
        room_days.take(counted(night for night in nights_of(found.key) if night.day in added))
        _claim(found)
    else:
        Night.update(is_live=False).where(Night.stay == found).execute()
    before = [found.arrival, found.departure]
    found.arrival, found.departure = arrival, departure
    found.adults, found.children, found.extra_beds = (
        party.adults, list(party.children), party.extra_beds,
    )  # fmt: skip
    found.version += 1
    found.save()
    job.note(stay=found.number, name=found.name, before=before, after=[arrival, departure])
    return found


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


def party_of(stay: Stay) -> Party:
    """Who sleeps there, for the price."""
    return Party(stay.adults, tuple(stay.children), stay.extra_beds)


def _drop_nights(stay: Stay, gone: Sequence[Night]) -> None:
    room_days.move(counted(night for night in gone if night.is_live), sold=-1)
    Night.delete().where(Night.stay == stay, Night.day << [night.day for night in gone]).execute()


def _reprice(stay: Stay, listed: Sequence[NightPrice]) -> None:
    for night in listed:
        Night.update(
            price=night.price, list_price=night.price, hourly=night.hourly, most=night.most
        ).where(Night.stay == stay, Night.day == night.day).execute()


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


def _check_type(stay: Stay, room: Room | None) -> None:
    if room is not None and room.room_type_id != stay.room_type_id:
        raise RoomOfOtherType(room=room.number, room_type=stay.room_type.code)


def give_room(stay: Stay, room: Room | None) -> None:
    """Fix the room of a stay inside an operation, or none. Refuses: RoomOfOtherType,
    RoomNotFree.
    """
    _check_type(stay, room)
    stay.room = room
    stay.version += 1
    stay.save()
    _claim(stay)


def _claim(stay: Stay) -> None:
    """Put the stay's room on its nights that are not posted. Refuses: RoomNotFree."""
    mine = (Night.stay == stay) & Night.document.is_null()
    if stay.room is not None:
        days = rooms_wanted(stay)
        taken = taken_days(stay.room, days, but=stay.key)
        if taken:
            raise RoomNotFree(room=stay.room.number, days=", ".join(map(str, taken)))
    Night.update(room=stay.room).where(mine).execute()


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
