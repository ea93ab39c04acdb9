"""A laid out slip as PDF: on a roll of 80 mm, or on A4. Chinese without a font file.

The characters stand on the cells of the layout. STSong-Light is one of the fonts that every PDF
viewer brings or replaces, so none is embedded.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from models.base.texts import one_line
from receipts.clean import cells
from receipts.layout import Line, Sheet, Symbol

MM = 72 / 25.4
CHINESE_FONT, LATIN_FONT, LATIN_BOLD = "STSong-Light", "Courier", "Courier-Bold"
COURIER_ADVANCE = 0.6
LINE_CELLS = 2.6  # Height of a line in cell widths.
CODE_MM = 12.0
QR_MM = 28.0


@dataclass(frozen=True, slots=True)
class Paper:
    """Width and height in millimetres; height 0 is as long as the slip."""

    width_mm: float
    height_mm: float
    margin_mm: float


ROLL_80 = Paper(80, 0, 4)
A4 = Paper(210, 297, 20)


def pdf_bytes(sheet: Sheet, paper: Paper = ROLL_80, *, title: str = "") -> bytes:
    """The slip as a PDF file; the same slip gives the same bytes."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont(CHINESE_FONT))
    drawing = _Drawing(sheet, paper)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(paper.width_mm * MM, drawing.page_height), invariant=1)
    canvas.setTitle(one_line(title))
    drawing.draw(canvas)
    canvas.save()
    return out.getvalue()


class _Drawing:
    def __init__(self, sheet: Sheet, paper: Paper) -> None:
        self.sheet, self.paper = sheet, paper
        self.margin = paper.margin_mm * MM
        room = paper.width_mm * MM - 2 * self.margin
        # On a wide page a till slip keeps a readable size instead of growing to the margins.
        self.cell = min(room / sheet.columns, 6.0)
        self.left = (paper.width_mm * MM - self.cell * sheet.columns) / 2
        self.page_height = paper.height_mm * MM or self._length()

    def draw(self, canvas: Any) -> None:
        y = self.page_height - self.margin
        for part in self.sheet.lines:
            height = self._height(part)
            if y - height < self.margin and self.paper.height_mm:
                canvas.showPage()
                y = self.page_height - self.margin
            y -= height
            self._draw_part(canvas, part, y)

    def _length(self) -> float:
        return 2 * self.margin + sum(self._height(part) for part in self.sheet.lines)

    def _height(self, part: Line | Symbol) -> float:
        if isinstance(part, Line):
            return self.cell * LINE_CELLS * (1.7 if part.tall else 1)
        bars = (CODE_MM + 5) * MM
        return {"cut": 0.0, "code128": bars, "ean13": bars, "qr": (QR_MM + 2) * MM}[part.kind]

    def _draw_part(self, canvas: Any, part: Line | Symbol, y: float) -> None:
        if isinstance(part, Line):
            self._draw_line(canvas, part, y)
        elif part.data and part.kind in ("code128", "ean13"):
            self._draw_barcode(canvas, part.data, y)
        elif part.data and part.kind == "qr":
            self._draw_qr(canvas, part.data, y)

    def _draw_line(self, canvas: Any, line: Line, y: float) -> None:
        canvas.saveState()
        canvas.translate(self.left, y + self.cell * 0.6)
        canvas.scale(2 if line.wide else 1, 1.6 if line.tall else 1)
        x = 0.0
        for run, width in _runs(line.text, self.sheet.codepage):
            self._draw_run(canvas, run, x, bold=line.bold)
            x += width * self.cell
        canvas.restoreState()

    def _draw_run(self, canvas: Any, run: str, x: float, *, bold: bool) -> None:
        text = canvas.beginText(x, 0)
        if run.isascii():
            text.setFont(LATIN_BOLD if bold else LATIN_FONT, self.cell / COURIER_ADVANCE)
        else:
            text.setFont(CHINESE_FONT, self.cell * 2)
            # The font has no bold face; its outline is drawn as well.
            text.setTextRenderMode(2 if bold else 0)
            canvas.setLineWidth(self.cell * 0.06)
        text.textOut(run)
        canvas.drawText(text)

    def _draw_barcode(self, canvas: Any, data: str, y: float) -> None:
        from reportlab.graphics.barcode.code128 import Code128

        code = Code128(data, barHeight=CODE_MM * MM, barWidth=1.0, humanReadable=True)
        room = self.paper.width_mm * MM - 2 * self.margin
        if code.width > room:
            code = Code128(
                data, barHeight=CODE_MM * MM, barWidth=room / code.width, humanReadable=True
            )
        code.drawOn(canvas, (self.paper.width_mm * MM - code.width) / 2, y + 4 * MM)

    def _draw_qr(self, canvas: Any, data: str, y: float) -> None:
        from reportlab.graphics import renderPDF
        from reportlab.graphics.barcode.qr import QrCodeWidget
        from reportlab.graphics.shapes import Drawing

        side = QR_MM * MM
        drawing = Drawing(side, side)
        drawing.add(QrCodeWidget(data, barWidth=side, barHeight=side))
        renderPDF.draw(drawing, canvas, (self.paper.width_mm * MM - side) / 2, y + 1 * MM)


def _runs(text: str, codepage: str) -> list[tuple[str, int]]:
    """Pieces that a font draws on the grid by itself, with their cells: runs of ASCII, and every
    other character alone because its width in the font is not always that on paper.
    """
    runs: list[tuple[str, int]] = []
    for one in text:
        if runs and one.isascii() and runs[-1][0].isascii():
            runs[-1] = (runs[-1][0] + one, runs[-1][1] + 1)
        else:
            runs.append((one, cells(one, codepage)))
    return runs
