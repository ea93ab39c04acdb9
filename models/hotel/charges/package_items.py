"""Packages (包价): what a rate includes, as rows; what of it is still to be had; what is left over.

A night whose plan includes a breakfast of 50.00 at 250.00 earns 200.00 of room; 50.00 are owed to
the guest on his package account until he has had it. What he has the day after the night, or the
same evening where it is a dinner, goes there up to the allowance and is income of the outlet; above
it he pays himself. When the next night is posted, or he leaves, the account is brought to zero:
what he did not have is package profit, what he had beyond the price package loss.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import BooleanField, CharField, ForeignKeyField, IntegerField

from models.base.database import Row
from models.base.fields import KeyField, MoneyField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.base.words import word
from models.hotel.charges import kinds
from models.hotel.charges.folio_lines import BREAKAGE, PACKAGE, NewLine, add_lines
from models.hotel.charges.services import ROOM, Service, service_of
from models.hotel.rooms.rates import RatePlan
from models.hotel.stays.stays import Night, Stay
from models.ledger import accounts, folio_kinds
from models.ledger.documents import Document, Leg, begin_document, post_document
from models.ledger.folios import Folio, new_folio
from models.trust.operation import Job, operation
from models.trust.records import RecordTaken, put, row_at

# Its letter among the windows of a stay.
PACKAGES = "P"
_ITEMS = word("Packages of rate plans")


class PackageWrong(Refusal):
    """A package is of something else than the room, costs more than nothing, and has no smaller
    allowance than nothing.
    """


class PackageItem(Row):
    """One thing that the nights of a plan include: so much of the price is for it, and up to the
    allowance a guest may have of it; for each adult or for the room. He has it the day after the
    night, or with `is_same_day` before it; `is_at_till`: what a till charges to the room counts.
    """

    key = KeyField(primary_key=True)
    plan = ForeignKeyField(RatePlan)
    code = CharField(max_length=10)
    price = MoneyField()
    allowance = MoneyField()
    currency = CharField(max_length=3)
    is_per_person = BooleanField(default=True)
    is_same_day = BooleanField(default=False)
    is_at_till = BooleanField(default=False)
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


@operation(right="keep rates")
def save_package(
    job: Job,
    key: int | None,
    *,
    version: int,
    plan: RatePlan,
    code: str,
    price: Money,
    allowance: Money | None = None,
    is_per_person: bool = True,
    is_same_day: bool = False,
    is_at_till: bool = False,
    is_active: bool = True,
) -> PackageItem:
    """Make a package of a plan (key None) or change one; without an allowance it is the price.
    Nights that are posted stay as they are.

    Refuses: RecordTaken, RecordChanged, ServiceUnknown, PackageWrong.
    """
    most = price if allowance is None else allowance
    for field, is_wrong in (
        ("code", service_of(code).department == ROOM), ("price", price.minor <= 0),
        ("allowance", most.minor < 0),
    ):  # fmt: skip
        if is_wrong:
            raise PackageWrong(code=code, field=field)
    same = PackageItem.get_or_none(PackageItem.plan == plan, PackageItem.code == code)
    if same is not None and same.key != key:
        raise RecordTaken(listing=_ITEMS, name=f"{plan.code} {code}")
    values = {
        "plan": plan, "code": code, "price": price, "allowance": most,
        "currency": price.currency.code, "is_per_person": is_per_person,
        "is_same_day": is_same_day, "is_at_till": is_at_till, "is_active": is_active,
    }  # fmt: skip
    if key is None:
        made = PackageItem.create(key=new_key(), **values)
        job.note(plan=plan.code, code=code, price=price, allowance=most)
        return made
    found = row_at(PackageItem, key, version, _ITEMS, name=f"{plan.code} {code}")

    job.note(plan=plan.code, code=code, changes=put(found, **values))
    return found


@dataclass(frozen=True, slots=True)
class Included:
    """What one night of a stay includes: of which service, for how much, and up to what; had the
    day after or the same day, and at a till as well.
    """

    code: str
    price: Money
    allowance: Money
    is_same_day: bool
    is_at_till: bool


_OF_PLAN = Statement(
    'SELECT "code", "price", "allowance", "is_per_person", "is_same_day", "is_at_till" '
    'FROM "package_item" '
    'WHERE "plan_id" = ? AND "is_active" ORDER BY "code"'
)


def included(stay: Stay, night: Night, price: Money) -> list[Included]:
    """What a night at this price includes; never more than it costs."""
    left, found = price, list[Included]()
    for code, one, most, is_per_person, *how in _OF_PLAN.rows(night.plan_id):
        times = stay.adults if is_per_person else 1
        part = min(left, Money(int(one) * times, price.currency))
        if part.minor > 0:
            allowance = Money(int(most) * times, price.currency)
            found.append(Included(code, part, allowance, *map(bool, how)))
            left -= part
    return found


def included_total(stay: Stay, night: Night, price: Money) -> Money:
    """How much of the price of a night is for what it includes."""
    return Money.total((each.price for each in included(stay, night, price)), price.currency)


# --- on accounts


def package_folio(stay: Stay) -> Folio | None:
    """The package account of a stay; none before a night that includes something was posted."""
    return Folio.get_or_none(Folio.key == stay.package_folio) if stay.package_folio else None


def add_packages(
    job: Job,
    stay: Stay,
    night: Night,
    *,
    what: Sequence[Included],
    shares: Sequence[tuple[int, Money]],
) -> None:
    """Post what a night includes, inside an operation: charged to the folios that pay the room,
    owed on the package account.
    """
    folio = package_folio(stay) or _open(job, stay)
    names = ", ".join(service_of(each.code).name for each in what)
    total = Money.total((each.price for each in what), store_currency())
    document = begin_document(job, kinds.PACKAGE, total=total, note=names)
    room = stay.room.number if stay.room else ""
    add_lines(
        document,
        [
            *(
                NewLine(key, PACKAGE, "", PACKAGE, names, amount, night.day, stay=stay.key,
                        room=room)
                for key, amount in shares
            ),
            NewLine(folio.key, PACKAGE, "", PACKAGE, names, -total, night.day, stay=stay.key,
                    room=room),
        ],
    )  # fmt: skip
    legs = [Leg(_account(key), amount, key) for key, amount in shares]
    legs.append(Leg(folio.account, -total, folio.key))
    post_document(job, document, legs, stay=stay.number, packages=total)


def _account(folio: int) -> int:
    return int(Folio.get_by_id(folio).account)


def _open(job: Job, stay: Stay) -> Folio:
    kind = folio_kinds.KINDS[folio_kinds.PACKAGED]
    zero = Money(0, store_currency())
    folio = new_folio(job, kind, name=stay.name, limit=zero, terms=0, owner=stay.person)
    stay.package_folio = folio.key
    Stay.update(package_folio=folio.key).where(Stay.key == stay.key).execute()
    return folio


_USED = Statement(
    'SELECT coalesce(sum("amount"), 0) FROM "folio_line" '
    'WHERE "folio" = ? AND "code" = ? AND "service_day" = ?'
)


def covered(stay: Stay, service: Service, amount: Money, on: date) -> Money:
    """How much of a charge for a day the packages pay."""
    zero = Money(0, amount.currency)
    if amount.minor <= 0:
        return zero
    had = [each for each in _had_on(stay, on) if each.code == service.code]
    return min(amount, Money.total((_left(stay, each, on) for each in had), amount.currency))


def covered_at_till(stay: Stay, amount: Money, on: date) -> list[tuple[str, Money]]:
    """How much of what a till charges on a day the packages pay, by their codes."""
    left, found = amount, list[tuple[str, Money]]()
    for each in _had_on(stay, on) if amount.minor > 0 else ():
        part = min(left, _left(stay, each, on)) if each.is_at_till else Money(0, amount.currency)
        if part:
            found.append((each.code, part))
            left -= part
    return found


def _had_on(stay: Stay, on: date) -> list[Included]:
    """What he may have on a day: of the night before, once it was posted, and of the coming one."""
    nights = Night.select().where(
        Night.stay == stay, Night.day << [on - timedelta(days=1), on], Night.is_live
    )
    return [
        each
        for night in nights
        for each in included(stay, night, night.price)
        if (night.day == on if each.is_same_day else night.day < on and night.document is not None)
    ]


def _left(stay: Stay, what: Included, on: date) -> Money:
    """What is left of its allowance."""
    if stay.package_folio is None:
        return what.allowance
    used = _USED.row(stay.package_folio, what.code, on.isoformat())
    assert used is not None
    return max(
        Money(0, what.price.currency), what.allowance - Money(int(used[0]), what.price.currency)
    )


def ready_account(job: Job, stay: Stay) -> int:
    """The package account of a stay, opened where there is none, inside an operation."""
    return int(stay.package_folio or _open(job, stay).key)


def settle_packages(job: Job, stay: Stay) -> Document | None:
    """Bring the package account to zero, inside an operation: what was paid and not had is profit,
    what was had beyond the price is loss.
    """
    folio = package_folio(stay)
    if folio is None or not folio.balance:
        return None
    left = folio.balance
    account = accounts.PACKAGE_PROFIT if left.minor < 0 else accounts.PACKAGE_LOSS
    document = begin_document(job, kinds.PACKAGE, total=abs(left))
    name = PROFIT if left.minor < 0 else LOSS
    line = NewLine(folio.key, BREAKAGE, "", PACKAGE, name, -left, job.day, stay=stay.key)
    add_lines(document, [line])
    return post_document(job, document, [Leg(folio.account, -left, folio.key), Leg(account, left)])


# As they stand on the account, in both languages: what is posted stays as it is.
PROFIT, LOSS = "包价余额 Not used", "包价超额 Beyond its price"
