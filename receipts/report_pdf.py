"""A report as PDF: A4 lying, the headings on each page, Chinese without a font file; below it the
bars of one that is drawn.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from receipts.clean import clean_for_paper
from receipts.report_bars import drawn, measured, part_of
from receipts.report_forms import heads, period_text, text_rows
from receipts.words import Language, say

if TYPE_CHECKING:
    from models.reports.report import Report

MM = 72 / 25.4
WIDTH, HEIGHT, MARGIN = 297 * MM, 210 * MM, 12 * MM
FONT = "STSong-Light"
LARGEST_PT, SMALLEST_PT, GAP_PT = 9.0, 5.5, 8.0
# No text takes more of a line than this part, so that one long note leaves room for the rest.
WIDEST_PART = 0.4
# The bars: the longest name in points, and how dark one above and one below zero is.
NAME_PT, DARK, LIGHT = 150.0, 0.35, 0.75


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a report on paper."""

    store: str
    is_demo: bool


def pdf_bytes(report: Report, lang: Language, heading: Heading) -> bytes:
    """The report as a PDF file; the same report gives the same bytes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(WIDTH, HEIGHT), invariant=1)
    canvas.setTitle(say(report.kind.title, lang))
    _Pages(report, lang, heading, canvas).draw()
    canvas.save()
    return out.getvalue()


class _Pages:
    def __init__(self, report: Report, lang: Language, heading: Heading, canvas: Any) -> None:
        self.report, self.lang, self.canvas = report, lang, canvas
        self.top = _clean(_top_line(report, lang, heading))
        self.rows = [[_clean(cell) for cell in row] for row in text_rows(report, lang)]
        self.heads = [_clean(head) for head in heads(report, lang)]
        self.is_right = [column.is_number for column in report.columns]
        self.size, self.widths = self._fitting()
        self.step = self.size * 1.5
        self.page, self.y = 0, 0.0

    def draw(self) -> None:
        self._new_page()
        for number, row in enumerate(self.rows):
            if self.y - self.step < MARGIN + self.step:
                self._foot()
                self.canvas.showPage()
                self._new_page()
            if self.report.totals and number == len(self.rows) - 1:
                self._rule()
            self._row(row)
        self._bars()
        self._foot()

    def _bars(self) -> None:
        """The bars below the rows; on a page of their own where they do not fit below."""
        bars = drawn(self.report, self.lang)
        if not bars:
            return
        step = min(self.step, (HEIGHT - 2 * MARGIN - 40) / (len(bars) + 2))
        if self.y - (len(bars) + 2) * step < MARGIN + step:
            self._foot()
            self.canvas.showPage()
            self.page += 1
            self.y = HEIGHT - MARGIN
        place = measured(self.report.columns)
        assert place is not None
        self.y -= step
        self._line(f"{say(self.report.kind.title, self.lang)}: {self.heads[place]}", 9)
        size = min(self.size, step / 1.3)
        names = [_cut(_clean(bar.name), NAME_PT, size, is_number=False) for bar in bars]
        figure = max(_width(name, size) for name in names) + GAP_PT
        figure += MARGIN + max(_width(bar.text, size) for bar in bars)
        left = figure + GAP_PT
        for bar, name in zip(bars, names, strict=True):
            self.y -= step
            self.canvas.setFont(FONT, size)
            self.canvas.drawString(MARGIN, self.y, name)
            self.canvas.drawRightString(figure, self.y, bar.text)
            self.canvas.setFillGray(DARK if bar.size >= 0 else LIGHT)
            room = int(WIDTH - MARGIN - left)
            wide = part_of(bar, bars, room)
            self.canvas.rect(left, self.y - step * 0.15, wide, step * 0.7, stroke=0, fill=1)
            self.canvas.setFillGray(0)

    def _fitting(self) -> tuple[float, list[float]]:
        """The largest size of type at which all columns fit, and their widths; else the smallest,
        with the widest columns cut.
        """
        room = WIDTH - 2 * MARGIN
        size = LARGEST_PT
        while True:
            widths = [self._widest(place, size) for place in range(len(self.heads))]
            if sum(widths) <= room or size <= SMALLEST_PT:
                break
            size -= 0.5
        too_much = sum(widths) / room
        return size, [width / max(too_much, 1) for width in widths]

    def _widest(self, place: int, size: float) -> float:
        texts = (row[place] for row in (self.heads, *self.rows))
        widest = max(_width(text, size) for text in texts) + GAP_PT
        return widest if self.is_right[place] else min(widest, (WIDTH - 2 * MARGIN) * WIDEST_PART)

    def _new_page(self) -> None:
        self.page += 1
        self.y = HEIGHT - MARGIN
        if self.page == 1:
            self._line(say(self.report.kind.title, self.lang), 14)
        self._line(self.top, 8)
        self.y -= 4
        self._row(self.heads)
        self._rule()

    def _line(self, text: str, size: float) -> None:
        self.y -= size * 1.4
        self.canvas.setFont(FONT, size)
        self.canvas.drawString(MARGIN, self.y, text)

    def _row(self, row: list[str]) -> None:
        self.y -= self.step
        self.canvas.setFont(FONT, self.size)
        x = MARGIN
        for cell, width, is_right in zip(row, self.widths, self.is_right, strict=True):
            text = _cut(cell, width - GAP_PT / 2, self.size, is_number=is_right)
            if is_right:
                self.canvas.drawRightString(x + width - GAP_PT, self.y, text)
            else:
                self.canvas.drawString(x, self.y, text)
            x += width

    def _rule(self) -> None:
        self.canvas.setLineWidth(0.5)
        below = self.y - self.size * 0.35
        self.canvas.line(MARGIN, below, WIDTH - MARGIN, below)

    def _foot(self) -> None:
        self.canvas.setFont(FONT, 7)
        self.canvas.drawRightString(WIDTH - MARGIN, MARGIN * 0.6, str(self.page))


def _top_line(report: Report, lang: Language, heading: Heading) -> str:
    mark = f"** {say('DEMO - not a receipt', lang)} **  " if heading.is_demo else ""
    return f"{mark}{heading.store}  {period_text(report, lang)}"


def _clean(text: str) -> str:
    return clean_for_paper(text).text


def _width(text: str, size: float) -> float:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, FONT, size))


def _cut(text: str, width: float, size: float, *, is_number: bool) -> str:
    """As much of a text as fits; a number is never cut into another one."""
    if is_number or _width(text, size) <= width:
        return text
    while text and _width(text + "…", size) > width:
        text = text[:-1]
    return text + "…"
