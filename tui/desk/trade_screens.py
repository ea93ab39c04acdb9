"""What the screen shows of a trade, declared once by each room of tui in its file trade.py:

    SALON = TradeScreens("salon", menu=(MenuEntry(25, word("Tickets"), listing("tickets")),))

`trade` is the name of the trade in models, which says when all of this is shown. Whatever takes
long to load is named, "module:name", and loaded when somebody opens it. tui/trades.py lists all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import KW_ONLY, dataclass, field
from typing import TYPE_CHECKING, Any

from models.base.named import load
from tui.desk.gate.key_rows import KeyTable

if TYPE_CHECKING:
    from models.trust.users import Rights
    from tui.desk.counter_app import CounterApp


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One thing to do. `open` names a coroutine of the app, and what it is given besides, apart by
    blanks. `right` is the verb that it needs, empty for everybody. Its group is its first digit,
    unless it is given. All numbers of two digits are taken: another trade takes three.
    """

    number: int
    label: str
    open: str
    right: str = ""
    _: KW_ONLY
    group: int = 0

    @property
    def group_number(self) -> int:
        return self.group or int(str(self.number)[0])


def listing(name: str) -> str:
    """Opens the list of a listing."""
    return f"tui.records.open:open_listing {name}"


def report(name: str) -> str:
    """Opens a report."""
    return f"tui.records.open:open_report {name}"


async def open_entry(app: CounterApp, entry: MenuEntry) -> None:
    """Open an entry of the menu for who may: a menu that stood there while rights changed opens
    nothing more. Refuses: what `require_right` refuses.
    """
    from models.trust.guard import require_right

    await app.in_books(require_right, app.session, entry.right, what=entry.open)
    await open_named(app, entry.open)


async def open_named(app: CounterApp, opener: str) -> None:
    """Open what an entry of the menu names; its module is loaded now."""
    name, *words = opener.split()
    await load(name)(app, *words)


@dataclass(frozen=True, slots=True)
class FirstScreen:
    """A screen that somebody works at all day: it is opened for who has the one right and not the
    other, which is that of people who look at the whole store first.
    """

    open: str
    right: str
    unless: str


async def open_first(app: CounterApp, rights: Rights, trades: tuple[str, ...]) -> None:
    """Open the screen that somebody with these rights works at, where there is one."""
    for first in declared("first", trades):
        if rights.holds(first.right) and not rights.holds(first.unless):
            await open_named(app, first.open)
            return


@dataclass(frozen=True, slots=True)
class TradeScreens:
    """What one room shows. Names of functions and values are "module:name"."""

    trade: str
    _: KW_ONLY
    # Number of a group of the main menu -> its words.
    groups: Mapping[int, str] = field(default_factory=dict)
    menu: tuple[MenuEntry, ...] = ()
    # Name -> the Listing, or a mapping of several by name.
    listings: Mapping[str, str] = field(default_factory=dict)
    keys: tuple[KeyTable, ...] = ()
    # The fields of the settings screen: sequences of models.listings.listings.Field.
    settings: tuple[str, ...] = ()
    # Functions of a Standing (tui/desk/standing.py) that give Reminders, and Tiles, for home.
    reminders: tuple[str, ...] = ()
    # Kind of tender -> a coroutine of the screen and the tender that asks for what it is charged
    # to and gives its key, where that is no account of the office.
    charged_to: Mapping[str, str] = field(default_factory=dict)
    # Kind of tender -> a coroutine of the screen, the tender and whether money goes out (`is_out`)
    # that asks for the number of a voucher or card and gives it.
    codes: Mapping[str, str] = field(default_factory=dict)
    # Kind of tender -> a coroutine of the payment screen and the tender that takes it by itself:
    # what is given on top, and not for what is due.
    takes: Mapping[str, str] = field(default_factory=dict)
    # Coroutines of the selling screen and a line that ask who did its work, and say whether they
    # asked: after work was rung (`is_rung`), and when somebody wants to.
    hands: tuple[str, ...] = ()
    # Code of a reason for opening a sale again -> a coroutine of the selling screen, the sale and
    # the answer that puts it right without undoing it, or says False.
    puts_right: Mapping[str, str] = field(default_factory=dict)
    tiles: tuple[str, ...] = ()
    # Code of a refusal -> a coroutine of the app that shows what must come first. What was refused
    # stands on the screen below as it was, and is asked for again.
    ways_out: Mapping[str, str] = field(default_factory=dict)
    # What stands over home after signing in, for who works there: F3 comes to home.
    first: tuple[FirstScreen, ...] = ()
    # Modules that whoever comes in needs first, in pieces of a few milliseconds, in their order.
    ahead: tuple[str, ...] = ()
    # An opener that closes the day, where more belongs to it than the next date.
    closes_day: tuple[str, ...] = ()


# Every room's declaration, in the order of tui/trades.py.
SCREENS: list[TradeScreens] = []


def declared(what: str, trades: tuple[str, ...] | None = None) -> Iterator[Any]:
    """What the rooms declare of one thing, of these trades or of all: values, names, or pairs."""
    assert SCREENS, "tui.trades lists the rooms"
    for screens in SCREENS:
        if trades is None or screens.trade in trades:
            given = getattr(screens, what)
            yield from given.items() if isinstance(given, Mapping) else given
