"""Tables on a terminal: columns in cells, where a Chinese character takes two."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from tui.commands.speech import harmless, out


def cells(text: str) -> int:
    """How many cells a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.category(one) in ("Mn", "Me") else 1 + (_width(one) in "WF")
        for one in text
    )


def _width(one: str) -> str:
    width = unicodedata.east_asian_width(one)
    return width if width in ("W", "F") else "-"


def print_table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], *, right: Sequence[bool] = ()
) -> None:
    """Print rows under their heads, each column as wide as its widest cell."""
    aligned = [*right, *([False] * (len(heads) - len(right)))]
    lines = [[harmless(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(cells(line[place]) for line in lines) for place in range(len(heads))]
    for number, line in enumerate(lines):
        parts = (
            _padded(cell, width, is_right)
            for cell, width, is_right in zip(line, widths, aligned, strict=True)
        )
        out("  ".join(parts).rstrip())
        if number == 0:
            out("  ".join("-" * width for width in widths))


def _padded(cell: str, width: int, is_right: bool) -> str:
    blanks = " " * (width - cells(cell))
    return blanks + cell if is_right else cell + blanks


def folded(text: str, width: int) -> list[str]:
    """A text in rows of at most so many cells, broken at blanks or between wide characters."""
    rows, row = [], ""
    for part in re.findall(rf"[\x21-\x7e]{{1,{width}}} *|[^\x21-\x7e]", text):
        if row and cells(row + part.rstrip()) > width:
            rows.append(row.rstrip())
            row = ""
        row += part
    return [*rows, row.rstrip()]
