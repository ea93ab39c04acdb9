"""Work that a key or a scan has started, and the questions it asks.

A command, a submit or an `on_scan` may be a coroutine: it runs as a job, and the gate is held while
it runs, so that what is typed or scanned meanwhile waits. While the job waits for an answer, the
gate is open and the keys go to the question. One job at a time works; a second one can only start
under the question of the first.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.desk.app import GateApp

BUSY_S = 0.3


class ScreenClosed(Exception):
    """What a job goes on with was closed under it."""


class Job:
    """One piece of work with its hold on the gate."""

    def __init__(self, jobs: Jobs, *, what: str, can_leave: bool) -> None:
        self.jobs, self.what, self.can_leave = jobs, what, can_leave
        self.task: asyncio.Task[None] | None = None
        self._is_holding = False
        self._busy: asyncio.TimerHandle | None = None

    def hold(self) -> None:
        if not self._is_holding:
            self._is_holding = True
            self.jobs.app.gate.hold()
            loop = asyncio.get_running_loop()
            self._busy = loop.call_later(BUSY_S, self.jobs.app.show_busy, self.what)

    def release(self) -> None:
        if self._is_holding:
            self._is_holding = False
            if self._busy is not None:
                self._busy.cancel()
            self.jobs.app.show_busy("")
            self.jobs.app.gate.release()


class Jobs:
    """The jobs of an app. All methods belong to its thread."""

    def __init__(self, app: GateApp) -> None:
        self.app = app
        self._by_task: dict[asyncio.Task[Any], Job] = {}

    def start(
        self, work: Callable[..., Any], *args: Any, what: str = "", can_leave: bool = False
    ) -> None:
        """Call a function; when it is a coroutine, it goes on as a job.

        `what` is the message id shown as busy after 0.3 s. `can_leave`: Esc and F12 end it.
        """
        job = Job(self, what=what, can_leave=can_leave)
        job.hold()
        try:
            result = work(*args)
        except Exception as error:  # noqa: BLE001 - told and logged
            job.release()
            self.app.tell(error)
            return
        if not inspect.isawaitable(result):
            job.release()
            return
        job.task = asyncio.create_task(self._run(job, result))
        self._by_task[job.task] = job
        job.task.add_done_callback(self._done)

    def current(self) -> Job | None:
        """The job this code runs in, if any."""
        task = asyncio.current_task()
        return self._by_task.get(task) if task else None

    def leave(self) -> bool:
        """End the work that may be left; whether there was any."""
        leaving = [job for job in self._by_task.values() if job.can_leave and job.task]
        for job in leaving:
            assert job.task is not None
            job.task.cancel()
        return bool(leaving)

    def cancel_all(self) -> None:
        for task in list(self._by_task):
            task.cancel()

    async def _run(self, job: Job, work: Awaitable[Any]) -> None:
        try:
            await work
        except ScreenClosed:
            pass
        except Exception as error:  # noqa: BLE001 - told and logged
            self.app.tell(error)
        # Here and not when the task is seen to be done: what has changed is painted at once.
        job.release()

    def _done(self, task: asyncio.Task[Any]) -> None:
        self._by_task.pop(task).release()
