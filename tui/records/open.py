"""The screen of a book: its list, its list beside a tree, or, for the settings, one form."""

from __future__ import annotations

from tui.desk.frame import FrameScreen
from tui.records.books import book
from tui.records.form import FormScreen
from tui.records.list import ListScreen


def screen_of(name: str) -> FrameScreen:
    """A new screen for the book with this name."""
    found = book(name)
    if found.row is None:
        return FormScreen(found, found.name)
    if found.tree:
        from tui.records.tree import TreeListScreen

        return TreeListScreen(found)
    return ListScreen(found)
