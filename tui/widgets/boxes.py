"""What puts widgets side by side or below each other: Textual's, with rows that are kept like ours.

They lie under what they hold and are seen nowhere, but each paint would ask them for rows anew.
"""

from __future__ import annotations

from typing import Any

from textual import containers
from textual.widget import Widget

from tui.widgets.drawn import Drawn


class Horizontal(containers.Horizontal):
    """Side by side."""

    def __init__(self, *children: Widget, **options: Any) -> None:
        super().__init__(*children, **options)
        self._styles_cache = Drawn()


class Vertical(containers.Vertical):
    """Below each other."""

    def __init__(self, *children: Widget, **options: Any) -> None:
        super().__init__(*children, **options)
        self._styles_cache = Drawn()
