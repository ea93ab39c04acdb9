"""Takes jobs from the print queue to the printers: one worker thread owns each printer.

Selling never waits for it. A job that could not begin stays queued; a job of which bytes left and
nobody answered is unknown, and a person decides. Nothing is ever sent twice by itself.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from devices import tables
from devices.abilities import FILE_NAME, Remembered
from devices.drawer import Drawer
from devices.faults import BadDeviceTable, DeviceFault
from devices.printer import Outcome, Printer
from devices.profiles import PROFILES
from receipts.outputs import Output, PrinterOutput, ScreenOutput, make_output
from receipts.slip import Slip
from receipts.spool_worker import Build, Desk, Events, Pace, PrinterState, Run, Worker

__all__ = ["Events", "Pace", "PrinterState", "Spooler"]

DEFAULT_PACE = Pace()
NO_EVENTS = Events()
SCREEN = "screen"


class Spooler:
    """All printers of one register.

    `run` executes a function on the database thread, `build` makes a job's slip there (in the
    program it is receipts.slip_of_job.slip_of_job), and `queue` is models.trust.print_queue unless
    a test brings its own.
    """

    def __init__(
        self,
        tables_by_name: Mapping[str, Mapping[str, object]],
        *,
        register: int,
        run: Run,
        build: Build,
        folder: Path,
        events: Events = NO_EVENTS,
        pace: Pace = DEFAULT_PACE,
        queue: Any = None,
    ) -> None:
        if queue is None:
            from models.trust import print_queue as queue
        self.events = events
        self._desk = Desk(register, run, build, queue, events, pace)
        # What its printers can tell outlives the program.
        known = Remembered(folder / FILE_NAME)
        self.outputs = {
            name: make_output(name, table, show=events.on_screen, folder=folder, known=known)
            for name, table in tables_by_name.items()
        }
        self._workers = {
            name: Worker(self._desk, output, self._fallback(tables_by_name[name]))
            for name, output in self.outputs.items()
        }

    @property
    def printers(self) -> dict[str, Printer]:
        """The real printers by name, for the drawer that hangs on one."""
        return {
            name: output.printer
            for name, output in self.outputs.items()
            if isinstance(output, PrinterOutput)
        }

    @property
    def states(self) -> dict[str, PrinterState]:
        """The state of every printer as it was last told."""
        return {name: worker.state for name, worker in self._workers.items()}

    def start(self) -> None:
        """Settle what an earlier run left half sent, then begin. Call on any thread but the
        database thread, because it waits for it.
        """
        interrupted = self._desk.run(self._desk.queue.settle_interrupted, self._desk.register)
        if interrupted:
            self.events.on_interrupted(interrupted)
        for worker in self._workers.values():
            worker.start()

    def stop(self, timeout_s: float = 5.0) -> None:
        """End every worker after its job at hand; the rest stays queued. Like `start`, not on
        the database thread.
        """
        end = time.monotonic() + timeout_s
        for worker in self._workers.values():
            worker.stop(max(0.0, end - time.monotonic()))

    def wake(self, printer: str | None = None) -> None:
        """A job was added, answered or confirmed: look at the queue now. Cheap; any thread."""
        for name, worker in self._workers.items():
            if printer in (None, name):
                worker.wake()

    def kick(self, drawer: Drawer) -> None:
        """Open the drawer at once, outside the queue, without waiting; a fault comes as event."""
        threading.Thread(target=self._kick, args=(drawer,), name="drawer", daemon=True).start()

    def try_out(self, printer: str, slip: Slip) -> Outcome | None:
        """Print a slip of no job on a real printer, for somebody who looks at the paper; None for
        an output without any. Waits for the printer: not on the thread of the screen.
        """
        output = self.outputs.get(printer)
        return output.try_out(slip) if isinstance(output, PrinterOutput) else None

    def seen(self, printer: str) -> None:
        """Somebody looked: what was sent last to this printer is on paper."""
        output = self.outputs.get(printer)
        if isinstance(output, PrinterOutput):
            output.printer.seen()
            self._workers[printer].ask_again()

    def _kick(self, drawer: Drawer) -> None:
        try:
            drawer.kick()
        except DeviceFault as fault:
            self.events.on_drawer_fault(fault)

    def _fallback(self, table: Mapping[str, object]) -> Output | None:
        name = tables.text(table, "fallback", "")
        if not name:
            return None
        if name == SCREEN and SCREEN not in self.outputs:
            return ScreenOutput(SCREEN, PROFILES["80mm"], self.events.on_screen)
        if name not in self.outputs:
            raise BadDeviceTable(key="fallback", value=name)
        return self.outputs[name]
