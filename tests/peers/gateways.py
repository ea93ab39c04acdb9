"""The practice gateway in a process of its own, as a store would have it beside it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def running(*more: str) -> Iterator[str]:
    """Its address while it runs."""
    command = [sys.executable, "-m", "devices.practice_gateway", "--port", "0", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip()
        finally:
            process.kill()
