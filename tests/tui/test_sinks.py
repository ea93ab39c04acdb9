"""Whatever a name holds, no place of the screen hands it to the terminal: alarm, message, head,
panels, lists, the palette's rows.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Any

from receipts.words import word
from tests.receipts.hostile import NAMES
from tui.desk.app import DeskbellApp
from tui.desk.frame import FrameScreen
from tui.records.asking import Options
from tui.widgets.entry import Entry
from tui.widgets.line_list import Column, LineList
from tui.widgets.panel import Ask, Confirm, Message, Pick

HOSTILE = " ".join(NAMES).replace("\ud800", "") + "\ud800 end"


class Ground(FrameScreen):
    """A screen with a list and an entry."""

    kind = "ground"

    def title_text(self) -> str:
        return HOSTILE

    def body(self) -> Iterable[Any]:
        yield LineList([Column("", 0)], [(name,) for name in NAMES])
        yield Entry()

    def on_mount(self) -> None:
        self.entry.focus()


def harmless(app: DeskbellApp) -> str:
    """What is painted, after looking at each sign of it."""
    screen = app.screen
    strips = screen._compositor.render_strips(screen.size)
    text = "".join(part.text for strip in strips for part in strip)
    wrong = {sign for sign in text if unicodedata.category(sign) in ("Cc", "Cf", "Cs", "Zl", "Zp")}
    assert not wrong, [hex(ord(sign)) for sign in wrong]
    return text


async def test_no_place_of_the_screen_hands_on_what_a_terminal_obeys() -> None:
    app = DeskbellApp(lang="en")
    async with app.run_test(size=(132, 43)) as pilot:
        await app.push_screen(Ground())
        await pilot.pause()
        app.update_frame(register=HOSTILE[:60], user=HOSTILE[:60])
        app.alarm(word("Nothing in the menu is called {text}."), text=HOSTILE)
        await pilot.pause()
        assert "opens the drawer" in harmless(app)
        app.notices.alarm = ""
        app.inform(word("Saved: {name}"), name=HOSTILE)
        await pilot.pause()
        assert "opens the drawer" in harmless(app)
        column = Column("", 0, read=lambda row: row)
        for panel in (
            Message("{name}", HOSTILE, name=HOSTILE), Confirm("{name}", name=HOSTILE),
            Ask("{name}", name=HOSTILE), Options(HOSTILE, [(1, HOSTILE)], note=HOSTILE),
            Pick("{name}", [column], list(NAMES), name=HOSTILE),
        ):  # fmt: skip
            await app.push_screen(panel)
            await pilot.pause()
            harmless(app)
            # A panel tells an alarm itself.
            app.alarm(word("Nothing in the menu is called {text}."), text=HOSTILE)
            await pilot.pause()
            assert "is called" in harmless(app)
            app.notices.alarm = ""
            app.pop_screen()
            await pilot.pause()
