"""A list of reasons begins with nothing chosen: Enter asks for one, a digit or an arrow chooses."""

from __future__ import annotations

import ast
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from models.shop.return_reasons import VOID_REASONS
from tests.sources import parsed
from tui.commands.answers import STORE
from tui.money.cash_moves import CHOICES, _question
from tui.shop.coming_back import AskReason
from tui.widgets.panel import Ask


def key(name: str) -> Any:
    character = name if len(name) == 1 else None
    return SimpleNamespace(key=name, character=character, stop=lambda: None)


def test_enter_does_nothing_before_a_reason_is_chosen(monkeypatch: pytest.MonkeyPatch) -> None:
    told, answered = list[str](), list[str]()
    desk = SimpleNamespace(alarm=told.append, pressed_after_paint=lambda panel: True)
    monkeypatch.setattr(AskReason, "desk", desk)
    for step in ("_settle", "post_message"):
        monkeypatch.setattr(f"tui.shop.coming_back.LineList.{step}", lambda *_: None)
    panel: Any = AskReason("Why?", VOID_REASONS)
    monkeypatch.setattr(panel, "answer", lambda answer: answered.append(answer.code))
    monkeypatch.setattr(panel, "_tell", lambda **_: None)
    panel.on_mount()
    panel.on_key(key("enter"))
    assert (told, answered) == (["Choose a reason: its digit, or an arrow and Enter."], [])
    panel.on_key(key("down"))
    panel.on_key(key("enter"))
    panel.on_key(key("3"))
    assert (len(told), answered) == (1, ["mistyped", "tender"])


def test_no_scanned_figure_is_a_reason(root: Path) -> None:
    """Each question that asks why refuses what only a scanner sends."""
    loose = set[str]()
    for path in sorted((root / "tui").rglob("*.py")):
        for call in ast.walk(parsed(path)):
            if not isinstance(call, ast.Call) or getattr(call.func, "id", "") != "Ask":
                continue
            title = ast.unparse(call.args[0])
            is_typed = any(each.arg == "is_typed" for each in call.keywords)
            if "why" in title.casefold() and not is_typed:
                loose.add(f"{path.name}: {title}")
    assert not loose


def test_a_bag_may_be_scanned_and_a_reason_not() -> None:
    asked = [_question([choice, "5"], None) for choice in CHOICES]
    assert [panel._is_typed for panel in asked if isinstance(panel, Ask)] == [True, True, False]


@pytest.mark.parametrize(("typed", "read"), [("13", "13"), ("13%", "13"), (" 9 ％ ", "9")])
def test_a_tax_is_typed_with_its_sign_or_without(typed: str, read: str) -> None:
    tax = next(question for question in STORE if question.key == "tax_percent")
    assert tax.read(typed) == read and tax.takes(tax.read(typed))
    assert not tax.takes(tax.read("x%"))
