"""The least that a scan costs on a screen: a bare Textual app with one widget that draws lines.

No store, no gate, no key map: keys are caught in the app, Enter adds a line and a total. Run it in
a terminal; bench/scanning.py scans into it in the same minute as into the counter.
"""

from __future__ import annotations

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget


class Lines(Widget):
    """The lines, the last at the bottom, and their total under them."""

    DEFAULT_CSS = "Lines { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []

    def add(self, code: str) -> None:
        height = self.size.height - 1
        self.codes.append(code)
        if len(self.codes) <= height:
            self.refresh(Region(0, len(self.codes) - 1, self.size.width, 1))
            self.refresh(Region(0, height, self.size.width, 1))
        else:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        height = self.size.height - 1
        first = max(0, len(self.codes) - height)
        if y == height:
            text = f"total {len(self.codes)}"
        else:
            index = first + y
            text = f"{index + 1:5} {self.codes[index]}" if index < len(self.codes) else ""
        return Strip([Segment(text.ljust(self.size.width))], self.size.width)


class Floor(App[None]):
    """Scans in, lines out."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        self.typed = ""

    def compose(self) -> ComposeResult:
        yield Lines()

    async def on_event(self, event: events.Event) -> None:
        if isinstance(event, events.Key) and not event.is_forwarded:
            if event.key == "enter":
                self.query_one(Lines).add(self.typed)
                self.typed = ""
            else:
                self.typed += event.character or ""
            return
        await super().on_event(event)


if __name__ == "__main__":
    Floor().run()
