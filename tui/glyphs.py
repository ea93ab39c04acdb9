"""The signs the screens draw, and their ASCII stand-ins.

Box lines, blocks, bullets and the ellipsis are of ambiguous width: some consoles set to Chinese
draw them two cells wide, which shifts the row. `use_ascii(True)` replaces them all.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyphs:
    """One set of signs, each one cell wide."""

    line: str
    upright: str
    entry: str
    cursor: str
    marked: str
    on: str
    off: str
    fault: str
    ellipsis: str
    thumb: str
    track: str
    dot: str
    is_ascii: bool


FANCY = Glyphs("─", "│", "▌", "▶", "✓", "●", "○", "▲", "…", "┃", "│", "·", is_ascii=False)
ASCII = Glyphs("-", "|", ">", ">", "x", "*", "o", "!", "~", "#", "|", ".", is_ascii=True)

_now = FANCY


def glyphs() -> Glyphs:
    """The signs to draw with now."""
    return _now


def use_ascii(is_ascii: bool) -> None:
    """Draw with ASCII alone from now on, or with all signs again."""
    global _now
    _now = ASCII if is_ascii else FANCY
