"""How wide the terminal draws a character: asked from the terminal itself."""

from __future__ import annotations

import re
import sys
import time

ANSWER_S = 0.5
_ANSWER = re.compile(rb"\x1b\[(\d+);(\d+)R")


def width_of(character: str) -> int | None:
    """The cells that the terminal gives the character; None when nobody answers.

    Writes it at the beginning of a line, asks where the cursor is (DSR 6), and takes it away.
    """
    if sys.platform == "win32" or not (sys.stdin.isatty() and sys.stdout.isatty()):
        return None
    answer = _asked(f"\r{character}\x1b[6n")
    sys.stdout.write("\r\x1b[K")
    sys.stdout.flush()
    return int(answer) - 1 if answer else None


def _asked(question: str) -> bytes | None:
    """The column in the terminal's answer."""
    import select
    import termios
    import tty

    number = sys.stdin.fileno()
    before = termios.tcgetattr(number)
    read = b""
    try:
        tty.setcbreak(number)
        sys.stdout.write(question)
        sys.stdout.flush()
        end = time.monotonic() + ANSWER_S
        while (left := end - time.monotonic()) > 0 and select.select([number], [], [], left)[0]:
            read += _read(number)
            if found := _ANSWER.search(read):
                return found.group(2)
    finally:
        termios.tcsetattr(number, termios.TCSADRAIN, before)
    return None


def _read(number: int) -> bytes:
    import os

    return os.read(number, 64)
