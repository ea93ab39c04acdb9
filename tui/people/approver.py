"""Asking who approves what the person at the counter may not do, or not so much of."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from receipts.words import word
from tui.widgets.panel import Ask, Words


class Approver(Ask):
    """The first question of an approval; `why` is said already, and stands there whole."""

    def __init__(self, why: str) -> None:
        super().__init__(word("Who approves? The number"))
        self._why = why

    def content(self) -> Iterable[Any]:
        yield Words(self._why, tone="warn")
        yield from super().content()
