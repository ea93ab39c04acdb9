"""The screen of a listing: its list, its list beside a tree, or, for the settings, one form; and
the list of a report.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.frame import FrameScreen
from tui.records.forms.form import FormScreen
from tui.records.list import ListScreen
from tui.records.listings import listing
from tui.records.source import Source

if TYPE_CHECKING:
    from tui.desk.counter_app import CounterApp


async def open_listing(app: CounterApp, name: str) -> None:
    """From the menu: the screen of a listing."""
    await app.go(screen_of(name))


def screen_of(name: str) -> FrameScreen:
    """A new screen for the listing with this name."""
    found = listing(name)
    if found.row is None:
        return FormScreen(found, found.name)
    if found.tree:
        from tui.records.tree import TreeListScreen

        return TreeListScreen(Source(found))
    return ListScreen(Source(found))


async def open_report(app: CounterApp, name: str) -> None:
    """From the menu: the report of this name. Refuses: ReportUnknown."""
    from models.reports.report import kind_named
    from tui.records.report_source import ReportSource

    await app.go(ListScreen(ReportSource(await app.in_books(kind_named, name))))
