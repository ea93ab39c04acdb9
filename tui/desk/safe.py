"""Text from people and files, made fit for the screen.

Names, notes and codes may hold markup (`[/oops]`), escape sequences, or marks that turn the reading
order round. Our widgets draw all text themselves: cleaned by `clean`, cut to its cells by `fit`,
and never parsed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from receipts.terminal import cells

# They ask for another drawing of the character before them, at a width that terminals disagree on.
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_BLANKS = re.compile("[\t\n\x0b\x0c\r\x85\u2028\u2029]+")
# Enough for every screen in use; the names of all that was ever sold would take five megabytes.
CUTS_KEPT = 1024


def clean(text: object) -> str:
    """One line of text without anything a terminal would obey."""
    line = str(text)
    if line.isascii() and line.isprintable():
        return line
    line = _VARIANTS.sub("", _BLANKS.sub(" ", line)).replace("\u3000", "  ")
    if line.isprintable():
        return line
    # Controls, bidirectional marks, joiners, surrogates and private characters are not printable.
    return "".join(" " if c.isspace() else c for c in line if c.isprintable() or c.isspace())


@lru_cache(maxsize=CUTS_KEPT)
def cut(text: str, width: int, mark: str = "…") -> str:
    """Clean text of at most `width` cells; cut text ends in `mark`, never in half a character."""
    text = clean(text)
    if cells(text) <= width:
        return text
    room = width - cells(mark)
    if room < 0:
        return " " * width
    used, end = 0, 0
    for end, character in enumerate(text):  # noqa: B007
        step = cells(character)
        if used + step > room:
            break
        used += step
    return text[:end] + mark


@lru_cache(maxsize=CUTS_KEPT)
def cut_inside(text: str, width: int, mark: str = "…") -> str:
    """The same, but the last word stays where it takes less than half: of two bottles of one name
    it is the size that tells which.
    """
    text = clean(text).rstrip()
    head, _, last = text.rpartition(" ")
    room = width - cells(last)
    if not head or cells(text) <= width or room <= width // 2:
        return cut(text, width, mark)
    return cut(f"{head} ", room, mark) + last


@lru_cache(maxsize=CUTS_KEPT)
def fit(text: str, width: int, align: str = "left", mark: str = "…") -> str:
    """Clean text of exactly `width` cells, cut or padded; `align` is left, right or center.

    What stands right is a number, and a cut number is another number: it shows as ####.
    """
    if align == "right" and cells(clean(text)) > width:
        return "#" * width
    if cells(text) > width:
        # Blanks that stand over are no words that were cut.
        text = text.rstrip()
    text = cut(text, width, mark)
    blank = width - cells(text)
    if blank <= 0:
        return text
    if align == "right":
        return " " * blank + text
    if align == "center":
        return " " * (blank // 2) + text + " " * (blank - blank // 2)
    return text + " " * blank
