"""The worker thread of one printer: takes its queued jobs one by one and sees each to its end."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from devices.faults import CoverOpen, DeviceFault, PaperOut, PrinterSilent
from devices.printer import Ending, Outcome
from devices.status import PrinterStatus
from models.base.refusals import Refusal
from receipts.labels import PaperLanguage
from receipts.layout import Sheet
from receipts.outputs import Delivery, Output, QueuedJob
from receipts.slip import Slip

log = logging.getLogger(__name__)

STARTING = "starting"
READY = "ready"
PAPER_LOW = "paper low"
PAPER_OUT = "paper out"
COVER_OPEN = "cover open"
OFFLINE = "offline"
SILENT = "silent"
ASKS = "asks"
TROUBLE = "trouble"


class Run(Protocol):
    """Runs a function on the database thread and returns what it returns."""

    def __call__(self, function: Callable[..., Any], /, *args: Any) -> Any: ...


class Build(Protocol):
    """Makes a job's slip on the database thread, in "zh", "en" or "both"."""

    def __call__(self, job: Any, language: PaperLanguage, /) -> Slip: ...


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What the chip in the status line shows.

    `code` is one of starting, ready, paper low, paper out, cover open, offline, silent (it takes
    bytes and does not answer), asks (the job `stale` is so old that somebody must say whether it
    still matters), trouble (a fault of the program), or what its output says of itself while it
    cannot be asked: cannot tell, files, on screen, trying.
    """

    printer: str
    code: str
    waiting: int = 0
    fault: DeviceFault | None = None
    stale: int | None = None


def _ignore(*_: object) -> None:
    return


@dataclass(frozen=True)
class Events:
    """Called from the workers' threads; each must return at once and never raise."""

    on_state: Callable[[PrinterState], None] = _ignore
    on_unknown: Callable[[QueuedJob, DeviceFault | None], None] = _ignore
    on_failed: Callable[[QueuedJob], None] = _ignore
    on_interrupted: Callable[[int], None] = _ignore
    on_screen: Callable[[Delivery, Sheet], None] = _ignore
    on_lost_characters: Callable[[QueuedJob, str], None] = _ignore
    on_drawer_fault: Callable[[DeviceFault], None] = _ignore


@dataclass(frozen=True)
class Pace:
    """Seconds: between tries, between looks at an idle queue, between looks at an idle printer."""

    back_off_s: tuple[float, ...] = (1, 2, 5, 10)
    poll_s: float = 2.0
    idle_check_s: float = 30.0


@dataclass(frozen=True)
class Desk:
    """What the workers of one register share."""

    register: int
    run: Run
    build: Build
    queue: Any  # models.trust.print_queue, or something with the same functions
    events: Events
    pace: Pace


# The job is at its end without a word of the printer about it.
DONE_WITH = Outcome(Ending.PRINTED, confirmed_by="nobody")


class Worker:
    """Owns one output. `fallback` is tried when nothing could be sent to the own one."""

    def __init__(self, desk: Desk, output: Output, fallback: Output | None = None) -> None:
        self.desk, self.output, self.fallback = desk, output, fallback
        self.state = PrinterState(output.name, STARTING)
        self._awake, self._stopped = threading.Event(), threading.Event()
        self._failures = 0
        self._checked_at = 0.0
        self._thread = threading.Thread(target=self._work, name=output.name, daemon=True)

    def start(self) -> None:
        """Begin to print what is queued."""
        self._thread.start()

    def wake(self) -> None:
        """Look at the queue now: a job was added, answered or confirmed."""
        self._awake.set()

    def ask_again(self) -> None:
        """Something was found out of the printer: ask it how it is now, not at the next look."""
        self._checked_at = 0.0
        self.wake()

    def stop(self, timeout_s: float) -> None:
        """End after the job at hand."""
        self._stopped.set()
        self._awake.set()
        if self._thread.is_alive():
            self._thread.join(timeout_s)

    def _work(self) -> None:
        while not self._stopped.is_set():
            self._awake.clear()
            try:
                rest_s = self._one_round()
            except Exception:
                # A bug, or a database that cannot be used now: this thread must outlive it.
                log.exception("printer %s", self.output.name)
                self._tell(TROUBLE)
                rest_s = self._back_off()
            if rest_s:
                self._awake.wait(rest_s)

    def _one_round(self) -> float:
        """Print one job or look after the printer; how long to rest."""
        job, stale = self._next_job()
        if job is None:
            self._look_after(stale)
            return self.desk.pace.poll_s
        return self._print(job)

    def _next_job(self) -> tuple[QueuedJob | None, int | None]:
        """The oldest job that may print, and the oldest that must ask first. Those that ask do
        not hold up the receipt of the customer who stands here now.
        """
        desk, name = self.desk, self.output.name
        job = desk.run(desk.queue.next_job, name, desk.register)
        stale = None
        while job is not None and job.is_stale:
            stale = stale or job.key
            job = desk.run(desk.queue.next_job, name, desk.register, job.key)
        return job, stale

    def _look_after(self, stale: int | None) -> None:
        if stale is not None:
            self._tell(ASKS, stale=stale)
            return
        idle_s = self.desk.pace.idle_check_s
        now = time.monotonic()
        is_settled = self.state.code not in (ASKS, TROUBLE)
        if is_settled and self._checked_at and (not idle_s or now - self._checked_at < idle_s):
            # What waits changes also by an answer at the counter, without a word to the printer.
            self._tell(self.state.code, fault=self.state.fault)
            return
        self._checked_at = now
        try:
            status = self.output.status()
        except DeviceFault as fault:
            self._tell_status(None, fault)
            return
        self._tell_status(status, status.fault(self.output.name))

    def _print(self, job: QueuedJob) -> float:
        outcome = self._send(self.output, job)
        self._tell_status(outcome.status, outcome.fault)
        if outcome.ending is Ending.NOT_SENT and self.fallback:
            outcome = self._send(self.fallback, job)
        if outcome.ending is Ending.NOT_SENT:
            return self._back_off()
        self._failures = 0
        return 0

    def _send(self, output: Output, job: QueuedJob) -> Outcome:
        """Send it and write down what became of it, before anything else."""
        desk, queue = self.desk, self.desk.queue
        slip = self._built(job, output)
        if slip is None:
            return DONE_WITH
        begun = threading.Event()

        def begin() -> None:
            desk.run(queue.mark_sending, job.key)
            begun.set()

        try:
            outcome, sheet = output.send(Delivery(job, slip, begin))
        except Refusal:
            # Somebody dropped the job between our look at it and its first byte.
            return DONE_WITH
        code = outcome.fault.code if outcome.fault else ""
        if outcome.ending is Ending.PRINTED:
            desk.run(queue.mark_printed, job.key)
            if sheet.lost:
                desk.events.on_lost_characters(job, sheet.lost)
        elif outcome.ending is Ending.UNKNOWN:
            desk.run(queue.mark_unknown, job.key, code)
            desk.events.on_unknown(job, outcome.fault)
        elif begun.is_set():
            desk.run(queue.mark_queued, job.key, code)
        return outcome

    def _built(self, job: QueuedJob, output: Output) -> Slip | None:
        """The job's slip; a job that has none is failed, so that it does not block the others."""
        desk = self.desk
        language = job.language if output.profile.prints_chinese else "en"
        try:
            slip: Slip = desk.run(desk.build, job, language)
        except Exception as error:
            log.exception("slip of job %s", job.key)
            desk.run(desk.queue.mark_sending, job.key)
            desk.run(desk.queue.mark_failed, job.key, f"{type(error).__name__}: {error}")
            desk.events.on_failed(job)
            return None
        return slip

    def _back_off(self) -> float:
        steps = self.desk.pace.back_off_s
        rest_s = steps[min(self._failures, len(steps) - 1)]
        self._failures += 1
        return rest_s

    def _tell_status(self, status: PrinterStatus | None, fault: DeviceFault | None) -> None:
        self._checked_at = time.monotonic()
        if isinstance(fault, PaperOut):
            code = PAPER_OUT
        elif isinstance(fault, CoverOpen):
            code = COVER_OPEN
        elif isinstance(fault, PrinterSilent):
            code = SILENT
        elif fault is not None:
            code = OFFLINE
        elif status is None or status.online is None:
            # Ready is only what says so.
            code = self.output.calm
        else:
            code = PAPER_LOW if status.paper == "low" else READY
        self._tell(code, fault=fault)

    def _tell(
        self, code: str, *, fault: DeviceFault | None = None, stale: int | None = None
    ) -> None:
        waiting = 0
        if code != TROUBLE:  # In trouble the database may be the cause.
            waiting = self.desk.run(self.desk.queue.waiting, self.desk.register)
        new = PrinterState(self.output.name, code, waiting, fault, stale)
        before, self.state = self.state, new
        if _shown(before) != _shown(new) or before.waiting != waiting:
            self.desk.events.on_state(new)


def _shown(state: PrinterState) -> tuple[object, ...]:
    return state.code, state.fault.code if state.fault else "", state.stale
