"""What the menu opens from everywhere: its entries for somebody, and no screen twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from models.base.refusals import Refusal
from tui.desk.frame import FrameScreen
from tui.desk.trade_screens import MenuEntry
from tui.desk.words import t


class AlreadyOpen(Refusal):
    """The screen that was asked for stands open below the one on top."""


def offered(user: int, trades: tuple[str, ...]) -> list[MenuEntry]:
    """What somebody may open at a counter that offers only some trades (none named: all)."""
    from models.trust.trades_used import used_names
    from models.trust.users import rights_of
    from tui.desk.menu import entries_for

    groups = entries_for(rights_of(user), used_names(trades))
    return [entry for group in groups for entry in group.entries]


def refuse_twice(screen: FrameScreen, stack: Iterable[Any]) -> None:
    """One bill, one list: what stands below is not opened a second time. Refuses: AlreadyOpen."""
    for below in stack:
        if type(below) is type(screen) and below.title_msgid == screen.title_msgid:
            raise AlreadyOpen(screen=t(screen.title_msgid))
