"""A laid out slip as plain text: what goes into files, and what people read in tests."""

from __future__ import annotations

from receipts.clean import cells
from receipts.layout import Line, Sheet, Symbol


def text_of(sheet: Sheet) -> str:
    """The slip as text; wide lines stand in single width, codes as their content."""
    return "".join(text_of_part(part, sheet).rstrip() + "\n" for part in sheet.lines)


def text_of_part(part: Line | Symbol, sheet: Sheet) -> str:
    """One line or symbol as text."""
    if isinstance(part, Line):
        return centred(part.text.strip(), sheet) if part.wide else part.text
    if part.kind == "cut":
        return "- " * (sheet.columns // 2)
    mark = f"[QR] {part.data}" if part.kind == "qr" else f"||| {part.data} |||"
    return centred(mark, sheet)


def centred(text: str, sheet: Sheet) -> str:
    """Text in the middle of the paper."""
    return " " * (max(0, sheet.columns - cells(text, sheet.codepage)) // 2) + text
