"""A laid out slip for the screen: the same columns as on paper, in terminal cells.

A terminal shows some characters in one cell to which the printer gives two (× “ ” …); they get a
space behind them here, so that columns stand below each other as they will be printed.
"""

from __future__ import annotations

from dataclasses import dataclass

from receipts import terminal
from receipts.clean import cells
from receipts.layout import Line, Sheet, Symbol
from receipts.text import text_of_part

PLAIN, BOLD, LARGE, CODE, CUT = "plain", "bold", "large", "code", "cut"


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """`style` is plain, bold, large, code or cut; the text is padded to the paper's width."""

    text: str
    style: str


def preview(sheet: Sheet) -> list[PreviewLine]:
    """The lines of the slip, each as wide as the paper."""
    return [_preview_line(part, sheet) for part in sheet.lines]


def _preview_line(part: Line | Symbol, sheet: Sheet) -> PreviewLine:
    text = _on_grid(text_of_part(part, sheet), sheet)
    if isinstance(part, Symbol):
        return PreviewLine(text, CUT if part.kind == "cut" else CODE)
    style = LARGE if part.tall or part.wide else BOLD if part.bold else PLAIN
    return PreviewLine(text, style)


def _on_grid(text: str, sheet: Sheet) -> str:
    shown = "".join(
        one + " " * max(0, cells(one, sheet.codepage) - terminal.cells(one)) for one in text
    )
    return shown + " " * max(0, sheet.columns - cells(text, sheet.codepage))
