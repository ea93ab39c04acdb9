"""How wide a text is on a terminal, and where its rows may end. On paper it is another: clean.py.

Commands start without Rich: it is loaded with the first text that is not plain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache


def cells(text: str) -> int:
    """How many cells a text takes."""
    return len(text) if text.isascii() else _measure()(text)


@cache
def _measure() -> Callable[[str], int]:
    from rich.cells import cell_len

    return cell_len


def broken(text: str, width: int) -> list[str]:
    """A text in rows of at most `width` cells: at blanks, or between wide characters; a word that
    is longer than a row is cut.
    """
    rows = []
    for paragraph in text.split("\n"):
        row = ""
        for part in _parts(paragraph, width):
            if row and cells(row + part.rstrip()) > width:
                rows.append(row.rstrip())
                row = part.lstrip()
            else:
                row += part
        rows.append(row.rstrip())
    return rows


def _parts(text: str, width: int) -> Iterable[str]:
    """Where a row may end: behind a blank, around each wide character, and where a row is full."""
    part = ""
    for character in text:
        is_wide = not character.isascii() and cells(character) == 2
        is_end = is_wide and character not in "，。；：、？！）」"
        if part and (is_end or cells(part) >= width):
            yield part
            part = ""
        part += character
        if character == " ":
            yield part
            part = ""
    if part:
        yield part
