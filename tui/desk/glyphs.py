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

# Punctuation of ambiguous width, as it stands in texts; each becomes one ASCII sign.
_PLAIN = str.maketrans("“”‘’…—–·•×→←↑↓°±─│", "\"\"''~--.*x><^v'+-|")

_now = FANCY


def glyphs() -> Glyphs:
    """The signs to draw with now."""
    return _now


def use_ascii(is_ascii: bool) -> None:
    """Draw with ASCII alone from now on, or with all signs again."""
    global _now
    _now = ASCII if is_ascii else FANCY


def plain(text: str) -> str:
    """A text with the signs that may be drawn now; as many cells as before."""
    return text.translate(_PLAIN) if _now.is_ascii and not text.isascii() else text
