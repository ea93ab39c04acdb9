"""The counter in a pseudo-terminal, and how long it takes from a key to the finished picture.

What the program writes is stamped as it comes and emulated only when it has gone quiet, so that
the emulator's own time is in no figure: a time ends with the bytes that complete the picture.
"""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter

from bench.stores import LOGIN, PASSWORD
from tests.terminal import NotShown, Terminal, key_bytes

COLUMNS, ROWS = 100, 40
QUIET_S = 0.04

Shown = Callable[["Counter"], bool]


class Counter(Terminal):
    """A program in a terminal, and its picture."""

    def __init__(self, command: Sequence[str], env: dict[str, str] | None = None) -> None:
        self.started = perf_counter()
        super().__init__(command, columns=COLUMNS, rows=ROWS, env=env)

    def __enter__(self) -> Counter:
        return self

    def until(self, data: bytes | str, shown: Shown, *, timeout_s: float = 20.0) -> float:
        """Send bytes in one write; milliseconds until what they cause is painted."""
        data = data.encode() if isinstance(data, str) else data
        self.pump(0)
        start = perf_counter()
        if data:
            os.write(self.fd, data)
        return self._painted(shown, start, timeout_s)

    def since_start(self, shown: Shown, *, timeout_s: float = 30.0) -> float:
        """Milliseconds from the program's start until something is painted."""
        return self._painted(shown, self.started, timeout_s)

    def _painted(self, shown: Shown, start: float, timeout_s: float) -> float:
        while perf_counter() - start < timeout_s and not self.has_ended:
            painted = 0.0
            for at, part in self._burst():
                # What comes behind the picture is fed too: the next one stands on it.
                self._feed(part)
                if not painted and shown(self):
                    painted = at
            if painted:
                self.raw = b""
                return (painted - start) * 1000
        raise NotShown(f"not painted after {timeout_s} s:\n{self.text()}")

    def _burst(self) -> list[tuple[float, bytes]]:
        """What is written until the next silence, each part with the time when it came."""
        parts: list[tuple[float, bytes]] = []
        wait = 0.5
        while select.select([self.fd], [], [], wait)[0]:
            try:
                part = os.read(self.fd, 65536)
            except OSError:
                part = b""
            if not part:
                self.has_ended = True
                break
            parts.append((perf_counter(), part))
            wait = QUIET_S
        return parts

    def rss_mib(self) -> float:
        """Resident memory of the program."""
        for line in Path(f"/proc/{self.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")


def shows(*texts: str) -> Shown:
    """All these texts are on the screen."""

    def check(counter: Counter) -> bool:
        text = counter.text()
        return all(one in text for one in texts)

    return check


def counter(folder: Path) -> Counter:
    """The counter on a store, as the command `deskbell` runs it."""
    command = [sys.executable, "-m", "tui.commands.main", "--store", str(folder)]
    return Counter(command, {"LANG": "C.UTF-8"})


SIGN_IN, HOME, SELLING = shows("密码或 PIN 码"), shows("主页", "售货"), shows("应收", "F10菜单")


def selling(folder: Path) -> Counter:
    """The counter, signed in, at the till."""
    opened = counter(folder)
    try:
        opened.since_start(SIGN_IN)
        opened.settle(still_s=0.3)
        opened.until(f"{LOGIN}\r{PASSWORD}\r", HOME)
        opened.settle(still_s=0.3)
        opened.until("\r", SELLING)
        opened.settle(still_s=0.5)
    except BaseException:
        opened.close()
        raise
    return opened


def keys(*names: str) -> bytes:
    """The bytes of keys by name."""
    return b"".join(key_bytes(name) for name in names)
