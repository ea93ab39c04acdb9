"""What was done last, kept beside the store's file: so that a file that ends earlier is seen.

After each commit the newest place in the register's audit log goes into a small file. It is never
synced, so it may be older than the store, which is harmless; younger than what the store promised
to keep it cannot be.
"""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import peewee

from models.base import database, log_damage
from models.base.hot import Statement
from models.base.refusals import Refusal
from models.base.store_refusals import StoreUnreadable
from models.ledger.kinds import SALE, label

log = logging.getLogger(__name__)

# The record always fills the whole file, so that a shorter one never leaves a longer one's end.
_SIZE = 256
_HEAD = Statement('SELECT "seq", "hash" FROM "chain_head" WHERE "register" = ?')
_ROW = Statement('SELECT "hash" FROM "audit" WHERE "register" = ? AND "seq" = ?')
_LASTSALE = Statement('SELECT "last" FROM "series" WHERE "register" = ? AND "kind" = ?')


class WorkLost(Refusal):
    """The store's file ends before the last thing that was done in it."""


class LogDamaged(Refusal):
    """The log beside the store's file is broken in its middle; acknowledged work lies behind."""


@dataclass(frozen=True, slots=True)
class LastWork:
    """A place in a register's audit log, and the number of the register's last bill."""

    register: int
    seq: int
    hash: str
    bill: int

    @property
    def bill_label(self) -> str:
        """The last bill as printed."""
        return label(SALE, self.register, self.bill)


class _Kept:
    handle: int | None = None
    register = 0
    seq = 0


def path_beside(file: Path) -> Path:
    """Where the last work of a store's file is kept."""
    return file.with_name(f"{file.name}-last")


def look_at_log(file: Path) -> None:
    """Before a file is opened. Refuses: LogDamaged, StoreUnreadable."""
    with _reading():
        is_lost = log_damage.is_header_lost(file)
    if is_lost:
        raise LogDamaged(file=str(file))


def compare(file: Path) -> None:
    """The opened store holds what was done last, and its log is whole.

    Refuses: WorkLost, LogDamaged, StoreUnreadable.
    """
    if (last := read(path_beside(file))) is not None:
        _require(last, file)
    with _reading():
        lost = log_damage.commits_lost()
    if lost > 1:
        raise LogDamaged(file=str(file))
    log_damage.empty_log()


@contextmanager
def _reading() -> Iterator[None]:
    """The log is read beside SQLite: what the disk refuses then is no fault of the program's."""
    try:
        yield
    except OSError as error:
        raise StoreUnreadable(detail=error.strerror or type(error).__name__) from error


def keep_from_now(file: Path, register: int) -> None:
    """Write down what is done at this register after each commit, until the store is closed."""
    end()
    try:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
        _Kept.handle = os.open(path_beside(file), flags, 0o600)
    except OSError as error:
        # A folder that takes no file takes no sale either, and that says so.
        log.warning("the last work cannot be kept beside %s: %s", file, error)
        return
    _Kept.register, _Kept.seq = register, 0
    if _keep not in database.after_commit:
        database.after_commit.append(_keep)
    _keep()


def end() -> None:
    """The store is closed."""
    if _Kept.handle is not None:
        os.close(_Kept.handle)
        _Kept.handle = None


def _keep() -> None:
    """Write down the newest work; what was done stays done, whatever becomes of this file."""
    if _Kept.handle is None:
        return
    try:
        head = _HEAD.row(_Kept.register)
        if head is None or head[0] == _Kept.seq:
            return
        bill = _LASTSALE.row(_Kept.register, SALE)
        last = {"register": _Kept.register, "seq": head[0], "hash": head[1]}
        _write(_Kept.handle, json.dumps(last | {"bill": bill[0] if bill else 0}).encode())
        _Kept.seq = head[0]
    except (OSError, peewee.PeeweeException, peewee.sqlite3.Error) as error:
        log.warning("the last work was not kept: %s", error)


def _write(handle: int, text: bytes) -> None:
    if hasattr(os, "pwrite"):
        os.pwrite(handle, text.ljust(_SIZE), 0)
        return
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, text.ljust(_SIZE))


def read(path: Path) -> LastWork | None:
    """What was done last; None when nothing was kept, or nothing that can be read."""
    try:
        return LastWork(**json.loads(path.read_text(encoding="ascii")))
    except (OSError, ValueError, TypeError):
        return None


def _require(last: LastWork, file: Path) -> None:
    """Refuses: WorkLost."""
    row = _ROW.row(last.register, last.seq)
    if row is not None and row[0] == last.hash:
        return
    bill, head = _LASTSALE.row(last.register, SALE), _HEAD.row(last.register)
    found = label(SALE, last.register, bill[0] if bill else 0)
    missing = last.seq - (head[0] if head else 0)
    raise WorkLost(last=last.bill_label, found=found, count=max(missing, 1), file=str(file))
