"""The bytes of a sheet's file, read from their first one as often as somebody asks.

A small file is kept in memory: it may go, or be changed, while it is worked with. A large one stays
on its disk, and each reading looks whether it is still the same.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

_PIECE = 200_000


class FileChanged(OSError):
    """The file is not the one that was opened first."""


class Bytes(Protocol):
    """What can be read from its first byte, again and again."""

    def open(self) -> BinaryIO:
        """Begin anew. Raises OSError, FileChanged."""
        ...


@dataclass(frozen=True, slots=True)
class Held:
    """Bytes in memory."""

    content: bytes

    def open(self) -> BinaryIO:
        return io.BytesIO(self.content)


@dataclass(frozen=True, slots=True)
class OnDisk:
    """Bytes of a file, which had this size and was changed then, in nanoseconds."""

    path: Path
    size: int
    changed_ns: int

    def open(self) -> BinaryIO:
        found = self.path.stat()
        if (found.st_size, found.st_mtime_ns) != (self.size, self.changed_ns):
            raise FileChanged(self.path.name)
        return self.path.open("rb")


def pieces(source: Bytes) -> Iterator[bytes]:
    """All bytes, so many at a time."""
    with source.open() as file:
        while piece := file.read(_PIECE):
            yield piece


def beginning(source: Bytes, size: int) -> bytes:
    """The first bytes."""
    with source.open() as file:
        return file.read(size)


def ending(source: Bytes, size: int) -> bytes:
    """The last bytes."""
    with source.open() as file:
        file.seek(max(0, file.seek(0, io.SEEK_END) - size))
        return file.read()
