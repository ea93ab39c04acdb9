"""A terminal of any size and a paste of any length: the counter stays small and stays quick."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from tests.flows.conftest import Counter, Floor
from tests.flows.counter_program import WATER
from tests.flows.till import Till

pytestmark = [pytest.mark.terminal, pytest.mark.timeout(180), pytest.mark.row("NFR-05")]

ROOT = Path(__file__).parents[2]
TOO_LONG = "That is more than an entry can hold: nothing of it was taken."


def memory_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    (line,) = [each for each in status.splitlines() if each.startswith("VmHWM")]
    return int(line.split()[1]) / 1024


@pytest.mark.parametrize("resized", [False, True])
def test_the_largest_terminal_takes_no_more_than_a_large_one(floor: Floor, resized: bool) -> None:
    """Told 65,535 x 65,535, at its start or later, it draws 500 x 200 of it."""
    folder = floor("en")
    pid, fd = pty.fork()
    if pid == 0:  # pragma: no cover - the child
        os.chdir(ROOT)
        world = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8"}
        for name in ("COLUMNS", "LINES"):
            world.pop(name, None)
        time.sleep(0.5)
        words = [sys.executable, "-m", "tests.flows.counter_program", str(folder)]
        os.execvpe(words[0], words, world)
    try:
        _resize(fd, (24, 80) if resized else (65_535, 65_535))
        seen = _read(fd, until=b"number", for_s=40)
        assert b"number" in seen, seen[-500:]
        if resized:
            _resize(fd, (65_535, 65_535))
        drawn = _read(fd, until=b"never", for_s=4)
        # 56 MB were measured; 3,000 x 1,500 drawn take 100.
        assert memory_mb(pid) < 85
        # It still listens: a number is shown back.
        os.write(fd, b"4711")
        assert b"4" in _read(fd, until=b"1", for_s=10) or drawn
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        os.close(fd)


def _resize(fd: int, size: tuple[int, int]) -> None:
    fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", *size, 0, 0))


def _read(fd: int, *, until: bytes, for_s: float) -> bytes:
    end, seen = time.monotonic() + for_s, b""
    while time.monotonic() < end and until not in seen:
        if select.select([fd], [], [], 0.1)[0]:
            seen += os.read(fd, 65_536)
    return seen


@pytest.mark.parametrize("is_bracketed", [True, False])
def test_a_paste_that_no_entry_holds_is_dropped_at_once(
    floor: Floor, till: Counter, is_bracketed: bool
) -> None:
    term: Till = till(floor("en"), lang="en")
    term.begin()
    term.scan(WATER)
    term.wait_total("2.00")
    text = "a name, a price and a note, again and again; " * 32_000
    assert len(text) == 1_440_000
    begun = time.perf_counter()
    term.send(f"\x1b[200~{text}\x1b[201~" if is_bracketed else text.replace(";", "\r"))
    term.see_flat(TOO_LONG, timeout_s=20)
    assert time.perf_counter() - begun < 15
    assert term.bells
    # Enters among it opened the look-up of goods: F12 takes the message back, then the panel.
    for _ in range(1 if is_bracketed else 2):
        term.key("f12")
        term.calm()
    # Nothing of it stands anywhere, and the next customer's goods ring at once.
    begun = time.perf_counter()
    term.scan(WATER)
    term.wait_total("4.00", timeout_s=3)
    assert time.perf_counter() - begun < 2
    term.pay_exact()


def test_a_paste_longer_than_its_field_is_told(floor: Floor, till: Counter) -> None:
    term: Till = till(floor("en"), lang="en")
    term.begin()
    term.send("\x1b[200~" + "x" * 900 + "\x1b[201~")
    told = "{count} characters do not fit: here stand at most {most}. Nothing was taken."
    term.see_flat(term.w(told, count=900, most=200).split(":")[0])
    term.key("f12")
    term.scan(WATER)
    term.wait_total("2.00")


def test_many_scans_in_one_go_are_no_flood(floor: Floor, till: Counter) -> None:
    """A scanner that kept its codes while it was out of reach gives them all together."""
    term: Till = till(floor("en"), lang="en")
    term.begin()
    term.scan(*([WATER] * 100))
    term.wait_total("200.00", timeout_s=30)
