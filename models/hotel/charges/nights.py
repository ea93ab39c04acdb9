"""Posting the nights: each once, whether the audit does it or a guest leaves before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from models.base import clock
from models.base.hot import Statement
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watched_rows import marked_anew
from models.hotel.charges.charge_parts import charge_parts
from models.hotel.charges.commission import accrue
from models.hotel.charges.hours import HourTariff, hour_charge
from models.hotel.charges.package_items import (
    Included,
    add_packages,
    included,
    included_total,
    settle_packages,
)
from models.hotel.charges.postings import charge_stay
from models.hotel.charges.services import (
    DAY_USE_CODE,
    ROOM_CODE,
    VISITORS_TAX_CODE,
    Service,
    service_of,
)
from models.hotel.charges.visitors_tax import post_tax, tax_of
from models.hotel.charges.windows import shares_of
from models.hotel.rooms.rates import BY_DAY
from models.hotel.stays.stays import IN_HOUSE, Night, Stay
from models.ledger.documents import Document
from models.trust.operation import Job

HOURS_A_DAY = 24


class NightTaken(Refusal):
    """This night was posted meanwhile."""


def pending_nights(stay: Stay, up_to: date) -> list[Night]:
    """The nights of a stay up to a business date, that one too, which are not posted yet."""
    return list(
        Night.select()
        .where(Night.stay == stay, Night.day <= up_to, Night.is_live, Night.document.is_null())
        .order_by(Night.day)
    )


def night_total(night: Night) -> Money:
    """What a night will be on the folio: its price with whatever comes on top of it."""
    price = price_now(night)
    packages = included_total(night.stay, night, price)
    return charge_parts(price - packages, service_of(night_code(night)).rules).total + packages


def night_charges(stay: Stay, night: Night) -> list[tuple[str, Money, date]]:
    """What posting a night will put on the folio: code, what it comes to, its day."""
    charges = [(night_code(night), night_total(night), night.day)]
    if tax := tax_of(stay, night):
        charges.append((VISITORS_TAX_CODE, tax.amount, night.day))
    return charges


def night_code(night: Night) -> str:
    """Under which code a night stands on the folio."""
    return DAY_USE_CODE if night.use in BY_DAY else ROOM_CODE


def price_now(night: Night) -> Money:
    """What a night costs when the guest leaves now: by the hour it grows with the time."""
    if night.hourly is None or (arrived := night.stay.arrived_at) is None:
        return night.price
    plan, hourly = night.plan, night.hourly
    most = Money(hourly.minor * HOURS_A_DAY, hourly.currency) if night.most is None else night.most
    tariff = HourTariff(
        hourly, overnight=most, daily=most, least_hours=plan.least_hours,
        grace=timedelta(minutes=plan.grace_minutes),
    )  # fmt: skip
    # A clock that was set back makes no stay shorter than none.
    return hour_charge(tariff, arrived, max(arrived, clock.now())).total


_POSTED = Statement(
    'UPDATE "night" SET "document" = ?, "posted_day" = ?, "room_id" = ?, "price" = ? '
    'WHERE "stay_id" = ? AND "day" = ? AND "document" IS NULL'
)


def post_night(job: Job, stay: Stay, night: Night, service: Service) -> Document:
    """Post one night inside an operation, as the service of its code (`night_code`), and the
    visitors' tax of it; its service date is its own. Of two who post it, one does.

    Refuses: NightTaken.
    """
    with marked_anew(Night, [stay.key]):
        return post_among(job, stay, night, service)


def post_among(job: Job, stay: Stay, night: Night, service: Service) -> Document:
    """The same inside of `marked_anew`, of a block of nights once for all. Refuses: NightTaken."""
    # Nearly always the room of the stay, which is read.
    lived_in = night.room if night.room_id not in (None, stay.room_id) else stay.room
    room = lived_in.number if lived_in else ""
    text = service.name if not night.why else f"{service.name} {night.why}"
    price = price_now(night)
    what = included(stay, night, price)
    packages = Money.total((each.price for each in what), price.currency)
    document = charge_stay(
        job, stay, service, price - packages, text=text, room=room, service_day=night.day
    )
    net = charge_parts(price - packages, service.rules).net
    accrue(job, stay, night.plan, charged=document, net=net)
    post_tax(job, stay, night, room=room)
    _post_packages(job, stay, night, service=service, what=what)
    changed = _POSTED.run(
        document.key, job.day.isoformat(), stay.room_id, price.minor, stay.key,
        night.day.isoformat(),
    )  # fmt: skip
    if changed != 1:
        raise NightTaken(stay=stay.number, day=night.day)
    return document


def _post_packages(
    job: Job, stay: Stay, night: Night, *, service: Service, what: Sequence[Included]
) -> None:
    """What was to be had by this evening is over; the rest of the night is had after it."""
    for is_same_day in (True, False):
        part = [each for each in what if each.is_same_day == is_same_day]
        if part:
            total = Money.total((each.price for each in part), part[0].price.currency)
            shares = shares_of(stay, service, total, night.day)
            paid_by = [(each.folio, each.amount) for each in shares]
            add_packages(job, stay, night, what=part, shares=paid_by)
        if is_same_day:
            settle_packages(job, stay)


def stays_to_post(day: date) -> list[Stay]:
    """Everybody in the house who has a night of this date that is not posted."""
    return list(Stay.select().where(_has_open_night(day)).order_by(Stay.key))


def next_to_post(day: date, most: int) -> list[int]:
    """The keys of the first of them, at most so many."""
    keys = Stay.select(Stay.key).where(_has_open_night(day)).order_by(Stay.key).limit(most)
    return [key for (key,) in keys.tuples()]


def _has_open_night(day: date) -> Any:
    open_nights = Night.select(Night.stay).where(
        Night.day == day, Night.is_live, Night.document.is_null()
    )
    return Stay.key.in_(open_nights) & (Stay.state == IN_HOUSE)
