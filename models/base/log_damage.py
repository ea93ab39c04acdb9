"""Loss in SQLite's write-ahead log, seen from outside of SQLite.

SQLite takes a log up to its first broken frame and says nothing of what lies behind: a damaged disk
and a power cut look alike to it. They differ in what follows. A power cut can tear the one
transaction that was being written, which nobody was told of; so behind the break lies at most that
one's end. Two ends and more were acknowledged.

The format: sqlite.org/fileformat2.html, section 4.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

from models.base.database import database, is_sqlite, sqlite_file

_HEADER, _FRAME = struct.Struct(">8I"), struct.Struct(">6I")
_MAGIC = (0x377F0682, 0x377F0683)


def log_of(file: Path) -> Path:
    """The log that belongs to a file."""
    return file.with_name(f"{file.name}-wal")


def is_header_lost(file: Path) -> bool:
    """True when the log's own head is broken, and the log holds pages that the file does not: then
    SQLite forgets all of it. For a file that this process has not opened yet: closing a second
    handle would give up the locks of the first.
    """
    log = log_of(file)
    if not log.is_file() or log.stat().st_size <= _HEADER.size + _FRAME.size:
        return False
    with log.open("rb") as wal:
        head = wal.read(_HEADER.size)
        page_size = _page_size(file)
        if _is_sound(head) or not page_size:
            return False
        newest: dict[int, int] = {}
        since_commit: dict[int, int] = {}
        first = _FRAME.unpack(wal.read(_FRAME.size))
        for at, page, pages_after, salt in _frames(wal, page_size):
            if salt != first[2:4]:
                break
            since_commit[page] = at
            if pages_after:
                newest |= since_commit
                since_commit = {}
        with file.open("rb") as store:
            return any(
                _page(wal, at, page_size) != _page(store, (page - 1) * page_size, page_size)
                for page, at in newest.items()
            )


def commits_lost() -> int:
    """Ends of transactions in the opened store's log that SQLite did not take: up to one may have
    been torn by a power cut, more were acknowledged.
    """
    if not is_sqlite() or not log_of(sqlite_file()).is_file():
        return 0
    # The log's length as SQLite understood it; what it moves now it would move at the next pause.
    _, taken, _ = database.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    with log_of(sqlite_file()).open("rb") as wal:
        head = wal.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return 0
        fields = _HEADER.unpack(head)
        behind = list(_frames(wal, fields[2]))[max(taken, 0) :] if _is_page_size(fields[2]) else []
        return sum(1 for _, _, pages_after, salt in behind if pages_after and salt == fields[4:6])


def empty_log() -> None:
    """Move all of the log into the file and cut it to nothing, so that what lies behind its end is
    never taken for a loss later.
    """
    if is_sqlite():
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()


def _frames(wal: object, page_size: int) -> Iterator[tuple[int, int, int, tuple[int, int]]]:
    """Each frame: where its page begins, the page's number, the file's length in pages when it ends
    a transaction and 0 otherwise, and the salts of its log.
    """
    at = _HEADER.size
    while True:
        wal.seek(at)  # type: ignore[attr-defined]
        head = wal.read(_FRAME.size)  # type: ignore[attr-defined]
        if len(head) < _FRAME.size:
            return
        page, pages_after, *salt = _FRAME.unpack(head)[:4]
        yield at + _FRAME.size, page, pages_after, (salt[0], salt[1])
        at += _FRAME.size + page_size


def _page(file: object, at: int, page_size: int) -> bytes:
    file.seek(at)  # type: ignore[attr-defined]
    return bytes(file.read(page_size))  # type: ignore[attr-defined]


def _page_size(file: Path) -> int:
    with file.open("rb") as store:
        head = store.read(18)
    size = int.from_bytes(head[16:18], "big")
    size = 65_536 if size == 1 else size
    return size if _is_page_size(size) else 0


def _is_page_size(size: int) -> bool:
    return 512 <= size <= 65_536 and size & (size - 1) == 0


def _is_sound(head: bytes) -> bool:
    """Whether SQLite takes the log's head for one: magic and checksum."""
    fields = _HEADER.unpack(head)
    order = ">" if fields[0] & 1 else "<"
    one = two = 0
    for left, right in struct.iter_unpack(f"{order}2I", head[:24]):
        one = (one + left + two) & 0xFFFFFFFF
        two = (two + right + one) & 0xFFFFFFFF
    return fields[0] in _MAGIC and (one, two) == fields[6:8]


def move_log() -> int:
    """Move the log's pages into the file while nobody waits for it, so that no sale must; how many
    there were. SQLite only: elsewhere it is the server's work.
    """
    if not is_sqlite():
        return 0
    _, _, moved = database.execute_sql("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
    return int(moved)
