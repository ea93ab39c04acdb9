"""Asking who approves what the person at the counter may not do, or not so much of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
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


def question(why: str, given: Sequence[str]) -> Ask:
    """What comes after what was given: who, his PIN, the reason."""
    if not given:
        return Approver(why)
    if len(given) == 1:
        return Ask(word("Override PIN of {login}"), is_secret=True, login=given[0])
    return Ask(word("Reason for the approval"))
