"""The key strip: every key that works now, in one row or two, made from the key map."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual import events
from textual.strip import Strip

from tui.desk.glyphs import glyphs
from tui.desk.key_rows import Command
from tui.desk.safe import cells
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.frame import FrameScreen

MOST_ROWS = 2
# Help stands first; menu, leave and back stand last, and never give way to others.
LAST_RANK = 96


class KeyStrip(Rows):
    """Draws what the screen offers; a click on a key is that key."""

    # Whether F12 stands there: only while it has something to take back.
    shows_cancel = False
    _most = 1
    _gap = 1

    def on_mount(self) -> None:
        self.update_rows()

    def on_resize(self, event: events.Resize) -> None:
        self.words_changed()

    def words_changed(self) -> None:
        """Another width, or other words: the height is found anew."""
        self._most = 1
        self.update_rows()

    def update_rows(self) -> None:
        """Take one row or two, and draw again. It does not shrink: a question moves nothing."""
        if self.size.width or self.app.size.width:
            self._most = max(self._most, len(self._layout()))
            if self.styles.height is None or self.styles.height.value != self._most:
                self.styles.height = self._most
        self.refresh()

    def render_line(self, y: int) -> Strip:
        rows = self._layout()
        pieces: list[Piece] = [(" ", "")]
        self.shows_cancel = cast("FrameScreen", self.screen).can_cancel()
        for place, command in enumerate(rows[y] if y < len(rows) else ()):
            if command.id == "cancel" and not self.shows_cancel:
                # Its place stays free, so that no key moves when something is typed.
                continue
            # No gap behind the last one: a full row would be drawn as a cut one.
            gap = " " * self._gap if place else ""
            pieces += [(gap, ""), (key_text(command), "key"), (t(command.label), "")]
        return self.strip_of(pieces)

    def on_click(self, event: events.Click) -> None:
        rows = self._layout()
        at = 1
        for command in rows[event.y] if event.y < len(rows) else ():
            at += _width(command) + self._gap
            if event.x < at:
                cast("DeskbellApp", self.app).gate.put_command(command.id)
                return

    def commands(self) -> list[Command]:
        """What stands on the strip, in order."""
        app = cast("DeskbellApp", self.app)
        screen = cast("FrameScreen", self.screen)
        rows = [row for row in app.keymap.on(screen.key_kind) if row.rank and row.keys]
        return [
            screen.worded(row)
            for row in rows
            if (hasattr(screen, row.method) or hasattr(app, row.method)) and screen.offers(row)
        ]

    def _layout(self) -> list[list[Command]]:
        commands = self.commands()
        room = (self.size.width or self.app.size.width) - 1
        while True:
            rows, self._gap = _rows(commands, room, gap=1), 1
            if len(rows) <= MOST_ROWS:
                wide = _rows(commands, room, gap=2)
                if len(wide) == len(rows):
                    rows, self._gap = wide, 2
                return rows
            # What does not fit is in the menu and in F1.
            spare = [row for row in commands if 1 < row.rank < LAST_RANK]
            if not spare:
                return rows[:MOST_ROWS]
            commands.remove(spare[-1])


def key_text(command: Command) -> str:
    """The key as the strip draws it."""
    return command.key_text.replace("…", glyphs().ellipsis)


def _width(command: Command) -> int:
    return cells(key_text(command)) + cells(t(command.label))


def _rows(commands: list[Command], room: int, *, gap: int) -> list[list[Command]]:
    rows: list[list[Command]] = [[]]
    used = 0
    for command in commands:
        width = _width(command) + gap
        if used + width - gap > room and rows[-1]:
            rows.append([])
            used = 0
        rows[-1].append(command)
        used += width
    return rows
