"""Questions to a label printer (TSPL) and its answers: one question, one byte.

It answers at any time, also in the middle of a label; what it prints it does not acknowledge, so
that a job has ended when it no longer says that it prints.
"""

from __future__ import annotations

import time

from devices.channel import send_all
from devices.faults import NotConfirmed, PrinterSilent
from devices.status import PrinterStatus
from devices.talk import Talk

QUESTION = b"\x1b!?"
# A picture that an earlier job left half sent takes these for its rows; the line end ends the rest.
FLUSH = b"\x00" * 8192 + b"\r\n"
# Between two questions while it prints, and so often it must say that it does nothing: the labels
# may still be on their way to its head when it is asked for the first time. A roll of labels takes
# minutes; behind LONGEST_S nothing is believed.
PAUSE_S, IDLE, LONGEST_S = 0.2, 2, 900.0


class LabelTalk(Talk):
    """See the docstring of this file."""

    def ask_all(self) -> PrinterStatus:
        """Paper, cover and trouble; or PrinterSilent."""
        self._asked()
        return self.status

    def is_stopped(self) -> bool:
        """True when it says that it cannot print now."""
        self._asked()
        return self.status.fault(self._printer) is not None

    def settle(self, *, is_proved: bool) -> None:
        """End what an earlier job left half sent."""
        self.send(FLUSH)

    def at_end(self) -> PrinterStatus:
        """How it is when it no longer prints; it may take its time as long as it says so. Raises
        PrinterSilent and NotConfirmed.
        """
        idle, end = 0, time.monotonic() + LONGEST_S
        while idle < IDLE:
            is_printing = self._asked()
            if self.status.fault(self._printer):
                break
            if time.monotonic() > end:
                raise NotConfirmed(printer=self._printer)
            idle = 0 if is_printing else idle + 1
            time.sleep(PAUSE_S)
        return self.status

    def _asked(self) -> bool:
        """Ask; whether it prints just now. Raises PrinterSilent."""
        # A late answer to an earlier question is none to this one.
        self._channel.read(0)
        send_all(self._channel, QUESTION, stall_s=self._patience.stall_s)
        if not (answer := self._channel.read(self._patience.answer_s)):
            raise PrinterSilent(printer=self._printer)
        self.status = PrinterStatus.of_labels(answer[-1])
        return bool(answer[-1] & 0x20)
