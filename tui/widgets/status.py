"""The status row: devices, print queue, backup, and what the last operation did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from receipts.terminal import cells
from tui.desk.glyphs import glyphs
from tui.desk.safe import clean, cut
from tui.desk.words import again, t
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.frame_state import Chip

GAP = 2
TONES = {"good": "good", "off": "muted", "bad": "bad"}


class Status(Rows):
    """Reads the app's `frame` and `notices`."""

    def render_line(self, y: int) -> Strip:
        if y:
            return self.blank()
        app = cast("DeskbellApp", self.app)
        chips = list(self._chips())
        message = self._message()
        # The gap behind the last chip may be cut off.
        room = self.size.width + GAP - 1
        if message and app.frame.queue and _width([*message, *chain(*chips)]) > room:
            # Paper that waits is seen behind a message of any length.
            chips.insert(0, chips.pop())
            (said, tone), gap = message
            message = [(cut(said, room - _width([gap, *chips[0]])), tone), gap]
        pieces: list[Piece] = [(" ", ""), *message]
        used = _width(message)
        for chip in chips:
            # A chip stands there whole or not at all: a message may take its place for seconds.
            if (used := used + _width(chip)) > room:
                break
            pieces += chip
        return self.strip_of(pieces)

    def _message(self) -> list[Piece]:
        """What is being done, or what was said last, and a gap; nothing otherwise."""
        notices = cast("DeskbellApp", self.app).notices
        if notices.busy:
            return [(again(notices.busy), "accent"), ("   ", "")]
        if not notices.message:
            return []
        said = clean(again(notices.message))
        done = (f"{glyphs().marked} {said}", "good")
        return [done if notices.is_done else (said, "accent"), ("   ", "")]

    def _chips(self) -> Iterator[list[Piece]]:
        """Devices, those that fail first; then backup and print queue."""
        frame = cast("DeskbellApp", self.app).frame
        for chip in sorted(frame.chips, key=lambda chip: chip.state != "bad"):
            yield self._chip(chip)
        if frame.backup:
            tone = "bad" if frame.is_backup_old else "muted"
            sign = f"{glyphs().fault} " if frame.is_backup_old else ""
            text = t("Backup {time}", time=clean(frame.backup))
            yield [(f"{sign}{text}", tone), (" " * GAP, "")]
        if frame.queue is not None:
            tone = "warn" if frame.queue else "muted"
            yield [(t("To print {count}", count=frame.queue), tone), (" " * GAP, "")]

    def _chip(self, chip: Chip) -> list[Piece]:
        signs = {"good": glyphs().on, "off": glyphs().off, "bad": glyphs().fault}
        name = t(chip.name)
        text = f"{name} {t(chip.text)}" if chip.text else name
        tone = TONES[chip.state]
        return [
            (signs[chip.state], tone),
            (clean(text), tone if chip.state == "bad" else "muted"),
            (" " * GAP, ""),
        ]


def _width(pieces: Iterable[Piece]) -> int:
    return sum(cells(text) for text, _ in pieces)
