"""The menu tree: main menu, submenus, entries. Home shows it; a number or a few letters open an
entry.

Adding a screen: write its `open_...(app)` coroutine and a row here. What a user has no right to see
is not offered; the operation behind it checks the right again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from receipts.words import word

if TYPE_CHECKING:
    from models.trust.users import Rights
    from tui.desk.counter_app import CounterApp

Opener = Callable[["CounterApp"], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One thing to do. `right` is the verb that it needs, empty for everybody; `trade` the one
    that it belongs to, empty for all.
    """

    number: int
    label: str
    open: Opener
    right: str = ""
    trade: str = ""


@dataclass(frozen=True, slots=True)
class Submenu:
    """A group of the main menu."""

    number: int
    label: str
    entries: tuple[MenuEntry, ...]


async def _selling(app: CounterApp) -> None:
    from tui.money.opening import open_selling

    await open_selling(app)


async def _close_shift(app: CounterApp) -> None:
    from tui.money.shift_menu import open_close_shift

    await open_close_shift(app)


async def _x_report(app: CounterApp) -> None:
    from tui.money.shift_menu import show_x

    await show_x(app)


async def _z_report(app: CounterApp) -> None:
    from tui.money.shift_menu import show_z

    await show_z(app)


async def _cash_move(app: CounterApp) -> None:
    from tui.money.cash_moves import move_cash_from_menu

    await move_cash_from_menu(app)


async def _account(app: CounterApp) -> None:
    from tui.money.account import open_account

    await open_account(app)


async def _close_day(app: CounterApp) -> None:
    from tui.money.day_close import close_day_now

    await close_day_now(app)


async def _find_bill(app: CounterApp) -> None:
    from tui.shop.bills import find_bill

    await find_bill(app)


async def _devices(app: CounterApp) -> None:
    from tui.office.devices import Devices

    await app.go(Devices())


async def _own_secrets(app: CounterApp) -> None:
    from tui.people.own_secrets import change_secrets

    await change_secrets(app)


async def _adjust_stock(app: CounterApp) -> None:
    from tui.goods.adjust_stock import open_adjust_stock

    await open_adjust_stock(app)


async def _imports(app: CounterApp) -> None:
    from tui.imports.screen import open_imports

    await open_imports(app)


async def _people_lists(app: CounterApp) -> None:
    from tui.people.person_lists import open_lists

    await open_lists(app)


def _book(name: str) -> Opener:
    """Opens the list of a book; its file is loaded then."""

    async def open_book(app: CounterApp) -> None:
        from tui.records.open import screen_of

        await app.go(screen_of(name))

    return open_book


async def _show_report(app: CounterApp, name: str) -> None:
    from tui.records.reports import open_report

    await open_report(app, name)


def _report(name: str) -> Opener:
    return partial(_show_report, name=name)


MENU: tuple[Submenu, ...] = (
    Submenu(
        1,
        word("Counter"),
        (
            MenuEntry(11, word("Selling"), _selling, "sell", trade="shop"),
            MenuEntry(12, word("Cash in, out, to the safe"), _cash_move, "move cash"),
            MenuEntry(13, word("X report"), _x_report, "see takings"),
            MenuEntry(14, word("Close the shift"), _close_shift, "close shift"),
            MenuEntry(15, word("Z reports"), _z_report, "close shift"),
            MenuEntry(16, word("Close the day"), _close_day, "close day"),
            MenuEntry(17, word("Payments on account"), _account, "take payment"),
            MenuEntry(18, word("Find a bill"), _find_bill, "print"),
            MenuEntry(19, word("Sold bills"), _book("bills"), "see takings"),
        ),
    ),
    Submenu(
        2,
        word("Customers"),
        (
            MenuEntry(21, word("People"), _book("people"), "see people"),
            MenuEntry(22, word("Contacts"), _book("contacts"), "see people"),
            MenuEntry(23, word("Groups of people"), _book("person_groups"), "keep people"),
            MenuEntry(24, word("Lists of people"), _people_lists, "keep people"),
        ),
    ),
    Submenu(
        3,
        word("Stock"),
        (
            MenuEntry(31, word("Stock in and out by hand"), _adjust_stock, "adjust stock"),
            MenuEntry(32, word("Stock on hand"), _report("stock"), "see stock"),
            MenuEntry(33, word("Goods that run short"), _report("shortage"), "see stock"),
            MenuEntry(34, word("Value of the stock"), _report("stock-value"), "see cost"),
        ),
    ),
    Submenu(
        4,
        word("Reports"),
        (
            MenuEntry(41, word("Takings by day"), _report("takings-by-day"), "see takings"),
            MenuEntry(42, word("Takings by tender"), _report("takings-by-tender"), "see takings"),
            MenuEntry(
                43, word("Takings by category"), _report("takings-by-category"), "see takings"
            ),
            MenuEntry(44, word("Takings by item"), _report("takings-by-item"), "see takings"),
            MenuEntry(45, word("Takings by cashier"), _report("takings-by-cashier"), "see takings"),
            MenuEntry(46, word("Closed shifts"), _report("shifts"), "see takings"),
            MenuEntry(47, word("Exceptions by cashier"), _report("exceptions"), "see takings"),
            MenuEntry(48, word("Receivables by age"), _report("receivables"), "keep accounts"),
            MenuEntry(49, word("Trial balance"), _report("trial-balance"), "see takings"),
        ),
    ),
    Submenu(
        5,
        word("Basic data"),
        (
            MenuEntry(51, word("Goods"), _book("goods"), "keep goods"),
            MenuEntry(52, word("Categories"), _book("categories"), "keep goods"),
            MenuEntry(53, word("Units of measure"), _book("units"), "keep goods"),
            MenuEntry(54, word("Tax rates"), _book("tax_rates"), "keep goods"),
            MenuEntry(55, word("Ways to pay"), _book("tenders"), "keep books"),
            MenuEntry(56, word("Accounts of customers"), _book("companies"), "keep accounts"),
            MenuEntry(57, word("Suppliers"), _book("suppliers"), "keep accounts"),
            MenuEntry(58, word("Import from a file"), _imports, "import"),
        ),
    ),
    Submenu(
        6,
        word("Staff and approvals"),
        (
            MenuEntry(61, word("Approvals"), _book("approvals"), "request approval"),
            MenuEntry(62, word("Staff members"), _book("users"), "keep staff"),
            MenuEntry(63, word("Roles and rights"), _book("roles"), "keep staff"),
            MenuEntry(64, word("Departments"), _book("departments"), "keep staff"),
        ),
    ),
    Submenu(
        9,
        word("Tools"),
        (
            MenuEntry(81, word("Store settings"), _book("settings"), "change settings"),
            MenuEntry(82, word("Registers"), _book("registers"), "change settings"),
            MenuEntry(83, word("Print jobs"), _book("print_jobs"), "print"),
            MenuEntry(84, word("Till events"), _book("till_events"), "see takings"),
            MenuEntry(85, word("Audit log"), _book("audit"), "read audit"),
            MenuEntry(91, word("Devices"), _devices),
            MenuEntry(92, word("My password and PIN"), _own_secrets, "change own secret"),
        ),
    ),
)


def entries_for(rights: Rights | None, trades: tuple[str, ...]) -> list[Submenu]:
    """The tree with what this user may do at a counter of these trades; groups without an entry are
    left out.
    """
    shown = []
    for group in MENU:
        entries = tuple(
            e
            for e in group.entries
            if (not e.right or (rights and rights.holds(e.right)))
            and (not e.trade or e.trade in trades)
        )
        if entries:
            shown.append(Submenu(group.number, group.label, entries))
    return shown
