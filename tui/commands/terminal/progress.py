"""A bar for work that takes a while, where somebody watches; silence in a pipe."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self, TextIO

SIGNS = 30
REDRAW_S = 0.1


class Bar(AbstractContextManager["Bar"]):
    """Draws itself over its own line, and takes itself away at the end."""

    def __init__(self, title: str, stream: TextIO) -> None:
        self.title, self.stream = title, stream
        self.is_shown = stream.isatty()
        self._drawn_at = 0.0

    def at(self, done: int, total: int) -> None:
        """So much is done, of so much."""
        now = time.monotonic()
        if not self.is_shown or (done < total and now - self._drawn_at < REDRAW_S):
            return
        self._drawn_at = now
        part = min(done / total, 1.0) if total else 1.0
        signs = "#" * round(SIGNS * part)
        self._write(f"\r{self.title} [{signs:<{SIGNS}}] {part:4.0%}")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.is_shown:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        self.stream.write(text)
        self.stream.flush()
