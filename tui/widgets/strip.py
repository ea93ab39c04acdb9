"""The key strip: every key that works now, in one row or two, made from the key map.

What does not fit is on a page behind, which its last key turns to. Under a panel it lists the keys
that the panel leaves over: those of the screen below do not work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, cast

from textual import events
from textual.geometry import Region
from textual.strip import Strip

from receipts.terminal import cells
from tui.desk.gate.key_rows import Command
from tui.desk.glyphs import glyphs
from tui.desk.words import t
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.frame import Painted

MOST_ROWS = 2
# Help stands first; menu, leave and back stand last, on every page.
LAST_RANK = 96
# A key of the strip and its cells, which are counted once: it is laid out several ways.
Placed = tuple[Command, int]


class KeyStrip(Rows):
    """Draws what the screen offers; a click on a key is that key."""

    # Whether F12 stands there: only while it has something to take back.
    shows_cancel = False
    _most = 1
    _gap = 1
    _page = 0
    _listed: tuple[str, ...] = ()
    # What stands there in so many cells, until it is drawn anew: each of its rows asks for it.
    _laid: tuple[int, list[list[Placed]]] | None = None

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
        self.refresh()
        if self._room >= 0:
            self._most = max(self._most, len(self._layout()))
            if self.styles.height is None or self.styles.height.value != self._most:
                self.styles.height = self._most

    def refresh(self, *regions: Region, **options: bool) -> Self:
        """Textual's."""
        if not regions:
            self._laid = None
        return super().refresh(*regions, **options)

    def render_line(self, y: int) -> Strip:
        rows = self._layout()
        pieces: list[Piece] = [(" ", "")]
        self.shows_cancel = self._speaker.can_cancel()
        for place, (command, _) in enumerate(rows[y] if y < len(rows) else ()):
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
        for command, width in rows[event.y] if event.y < len(rows) else ():
            at += width + self._gap
            if event.x < at:
                cast("DeskbellApp", self.app).gate.put_command(command.id)
                return

    def commands(self) -> list[Command]:
        """What works now, in order; on all pages together."""
        app, speaker = cast("DeskbellApp", self.app), self._speaker
        told = speaker.keys_told()
        rows = [row for row in app.keymap.on(speaker.key_kind) if row.rank and row.keys]
        return [
            speaker.worded(row)
            for row in rows
            if (hasattr(speaker, row.method) or hasattr(app, row.method))
            and speaker.offers(row)
            and row.id not in told
        ]

    @property
    def has_pages(self) -> bool:
        """Whether there is more than what stands there now."""
        return len(self._pages()) > 1

    def turn(self) -> None:
        """Show the next page; behind the last one comes the first."""
        self._page += 1
        self.refresh()

    @property
    def _speaker(self) -> Painted:
        """The screen that the next key goes to: this one, or a panel over it."""
        top = cast("DeskbellApp", self.app).top_screen
        return cast("Painted", top if top is not None and top.is_modal else self.screen)

    @property
    def _room(self) -> int:
        return (self.size.width or self.app.size.width) - 1

    def _layout(self) -> list[list[Placed]]:
        room = self._room
        if self._laid is None or self._laid[0] != room:
            self._laid = (room, self._laid_out(room))
        return self._laid[1]

    def _laid_out(self, room: int) -> list[list[Placed]]:
        pages = self._pages()
        page = pages[self._page % len(pages)]
        wide = _rows(page, room, gap=2)
        rows = _rows(page, room, gap=1)
        self._gap = 2 if len(wide) == len(rows) else 1
        return wide if self._gap == 2 else rows

    def _pages(self) -> list[list[Placed]]:
        """One page when all fits; otherwise each begins with help and ends with the way on."""
        left, room = [_placed(row) for row in self.commands()], self._room
        listed = tuple(row.id for row, _ in left)
        if listed != self._listed:
            # Other keys begin on their first page.
            self._listed, self._page = listed, 0
        if len(_rows(left, room, gap=1)) <= MOST_ROWS:
            return [left]
        more = _placed(cast("DeskbellApp", self.app).keymap.commands["more_keys"])
        first = [one for one in left if one[0].rank <= 1]
        last = [more, *(one for one in left if one[0].rank >= LAST_RANK)]
        pages: list[list[Placed]] = [[]]
        for one in left:
            if not 1 < one[0].rank < LAST_RANK:
                continue
            full = [*first, *pages[-1], one, *last]
            if pages[-1] and len(_rows(full, room, gap=1)) > MOST_ROWS:
                pages.append([])
            pages[-1].append(one)
        return [[*first, *page, *last] for page in pages]


def key_text(command: Command) -> str:
    """The key as the strip draws it."""
    return command.key_text.replace("…", glyphs().ellipsis)


def _placed(command: Command) -> Placed:
    return command, cells(key_text(command)) + cells(t(command.label))


def _rows(keys: list[Placed], room: int, *, gap: int) -> list[list[Placed]]:
    rows: list[list[Placed]] = [[]]
    used = 0
    for command, bare in keys:
        width = bare + gap
        if used + width - gap > room and rows[-1]:
            rows.append([])
            used = 0
        rows[-1].append((command, bare))
        used += width
    return rows
