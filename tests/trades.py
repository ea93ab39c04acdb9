"""What all trades of the program declare, for tests that walk over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

import models.store  # noqa: F401 - lists the trades
import tui.trades  # noqa: F401 - lists the rooms
from models.base.named import load
from models.reports.report import ReportKind
from models.trust import roles, trades, trades_used
from models.trust.trades import Trade
from tui.desk.gate.key_rows import Command
from tui.desk.menu import menu_of
from tui.desk.trade_screens import MenuEntry, declared

VERBS: Final = roles.verbs()
REPORTS: Final[tuple[ReportKind, ...]] = tuple(
    load(named) for _, named in trades.declared("reports")
)
COMMANDS: Final[tuple[Command, ...]] = tuple(
    row for table in declared("keys") for row in table.rows
)
ENTRIES: Final[tuple[MenuEntry, ...]] = tuple(
    entry for group in menu_of() for entry in group.entries
)


@contextmanager
def added(trade: Trade) -> Iterator[None]:
    """A trade more, inside the block."""
    trades_used.add(trade)
    try:
        yield
    finally:
        trades_used.remove(trade)
