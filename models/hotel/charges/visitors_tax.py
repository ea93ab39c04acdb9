"""Visitors' tax (住宿税): so much a person and night, a part of the net room price, or both.

It is a service of its own (code 1090) on a line of its own: its price is the sum for a person and
night, a setting the part of the net room price; with neither nothing is levied. It is owed on
and no revenue. Adults pay, and children from an age on; where the house says so only the first
nights of a stay. Whoever leaves the room the same day pays none, nor the house's own people, nor
who never came: a fee has none of it. Nor do guests of a stay who are exempt (desk/tax_free.py);
what was posted before that was said is voided, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from models.base.fields import store_currency
from models.base.hot import Statement
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.hotel.charges.charge_parts import charge_parts
from models.hotel.charges.package_items import included_total
from models.hotel.charges.postings import charge_stay
from models.hotel.charges.services import ROOM_CODE, VISITORS_TAX_CODE, Service, service_of
from models.hotel.rooms.rates import BY_DAY, HOUSE_USE, NightPrice, Party, RatePlan
from models.hotel.stays.stays import Night, Stay
from models.trust.operation import Job
from models.trust.settings import setting

# In full years; 0: everybody pays.
from_age = setting("hotel.visitors_tax_from_age", 18, check=lambda years: 0 <= years <= 18)
# The nights of a stay for which it is paid; 0: all.
first_nights = setting("hotel.visitors_tax_nights", 0, check=lambda nights: 0 <= nights <= 365)


def _is_share(text: object) -> bool:
    try:
        return isinstance(text, str) and 0 <= Rate.percent(text).millionths <= 1_000_000
    except ValueError:
        return False


# Of the net room price, in per cent.
of_room = setting("hotel.visitors_tax_of_room", "0", check=_is_share)

_SERVICE = Statement('SELECT "price" FROM "service" WHERE "code" = ? AND "is_active"')


@dataclass(frozen=True, slots=True)
class TaxDue:
    """The tax of one night: for how many persons, and how much."""

    persons: int
    amount: Money


def tax_of(stay: Stay, night: Night) -> TaxDue | None:
    """What is levied for a night of a stay, by the rules of today; None where nothing is."""
    service = _SERVICE.row(VISITORS_TAX_CODE)
    share = Rate.percent(of_room.value())
    if service is None or not (service[0] or share) or night.use in (*BY_DAY, HOUSE_USE):
        return None
    nights = first_nights.value()
    if nights and (night.day - stay.arrival).days >= nights:
        return None
    liable = persons_liable(stay)
    persons = max(0, liable - stay.tax_free)
    amount = Money(int(service[0] or 0), store_currency()).times(Quantity.of(persons))
    if share and persons:
        paying, _ = _net_room(stay, night).part(share).split([persons, liable - persons])
        amount += paying
    return TaxDue(persons, amount) if amount else None


def persons_liable(stay: Stay) -> int:
    """Who pays it by age."""
    return int(stay.adults + sum(age >= from_age.value() for age in stay.children))


def _net_room(stay: Stay, night: Night) -> Money:
    """The price of a night without what it includes, and without service charge and tax."""
    room = night.price - included_total(stay, night, night.price)
    return charge_parts(room, service_of(ROOM_CODE).rules).net


def tax_total(stay: Stay, nights: Iterable[Night]) -> Money:
    """The tax of several nights of a stay."""
    due = (tax_of(stay, night) for night in nights)
    return Money.total((each.amount for each in due if each), store_currency())


def quoted_tax(plan: RatePlan, party: Party, nights: Sequence[NightPrice]) -> Money:
    """The tax of nights that are only asked for: what will be levied when they are had."""
    if not nights:
        return Money(0, store_currency())
    stay = Stay(arrival=nights[0].day, adults=party.adults, children=list(party.children))
    return tax_total(stay, as_nights(plan, nights))


def as_nights(plan: RatePlan, quoted: Iterable[NightPrice]) -> list[Night]:
    """Quoted nights as those of a stay, not stored."""
    return [Night(day=each.day, plan=plan, price=each.price, use=plan.use) for each in quoted]


def post_tax(job: Job, stay: Stay, night: Night, *, room: str) -> None:
    """Post the tax of a night behind it, inside an operation: by the guest's instructions for its
    own code, with the night's service date.
    """
    due = tax_of(stay, night)
    if due is not None:
        service: Service = service_of(VISITORS_TAX_CODE)
        charge_stay(
            job, stay, service, due.amount, quantity=Quantity.of(max(1, due.persons)),
            text=service.name, room=room, service_day=night.day,
        )  # fmt: skip
