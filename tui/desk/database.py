"""The one database thread.

database = DatabaseThread() lines = await database.run(bill_lines, bill, urgency=COUNTER)

Every query and operation runs there, one after the other, so that the screen never waits on a disk
and the connection has one owner. Work of the counter goes before work in the background whatever
was asked first; within one urgency, in order. A job is never interrupted: long work (import, night
audit, backup) must come in slices of at most 50 ms, each its own `run(..., urgency=BACKGROUND)`.
"""

from __future__ import annotations

import asyncio
import itertools
import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, ParamSpec, TypeVar

from models.base.database import classified

P = ParamSpec("P")
R = TypeVar("R")

# A thread that was woken begins when this one lets go of the interpreter: half a millisecond later,
# unless it does so at once. On Windows the shortest pause is too long; none at all lets go as well.
LET_GO_S: Final = 0.0 if sys.platform == "win32" else 50e-6
COUNTER: Final = 0
BACKGROUND: Final = 10
# Behind all that the counter asked for, before what waits in the background.
_STOP: Final = 5


class DatabaseClosed(RuntimeError):
    """Work was asked for after `close`, or was still waiting when the thread ended."""


class DatabaseThread:
    """A thread with a queue in order of urgency."""

    def __init__(
        self,
        opening: Callable[[], object] | None = None,
        closing: Callable[[], object] | None = None,
    ) -> None:
        """`opening` and `closing` run on the thread, first and last: the connection's life."""
        self._opening, self._closing = opening, closing
        self._queue: queue.PriorityQueue[tuple[int, int, Callable[[], object] | None, Any]]
        self._queue = queue.PriorityQueue()
        self._order = itertools.count()
        self._is_closed = False
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._work, name="database", daemon=True)
        self.opened: Future[object] = Future()
        self._thread.start()

    async def run(
        self, function: Callable[..., R], *args: Any, urgency: int = COUNTER, **fields: Any
    ) -> R:
        """Run a function on the thread; its result, or its exception, comes back."""
        asked = self._put(function, args, fields, urgency=urgency)
        time.sleep(LET_GO_S)
        return await asyncio.wrap_future(asked)

    def call(
        self, function: Callable[..., R], *args: Any, urgency: int = BACKGROUND, **fields: Any
    ) -> R:
        """The same for another thread (the spooler), which waits for it."""
        if threading.current_thread() is self._thread:
            return function(*args, **fields)
        return self._put(function, args, fields, urgency=urgency).result()

    def waiting(self) -> int:
        """How many jobs stand in the queue."""
        return self._queue.qsize()

    def close(self, timeout_s: float = 10.0) -> None:
        """Finish the job at hand and what the counter asked before; refuse the rest."""
        with self._lock:
            if self._is_closed:
                return
            self._is_closed = True
            self._queue.put((_STOP, next(self._order), None, None))
        self._thread.join(timeout_s)

    def _put(
        self,
        function: Callable[..., R],
        args: tuple[Any, ...],
        fields: dict[str, Any],
        *,
        urgency: int,
    ) -> Future[R]:
        future: Future[R] = Future()
        with self._lock:
            if self._is_closed:
                raise DatabaseClosed
            work = lambda: function(*args, **fields)  # noqa: E731
            self._queue.put((urgency, next(self._order), work, future))
        return future

    def _work(self) -> None:
        try:
            self.opened.set_result(self._opening() if self._opening else None)
        except BaseException as error:  # noqa: BLE001 - goes to whoever waits for `opened`
            self._is_closed = True
            self.opened.set_exception(error)
            self._refuse_rest()
            return
        try:
            self._serve()
        finally:
            self._refuse_rest()
            if self._closing:
                self._closing()

    def _serve(self) -> None:
        while True:
            _, _, work, future = self._queue.get()
            if work is None:
                return
            if not future.set_running_or_notify_cancel():
                continue
            try:
                # What is only read meets a failing disk too: it is a refusal, not a fault of ours.
                with classified():
                    result = work()
            except BaseException as error:  # noqa: BLE001 - goes back to the caller
                future.set_exception(error)
            else:
                future.set_result(result)
            # Not kept until the next job: a result may be a page of a large list.
            del work, future

    def _refuse_rest(self) -> None:
        while True:
            try:
                _, _, work, future = self._queue.get_nowait()
            except queue.Empty:
                return
            if work is not None and future.set_running_or_notify_cancel():
                future.set_exception(DatabaseClosed())
