"""Where a slip can go: a printer, a folder of files, or the screen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from devices import tables
from devices.abilities import Remembered
from devices.channel import Transport
from devices.faults import Unreachable
from devices.files import Memory, PlainFile
from devices.printer import Ending, Outcome, Printer
from devices.profiles import PrinterProfile, profile_from_table
from devices.status import PrinterStatus
from receipts.escpos import escpos_bytes
from receipts.layout import Sheet, layout
from receipts.slip import Slip
from receipts.text import text_of

# What the chip says of an output that has no fault and cannot say itself that it is ready.
BLIND, FILES, ON_SCREEN, TRYING = "cannot tell", "files", "on screen", "trying"
_CALM: Mapping[type[Transport], str] = {PlainFile: FILES, Memory: TRYING}

_UNSAFE = re.compile(r"[^0-9A-Za-z._-]+")


class QueuedJob(Protocol):
    """What the spooler needs of a row of the print queue."""

    @property
    def key(self) -> int: ...
    @property
    def kind(self) -> str: ...
    @property
    def copy_no(self) -> int: ...
    @property
    def language(self) -> str: ...
    @property
    def is_stale(self) -> bool: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """A job with its slip; `begin` is called right before the first byte leaves."""

    job: QueuedJob
    slip: Slip
    begin: Callable[[], None]


class Output(Protocol):
    """One place that a worker owns."""

    name: str
    profile: PrinterProfile
    # What is said of it while nothing is wrong, where no printer says it.
    calm: str

    def send(self, delivery: Delivery) -> tuple[Outcome, Sheet]:
        """Put the slip out and say what became of it; never raises a DeviceFault."""

    def status(self) -> PrinterStatus:
        """How it is now; raises DeviceFault."""


def printed(slip: Slip, profile: PrinterProfile) -> tuple[Sheet, bytes]:
    """The slip as people read it, and in the language of its printer."""
    sheet = layout(slip, profile)
    if profile.label is None:
        return sheet, escpos_bytes(sheet, profile)
    from receipts.tspl import tspl_bytes

    return sheet, tspl_bytes(slip, profile)


class PrinterOutput:
    """Paper."""

    def __init__(self, printer: Printer) -> None:
        self.printer = printer
        self.name, self.profile = printer.name, printer.profile
        self.calm = _CALM.get(type(printer.transport), BLIND)

    def try_out(self, slip: Slip) -> Outcome:
        """Print a slip of no job, for somebody who looks at the paper."""
        _, data = printed(slip, self.profile)
        return self.printer.send(data, is_trial=True)

    def send(self, delivery: Delivery) -> tuple[Outcome, Sheet]:
        sheet, data = printed(delivery.slip, self.profile)
        return self.printer.send(data, before_first_byte=delivery.begin), sheet

    def status(self) -> PrinterStatus:
        return self.printer.status()


class FolderOutput:
    """Each slip as the bytes for a printer (.bin) and as text (.txt): the demonstration's paper."""

    calm = FILES

    def __init__(self, name: str, folder: Path, profile: PrinterProfile) -> None:
        self.name, self.folder, self.profile = name, folder, profile

    def send(self, delivery: Delivery) -> tuple[Outcome, Sheet]:
        sheet, data = printed(delivery.slip, self.profile)
        stem = file_stem(delivery)
        delivery.begin()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            (self.folder / f"{stem}.bin").write_bytes(data)
            (self.folder / f"{stem}.txt").write_text(text_of(sheet), encoding="utf-8")
        except OSError as error:
            # Half a file is no paper: the job may be written again.
            fault = Unreachable(device=str(self.folder), reason=error.strerror or str(error))
            return Outcome(Ending.NOT_SENT, fault), sheet
        return Outcome(Ending.PRINTED, confirmed_by="file", sent=len(data)), sheet

    def status(self) -> PrinterStatus:
        return PrinterStatus()


class ScreenOutput:
    """No paper: the slip is shown."""

    calm = ON_SCREEN

    def __init__(
        self, name: str, profile: PrinterProfile, show: Callable[[Delivery, Sheet], None]
    ) -> None:
        self.name, self.profile, self._show = name, profile, show

    def send(self, delivery: Delivery) -> tuple[Outcome, Sheet]:
        sheet = layout(delivery.slip, self.profile)
        delivery.begin()
        self._show(delivery, sheet)
        return Outcome(Ending.PRINTED, confirmed_by="screen"), sheet

    def status(self) -> PrinterStatus:
        return PrinterStatus()


def file_stem(delivery: Delivery) -> str:
    """A file name that sorts in the order of the jobs and can hold nothing of a person's text."""
    copy = f"-copy{delivery.job.copy_no}" if delivery.job.copy_no else ""
    number = _UNSAFE.sub("_", delivery.slip.number)[:40]
    return f"{delivery.job.key}-{delivery.slip.kind}-{number}{copy}"


def make_output(
    name: str,
    table: Mapping[str, object],
    *,
    show: Callable[[Delivery, Sheet], None],
    folder: Path,
    known: Remembered | None = None,
) -> Output:
    """The output of `[printer.NAME]`; `folder` is where the relative path of a file begins, `known`
    what printers were found able to tell.
    """
    connect = tables.text(table, "connect")
    if connect == "screen":
        return ScreenOutput(name, profile_from_table(table), show)
    if connect == "folder":
        path = folder / tables.text(table, "path", "slips")
        return FolderOutput(name, path, profile_from_table(table))
    if connect == "file":
        path = folder / tables.text(table, "path")
        path.parent.mkdir(parents=True, exist_ok=True)
        table = {**table, "path": str(path)}
    return PrinterOutput(Printer.from_table(name, table, known))
