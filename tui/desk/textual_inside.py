"""What the counter takes from inside Textual, each with its reason: private parts that may change
with any version. Nothing else of the program names one; after a new version look here first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from textual._callback import invoke as call_back
from textual._styles_cache import StylesCache
from textual._time import get_time
from textual._xterm_parser import XTermParser

if TYPE_CHECKING:
    from textual.screen import Screen

__all__ = ["OVERRIDDEN", "StylesCache", "XTermParser", "call_back", "get_time", "paint_now"]

# The clock of events: what a key's time is compared with must be of the same clock (get_time).
# Handlers are called with as many arguments as they take, as Textual itself does (call_back).
# Bytes of the terminal become events as Textual reads them, behind our own scanner (XTermParser).
# Strips of a widget are kept by us where ours are smaller, and counted in memory (StylesCache).

# Private methods of Textual's classes that ours replace, and why.
OVERRIDDEN: Final[dict[str, str]] = {
    "_dispatch_message": "a refusal that a handler raises is told, and does not end the program",
    "_display": "the gate must know when a screen was written, to trust the keys behind it",
    "_get_dispatch_methods": "the same refusal, where a message is handled by several classes",
    "_handle_exception": "a refusal of a timer is told",
    "_on_blur": "an entry draws its caret only where it has the focus",
    "_on_focus": "the same",
    "_on_key": "an entry takes what it can hold and leaves the other keys to the screen",
}


def paint_now(screen: Screen[Any]) -> None:
    """Paint what has changed now, instead of at Textual's next tick, up to 17 ms later."""
    # Each would say it by two messages; where one needs another layout, they are waited for.
    changed = [each for each in screen._compositor.visible_widgets if each._repaint_required]
    if not any(each._layout_required for each in changed):
        for each in changed:
            each._repaint_required = False
        screen._dirty_widgets.update(changed)
    with screen._context():
        screen._on_timer_update()
