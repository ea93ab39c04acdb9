"""A serial port of tests: a pseudo-terminal that is plugged in, pulled out, and listened to."""

from __future__ import annotations

import os
import select
import sys
import time
from pathlib import Path

if sys.platform != "win32":
    import tty


class Port:
    """A path at which a pseudo-terminal is plugged in and pulled out."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._open: tuple[int, int] | None = None

    def plug_in(self) -> None:
        master, slave = os.openpty()
        tty.setraw(slave)
        self._open = master, slave
        self.path.unlink(missing_ok=True)
        self.path.symlink_to(os.ttyname(slave))

    def pull_out(self) -> None:
        self.path.unlink(missing_ok=True)
        if self._open:
            for one in self._open:
                os.close(one)
        self._open = None

    def type(self, data: bytes) -> None:
        assert self._open
        os.write(self._open[0], data)

    def heard(self, wanted: bytes, *, timeout_s: float = 3.0, piece: int = 4096) -> bytes:
        """All that was sent, up to the first `wanted`; read in pieces of so many bytes."""
        assert self._open
        got, until = b"", time.monotonic() + timeout_s
        while wanted not in got:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self._open[0]], [], [], left)[0]:
                raise AssertionError(f"{wanted!r} was not sent: {got!r}")
            got += os.read(self._open[0], piece)
        return got

    def is_silent(self, for_s: float) -> bool:
        """Whether nothing is sent for so long."""
        assert self._open
        return not select.select([self._open[0]], [], [], for_s)[0]
