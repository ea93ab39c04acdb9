"""Questions to a printer and its answers, over one open channel."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from devices import tables
from devices.channel import Channel, send_all
from devices.faults import PrinterSilent
from devices.status import Block, InOrder, PrinterStatus, RealTime, ReplyReader, Unasked

GS_R_PAPER = b"\x1dr\x01"
# Ends a command that an earlier job left half sent, whatever it was waiting for.
FLUSH_HALF_COMMAND = b"\x00" * 512


@dataclass(frozen=True)
class Patience:
    """How long to wait: for an answer, for a byte to be taken, for the proof, for the drawer."""

    answer_s: float = 1.0
    stall_s: float = 5.0
    confirm_s: float = 10.0
    pulse_s: float = 2.0

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Patience:
        """The times of a device's table."""
        return cls(
            answer_s=tables.seconds(table, "answer_timeout_s", cls.answer_s),
            stall_s=tables.seconds(table, "stall_timeout_s", cls.stall_s),
            confirm_s=tables.seconds(table, "confirm_timeout_s", cls.confirm_s),
            pulse_s=tables.seconds(table, "pulse_timeout_s", cls.pulse_s),
        )


class Talk:
    """`status` is all that the printer has said so far, asked or unasked."""

    def __init__(self, printer: str, channel: Channel, patience: Patience) -> None:
        self._printer, self._channel, self._patience = printer, channel, patience
        self._reader = ReplyReader()
        self._answers: list[int] = []
        self._ends: list[InOrder | Block] = []
        self.status = PrinterStatus()

    def ask_all(self) -> PrinterStatus:
        """Line, paper and cover, and the kind of error if there is one; or PrinterSilent.

        A printer that answers the first question need not know the others.
        """
        if not self._ask(1):
            raise PrinterSilent(printer=self._printer)
        for number in (4, 2):
            self._ask(number)
        if self.status.error:
            self._ask(3)
        return self.status

    def settle(self, *, is_proved: bool) -> None:
        """Clear the line of what an unknown job may have left in it, in both directions; late
        answers only where the ends of jobs are answered (`is_proved`).
        """
        self.send(FLUSH_HALF_COMMAND)
        if is_proved:
            self.catch_up()

    def at_end(self) -> PrinterStatus:
        """How it is behind a job."""
        return self.ask_all()

    def is_stopped(self) -> bool:
        """True when the printer says that it cannot take ordinary commands now."""
        return self._ask(1) and self.status.online is False

    def catch_up(self) -> None:
        """Let late answers to earlier jobs go by, or one could pass for the next job's proof."""
        self.send(GS_R_PAPER)
        end = time.monotonic() + self._patience.answer_s
        while not self._ends and (left := end - time.monotonic()) > 0:
            self._hear(left)
        self._ends.clear()

    def wait_for_end(self, token: bytes, meanwhile: Callable[[Channel], None]) -> bool:
        """Wait for the mark behind the job; without a token any answer in order is the mark."""
        end = time.monotonic() + self._patience.confirm_s
        ask_at = time.monotonic() + self._patience.answer_s
        while not self._has_ended(token):
            now = time.monotonic()
            if now >= end:
                return False
            meanwhile(self._channel)
            self._hear(min(0.05, end - now))
            if now >= ask_at:
                # Why does it take so long? Paper and cover show while there is no end.
                self._ask(4)
                self._ask(2)
                ask_at = time.monotonic() + self._patience.answer_s
        return True

    def send(self, data: bytes) -> int:
        """Send everything; answers in order that came before it are answers to something else."""
        if self._channel.can_read:
            self._hear(0)
        self._ends.clear()
        return send_all(self._channel, data, stall_s=self._patience.stall_s)

    def _has_ended(self, token: bytes) -> bool:
        if token:
            return any(isinstance(one, Block) and one.data == b'7"' + token for one in self._ends)
        return any(isinstance(one, InOrder) for one in self._ends)

    def _ask(self, number: int) -> bool:
        """Ask `DLE EOT number` and wait for the answer."""
        self._answers.clear()
        question = bytes((0x10, 0x04, number))
        send_all(self._channel, question, stall_s=self._patience.stall_s)
        end = time.monotonic() + self._patience.answer_s
        while not self._answers:
            if (left := end - time.monotonic()) <= 0:
                return False
            self._hear(left)
        self.status = self.status.with_real_time(number, self._answers[0])
        return True

    def _hear(self, timeout_s: float) -> None:
        for reply in self._reader.feed(self._channel.read(timeout_s)):
            if isinstance(reply, RealTime):
                self._answers.append(reply.byte)
            elif isinstance(reply, Unasked):
                self.status = self.status.with_unasked(reply.data)
            else:
                self._ends.append(reply)
