"""The status row: devices, print queue, backup, and what the last operation did."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from textual.strip import Strip

from tui.desk.glyphs import glyphs
from tui.desk.safe import clean
from tui.desk.words import again, t
from tui.widgets.rows import Piece, Rows

if TYPE_CHECKING:
    from tui.desk.app import DeskbellApp
    from tui.desk.frame_state import Chip

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
        for chip in app.frame.chips:
            pieces += self._chip(chip)
        if app.frame.backup:
            tone = "bad" if app.frame.is_backup_old else "muted"
            sign = f"{glyphs().fault} " if app.frame.is_backup_old else ""
            text = t("Backup {time}", time=clean(app.frame.backup))
            pieces += [(f"{sign}{text}", tone), ("  ", "")]
        if app.frame.queue is not None:
            tone = "warn" if app.frame.queue else "muted"
            pieces += [(t("To print {count}", count=app.frame.queue), tone)]
        return self.strip_of(pieces)

    def _chip(self, chip: Chip) -> list[Piece]:
        signs = {"good": glyphs().on, "off": glyphs().off, "bad": glyphs().fault}
        name = t(chip.name)
        text = f"{name} {t(chip.text)}" if chip.text else name
        tone = TONES[chip.state]
        return [
            (signs[chip.state], tone),
            (clean(text), tone if chip.state == "bad" else "muted"),
            ("  ", ""),
        ]
