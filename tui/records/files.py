"""Files that a command writes: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from models.base.refusals import Refusal


class FileUnusable(Refusal):
    """The file cannot be read or written."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file under another name, then give it its own. Refuses: FileUnusable."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            unfinished.write_bytes(content)
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise FileUnusable(file=str(path), why=error.strerror or str(error)) from error


def written_by(write: Callable[[Path], object], name: str) -> bytes:
    """What a function that writes a file of this name writes."""
    with tempfile.TemporaryDirectory(prefix="deskbell-") as folder:
        path = Path(folder) / name
        write(path)
        return path.read_bytes()
