"""A stocktake, posted: the differences with their money, and every line as evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from peewee import (
    BigIntegerField,
    BooleanField,
    CharField,
    CompositeKey,
    ForeignKeyField,
    IntegerField,
)

from models.base import clock
from models.base.database import Row, on_sqlite
from models.base.fields import InstantField, MoneyField, QuantityField, store_currency
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.base.words import Msgid, word
from models.goods.goods import Goods
from models.ledger.documents import Document, add_parts, begin_document, post_document
from models.ledger.parts import Part
from models.stock.count_review import CountedItem, review
from models.stock.counts import COUNTING, POSTED, CountMoved, Stocktake, end, zones_of
from models.stock.stock import Moves, adjustment_legs
from models.stock.trade import STOCKTAKE
from models.trust import drafts
from models.trust.approvals import Content
from models.trust.operation import Job, operation
from models.trust.print_queue import add_job

# What happens to goods that nobody counted: chosen, never assumed.
LEAVE, ZERO = "leave", "zero"
ZEROED = Msgid(word("What nobody counted becomes zero"))
# Of more lines than these the differences are not told.
MOST_TOLD = 500


class NothingCounted(Refusal):
    """A stocktake in which nothing was counted is not posted."""


class SecondCountMissing(Refusal):
    """Some items are so far off that they must be counted again."""


class CountChanged(Refusal):
    """Something was counted since the differences were shown."""


class CountResult(Row):
    """One stocktake as it was posted: how many items, how many differ, what was gained and lost."""

    document = ForeignKeyField(Document, primary_key=True)
    stocktake = BigIntegerField()
    number = CharField(max_length=20)
    title = CharField(max_length=60)
    location = IntegerField()
    begun_at = InstantField()
    uncounted = CharField(max_length=8)
    gained = MoneyField()
    lost = MoneyField()
    currency = CharField(max_length=3)

    class Meta:
        part_of = Document


class CountResultLine(Row):
    """One item of it, also one without a difference, and one that nobody counted."""

    document = ForeignKeyField(Document, index=False)
    line = IntegerField()
    goods = ForeignKeyField(Goods)
    name = CharField(max_length=180)
    unit = CharField(max_length=20)
    is_counted = BooleanField()
    counted = QuantityField()
    book = QuantityField()
    value = MoneyField()
    currency = CharField(max_length=3)
    zones = CharField(max_length=120)
    turns = IntegerField()
    user = BigIntegerField(null=True)
    at = InstantField(null=True)

    class Meta:
        primary_key = CompositeKey("document", "line")
        part_of = Document
        without_rowid = on_sqlite


_HEAD = Part(CountResult, "stocktake number title location begun_at uncounted gained lost currency")
_LINES = Part(
    CountResultLine,
    "line goods name unit is_counted counted book value zones turns user at currency",
)


@dataclass(frozen=True, slots=True)
class StocktakeOutcome:
    """A stocktake as it is to be posted: what became of each item, and of what nobody counted."""

    take: Stocktake
    rows: Sequence[CountedItem]
    uncounted: str

    def value(self, row: CountedItem) -> Money:
        """What is gained by an item, or lost."""
        return -row.worth if self._is_zeroed(row) else row.value

    def difference(self, row: CountedItem) -> Quantity:
        """By how much its stock changes."""
        return -row.book if self._is_zeroed(row) else row.difference

    def _is_zeroed(self, row: CountedItem) -> bool:
        return row.counted is None and self.uncounted == ZERO

    @property
    def moved(self) -> Money:
        """Gains and losses added up: what its approval is about."""
        return Money.total((abs(self.value(row)) for row in self.rows), store_currency())


def outcome(take: Stocktake, uncounted: str) -> StocktakeOutcome:
    """What a stocktake comes to at this moment."""
    assert uncounted in (LEAVE, ZERO), uncounted
    return StocktakeOutcome(take, review(take), uncounted)


@operation(right="count stock")
def post_stocktake(
    job: Job, take: Stocktake, *, uncounted: str, shown: Money, language: str = ""
) -> Document:
    """Approve a stocktake: its differences are posted. `shown` is what they were worth when they
    were looked at; `uncounted` says what becomes of goods that nobody counted: leave or zero.

    Refuses: CountMoved, NothingCounted, SecondCountMissing, CountChanged, NeedsOverride above the
    value that the right allows.
    """
    found = outcome(take, uncounted)
    require_ready(found)
    moved = found.moved
    if moved != shown:
        raise CountChanged(shown=shown, total=moved)
    job.require("approve stocktake", moved.minor)
    return _post(job, found, moved, language)


def worth_of_stocktake(body: dict[str, Any]) -> Money:
    """What a stocktake that is asked for moves."""
    return outcome(Stocktake.get_by_id(body["stocktake"]), str(body["uncounted"])).moved


def told_of_stocktake(body: dict[str, Any]) -> list[Content]:
    """That what nobody counted is zeroed, and what differs, the dearest first; of a large stocktake
    not that, as nobody waits for it while he rolls through requests.
    """
    take = Stocktake.get_by_id(body["stocktake"])
    is_large = sum(drafts.count_lines(zone.key) for zone in zones_of(take.key)) > MOST_TOLD
    return told_of_rows([] if is_large else review(take, is_whole=False), body["uncounted"])


def told_of_rows(rows: Iterable[CountedItem], uncounted: str) -> list[Content]:
    """The same of what was looked at already."""
    found = [Content(ZEROED, "", None)] if uncounted == ZERO else []
    differing = sorted((row for row in rows if row.difference), key=lambda r: -abs(r.value.minor))
    return found + [Content(row.name, row.difference.signed, row.value) for row in differing]


def execute_stocktake(job: Job, body: dict[str, Any]) -> int:
    """Post the stocktake that was asked for. Refuses: as `post_stocktake`."""
    found = outcome(Stocktake.get_by_id(body["stocktake"]), str(body["uncounted"]))
    require_ready(found)
    return int(_post(job, found, found.moved, "").key)


def require_ready(found: StocktakeOutcome) -> None:
    """Refuses: CountMoved, NothingCounted, SecondCountMissing."""
    if Stocktake.get_by_id(found.take.key).state != COUNTING:
        raise CountMoved()
    if all(row.counted is None for row in found.rows):
        raise NothingCounted()
    if again := [row.name for row in found.rows if row.needs_second]:
        raise SecondCountMissing(goods=", ".join(again[:3]), count=len(again))


def _post(job: Job, found: StocktakeOutcome, moved: Money, language: str) -> Document:
    # After this point the stocktake must be posted.
    take, money = found.take, store_currency()
    document = begin_document(job, STOCKTAKE, total=moved, note=take.number)
    moves = Moves(document, [row.goods for row in found.rows if found.difference(row)])
    values = [_move(moves, n, row, found) for n, row in enumerate(found.rows, 1)]
    moves.insert()
    gain = Money(sum(max(value, 0) for value in values), money)
    loss = Money(sum(max(-value, 0) for value in values), money)
    head = (
        take.key, take.number, take.title, take.location, clock.micros(take.at), found.uncounted,
        gain.minor, loss.minor, money.code,
    )  # fmt: skip
    add_parts(document, _HEAD, [head])
    both = zip(found.rows, values, strict=True)
    add_parts(document, _LINES, [(n, *_row(*one), money.code) for n, one in enumerate(both, 1)])
    end(job, take.key, POSTED, document.key)
    add_job(job, STOCKTAKE, subject=document.key, language=language)
    legs = adjustment_legs(moves)
    return post_document(job, document, legs, stocktake=take.number, gained=gain, lost=loss)


def _move(moves: Moves, number: int, row: CountedItem, found: StocktakeOutcome) -> int:
    """Bring the stock to what was counted; the value of it in minor units."""
    difference, location = found.difference(row), found.take.location
    if not difference:
        return 0
    before = moves.value + moves.correction
    if difference > Quantity(0):
        value = moves.average_of(row.goods).times(difference)
        moves.receive(number, row.goods, difference, value, location=location)
    else:
        moves.issue(number, row.goods, -difference, may_go_below=True, location=location)
    return moves.value + moves.correction - before


def _row(row: CountedItem, value: int) -> tuple[Any, ...]:
    counted = row.counted.thousandths if row.counted is not None else 0
    return (
        row.goods, row.name[:180], row.unit, row.counted is not None, counted,
        row.book.thousandths, value, row.zones[:120], row.turns, row.user,
        clock.micros(row.at) if row.at else None,
    )  # fmt: skip
