"""Work in a process of its own: what may take long, or break, does it there."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import models


def run_apart(
    program: str, *words: str, content: bytes = b"", timeout_s: float | None = None
) -> subprocess.CompletedProcess[bytes]:
    """Run Python text in another process that finds the same modules; `content` is its standard
    input. Raises subprocess.TimeoutExpired.
    """
    above = str(Path(models.__file__).parents[1])
    path = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH"))))
    return subprocess.run(
        [sys.executable, "-c", program, *words],
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
        input=content,
        capture_output=True,
        timeout=timeout_s,
        check=False,
    )
