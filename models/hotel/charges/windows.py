"""Windows of a stay (账页) and where its charges go: A is the guest's own, others a company's, a
companion's, the group's.

A routing instruction (转账指令) sends charges of a code or a department elsewhere: by per cent, up
to an amount, each day or in all. Editing one never touches what is posted.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base.database import Row
from models.base.fields import KeyField, MoneyField, RateField, store_currency
from models.base.hot import Statement
from models.base.keys import new_key
from models.base.money import Money
from models.base.rates import ONE, Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.hotel.charges.folio_lines import FolioLine
from models.hotel.charges.services import Service
from models.hotel.stays.stays import Stay
from models.ledger import folio_kinds
from models.ledger.folios import CLOSED, OPEN, Folio, new_folio
from models.trust.operation import Job, operation

OWN = "A"


class WindowMissing(Refusal):
    """The stay has no such window, or it is closed."""


class RoutingWrong(Refusal):
    """An instruction sends more than nothing and at most all of a charge to an open folio."""


class Window(Row):
    """One window of a stay and the folio behind it. A late charge opens the next letter."""

    stay = ForeignKeyField(Stay, index=False)
    letter = CharField(max_length=2)
    folio = BigIntegerField(index=True)

    class Meta:
        primary_key = CompositeKey("stay", "letter")


class Routing(Row):
    """One instruction; `code` is a service's code or a department's name, empty for all. With
    `most` at most so much goes there, each day or in all.
    """

    key = KeyField(primary_key=True)
    stay = ForeignKeyField(Stay)
    position = IntegerField(default=0)
    code = CharField(max_length=10, default="")
    share = RateField(default=ONE)
    most = MoneyField(null=True)
    is_daily = BooleanField(default=True)
    folio = BigIntegerField()
    is_active = BooleanField(default=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


def open_window(
    job: Job, stay: Stay, *, letter: str = OWN, name: str = "", limit: Money | None = None
) -> Folio:
    """Open a window of a stay, inside an operation."""
    zero = Money(0, store_currency())
    folio = new_folio(
        job, folio_kinds.KINDS[folio_kinds.GUEST], name=name or stay.name, limit=limit or zero,
        terms=0, owner=stay.person, window=letter,
    )  # fmt: skip
    Window.create(stay=stay, letter=letter, folio=folio.key)
    return folio


def windows_of(stay: int) -> list[tuple[str, Folio]]:
    """The windows of a stay by letter, with their folios."""
    letters = dict(Window.select(Window.folio, Window.letter).where(Window.stay == stay).tuples())
    folios = Folio.select().where(Folio.key << list(letters))
    return sorted(((letters[folio.key], folio) for folio in folios), key=lambda each: each[0])


def has_lines(stay: int) -> bool:
    """Does anything stand on the account of a stay? A bill of nothing is not printed by itself."""
    mine = Window.select(Window.folio).where(Window.stay == stay)
    return bool(FolioLine.select().where(FolioLine.folio.in_(mine)).exists())


def own_folio(stay: int) -> Folio:
    """The first open window of a stay. Refuses: WindowMissing."""
    mine = Folio.select().join(Window, on=(Window.folio == Folio.key))
    found: Folio | None = (
        mine.where(Window.stay == stay, Folio.status == OPEN).order_by(Window.letter).first()
    )
    if found is None:
        raise WindowMissing(stay=Stay.get_by_id(stay).number, window=OWN)
    return found


def next_window(job: Job, stay: Stay, *, name: str = "") -> Folio:
    """Another window, under the next letter, inside an operation."""
    used = [letter for letter, _ in windows_of(stay.key)]
    letter = next(chr(ord("A") + n) for n in range(26) if chr(ord("A") + n) not in used)
    return open_window(job, stay, letter=letter, name=name)


@operation(right="post charge")
def add_window(job: Job, stay: Stay, *, name: str) -> Folio:
    """Another window for a stay: a company's, a companion's."""
    folio = next_window(job, stay, name=name)
    job.note(stay=stay.number, window=folio.window, name=name)
    return folio


@operation(right="post charge")
def route_charges(
    job: Job,
    stay: Stay,
    folio: Folio,
    *,
    code: str = "",
    share: Rate = ONE,
    most: Money | None = None,
    is_daily: bool = True,
) -> Routing:
    """Send charges of a stay elsewhere from now on. Refuses: RoutingWrong."""
    target = Folio.get_or_none(Folio.key == folio.key)
    is_share = 0 < share.millionths <= ONE.millionths
    if target is None or target.status != OPEN or not is_share or (most and most.minor <= 0):
        raise RoutingWrong(code=code)
    made = Routing.create(
        key=new_key(), stay=stay, code=code, share=share, most=most, is_daily=is_daily,
        folio=target.key, position=Routing.select().where(Routing.stay == stay).count(),
    )  # fmt: skip
    job.note(stay=stay.number, code=code, share=share, most=most, to=target.number)
    return made


@dataclass(frozen=True, slots=True)
class RoutedPart:
    """An instruction as it is typed: so much of a code goes to this folio."""

    code: str
    share: Rate
    most: Money | None
    is_daily: bool
    folio: int


@operation(right="post charge")
def change_routing(job: Job, stay: Stay, rules: Sequence[RoutedPart]) -> None:
    """The instructions of a stay from now on, in this order; what went by others stays where it is.

    Refuses: RoutingWrong.
    """
    opened = {folio.key for folio in Folio.select().where(
        Folio.key << [rule.folio for rule in rules], Folio.status == OPEN
    )}  # fmt: skip
    for rule in rules:
        is_share = 0 < rule.share.millionths <= ONE.millionths
        if rule.folio not in opened or not is_share or (rule.most and rule.most.minor <= 0):
            raise RoutingWrong(code=rule.code)
    before = rules_of(stay.key)
    if [_rule(row) for row in before] == list(rules):
        return

    Routing.update(is_active=False, version=Routing.version + 1).where(
        Routing.stay == stay, Routing.is_active
    ).execute()
    for place, rule in enumerate(rules):
        Routing.create(
            key=new_key(), stay=stay, position=place, code=rule.code, share=rule.share,
            most=rule.most, is_daily=rule.is_daily, folio=rule.folio,
        )  # fmt: skip
    job.note(
        stay=stay.number, before=[_text(_rule(row)) for row in before],
        after=[_text(rule) for rule in rules],
    )  # fmt: skip


def rules_of(stay: int) -> list[Routing]:
    """The instructions of a stay that hold now, in their order."""
    rows = Routing.select().where(Routing.stay == stay, Routing.is_active)
    return list(rows.order_by(Routing.position, Routing.key))


def _rule(row: Routing) -> RoutedPart:
    return RoutedPart(row.code, row.share, row.most, row.is_daily, row.folio)


def _text(rule: RoutedPart) -> str:
    folio: Folio = Folio.get_by_id(rule.folio)
    return f"{rule.code or '*'} {rule.share} {rule.most or ''} -> {folio.number}"


@operation(right="post charge")
def stop_routing(job: Job, routing: Routing) -> Routing:
    """End an instruction; what went by it stays where it is. Refuses: RoutingWrong."""
    changed = (
        Routing.update(is_active=False, version=Routing.version + 1)
        .where(Routing.key == routing.key, Routing.is_active)
        .execute()
    )
    if changed != 1:
        raise RoutingWrong(code=routing.code)
    job.note(code=routing.code, stopped=True)
    return Routing.get_by_id(routing.key)


@dataclass(frozen=True, slots=True)
class Share:
    """So much of a charge for one folio; `is_of_package` is what the rate includes."""

    folio: int
    amount: Money
    is_of_package: bool = False


_SENT = Statement(
    'SELECT coalesce(sum("amount"), 0) FROM "folio_line" WHERE "folio" = ? AND "stay" = ? '
    'AND "kind" = ? AND ("code" = ? OR "department" = ? OR ? = ?) AND (? = ? OR "service_day" = ?)'
)


# What instructions would send beside what is posted: by rule, and by day where it counts daily.
Foreseen = dict[tuple[int, date | None], Money]


def shares_of(
    stay: Stay, service: Service, amount: Money, on: date, *, foreseen: Foreseen | None = None
) -> list[Share]:
    """Where a charge of a stay for a day goes, by its instructions; what is left is the guest's
    own. Whoever foresees several charges gives each call the same `foreseen`.
    """
    left, shares = amount, list[Share]()
    for rule in _rules(stay, service):
        part = min(left, amount.part(rule.share)) if amount.minor > 0 else left
        if rule.most is not None:
            place = (rule.key, on if rule.is_daily else None)
            sent = _sent(rule, stay, on) + (foreseen or {}).get(place, Money(0, amount.currency))
            part = max(Money(0, amount.currency), min(part, rule.most - sent))
            if foreseen is not None:
                foreseen[place] = foreseen.get(place, Money(0, amount.currency)) + part
        if part:
            shares.append(Share(rule.folio, part))
            left -= part
    if left or not shares:
        shares.append(Share(_own_key(stay.key), left))
    return shares


# Every night of a house asks these.
_OWN = Statement(
    'SELECT f."key" FROM "window" w JOIN "folio" f ON f."key" = w."folio" '
    'WHERE w."stay_id" = ? AND f."status" = ? ORDER BY w."letter" LIMIT 1'
)
_INSTRUCTED = Statement('SELECT 1 FROM "routing" WHERE "stay_id" = ? AND "is_active" LIMIT 1')


def _own_key(stay: int) -> int:
    row = _OWN.row(stay, OPEN)
    return int(row[0]) if row else own_folio(stay).key


def _rules(stay: Stay, service: Service) -> Sequence[Routing]:
    if _INSTRUCTED.row(stay.key) is None:
        return []
    found = Routing.select().where(Routing.stay == stay, Routing.is_active)
    fitting = [rule for rule in found if rule.code in ("", service.code, service.department)]
    if not fitting:
        return []
    opened = {f.key for f in Folio.select().where(Folio.key << [rule.folio for rule in fitting])
              if f.status != CLOSED}  # fmt: skip
    return sorted((r for r in fitting if r.folio in opened), key=lambda rule: rule.position)


def _sent(rule: Routing, stay: Stay, on: date) -> Money:
    """What this instruction has sent so far: today, or in all."""
    row = _SENT.row(
        rule.folio, stay.key, "charge", rule.code, rule.code, rule.code, "",
        int(rule.is_daily), 0, on.isoformat(),
    )  # fmt: skip
    return Money(int(row[0]) if row else 0, store_currency())
