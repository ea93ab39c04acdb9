"""A real terminal for tests: the program in a pseudo-terminal, its screen emulated by pyte.

    with Terminal([sys.executable, "-m", "tests.tui.demo"]) as term:
        term.wait("Selling")
        term.send("6901234567892\r")
        assert "…" in term.text()

Only what a person could see and type goes in and out; nothing reaches into the program.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

import pyte
from wcwidth import wcwidth

ROOT = Path(__file__).parent.parent
KEYS = {
    "enter": b"\r",
    "tab": b"\t",
    "shift+tab": b"\x1b[Z",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "delete": b"\x1b[3~",
    "insert": b"\x1b[2~",
    "home": b"\x1b[H",
    "end": b"\x1b[F",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "f1": b"\x1bOP",
    "f2": b"\x1bOQ",
    "f3": b"\x1bOR",
    "f4": b"\x1bOS",
    **{
        f"f{n}": f"\x1b[{code}~".encode()
        for n, code in zip(range(5, 13), (15, 17, 18, 19, 20, 21, 23, 24), strict=True)
    },
}
# Questions to the terminal and modes that pyte would draw as text.
_PRIVATE = re.compile(rb"\x1b\[[<=>][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*(?:\$p|u)|\x1b[_P].*?\x1b\\")
_OPEN_END = re.compile(rb"\x1b(?:\[[<=>?0-9;]*\$?|[_P][^\x1b]*)?$")


class NotShown(AssertionError):
    """The screen did not come to show what was waited for."""


class Terminal:
    """A program in a terminal of so many columns and rows."""

    def __init__(
        self,
        command: Sequence[str],
        *,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str] | None = None,
        cwd: Path = ROOT,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._rest = b""
        self.has_ended = False
        self.bytes_out = 0
        self.bells = 0
        self.raw = b""
        self.last_sent = self.last_output = time.perf_counter()
        self.pid, self.fd = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            os.chdir(cwd)
            world = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor"}
            world |= {"LANG": "C.UTF-8", **(env or {})}
            # The size is the terminal's own; a worker of several tests has that of its parent here.
            for name in ("NO_COLOR", "COLUMNS", "LINES"):
                world.pop(name, None)
            os.execvpe(command[0], list(command), world | dict(env or {}))
        self._set_size(columns, rows)

    # In.

    def send(self, data: str | bytes) -> None:
        """Bytes in one write, as a scanner or a fast typist gives them."""
        self.pump(0)
        self.last_sent = time.perf_counter()
        data = data.encode() if isinstance(data, str) else data
        while data:
            try:
                written = os.write(self.fd, data[:1024])
            except BlockingIOError:
                written = 0
            data = data[written:]
            self.pump(0)

    def key(self, *names: str) -> None:
        """Keys by name: f2, enter, ctrl+l, or one character."""
        for name in names:
            self.send(key_bytes(name))

    def type(self, text: str, *, every_s: float = 0.0) -> float:
        """Characters one by one, so far apart; the longest pause that was made between two.

        The screen is drawn behind the last one: drawing would disturb the pace.
        """
        due = before = time.perf_counter()
        longest, kept = 0.0, b""
        for number, character in enumerate(text):
            while (left := due - time.perf_counter()) > 0:
                if select.select([self.fd], [], [], left)[0]:
                    kept += self._read()
            now = self.last_sent = time.perf_counter()
            os.write(self.fd, character.encode())
            longest, before = max(longest, now - before if number else 0.0), now
            due = max(due, now - every_s / 2) + every_s
        if kept:
            self._feed(kept)
        self.pump(every_s)
        return longest

    def _read(self) -> bytes:
        try:
            data = os.read(self.fd, 65536)
        except OSError:
            data = b""
        self.has_ended = self.has_ended or not data
        return data

    def resize(self, columns: int, rows: int) -> None:
        self._set_size(columns, rows)
        self.screen.resize(rows, columns)
        os.kill(self.pid, signal.SIGWINCH)

    # Out.

    def pump(self, seconds: float) -> None:
        """Take what the program writes, for so long."""
        until = time.perf_counter() + seconds
        while True:
            left = max(0.0, until - time.perf_counter())
            if not select.select([self.fd], [], [], left)[0]:
                return
            data = self._read()
            if not data:
                return
            self._feed(data)

    def _feed(self, data: bytes) -> None:
        self.last_output = time.perf_counter()
        self.bytes_out += len(data)
        self.bells += data.count(b"\x07")
        self.raw += data
        data = self._rest + data
        found = _OPEN_END.search(data)
        cut = found.start() if found else len(data)
        data, self._rest = data[:cut], data[cut:]
        self._stream.feed(_PRIVATE.sub(b"", data))

    def lines(self) -> list[str]:
        """The rows as text; a wide character is given once."""
        rows = []
        for y in range(self.screen.lines):
            row, x, out = self.screen.buffer[y], 0, []
            while x < self.screen.columns:
                character = row[x].data or " "
                out.append(character)
                x += 2 if wcwidth(character[0]) == 2 else 1
            rows.append("".join(out).rstrip())
        return rows

    def text(self) -> str:
        return "\n".join(self.lines())

    def wait(self, text: str, *, timeout_s: float = 10.0, gone: bool = False) -> float:
        """Wait until a text shows (or is gone); ms since the last bytes were sent."""
        until = time.perf_counter() + timeout_s
        if gone:
            # The first half of a repaint may be here, and not yet the half with the text.
            self.settle(still_s=0.03)
        while (text in self.text()) == gone:
            if time.perf_counter() > until or self.has_ended:
                state = "still shows" if gone else "does not show"
                ended = " (the program has ended)" if self.has_ended else ""
                raise NotShown(f"{text!r} {state}{ended}:\n{self.text()}")
            if select.select([self.fd], [], [], 0.01)[0]:
                self.pump(0)
        return (time.perf_counter() - self.last_sent) * 1000

    def settle(self, *, still_s: float = 0.2, timeout_s: float = 10.0) -> None:
        """Wait until nothing has been written for a while, and the program rests: on a machine that
        others use, one that waits for its turn has not answered yet.
        """
        until = time.perf_counter() + timeout_s
        start = time.perf_counter()
        while time.perf_counter() < until and not self.has_ended:
            self.pump(0.02)
            is_still = time.perf_counter() - max(start, self.last_output) >= still_s
            if is_still and not self._works():
                return

    def _works(self) -> bool:
        """Whether any thread of the program runs, wants to run, or waits for the disk."""
        for stat in Path(f"/proc/{self.pid}/task").glob("*/stat"):
            # The name may hold anything: the state stands behind its last bracket.
            with contextlib.suppress(OSError):
                if stat.read_bytes().rpartition(b") ")[2][:1] in b"RD":
                    return True
        return False

    def close(self) -> None:
        """End the program, kindly at first."""
        try:
            for kind in (signal.SIGTERM, signal.SIGKILL):
                os.kill(self.pid, kind)
                for _ in range(50):
                    if os.waitpid(self.pid, os.WNOHANG)[0]:
                        return
                    self.pump(0.02)
        except (ProcessLookupError, ChildProcessError):
            pass
        finally:
            os.close(self.fd)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: object,
        error: BaseException | None,
        trace: object,
    ) -> None:
        self.close()


def key_bytes(name: str) -> bytes:
    """What a terminal sends for a key."""
    low = name.lower()
    if low in KEYS:
        return KEYS[low]
    if low.startswith("ctrl+") and len(low) == 6:
        return bytes([ord(low[5]) - 96])
    if len(name) == 1:
        return name.encode()
    raise ValueError(f"no key is named {name!r}")
