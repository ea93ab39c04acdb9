"""Questions one after the other: one step back at a time, and nothing given is lost."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from models.base.refusals import Refusal
from models.trust.operation import NeedsOverride
from tests.sources import parsed
from tests.stores import yuan
from tui.desk.in_turn import in_turn
from tui.money.cash_moves import CHOICES, _question, move_cash, open_the_drawer
from tui.office import printers
from tui.widgets.panel import Ask


class Desk:
    """Somebody who answers in turn; `shown` is what stood in each line when it was asked."""

    def __init__(self, *answers: Any) -> None:
        self.answers, self.shown, self.told = list(answers), list[str](), list[str]()

    async def ask(self, panel: Any) -> Any:
        self.shown.append(panel._line.value if isinstance(panel, Ask) else "")
        return self.answers.pop(0)

    def tell(self, refusal: Refusal) -> None:
        self.told.append(refusal.code)


async def test_f12_goes_one_question_back_to_what_stood_there() -> None:
    desk = Desk(CHOICES[1], "18.50", None, "19", "水")
    assert await in_turn(desk, _question) == [CHOICES[1], "19", "水"]
    assert desk.shown == ["", "", "", "18.50", ""]
    assert await in_turn(Desk(CHOICES[1], None, None), _question) is None


async def test_what_is_refused_is_told_and_stands_there_again() -> None:
    desk = Desk(CHOICES[0], "eighteen", "18", "水")
    assert await in_turn(desk, _question) == [CHOICES[0], "18", "水"]
    assert (desk.told, desk.shown[2]) == (["NotANumber"], "eighteen")


class Till(Desk):
    """A till whose first work is approved by nobody: what it was called with, and what was done."""

    def __init__(self, *answers: Any) -> None:
        super().__init__(*answers)
        self.desk, self.done, self.kicks = self, list[dict[str, Any]](), 0

    async def operate(self, work: Any, *args: Any, **fields: Any) -> dict[str, Any]:
        self.done.append(fields)
        if len(self.done) == 1:
            raise NeedsOverride(right="move cash")
        return {}

    async def in_books(self, work: Any) -> str:
        return "zh"

    def kick_drawer(self) -> None:
        self.kicks += 1

    def wake_paper(self) -> None:
        """Nothing is printed here."""

    def inform(self, msgid: str, **fields: Any) -> None:
        self.told.append(msgid)


async def test_what_nobody_approves_stands_there_again() -> None:
    """The manager is called away, F12: amount and reason were lost."""
    till: Any = Till(CHOICES[1], "18.50", "水", None, "19.50", "水")
    await move_cash(till)
    assert till.shown == ["", "", "", "水", "18.50", ""]
    assert till.done[0] == {"amount": yuan("18.50"), "reason": "水"}
    assert till.done[-1] == {"language": "zh", "reason": "水"}
    assert (till.told, till.kicks) == (["NeedsOverride", "Done: {what} {amount}"], 1)
    till = Till("换零钱", "换零钱")
    await open_the_drawer(till)
    assert (till.shown, till.kicks) == (["", "换零钱"], 1)


async def test_a_printer_is_connected_step_by_step_in_both_directions() -> None:
    desk: Any = Desk("tcp", "10.0.0.9", None, "10.0.0.8", "9100", "80mm")
    found = await printers._asked(desk, {})
    assert found == {"connect": "tcp", "host": "10.0.0.8", "port": 9100, "profile": "80mm"}
    assert desk.shown == ["", "", "9100", "10.0.0.9", "9100", ""]


# Functions that ask more than once, yet not one after the other: a choice and what it leads to,
# a question that is asked again, or a list and what is shown of it.
NO_CHAINS = {
    "show_z", "reason_of", "ask_value", "ask_target", "saved", "move_stay", "ask", "take_back",
    "choose_customer", "change_secrets", "choose", "paid_otherwise",
}  # fmt: skip
_TOLD = {"Confirm", "Message"}


def _asks(function: ast.AST) -> int:
    """How many questions it asks that take more than yes or no."""
    calls = [each for each in ast.walk(function) if isinstance(each, ast.Call)]
    return sum(
        isinstance(each.func, ast.Attribute)
        and each.func.attr == "ask"
        and getattr(getattr(next(iter(each.args), None), "func", None), "id", "") not in _TOLD
        for each in calls
    )


def test_questions_in_a_row_are_asked_in_turn(root: Path) -> None:
    """The next chain of questions uses in_turn, or says above why it is none."""
    found: set[str] = set()
    for path in sorted((root / "tui").rglob("*.py")):
        tree = parsed(path)
        functions: Sequence[ast.AST] = [
            each for each in ast.walk(tree) if isinstance(each, ast.AsyncFunctionDef)
        ]
        found |= {each.name for each in functions if _asks(each) > 1}  # type: ignore[attr-defined]
    assert found <= NO_CHAINS
