"""Tables on a terminal: columns in cells, where a Chinese character takes two."""

from __future__ import annotations

from collections.abc import Sequence

from receipts.terminal import cells
from tui.commands.terminal.speech import harmless, out


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
