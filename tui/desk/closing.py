"""Which screens stay when another user signs in over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk.frame import FrameScreen
from tui.widgets.panel import Panel

if TYPE_CHECKING:
    from models.trust.users import Rights
    from tui.desk.app import DeskbellApp


def close_unseen(app: DeskbellApp, rights: Rights, *, with_panels: bool) -> None:
    """Close the lowest screen that somebody with these rights may not see, and all that stands on
    it; `with_panels`: also questions that were put to somebody else, which are taken back.
    """
    stays = _staying(app, rights)
    while len(app.screen_stack) > stays or (with_panels and isinstance(app.top_screen, Panel)):
        before, screen = len(app.screen_stack), app.top_screen
        if isinstance(screen, Panel):
            screen.answer(None)
        elif isinstance(screen, FrameScreen):
            screen.is_taken_away = True
            screen.leave()
        if len(app.screen_stack) == before:
            app.pop_screen()


def _staying(app: DeskbellApp, rights: Rights) -> int:
    """How many screens, from the first one up, stay. The first is Textual's own, the second home,
    which is everybody's.
    """
    for place, screen in enumerate(app.screen_stack[2:], 2):
        if isinstance(screen, FrameScreen) and not screen.may_be_seen(rights):
            return place
    return len(app.screen_stack)
