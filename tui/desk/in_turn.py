"""Questions one after the other: F12 goes one of them back, and nothing that was given is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from inspect import isawaitable
from typing import Any

from models.base.refusals import Refusal

# What is asked after what was given; None when nothing more is. The second value is what stood
# there when somebody comes back to it, or None. It may refuse what was given last, and may be a
# coroutine that looks it up.
Question = Callable[[Sequence[Any], Any], Any]


async def in_turn(desk: Any, question: Question) -> list[Any] | None:
    """Ask until `question` has nothing more to ask: all answers, or None when the first question
    was left. What it refuses is told and asked for again.
    """
    given: list[Any] = []
    was: Any = None
    while True:
        try:
            panel = question(given, was)
            if isawaitable(panel):
                panel = await panel
        except Refusal as refusal:
            desk.tell(refusal)
            was = given.pop()
            continue
        if panel is None:
            return given
        answer = await desk.ask(panel)
        if answer not in (None, ""):
            given.append(answer)
            was = None
        elif given:
            was = given.pop()
        else:
            return None
