"""The counter: screens, keys, and the words on the screen.

Importing this package settles what Textual reads from the environment, and nothing else: Textual
takes those settings once, when it is first imported, so they must stand before any of our modules
imports it.
"""

from __future__ import annotations

import os

SLOW_LINE_FPS = "15"

# A till does not animate: each step of a smooth scroll would be a repaint.
os.environ["TEXTUAL_ANIMATIONS"] = "none"
# Esc arrives after this many ms without a second byte; 100 is felt, 50 still joins split sequences.
os.environ.setdefault("ESCDELAY", "50")


def use_slow_line() -> None:
    """Fewer repaints, for a serial or a slow SSH line. Call it before tui.desk.app is imported."""
    os.environ["TEXTUAL_FPS"] = SLOW_LINE_FPS
