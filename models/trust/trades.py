"""Trades: what the program can do, declared once by each folder that does it.

    SALON = Trade("salon", word("Salon"), needs=("goods",), tables=("models.salon.tickets",), ...)

stands in models/salon/trade.py, its name in models/store.py, and that is all: making and proving a
store, its roles, its reports, its day's close are put together from these declarations. What the
screen shows of a trade is declared in tui in the same way. docs/engineer/trades.md adds one.

What would slow down each start is not imported here but named, "module:name", and loaded when it is
asked for. Which trades a store uses: trades_used.py.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, Literal, ParamSpec, TypeVar, cast

from models.base.database import Row
from models.base.fields import store_currency
from models.base.money import Money
from models.base.named import load
from models.base.quantity import Quantity
from models.base.refusals import Refusal

P = ParamSpec("P")
T = TypeVar("T")
# What the limit of a right counts: nothing, minor units, thousandths.
Measure = Literal["", "money", "per cent"]
# A verb, or a verb with the most that its limit allows, in the measure of the verb.
Grant = str | tuple[str, int]


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document: its name in the books of at most 12 letters, the capital letters before
    its numbers, which no other kind has, and the kind of slip that shows it, empty for none.
    """

    name: str
    prefix: str
    slip: str = ""

    def __post_init__(self) -> None:
        assert len(self.name) <= 12, self.name
        assert self.prefix.isascii() and self.prefix.isalpha() and self.prefix.isupper(), self


@dataclass(frozen=True, slots=True)
class SlipKind:
    """A kind of slip. `view` names the function that reads what stands on it: it gets the key of
    the job's subject, or the job's body where `is_of_body`. `paper` names the function that makes
    the slip of that. `right` is the verb of whoever may look at it, empty for all who may print;
    one that `is_of_store` is nobody's own work, and for who sees the store.
    """

    name: str
    title: str
    view: str
    paper: str
    right: str = ""
    is_of_body: bool = False
    is_of_store: bool = False


@dataclass(frozen=True, slots=True)
class ApprovalKind:
    """What can be asked for; its words are in the catalogues under ``approval.<name>``.

    `worth` names a function of the body that says what it is about in money, as it stands in the
    list of requests; `told` one that says what is in it, line by line. `execute` names a function
    of the job and the body that executing calls inside its transaction; it may give the key of the
    document it posted.
    """

    name: str
    review_right: str
    execute_right: str
    worth: str
    execute: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade, or a part that trades share. One with a `title` is a choice of the store's owner; a
    part without is in use where a trade in use needs it, or `is_always`.
    """

    name: str
    title: str = ""
    _: KW_ONLY
    needs: tuple[str, ...] = ()
    is_always: bool = False
    # Modules whose row classes are its tables.
    tables: tuple[str, ...] = ()
    # Lists of models.base.findings.Check, and steps of the day's close, which get the job.
    checks: tuple[str, ...] = ()
    day_steps: tuple[str, ...] = ()
    # What closes the day with nobody there, where more belongs to it than the close: a function of
    # the session and the business date that gives what it did, step by step.
    closes_day: str = ""
    # A function of models.trust.founding.Founding, or of None when the trade is switched on later:
    # it puts into the store what this trade begins with and the store has not.
    ships: str = ""
    # Verb -> what a limit of it measures. Its words are in the catalogues under the verb.
    verbs: Mapping[str, Measure] = field(default_factory=dict)
    # Role that a store with this trade gets -> whose work it sees; and what roles get besides.
    roles: Mapping[str, str] = field(default_factory=dict)
    grants: Mapping[str, tuple[Grant, ...]] = field(default_factory=dict)
    documents: tuple[DocumentKind, ...] = ()
    slips: tuple[SlipKind, ...] = ()
    # What it leaves to the next shift: functions as models.ledger.daily.handover.Leaves.
    left_open: tuple[str, ...] = ()
    # Kind of till event -> its words.
    events: Mapping[str, str] = field(default_factory=dict)
    # Lists of models.ledger.ways.tender_kinds.TenderKind.
    tenders: tuple[str, ...] = ()
    # What is found by name: each a models.search.index.SearchIndex.
    indexes: tuple[str, ...] = ()
    # What it knows of a person: each a models.people.history.Source.
    histories: tuple[str, ...] = ()
    # What keeps a name of a person in open work and follows when the name is corrected, inside that
    # operation: each a function of the record of before and of now.
    followers: tuple[str, ...] = ()
    # What adds to a document that charges something, before it is posted: each a function of the
    # document and its charges.
    charged: tuple[str, ...] = ()
    # Who of the staff sold a card: at most one trade has a models.members.sellers.Sellers. What is
    # added to the document of a card that was sold, or taken back; and who gives back what he got
    # when so much of the lines of a sale comes back, or a card does: functions as that module says.
    sellers: tuple[str, ...] = ()
    card_sold: tuple[str, ...] = ()
    card_back: tuple[str, ...] = ()
    gives_back: tuple[str, ...] = ()
    card_gives_back: tuple[str, ...] = ()
    # What follows when an open bill takes up another one: each a function of the keys of both.
    bills_joined: tuple[str, ...] = ()
    # Who is expected: each a function of a day that gives the keys of persons who are booked from
    # then on.
    expected: tuple[str, ...] = ()
    # What work uses up of the stock: each a function of the keys of items that gives, by key, which
    # items it takes how many base units of each time.
    used_up: tuple[str, ...] = ()
    # Goods on work that is not paid for, which a stocktake asks about: each a function of the key
    # of an item that says how many base units.
    unpaid: tuple[str, ...] = ()
    # What is left of lots: a function of the key of an item and a place that gives base units by
    # lot, its name and its good-until day.
    lots: tuple[str, ...] = ()
    # Whose money paid ahead of work a voucher holds: a function of its number that gives the name
    # of whom it is, empty where it holds none.
    paid_ahead: tuple[str, ...] = ()
    # Modules that declare settings.
    settings: tuple[str, ...] = ()
    approvals: tuple[ApprovalKind, ...] = ()
    # Name on the command line -> the ImportKind, the ReportKind.
    imports: Mapping[str, str] = field(default_factory=dict)
    reports: Mapping[str, str] = field(default_factory=dict)


def measured(verb: str, amount: int) -> str:
    """So much of a verb, in the measure of its limit: minor units, thousandths of a per cent."""
    measure = dict(declared("verbs")).get(verb)
    return f"{Quantity(amount)}%" if measure == "per cent" else str(Money(amount, store_currency()))


class TradeUnknown(Refusal):
    """There is no trade of this name."""


# Every trade of the program by name, in the order of models/store.py, used by the store or not.
TRADES: dict[str, Trade] = {}


# What empties each of the caches over all trades.
_to_forget: list[Callable[[], None]] = []


def kept(function: Callable[P, T]) -> Callable[P, T]:
    """Keep what a function puts together of all trades, until one comes or goes."""
    keeping = cache(function)
    _to_forget.append(keeping.cache_clear)
    return cast(Callable[P, T], keeping)


def declared(what: str, of: Iterable[Trade] | None = None) -> Iterator[Any]:
    """What all trades, or these, declare of one thing: values, names, or the pairs of a mapping."""
    assert TRADES, "models.store names the trades"
    for trade in TRADES.values() if of is None else of:
        given = getattr(trade, what)
        yield from given.items() if isinstance(given, Mapping) else given


def tables(of: Iterable[Trade] | None = None) -> tuple[type[Row], ...]:
    """The tables of all trades, or of these; a store has all of them, whatever it uses."""
    return tuple(row for module in declared("tables", of) for row in _rows_of(module))


@cache
def _rows_of(module: str) -> tuple[type[Row], ...]:
    return tuple(
        each
        for each in vars(import_module(module)).values()
        if isinstance(each, type) and issubclass(each, Row) and each.__module__ == module
    )


def loaded(what: str) -> Iterator[Any]:
    """The things that all trades name under `what`."""
    return (load(name) for name in declared(what))


def load_modules(what: str) -> None:
    """Load the modules that all trades name under `what`; they declare what they hold."""
    for module in declared(what):
        import_module(module)


def named(what: str, name: str) -> Any:
    """The value of this name among those that trades declare, None when there is none."""
    return _by_name(what).get(name)


@kept
def _by_name(what: str) -> dict[str, Any]:
    return {each.name: each for each in declared(what)}


def forget() -> None:
    """A trade came or went: what was put together of all of them is put together anew."""
    for each in _to_forget:
        each()
