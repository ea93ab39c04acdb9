"""A copy of the opened SQLite store while the counter sells: SQLite's own backup, step by step.

Python's `backup` runs to its end in one call. Here it runs in a thread of its own that waits after
each step until the database thread asks for the next one, so that only one of them ever works.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Generator
from contextlib import suppress
from pathlib import Path

import peewee

from models.base.database import classified, database
from models.base.private import make_file

# One step holds the database thread some milliseconds on a slow disk.
_PAGES = 250


class _Stopped(Exception):
    """The copy was given up."""


class _Stepper(threading.Thread):
    def __init__(self, target: Path) -> None:
        super().__init__(name="copy", daemon=True)
        self.target = target
        self.go, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.left = self.pages = 1
        self.is_stopped = False
        self.error: BaseException | None = None
        self._source = database.connection()

    def run(self) -> None:
        self.go.acquire()
        try:
            if not self.is_stopped:
                self._copy()
        except _Stopped:
            pass
        except BaseException as error:  # noqa: BLE001 - raised again in the database thread
            self.error = error
        finally:
            self.left = 0
            self.done.release()

    def _copy(self) -> None:
        copy = peewee.sqlite3.connect(str(self.target))
        try:
            # The file is synced as a whole at the end.
            copy.execute("PRAGMA synchronous = OFF")
            copy.execute("PRAGMA journal_mode = OFF")
            self._source.backup(copy, pages=_PAGES, progress=self._after_step)
        finally:
            copy.close()
        with self.target.open("rb") as file:
            os.fsync(file.fileno())

    def _after_step(self, status: int, left: int, pages: int) -> None:
        self.left, self.pages = max(left, 1), pages
        self.done.release()
        self.go.acquire()
        if self.is_stopped:
            raise _Stopped

    def step(self) -> None:
        """Let it take one step, and wait for it."""
        self.go.release()
        self.done.acquire()
        if self.error is not None:
            raise self.error


def copy_steps(target: Path) -> Generator[int]:
    """Copy the store to a new file; after each step the per cent done. Other work on the store may
    go on between two steps, and is in the copy.

    Refuses: StoreFull, StoreUnreadable, StoreDamaged.
    """
    target.unlink(missing_ok=True)
    with suppress(OSError):
        make_file(target)
    stepper = _Stepper(target)
    stepper.start()
    try:
        with classified():
            while stepper.left:
                stepper.step()
                yield 100 - 100 * stepper.left // max(stepper.pages, 1)
    finally:
        if stepper.is_alive():
            stepper.is_stopped = True
            stepper.go.release()
            stepper.join()
