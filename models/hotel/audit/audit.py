"""The night audit (夜审): what is answered, posted and proved before a house turns its date.

Nights are posted in blocks, each an operation of its own, so that an audit that was killed is taken
up again and posts nothing twice. The close of the day itself refuses while a guest who was to leave
is in the house, an expected one has not been answered for, or a night is not posted: whoever closes
the day, by hand, by command or by the clock, passes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from peewee import JOIN

from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watched_rows import marked_anew
from models.hotel.audit.audit_proof import prove_day
from models.hotel.audit.day_figures import freeze
from models.hotel.charges.nights import (
    next_to_post,
    night_code,
    night_total,
    post_among,
    stays_to_post,
)
from models.hotel.charges.services import NO_SHOW_CODE, service_of
from models.hotel.folios.deposits import forfeit, give_fee_back, held
from models.hotel.reservations.bookings import go, let_go, seen
from models.hotel.reservations.groups import release_blocks
from models.hotel.rooms import room_days
from models.hotel.rooms.rates import RatePlan
from models.hotel.rooms.rooms import DIRTY, Room
from models.hotel.stays.stays import (
    CANCELLED,
    EXPECTED,
    IN_HOUSE,
    NO_SHOW,
    OPTION,
    RESERVED,
    Booking,
    Night,
    Stay,
    StayMoved,
    counted,
    nights_of,
    with_rooms,
)
from models.ledger.daily.days import gap_before, in_a_gap, local_now
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job
from models.trust.settings import setting

# A date is closed from this hour of its own day on, by the clock of the store.
earliest_close = setting("hotel.earliest_close", 18, check=lambda hour: 0 <= hour <= 23)
BLOCK = 50


class DateNotOver(Refusal):
    """A business date is closed from its closing hour on; this one has not come to it."""


class DueOutsOpen(Refusal):
    """Guests who were to leave are still in the house: extend them or check them out."""


class ArrivalsOpen(Refusal):
    """Expected guests have not come: check in, no-show, cancel, or other dates."""


class NightsNotPosted(Refusal):
    """Nights of this date are not posted yet."""


def due_outs(day: date) -> list[Stay]:
    """Who is in the house and was to leave by this date, by room."""
    leaving = Stay.select().where(Stay.state == IN_HOUSE, Stay.departure <= day)
    return sorted(with_rooms(leaving.order_by(Stay.key)), key=_room_of)


def _room_of(stay: Stay) -> tuple[int, str]:
    number = stay.room.number if stay.room else ""
    return len(number), number


def no_arrivals(day: date) -> list[Stay]:
    """Who was expected by this date and has not come."""
    coming = Stay.select().where(Stay.state << EXPECTED, Stay.arrival <= day)
    return with_rooms(coming.order_by(Stay.key))


def odd_rates(day: date) -> list[Night]:
    """Nights of this date at another price than the plan's, or at none."""
    nights = (
        Night.select(Night, Stay)
        .join(Stay)
        .where(Night.day == day, Night.is_live, Stay.state == IN_HOUSE)
        .order_by(Night.stay)
    )
    with_rooms(night.stay for night in nights)
    return [night for night in nights if night.price != night.list_price or not night.price]


@operation(right="night audit")
def post_nights(job: Job, stays: Sequence[int]) -> int:
    """Post the night of the business date for these stays; one that is posted already is passed
    over. How many were posted.
    """
    nights = (
        Night.select(Night, Stay, Room, RatePlan)
        .join(RatePlan, on=(Night.plan == RatePlan.key), attr="plan")
        .switch(Night)
        .join(Stay)
        .join(Room, JOIN.LEFT_OUTER, on=(Stay.room == Room.key), attr="room")
        .where(
            Night.stay << list(stays), Night.day == job.day, Night.is_live,
            Night.document.is_null(), Stay.state == IN_HOUSE,
        )
    )  # fmt: skip
    found = list(nights)
    services = {code: service_of(code) for code in {night_code(night) for night in found}}
    with marked_anew(Night, [night.stay_id for night in found]):
        for night in found:
            post_among(job, night.stay, night, services[night_code(night)])
    job.note(nights=len(found), date=job.day)
    return len(found)


def next_block(day: date) -> list[int]:
    """The stays of the next block that is still to be posted; none when all are."""
    return next_to_post(day, BLOCK)


@operation(right="night audit")
def mark_no_show(job: Job, stay: Stay, *, version: int, fee: Money | None = None) -> Stay:
    """An expected guest has not come. The fee (without one: the first night as it would have been
    posted) is earned out of the deposit, at most what is held; his nights are free again.

    Refuses: RecordChanged, StayMoved.
    """
    found = seen(stay, version)
    if found.arrival > job.day:
        raise StayMoved(stay=found.number, state=found.said_state)
    first = nights_of(found.key)[0]
    go(found, NO_SHOW)

    due = night_total(first) if fee is None else fee
    document = forfeit(job, Booking.get_by_id(found.booking_id), service_of(NO_SHOW_CODE), due)
    found.fee_document = document.key if document else None
    found.save()
    let_go(found)
    job.note(stay=found.number, name=found.name, fee=due if document else "0")
    return found


def no_show_fee(stay: Stay) -> Money:
    """What marking a stay as a no-show would earn: its first night as it would have been posted, at
    most the deposit that is held.
    """
    return min(night_total(nights_of(stay.key)[0]), held(Booking.get_by_id(stay.booking_id)))


@operation(right="check in")
def reinstate_no_show(job: Job, stay: Stay, *, version: int) -> Stay:
    """A no-show comes after all, until his day of departure: the fee is given back to the deposit
    today, his nights hold a room again; those gone by are posted when he is checked in.

    Refuses: RecordChanged, StayMoved, TypeFull.
    """
    found = seen(stay, version)
    if found.state != NO_SHOW or found.departure <= job.day:
        raise StayMoved(stay=found.number, state=found.said_state)
    go(found, RESERVED)

    if found.fee_document is not None:
        give_fee_back(job, found.fee_document)
    found.fee_document = None
    found.save()
    nights = nights_of(found.key)
    room_days.take(counted(night for night in nights if night.day >= job.day))
    room_days.move(counted(night for night in nights if night.day < job.day), sold=1)
    Night.update(is_live=True).where(Night.stay == found).execute()
    job.note(stay=found.number, name=found.name)
    return found


def close_house(job: Job) -> None:
    """The hotel's part of closing a day. In a store without rooms it does nothing.

    Refuses: DateNotOver, DueOutsOpen, ArrivalsOpen, NightsNotPosted, and what `prove_day` refuses.
    """
    if not Room.select().exists():
        return
    require_ready(job.day)

    freeze(job.day)
    if not in_a_gap(job.day, job.day + timedelta(days=1)):
        days = {"day": job.day.isoformat()}
        if (since := gap_before(job.day)) < job.day:
            days["since"] = since.isoformat()
        add_job(job, "house", body=days)
    release_blocks(job.day)
    _end_options(job.day)
    lived = Stay.select(Stay.room).where(Stay.state == IN_HOUSE, Stay.room.is_null(False))
    Room.update(care=DIRTY, version=Room.version + 1).where(Room.key.in_(lived)).execute()


def require_ready(day: date) -> None:
    """May a house close this date: is it over, is everybody answered for, is every night posted,
    and do the books prove? Refuses as `close_house`; in a store without rooms nothing.
    """
    if not Room.select().exists():
        return
    check_hour(day)
    _refuse(DueOutsOpen, due_outs(day))
    _refuse(ArrivalsOpen, no_arrivals(day))
    left = stays_to_post(day)
    if left:
        raise NightsNotPosted(count=len(left), date=day)
    prove_day(day)


def check_hour(day: date) -> None:
    """Refuses: DateNotOver."""
    now = local_now()
    opens = datetime.combine(day, time(earliest_close.value()), now.tzinfo)
    if now < opens:
        raise DateNotOver(date=day, hour=earliest_close.value())


def _refuse(refusal: type[Refusal], stays: Sequence[Stay]) -> None:
    if stays:
        raise refusal(stays=", ".join(f"{stay.number} {stay.name}" for stay in stays[:10]))


def _end_options(day: date) -> None:
    """Options that ran out give their rooms back."""
    late = Booking.select().where(Booking.option_until.is_null(False), Booking.option_until <= day)
    for stay in Stay.select().where(Stay.booking.in_(late), Stay.state == OPTION):
        go(stay, CANCELLED)
        let_go(stay)
