"""The status row: devices, print queue, backup, and what the last operation did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
        pieces: list[Piece] = [(" ", "")]
        if app.notices.busy:
            pieces += [(again(app.notices.busy), "accent"), ("   ", "")]
        elif app.notices.message:
            said = clean(again(app.notices.message))
            done = (f"{glyphs().marked} {said}", "good")
            pieces += [done if app.notices.is_done else (said, "accent"), ("   ", "")]
        pieces = self._shortened(pieces)
        used = _width(pieces)
        for chip in self._chips():
            # A chip stands there whole or not at all: a message may take its place for seconds.
            if (used := used + _width(chip)) > self.size.width + GAP:
                break
            pieces += chip
        return self.strip_of(pieces)

    def _shortened(self, message: list[Piece]) -> list[Piece]:
        """The message, cut where paper that waits would not be seen behind it; and that then."""
        queue = self._queue() if cast("DeskbellApp", self.app).frame.queue else []
        chips = sum(_width(chip) for chip in self._chips())
        if not queue or _width(message) + chips <= self.size.width + GAP:
            return message
        room = self.size.width + GAP - _width(queue)
        (sign, tone), *rest = message
        if not rest:
            return message
        (text, its), *_ = rest
        return [(sign, tone), (cut(text, room - _width([(sign, tone)]) - GAP), its),
                (" " * GAP, ""), *queue]  # fmt: skip

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
            yield self._queue()

    def _queue(self) -> list[Piece]:
        queue = cast("DeskbellApp", self.app).frame.queue
        tone = "warn" if queue else "muted"
        return [(t("To print {count}", count=queue), tone), (" " * GAP, "")]

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
