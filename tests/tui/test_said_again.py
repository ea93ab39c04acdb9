"""Ctrl+L while something stands on the screen: it is said again in the other language."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from receipts.words import word
from tests.sources import parsed
from tests.tui.pace import quick_keys
from tui.desk.app import DeskbellApp
from tui.desk.frame import FrameScreen
from tui.desk.words import language, said, speak
from tui.widgets.entry import Entry
from tui.widgets.panel import Confirm

# What keeps the text that it is given; which of its arguments that is.
KEEP = {"question": 0, "Words": 0, "Confirm": 1, "Message": 1, "alarm_text": 0}


def frozen(tree: ast.AST) -> Iterator[int]:
    """Lines where something that stays on the screen is given a text in the language of then."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            kept = call.args[KEEP[name]] if len(call.args) > KEEP.get(name, 99) else None
            if isinstance(kept, ast.Call) and getattr(kept.func, "id", "") == "t":
                yield call.lineno


def test_what_stays_on_the_screen_knows_how_it_is_said(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{line}"
        for path in sorted((root / "tui").rglob("*.py"))
        for line in frozen(parsed(path))
    ]
    assert not found, "said(...), which is said again after Ctrl+L, instead of t(...)"
    assert list(frozen(ast.parse('await self.question(t("How many?"))'))) == [1]


class Ground(FrameScreen):
    """Asks in its line what 9 comes to."""

    def body(self) -> Iterable[Any]:
        yield Entry()

    async def do_pay(self) -> None:
        prompt = said("{what}: 10 per cent or -5.00, 0 none", what=said("Discount"))
        await self.question(prompt, preview=lambda typed: f"{typed}={language()}")


def text_of(app: DeskbellApp) -> str:
    screen = app.screen
    strips = screen._compositor.render_strips(screen.size)
    return "".join("".join(part.text for part in strip) for strip in strips)


async def test_a_question_an_alarm_and_a_panel_change_their_language_at_once() -> None:
    app = DeskbellApp(lang="zh")
    try:
        with quick_keys():
            async with app.run_test(size=(80, 24)) as pilot:
                ground = Ground()
                await app.push_screen(ground)
                await pilot.pause()
                app.jobs.start(ground.do_pay)
                await pilot.pause()
                await pilot.press("9")
                await pilot.pause()
                app.inform(word("Saved: {name}"), name="A")
                await pilot.pause()
                assert "9=zh" in text_of(app) and "折扣" in text_of(app)
                await pilot.press("ctrl+l")
                await pilot.pause()
                shown = text_of(app)
                assert "Discount: 10 per cent" in shown and "9=en" in shown
                assert "Saved: A" in shown
                app.alarm(word("Nothing is scanned here: {code}"), code="77")
                # A key that comes so soon was not pressed by somebody who had read it.
                app.notices.alarmed_at += 60
                await pilot.press("ctrl+l")
                await pilot.pause()
                assert "77" in text_of(app)
                app.jobs.start(
                    app.ask, Confirm(word("Close the day"), said("Saved: {name}", name="B"))
                )
                await pilot.pause()
                assert "已保存：B" in text_of(app)
                await pilot.press("ctrl+l")
                await pilot.pause()
                assert "Saved: B" in text_of(app)
                app.exit()
    finally:
        speak("zh")
