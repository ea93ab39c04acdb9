"""What stands on the paper of a stocktake (盘点报告): when, how many, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from models.base.money import Money
from models.base.quantity import Quantity
from models.ledger.documents import Document
from models.ledger.store_card import StoreCard, local, store_card, user_name
from models.stock.count_posting import ZERO, CountResult, CountResultLine


@dataclass(frozen=True, slots=True)
class CountedView:
    """One item: `counted` is None where nobody counted it."""

    name: str
    unit: str
    book: Quantity
    counted: Quantity | None
    value: Money
    zones: str
    who: str
    at: datetime | None

    @property
    def difference(self) -> Quantity:
        return Quantity(0) if self.counted is None else self.counted - self.book


@dataclass(frozen=True, slots=True)
class StocktakeView:
    """A stocktake that was posted."""

    store: StoreCard
    number: str
    of: str
    title: str
    day: date
    begun_at: datetime
    at: datetime
    clerk: str
    is_zeroed: bool
    lines: tuple[CountedView, ...]
    gained: Money
    lost: Money

    @property
    def right(self) -> int:
        """How many items were counted and are as the books say."""
        return sum(one.counted is not None and not one.difference for one in self.lines)

    @property
    def wrong(self) -> tuple[CountedView, ...]:
        """The items that differ."""
        return tuple(one for one in self.lines if one.difference)

    @property
    def uncounted(self) -> tuple[CountedView, ...]:
        """The items that nobody counted."""
        return tuple(one for one in self.lines if one.counted is None)


def stocktake_view(key: int) -> StocktakeView:
    """The stocktake of this document."""
    document, head = Document.get_by_id(key), CountResult.get_by_id(key)
    rows = CountResultLine.select().where(CountResultLine.document == key)
    return StocktakeView(
        store_card(), document.label, head.number, head.title, document.day, local(head.begun_at),
        local(document.at), user_name(document.user), head.uncounted == ZERO,
        tuple(_view(row) for row in rows.order_by(CountResultLine.line)), head.gained, head.lost,
    )  # fmt: skip


def _view(row: CountResultLine) -> CountedView:
    return CountedView(
        row.name, row.unit, row.book, row.counted if row.is_counted else None, row.value,
        row.zones, user_name(row.user), local(row.at) if row.at else None,
    )  # fmt: skip
