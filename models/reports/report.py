"""A report: a title, columns, rows and totals. Screen, files and JSON all show this one value.

Rows come in pages, so that a long report never holds the database thread for long.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from models.base.database import store_number
from models.base.fields import store_currency
from models.base.money import Money
from models.base.named import load
from models.base.quantity import Quantity
from models.base.refusals import Refusal
from models.ledger.daily.days import BusinessDay
from models.trust.guard import require_right
from models.trust.operation import Session, open_day
from models.trust.scopes import OWN, Scope
from models.trust.trades_used import used
from models.trust.users import Rights

TEXT: Final = "text"
MONEY: Final = "money"
QUANTITY: Final = "quantity"
COUNT: Final = "count"
COST: Final = "cost"
DAY: Final = "day"
INSTANT: Final = "instant"
NAMES: Final = "names"
# A text that is a message id, such as a kind of event.
WORD: Final = "word"

NUMBERS: Final = frozenset({MONEY, QUANTITY, COUNT, COST})
PAGE: Final = 500


class ReportUnknown(Refusal):
    """There is no report of this name."""


class PeriodWrong(Refusal):
    """The first day of a report comes after its last."""


@dataclass(frozen=True, slots=True)
class Names:
    """A name kept in both languages."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Column:
    """A heading (a message id) and the kind of its values; `is_summed` columns have a total. The
    one that `is_drawn` is what the bars show, and leaves no narrow screen: an amount, or a per cent
    as it is read ("12.50%"). One that `is_spare` leaves it before all others.
    """

    title: str
    kind: str = TEXT
    is_summed: bool = False
    is_drawn: bool = False
    is_spare: bool = False

    @property
    def is_number(self) -> bool:
        """Does it stand at the right?"""
        return self.kind in NUMBERS


@dataclass(frozen=True, slots=True)
class Period:
    """From a business day to a business day, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise PeriodWrong(first=self.first, last=self.last)

    @property
    def iso(self) -> tuple[str, str]:
        """Both days as the database keeps them."""
        return self.first.isoformat(), self.last.isoformat()


def stored(minor: Any) -> Money:
    """An amount of the store's currency, as the database keeps it."""
    return Money(int(minor), store_currency())


def this_month() -> Period:
    """The present month up to the open business day: what a report shows unless it is told."""
    today = open_day(store_number())
    return Period(today.replace(day=1), today)


def all_days() -> Period:
    """From the store's first business day to the open one."""
    first = BusinessDay.select().order_by(BusinessDay.date).get()
    return Period(first.date, open_day(store_number()))


Rows = list[tuple[Any, ...]]
Pages = Callable[[Period, Scope], Iterator[Rows]]


@dataclass(frozen=True, slots=True)
class ReportKind:
    """A report that can be asked for: its name on the command line, and who may see it: those who
    hold `right`, of the work that their scope shows. `least` is the narrowest scope that sees it at
    all, where it cannot be narrowed. Of one that `is_drawn` the files have bars beside the figures.
    """

    name: str
    title: str
    right: str
    columns: tuple[Column, ...]
    pages: Pages
    # Of a moment and not of a period: stock, balances.
    is_now: bool = False
    # Of the end of a period's last day: a screen begins with one day.
    is_of_day: bool = False
    # What a typed text finds in all of it, where an index does: for reports of very many rows.
    search: Callable[[str], Rows] | None = None
    least: str = OWN
    is_drawn: bool = False
    # A second right, where one does not show all of it.
    also: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A report made. `totals` has a value for each column, None where there is none to show."""

    kind: ReportKind
    period: Period
    rows: Rows
    totals: tuple[Any, ...] = field(default=())

    @property
    def columns(self) -> tuple[Column, ...]:
        return self.kind.columns


def looked_at(session: Session, kind: ReportKind) -> Rights:
    """The rights of somebody who may see the report.

    Refuses: SignedOut, OwnPasswordFirst, RightMissing, ScopeTooNarrow.
    """
    rights = require_right(session, kind.right, what=kind.name)
    if kind.also:
        require_right(session, kind.also, what=kind.name)
    Scope.of(rights).must_reach(kind.least)
    return rights


def pages_of(session: Session, kind: ReportKind, period: Period) -> Iterator[Rows]:
    """The rows that a person sees, page by page; before each it is looked whether he still may.

    Refuses: what `looked_at` refuses.
    """
    pages = kind.pages(period, Scope.of(looked_at(session, kind)))
    for page in pages:
        looked_at(session, kind)
        yield page


def found_in(session: Session, kind: ReportKind, text: str) -> Rows:
    """What a typed text finds in all of it. Refuses: what `looked_at` refuses."""
    looked_at(session, kind)
    assert kind.search is not None
    return kind.search(text)


def make(session: Session, kind: ReportKind, period: Period) -> Report:
    """The whole report at once: for commands and for short ones.

    Refuses: what `looked_at` refuses.
    """
    rows = [row for page in pages_of(session, kind, period) for row in page]
    return Report(kind, period, rows, totals_of(kind, rows))


def totals_of(kind: ReportKind, rows: Rows) -> tuple[Any, ...]:
    """The sums of the columns that have one; nothing for a report without any."""
    if not any(column.is_summed for column in kind.columns):
        return ()
    return tuple(
        _sum(column.kind, [row[place] for row in rows]) if column.is_summed else None
        for place, column in enumerate(kind.columns)
    )


def _sum(kind: str, values: list[Any]) -> Any:
    if kind == MONEY:
        return Money.total((value for value in values if value is not None), store_currency())
    if kind == QUANTITY:
        return Quantity(sum(value.thousandths for value in values if value is not None))
    return sum(value for value in values if value is not None)


def kind_named(name: str) -> ReportKind:
    """The report of this name, of a trade that the store uses. Refuses: ReportUnknown."""
    known = {key: named for trade in used() for key, named in trade.reports.items()}
    if name not in known:
        raise ReportUnknown(report=name, known=", ".join(known))
    found: ReportKind = load(known[name])
    return found


def kinds_in_use() -> list[ReportKind]:
    """All reports of the trades that the store uses."""
    return [kind_named(name) for trade in used() for name in trade.reports]
