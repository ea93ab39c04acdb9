"""Stocktake (盘点) by scanner while the shop sells: several people, each in a zone of his own.

What somebody counts is a draft of his register (kind `count`), saved with each scan. A line keeps
what the books said at its last scan, so that a sale before or behind it makes no difference:
difference = counted - book then. Goods in an open basket or on a held bill are asked about while
their item is counted. Nothing moves before somebody approves; what was not counted is left, or
zeroed by his explicit choice.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from peewee import BigIntegerField, CharField, IntegerField

from models.base import clock
from models.base.database import Row, in_one_transaction
from models.base.fields import DayField, InstantField, KeyField, RateField
from models.base.keys import new_key
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.watching import MarkField
from models.goods.basics import below
from models.selling.items import WeightWanted, find_scanned
from models.stock.stock import SHOP_FLOOR, NotStocked, lying_at
from models.trust import drafts
from models.trust.drafts import READERS, Draft
from models.trust.operation import Job, Session, operation
from models.trust.records import text_of
from models.trust.registers import next_number, number_text
from models.trust.settings import setting
from models.trust.trades_used import loaded_in_use

if TYPE_CHECKING:
    from models.stock.count_review import CountedItem

KIND = "count"
COUNTING, POSTED, DROPPED = "counting", "posted", "dropped"
TRANSITIONS = {COUNTING: (POSTED, DROPPED), POSTED: (), DROPPED: ()}
_NONE = Quantity(0)
MOST = Quantity.of(999_999)
# So many digits are no name of a zone: a scanner sent them.
SHORTEST_CODE = 8

# Beyond so many per cent of what should be there, or so much money, an item is counted twice.
tolerance = setting("stock.count_tolerance", 5, check=lambda value: 0 <= value <= 100)
tolerated_value = setting("stock.count_value", 5_000, check=lambda value: value >= 0)


class CountMoved(Refusal):
    """The stocktake is posted or dropped already."""


class CountedWrong(Refusal):
    """A counted quantity is from nothing to 999,999, in the decimals of the item's unit."""


class OutsideCount(Refusal):
    """The item is not part of what is counted."""


class ZoneMissing(Refusal):
    """Whoever counts says where: a zone has a name."""


class ZoneIsCode(Refusal):
    """A code was scanned where the zone was asked for."""


class ZoneNotCounted(Refusal):
    """A second count is of a zone that was counted, and has something to be counted again."""


class CountedEnough(Refusal):
    """In a second count an item was scanned that need not be counted again: its count stands."""


class Stocktake(Row):
    """One stocktake of a place, or of a category in it."""

    key = KeyField(primary_key=True)
    number = CharField(max_length=20, unique=True)
    title = CharField(max_length=60, default="")
    state = CharField(max_length=8)
    location = IntegerField(default=SHOP_FLOOR)
    category = BigIntegerField(null=True)
    tolerance = RateField()
    day = DayField()
    user = BigIntegerField()
    at = InstantField()
    document = BigIntegerField(null=True)
    version = IntegerField(default=1)
    mark = MarkField()

    class Meta:
        unmarked = "version"


@dataclass(frozen=True, slots=True)
class CountedLine:
    """One item in a zone: `aside` are pieces in a customer's basket that lie not on the shelf;
    `book` is what should have been there at `at`, the last scan.
    """

    number: int
    goods: int
    code: str
    name: str
    unit: str
    decimals: int
    quantity: Quantity
    aside: Quantity
    book: Quantity
    at: datetime
    user: int

    def body(self) -> list[Any]:
        """As stored in a draft."""
        return [
            self.goods, self.code, self.name, self.unit, self.decimals, self.quantity.thousandths,
            self.aside.thousandths, self.book.thousandths, clock.micros(self.at), self.user,
        ]  # fmt: skip


def _line_from(number: int, body: list[Any]) -> CountedLine:
    goods, code, name, unit, decimals, quantity, aside, book, at, user = body
    return CountedLine(
        number, goods, code, name, unit, decimals, Quantity(quantity), Quantity(aside),
        Quantity(book), clock.from_micros(at), user,
    )  # fmt: skip


READERS[KIND] = _line_from


@dataclass(slots=True)
class Zone:
    """What one person counts, as the screen holds it; what is stored is the same. `turn` is 2 for a
    second count: of the items in `again` alone (by their keys, as they stand against the books),
    each of which it replaces in this zone.
    """

    draft: int
    register: int
    user: int
    take: int
    name: str
    turn: int = 1
    location: int = SHOP_FLOOR
    within: frozenset[int] | None = None
    again: Mapping[int, CountedItem] = field(default_factory=dict)
    lines: list[CountedLine] = field(default_factory=list)
    next_number: int = 1


@operation(right="count stock")
def begin_stocktake(
    job: Job, *, title: str = "", location: int = SHOP_FLOOR, category: int | None = None
) -> Stocktake:
    """Begin a stocktake of a place, or of a category in it. Refuses: TextTooLong."""
    name = text_of("title", title, 60)

    # After this point the stocktake must begin.
    number = number_text("CT", job.register, next_number(job.register, "stocktakes"))
    made = Stocktake.create(
        key=new_key(), number=number, title=name, state=COUNTING, location=location,
        category=category, day=job.day, tolerance=Rate(tolerance.value() * 10_000), user=job.user,
        at=job.now,
    )  # fmt: skip
    job.note(stocktake=made.number, title=name)
    return made


@operation(right="count stock")
def drop_stocktake(job: Job, take: Stocktake) -> None:
    """End a stocktake without posting anything. Refuses: CountMoved."""
    end(job, take.key, DROPPED)
    job.note(stocktake=take.number)


def end(job: Job, key: int, state: str, document: int | None = None) -> None:
    """Post or drop a stocktake inside an operation, and what was counted for it; of two who try,
    one does. Refuses: CountMoved.
    """
    changed = (
        Stocktake.update(state=state, document=document, version=Stocktake.version + 1)
        .where(Stocktake.key == key, Stocktake.state == COUNTING)
        .execute()
    )
    if changed != 1:
        raise CountMoved()
    # Whoever ends it ends everybody's counting, as if he stood at each of their registers.
    for draft in zones_of(key):
        there = replace(job, session=Session(job.user, draft.register))
        drafts.finish(there, draft.key)


# --- zones


def begin_zone(session: Session, take: Stocktake, name: str) -> Zone:
    """Begin to count a zone, or go on with it. Refuses: ZoneMissing, ZoneIsCode, CountMoved."""
    if not name.strip():
        raise ZoneMissing()
    if len(name.strip()) >= SHORTEST_CODE and name.strip().isdigit():
        raise ZoneIsCode(code=name.strip())
    return zone_in_turn(session, take, name, turn=1)


def zone_in_turn(session: Session, take: Stocktake, name: str, *, turn: int) -> Zone:
    """What this register counts of a zone for the first or the second time. Refuses: CountMoved."""
    if Stocktake.get_by_id(take.key).state != COUNTING:
        raise CountMoved()
    head = {"take": take.key, "zone": name.strip()[:20], "turn": turn}
    mine = (one for one in zones_of(take.key) if one.register == session.register)
    draft = next((one for one in mine if one.head == head), None)
    found = draft or drafts.begin_draft(session.register, session.user, KIND, head)
    return load_zone(found, session.user)


def zones_of(take: int) -> list[Draft]:
    """All that was counted for a stocktake, by whomever."""
    open_drafts = drafts.aside(KIND, drafts.OPEN)
    return [one for one in open_drafts if drafts.head_value(one, "take") == take]


def load_zone(draft: Draft, user: int | None = None) -> Zone:
    """A stored zone as it was left; `user` goes on with it."""
    take = Stocktake.get_by_id(draft.head["take"])
    found = Zone(
        draft.key, draft.register, user or draft.user, take.key, draft.head["zone"],
        draft.head["turn"], take.location,
        None if take.category is None else frozenset(below(take.category)),
    )  # fmt: skip
    for line in drafts.lines_of(draft.key):
        found.next_number = line.number + 1
        if isinstance(line.value, CountedLine):
            found.lines.append(line.value)
    return found


def count_in(zone: Zone, code: str, quantity: Quantity | None = None) -> int:
    """Count what a scanned or typed code names, once or so many times (packs of a pack's code); the
    place of its line. All codes of an item are one line.

    Refuses: CodeUnknown, NotForSale, LabelDamaged, WeightWanted, NotStocked, OutsideCount,
    CountedEnough, CountedWrong, DraftGone.
    """
    found = find_scanned(code)
    item = found.item
    if not item.is_stocked:
        raise NotStocked(goods=item.name)
    if zone.within is not None and item.category not in zone.within:
        raise OutsideCount(goods=item.name)
    line = next((one for one in zone.lines if one.goods == item.goods), None)
    if line is None and zone.turn > 1 and item.goods not in zone.again:
        # A stray scan would stand for all that was counted of it.
        raise CountedEnough(goods=item.name)
    if found.needs_weight and quantity is None:
        raise WeightWanted(goods=item.name, unit=item.unit)
    times = Quantity.of(1) if quantity is None else quantity
    if times < _NONE:
        raise CountedWrong(goods=item.name, quantity=times)
    more = found.quantity.packs_of(item.pack).packs_of(times)
    if line is None:
        line = CountedLine(
            zone.next_number, item.goods, item.code, item.name, item.unit, item.decimals, _NONE,
            _NONE, _NONE, clock.now(), zone.user,
        )  # fmt: skip
    return _store(zone, line, line.quantity + more)


def set_counted(
    zone: Zone, number: int, quantity: Quantity, *, aside: Quantity | None = None
) -> int:
    """So many of a line lie here; nothing is a count as well. `aside` more are in customers'
    baskets and belong to what was counted. Refuses: CountedWrong, DraftGone.
    """
    line = next(one for one in zone.lines if one.number == number)
    return _store(zone, line, quantity, aside)


@in_one_transaction
def _store(zone: Zone, line: CountedLine, quantity: Quantity, aside: Quantity | None = None) -> int:
    """Store a line with what the books say at this moment."""
    if not _NONE <= quantity <= MOST or quantity.thousandths % 10 ** (3 - line.decimals):
        raise CountedWrong(goods=line.name, quantity=quantity)
    if aside is None:
        # What was paid for since has left the books as well.
        aside = min(line.aside, unpaid(line.goods)) if line.aside else line.aside
    now = replace(
        line, quantity=quantity, aside=aside, book=lying_at(line.goods, zone.location),
        at=clock.now(), user=zone.user,
    )  # fmt: skip
    drafts.save_line(zone.draft, zone.register, now.number, now.body(), kind=KIND)
    zone.next_number = max(zone.next_number, now.number + 1)
    return drafts.put(zone.lines, now)


@in_one_transaction
def remove_counted(zone: Zone, number: int) -> None:
    """An item was not counted after all. Refuses: DraftGone."""
    drafts.hold(zone.draft, zone.register)
    drafts.delete_line(zone.draft, number)
    zone.lines = [one for one in zone.lines if one.number != number]


def unpaid(goods: int) -> Quantity:
    """How many of an item are on bills that are not paid, open or on hold: the books have them."""
    found = (units(goods) for units in loaded_in_use("unpaid"))
    return sum(found, _NONE)
