"""A list of reasons begins with nothing chosen: Enter asks for one, a digit or an arrow chooses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from models.shop.return_reasons import VOID_REASONS
from tui.commands.answers import STORE
from tui.shop.coming_back import AskReason


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


@pytest.mark.parametrize(("typed", "read"), [("13", "13"), ("13%", "13"), (" 9 ％ ", "9")])
def test_a_tax_is_typed_with_its_sign_or_without(typed: str, read: str) -> None:
    tax = next(question for question in STORE if question.key == "tax_percent")
    assert tax.read(typed) == read and tax.takes(tax.read(typed))
    assert not tax.takes(tax.read("x%"))
