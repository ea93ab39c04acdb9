"""Rates: what a night costs, by plan, type, season, day of the week, length of stay and persons.

A rate plan (房价方案) holds prices; of those that fit a night the narrowest wins: the one for the
longer stay, then for the shorter season, then for named days of the week. The weekend of a rate is
the nights of its days, so Friday and Saturday.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Protocol

from peewee import BigIntegerField, BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import (
    CodeField,
    DayField,
    JsonField,
    KeyField,
    MoneyField,
    RateField,
    store_currency,
)
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.hotel.rooms.rooms import RoomType
from models.ledger.accounts import RECEIVABLE
from models.ledger.folios import OPEN, Folio
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, first_wrong, put, row_at

_PLANS, _PRICES = word("Rate plans"), word("Prices of rooms")

# What is sold: a paid night, one given away with a reason, one for the house's own people, a room
# by day, and one by the hour (钟点房).
PAID, FREE, HOUSE_USE, DAY_USE, HOURLY = USES = (
    "paid", "free", "house use", "day use", "hourly",
)  # fmt: skip
# The guest has left before the night.
BY_DAY = (DAY_USE, HOURLY)
# A plan of these has no prices.
UNPAID = (FREE, HOUSE_USE)
EVERY_DAY = 0b1111111
NONE = Rate(0)


class RateMissing(Refusal):
    """The plan has no price for this type on this night, for so long a stay."""


class RateWrong(Refusal):
    """A price is not below zero, its days are in order, and its ages do not overlap."""


class TooManyPersons(Refusal):
    """More persons than the room sleeps."""

    about = ("adults",)


class TooManyExtraBeds(Refusal):
    """More extra beds than go into a room of the type."""

    about = ("extra_beds",)


class AgesWrong(Refusal):
    """Children are given by their ages in full years, 0 to 17, with blanks or commas between."""

    about = ("children",)


class RatePlan(Row):
    """A list of prices under one name, for one kind of business. Where it has none of its own, a
    night costs what `base` says, by `base_change` and then by `base_amount` more or less.
    `commission` is what the account `channel` keeps of the net room price. By the hour
    `least_hours` are paid at least, and so many minutes past one are free.
    """

    key = KeyField(primary_key=True)
    code = CodeField(max_length=10, unique=True)
    name = CharField(max_length=40)
    segment = CharField(max_length=20, default="")
    use = CharField(max_length=10, default=PAID)
    least_nights = IntegerField(default=1)
    meals = CharField(max_length=10, default="")
    base = ForeignKeyField("self", null=True, index=False)
    base_change = RateField(default=NONE)
    base_amount = MoneyField(null=True)
    commission = RateField(default=NONE)
    channel = BigIntegerField(null=True)
    least_hours = IntegerField(default=1)
    grace_minutes = IntegerField(default=0)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


class RatePrice(Row):
    """One price of a plan. `weekdays` has a bit a day, Monday the lowest; `ages` are the extra
    persons by age: [[first year, last year, minor units], ...]. By the hour it is the price of one,
    and `most` what a day comes to at most.
    """

    key = KeyField(primary_key=True)
    plan = ForeignKeyField(RatePlan)
    room_type = ForeignKeyField(RoomType)
    first = DayField()
    last = DayField()
    weekdays = IntegerField(default=EVERY_DAY)
    least_nights = IntegerField(default=1)
    price = MoneyField()
    most = MoneyField(null=True)
    persons = IntegerField(default=2)
    extra_adult = MoneyField()
    extra_bed = MoneyField()
    ages = JsonField(default=list)
    currency = CharField(max_length=3)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


@dataclass(frozen=True, slots=True)
class Party:
    """Who sleeps in a room."""

    adults: int = 1
    children: tuple[int, ...] = ()
    extra_beds: int = 0

    @property
    def persons(self) -> int:
        return self.adults + len(self.children)


@dataclass(frozen=True, slots=True)
class NightPrice:
    """One night as it is quoted and will be posted; by the hour it is quoted for the least hours,
    with the price of one and the most.
    """

    day: date
    room_type: int
    plan: int
    price: Money
    hourly: Money | None = None
    most: Money | None = None
    is_by_day: bool = False


def ages_of(text: str) -> tuple[int, ...]:
    """The ages of children as a clerk types them: "5, 8". Refuses: AgesWrong."""
    words = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
    if not all(each.isdecimal() and int(each) <= 17 for each in words):
        raise AgesWrong(typed=text)
    return tuple(int(each) for each in words)


@operation(right="keep rates")
def save_plan(
    job: Job,
    key: int | None,
    *,
    version: int,
    code: str,
    name: str,
    segment: str = "",
    use: str = PAID,
    least_nights: int = 1,
    meals: str = "",
    base: RatePlan | None = None,
    base_change: Rate = NONE,
    base_amount: Money | None = None,
    commission: Rate = NONE,
    channel: Folio | None = None,
    least_hours: int = 1,
    grace_minutes: int = 0,
    is_active: bool = True,
) -> RatePlan:
    """Make a plan (key None) or change one. A plan is worked out of one that has prices, not of
    another that is worked out; commission needs the account of who keeps it.

    Refuses: RecordTaken, RecordChanged, RateWrong.
    """
    wrong = first_wrong(
        use=use in USES, least_nights=least_nights >= 1,
        base=base is None or _may_be_base(base, key, use),
        base_change=base_change.millionths >= -1_000_000 and (base is not None or not base_change),
        base_amount=base is not None or not base_amount,
        commission=0 <= commission.millionths <= 1_000_000,
        channel=bool(commission) == (channel is not None) and _keeps_commission(channel),
        least_hours=1 <= least_hours <= 24, grace_minutes=0 <= grace_minutes < 60,
    )  # fmt: skip
    if wrong:
        raise RateWrong(plan=code, field=wrong)
    same = RatePlan.get_or_none(RatePlan.code == code)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_PLANS, name=code, field="code")
    values = {
        "code": code, "name": name, "segment": segment, "use": use, "least_nights": least_nights,
        "meals": meals, "base": base, "base_change": base_change, "base_amount": base_amount,
        "commission": commission, "channel": channel.key if channel else None,
        "is_active": is_active,
        "least_hours": least_hours, "grace_minutes": grace_minutes,
    }  # fmt: skip
    if key is None:
        made = RatePlan.create(key=new_key(), **values)
        job.note(plan=code, name=name)
        return made
    found = row_at(RatePlan, key, version, _PLANS, name=code)

    job.note(plan=code, changes=put(found, **values))
    return found


def _may_be_base(base: RatePlan, key: int | None, use: str) -> bool:
    is_base = key is not None and RatePlan.select().where(RatePlan.base == key).exists()
    return base.base_id is None and base.key != key and base.use == use and not is_base


def _keeps_commission(channel: Folio | None) -> bool:
    return channel is None or (channel.account == RECEIVABLE and channel.status == OPEN)


@operation(right="keep rates")
def save_price(
    job: Job,
    key: int | None,
    *,
    version: int,
    plan: RatePlan,
    room_type: RoomType,
    first: date,
    last: date,
    price: Money,
    most: Money | None = None,
    weekdays: int = EVERY_DAY,
    least_nights: int = 1,
    persons: int = 2,
    extra_adult: Money | None = None,
    extra_bed: Money | None = None,
    ages: Sequence[Sequence[int]] = (),
) -> RatePrice:
    """Make a price (key None) or change one; nights that are booked keep theirs.

    Refuses: RecordChanged, RateWrong.
    """
    zero = Money(0, store_currency())
    adult, bed = extra_adult or zero, extra_bed or zero
    wrong = first_wrong(
        last=first <= last, weekdays=0 < weekdays <= EVERY_DAY, least_nights=least_nights >= 1,
        price=price.minor >= 0, most=most is None or most.minor >= 0, persons=persons >= 1,
        extra_adult=adult.minor >= 0, extra_bed=bed.minor >= 0, ages=_are_ages(ages),
    )  # fmt: skip
    if wrong:
        raise RateWrong(plan=plan.code, field=wrong)
    values = {
        "plan": plan, "room_type": room_type, "first": first, "last": last, "weekdays": weekdays,
        "least_nights": least_nights, "price": price, "most": most, "persons": persons,
        "extra_adult": adult, "extra_bed": bed, "ages": [list(age) for age in ages],
        "currency": price.currency.code,
    }  # fmt: skip
    if key is None:
        made = RatePrice.create(key=new_key(), **values)
        job.note(plan=plan.code, type=room_type.code, price=price, first=first, last=last)
        return made
    found = row_at(RatePrice, key, version, _PRICES, name=plan.code)

    job.note(plan=plan.code, type=room_type.code, changes=put(found, **values))
    return found


def _are_ages(ages: Sequence[Sequence[int]]) -> bool:
    ordered = sorted(list(age) for age in ages)
    are_bands = all(len(age) == 3 and 0 <= age[0] <= age[1] and age[2] >= 0 for age in ordered)
    return are_bands and all(one[1] < after[0] for one, after in pairwise(ordered))


def price_nights(
    plan: RatePlan, room_type: RoomType, days: Sequence[date], party: Party, *, stay_nights: int = 0
) -> list[NightPrice]:
    """What each night costs today, by the plan. `stay_nights` is the length of the whole stay, when
    only some of its nights are asked for.

    Refuses: TooManyPersons, RateMissing (with every night that has no price).
    """
    check_persons(room_type, party)
    if plan.use in UNPAID:
        zero = Money(0, store_currency())
        return [NightPrice(day, room_type.key, plan.key, zero) for day in days]
    nights = max(stay_nights, len(days))
    prices = list(
        RatePrice.select().where(
            RatePrice.plan << [plan.key, plan.base_id], RatePrice.room_type == room_type.key,
            RatePrice.least_nights <= nights,
        )
    )  # fmt: skip
    own = [price for price in prices if price.plan_id == plan.key]
    found = [(day, _fitting(own, day) or _fitting(prices, day)) for day in days]
    missing = [str(day) for day, price in found if price is None]
    if missing or nights < plan.least_nights:
        raise RateMissing(
            plan=plan.code, room_type=room_type.code, days=", ".join(missing),
            least=plan.least_nights,
        )  # fmt: skip
    quoted = _by_the_hour if plan.use == HOURLY else _for_the_night
    return [quoted(plan, day, price, party) for day, price in found if price is not None]


def _for_the_night(plan: RatePlan, day: date, price: RatePrice, party: Party) -> NightPrice:
    costs = _by_plan(plan, price, for_party(price, party))
    return NightPrice(day, price.room_type_id, plan.key, costs, is_by_day=plan.use in BY_DAY)


def _by_plan(plan: RatePlan, price: RatePrice, costs: Money) -> Money:
    """What comes of a price under a plan: its own, or that of its base by the difference; never
    below zero.
    """
    if price.plan_id == plan.key:
        return costs
    more = costs.part(plan.base_change) + (plan.base_amount or Money(0, costs.currency))
    return max(Money(0, costs.currency), costs + more)


def _by_the_hour(plan: RatePlan, day: date, price: RatePrice, party: Party) -> NightPrice:
    one = _by_plan(plan, price, for_party(price, party))
    most = price.most and _by_plan(plan, price, price.most)
    least = Money(one.minor * plan.least_hours, one.currency)
    if most is not None:
        least = min(least, most)
    return NightPrice(day, price.room_type_id, plan.key, least, one, most, is_by_day=True)


def check_persons(room_type: RoomType, party: Party) -> None:
    """Refuses: TooManyPersons, TooManyExtraBeds."""
    if party.persons > room_type.persons:
        raise TooManyPersons(
            room_type=room_type.code, persons=party.persons, most=room_type.persons
        )
    if party.extra_beds > room_type.extra_beds:
        raise TooManyExtraBeds(room_type=room_type.code, most=room_type.extra_beds)


def _fitting(prices: Sequence[RatePrice], day: date) -> RatePrice | None:
    """The narrowest price for a night: longest stay, shortest season, fewest weekdays, newest."""
    bit = 1 << day.weekday()
    fits = [p for p in prices if p.first <= day <= p.last and p.weekdays & bit]
    return min(
        fits,
        key=lambda p: (
            -p.least_nights,
            (p.last - p.first).days,
            bin(p.weekdays).count("1"),
            -p.key,
        ),
        default=None,
    )


def for_party(price: RatePrice, party: Party) -> Money:
    """The price for these persons: adults and then the oldest children have the included places;
    who is left pays by age, a child of no listed age as an adult.
    """
    over_adults = max(0, party.adults - price.persons)
    places = max(0, price.persons - party.adults)
    paying = sorted(party.children, reverse=True)[places:]
    extra = sum(_by_age(price, age) for age in paying)
    extra += over_adults * price.extra_adult.minor + party.extra_beds * price.extra_bed.minor
    return Money(price.price.minor + extra, price.price.currency)


def _by_age(price: RatePrice, age: int) -> int:
    for first, last, minor in price.ages:
        if first <= age <= last:
            return int(minor)
    return int(price.extra_adult.minor)


class Priced(Protocol):
    """A night with its price, quoted or booked."""

    @property
    def price(self) -> Money: ...

    @property
    def is_by_day(self) -> bool: ...


def by_price(nights: Sequence[Priced]) -> str:
    """The nights as a confirmation says them: 2 x 320.00 + 2 x 420.00."""
    counted: dict[Money, int] = {}
    for night in nights:
        counted[night.price] = counted.get(night.price, 0) + 1
    return " + ".join(f"{count} x {price}" for price, count in counted.items())


def after_move(agreed: Money, *, old_list: Money, new_list: Money) -> Money:
    """The price of a night after a move to another type: the difference from list to list, so that
    an agreed discount survives.
    """
    return agreed + (new_list - old_list)
