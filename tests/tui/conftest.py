"""The demonstration counter in a real terminal, and what it wrote down."""

from __future__ import annotations

import asyncio
import inspect
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.terminal import Terminal


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """A test that is a coroutine runs in a loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


class Counter(Terminal):
    """The demo, with its log."""

    log: Path

    def notes(self) -> list[str]:
        """What happened so far, without the start."""
        lines = self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []
        return [line for line in lines if line != "ready"]

    def wait_note(self, count: int = 1, *, timeout_s: float = 10.0) -> list[str]:
        """Wait until so many things have happened."""
        until = time.perf_counter() + timeout_s
        while len(self.notes()) < count and time.perf_counter() < until and not self.has_ended:
            self.pump(0.01)
        return self.notes()

    def scans(self) -> list[str]:
        return [line.split("'")[1] for line in self.notes() if line.startswith("scan ")]


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Callable[..., Counter]]:
    """Start the demo: `counter("en", columns=132, prefix="~")`."""
    started: list[Counter] = []

    def start(*words: str, columns: int = 80, rows: int = 24, prefix: str = "") -> Counter:
        env = {"DEMO_LOG": str(tmp_path / "log"), "DEMO_PREFIX": prefix}
        command = [sys.executable, "-m", "tests.tui.demo", *words]
        one = Counter(command, columns=columns, rows=rows, env=env)
        one.log = tmp_path / "log"
        started.append(one)
        # A terminal that is too small shows no entry line.
        ready = "80" if columns < 80 else "> " if "ascii" in words else "▌"
        one.wait(ready)
        one.settle(still_s=0.1)
        return one

    yield start
    for one in started:
        one.close()
