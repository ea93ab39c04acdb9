"""A printer: asks how it is, sends a job, and finds out what became of it.

A job has three ends. It was printed, or nothing of it was sent and it may be sent again, or bytes
went out and nobody answered: then only a person can look, because printers keep what they took
through an empty roll and print it later.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from devices.abilities import Abilities, Remembered
from devices.channel import Channel, Transport, send_all
from devices.faults import DeviceFault, DrawerBusy, NotConfirmed, PrinterSilent
from devices.label_talk import LabelTalk
from devices.profiles import PrinterProfile, profile_from_table
from devices.status import PrinterStatus
from devices.talk import GS_R_PAPER, Patience, Talk
from devices.transport import make_transport

DEFAULT_PATIENCE = Patience()


class Ending(Enum):
    """What became of a job."""

    PRINTED = "printed"
    NOT_SENT = "not sent"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Outcome:
    """`confirmed_by` says how sure PRINTED is: gs_h, gs_r, status or none."""

    ending: Ending
    fault: DeviceFault | None = None
    status: PrinterStatus | None = None
    confirmed_by: str = ""
    sent: int = 0


@dataclass(slots=True)
class _Pulse:
    pin: int
    on_ms: int
    done: threading.Event = field(default_factory=threading.Event)
    fault: DeviceFault | None = None

    def in_order(self) -> bytes:
        units = max(1, min(255, self.on_ms // 2))
        return bytes((0x1B, 0x70, self.pin, units, units))

    def real_time(self) -> bytes:
        """The form that works while the printer is stopped by an empty roll."""
        return bytes((0x10, 0x14, 1, self.pin, max(1, min(8, self.on_ms // 100))))


class Printer:
    """A printer of receipts or labels. Safe to use from several threads: they take turns."""

    def __init__(
        self,
        name: str,
        transport: Transport,
        profile: PrinterProfile,
        patience: Patience = DEFAULT_PATIENCE,
        *,
        known: Remembered | None = None,
    ) -> None:
        self.name, self.transport, self.profile = name, transport, profile
        self.patience, self._known = patience, known or Remembered()
        self._lock = threading.Lock()
        self._pulses: deque[_Pulse] = deque()
        self._unsettled = False
        self._job_number = 0
        # Why it is not known whether the last job was printed.
        self._doubt: DeviceFault | None = None

    @classmethod
    def from_table(
        cls, name: str, table: Mapping[str, object], known: Remembered | None = None
    ) -> Printer:
        """The printer of `[printer.NAME]`; BadDeviceTable names a wrong key."""
        transport, profile = make_transport(table), profile_from_table(table)
        return cls(name, transport, profile, Patience.from_table(table), known=known)

    @property
    def abilities(self) -> Abilities:
        """What this printer was found able to tell, up to now."""
        return self._known.of(self.transport.name)

    def status(self) -> PrinterStatus:
        """Ask now; raises Unreachable or PrinterSilent. Nothing is known of a one-way printer."""
        with self._lock:
            channel = self.transport.open()
            try:
                if self._rung(channel) == "none":
                    return PrinterStatus()
                return self._asked(self._talk(channel))
            finally:
                channel.close()

    def seen(self) -> None:
        """A person looked: what was sent last is on paper. So what the printer did not say of it
        is what it cannot say; one that ever said it can, and had another trouble.
        """
        if isinstance(self._doubt, PrinterSilent) and self.abilities.answers is None:
            self._known.learn(self.transport.name, answers=False)
        elif isinstance(self._doubt, NotConfirmed) and self.abilities.in_order is None:
            self._known.learn(self.transport.name, in_order=False)

    def send(
        self,
        job: bytes,
        *,
        before_first_byte: Callable[[], None] | None = None,
        is_trial: bool = False,
    ) -> Outcome:
        """Print a job. `before_first_byte` is called when the printer is there and ready, so
        that what it writes down ("sending") is only written when bytes are about to leave. A trial
        goes also to a printer that never answered: somebody stands there and looks.
        """
        with self._lock:
            try:
                channel = self.transport.open()
            except DeviceFault as fault:
                return Outcome(Ending.NOT_SENT, fault)
            try:
                outcome = self._send_over(channel, job, before_first_byte, is_trial=is_trial)
            finally:
                fault_at_end = _close(channel)
            if outcome.ending is not Ending.NOT_SENT:
                self._doubt = outcome.fault
            if fault_at_end and outcome.confirmed_by == "none":
                return Outcome(Ending.UNKNOWN, fault_at_end, outcome.status, sent=outcome.sent)
            return outcome

    def pulse(self, *, pin: int, on_ms: int) -> None:
        """Open the drawer on pin 0 or 1 now; DrawerBusy when the printer stays taken too long.

        A pulse is never kept for later: it would open a till that nobody stands at.
        """
        wanted = _Pulse(pin, on_ms)
        self._pulses.append(wanted)
        give_up_at = time.monotonic() + self.patience.pulse_s
        while not wanted.done.is_set() and time.monotonic() < give_up_at:
            if self._lock.acquire(timeout=0.02):
                try:
                    if self._withdraw(wanted):
                        self._pulse_over_own_connection(wanted)
                        return
                finally:
                    self._lock.release()
        if self._withdraw(wanted):
            raise DrawerBusy(printer=self.name)
        wanted.done.wait(self.patience.stall_s)
        if wanted.fault:
            raise wanted.fault

    def _send_over(
        self,
        channel: Channel,
        job: bytes,
        before_first_byte: Callable[[], None] | None,
        *,
        is_trial: bool,
    ) -> Outcome:
        talk = self._talk(channel)
        rung = self._rung(channel)
        try:
            if rung != "none":
                rung = self._hear_before(talk, rung, is_trial=is_trial)
            if self._unsettled:
                talk.settle(is_proved=rung in ("gs_r", "auto"))
        except DeviceFault as fault:
            return Outcome(Ending.NOT_SENT, fault, talk.status)
        if before_first_byte:
            before_first_byte()

        # From here on bytes may leave, and the job is never sent again by itself.
        proof, token = self._proof(rung)
        self._unsettled = True
        try:
            sent = talk.send(job + proof)
        except DeviceFault as fault:
            sent = int(str(fault.fields.get("sent", 0)))
            self._unsettled = sent > 0
            ending = Ending.UNKNOWN if sent else Ending.NOT_SENT
            return Outcome(ending, fault, talk.status, sent=sent)
        try:
            confirmed = self._confirm(talk, rung, token)
        except DeviceFault as fault:
            return Outcome(Ending.UNKNOWN, fault, talk.status, sent=sent)
        self._unsettled = False
        if confirmed == "none" and is_trial:
            silent = PrinterSilent(printer=self.name)
            return Outcome(Ending.UNKNOWN, silent, talk.status, confirmed, sent)
        return Outcome(Ending.PRINTED, None, talk.status, confirmed, sent)

    def _talk(self, channel: Channel) -> Talk:
        kind = Talk if self.profile.label is None else LabelTalk
        return kind(self.name, channel, self.patience)

    def _rung(self, channel: Channel) -> str:
        return self.profile.confirm if channel.can_read else "none"

    def _is_one_way(self, channel: Channel) -> bool:
        """It cannot answer: by its line, by config.toml, or by what a person saw."""
        rung = self._rung(channel)
        return rung == "none" or (rung == "auto" and self.abilities.answers is False)

    def _asked(self, talk: Talk) -> PrinterStatus:
        """Its answer, or nothing known of one that cannot answer; PrinterSilent for any other."""
        try:
            status = talk.ask_all()
        except PrinterSilent:
            if self.profile.confirm == "auto" and self.abilities.answers is False:
                return PrinterStatus()
            raise
        self._known.learn(self.transport.name, answers=True)
        return status

    def _hear_before(self, talk: Talk, rung: str, *, is_trial: bool) -> str:
        """Ask before anything is sent, raise what is wrong, and say which rung is left.

        With `auto` a printer that a person saw printing without a word is sent to without one; any
        other that is silent is in trouble.
        """
        if rung == "auto" and self.abilities.answers is False and not is_trial:
            return "none"
        try:
            status = self._asked(talk)
        except PrinterSilent:
            if rung == "auto" and is_trial and self.abilities.answers is not True:
                return "none"
            raise
        if status.online is None:
            return "none"
        if fault := status.fault(self.name):
            raise fault
        if rung != "auto":
            return rung
        if self.profile.label is not None or (self.abilities.in_order is False and not is_trial):
            return "status"
        return "auto"

    def _proof(self, rung: str) -> tuple[bytes, bytes]:
        """What to add to the job so that its end is answered, and the expected mark."""
        if rung == "gs_h":
            self._job_number = self._job_number % 9999 + 1
            token = b"%04d" % self._job_number
            return b"\x1d(H\x06\x000" + b"0" + token, token
        if rung in ("gs_r", "auto"):
            return GS_R_PAPER, b""
        return b"", b""

    def _confirm(self, talk: Talk, rung: str, token: bytes) -> str:
        """How the printing was confirmed; raises the fault that leaves it unknown."""
        if rung == "none":
            return "none"
        if rung != "status" and talk.wait_for_end(token, self._fire_waiting_pulses):
            if rung == "auto":
                self._known.learn(self.transport.name, in_order=True)
            return "gs_h" if rung == "gs_h" else "gs_r"
        status = talk.at_end()
        if fault := status.fault(self.name):
            raise fault
        if rung == "status":
            return "status"
        # With `auto` a person looks, and then it is known that this printer cannot say it.
        raise NotConfirmed(printer=self.name)

    def _withdraw(self, pulse: _Pulse) -> bool:
        try:
            self._pulses.remove(pulse)
        except ValueError:
            return False
        return True

    def _pulse_over_own_connection(self, pulse: _Pulse) -> None:
        channel = self.transport.open()
        try:
            command = pulse.in_order()
            if not self._is_one_way(channel) and self._talk(channel).is_stopped():
                command = pulse.real_time()
            send_all(channel, command, stall_s=self.patience.stall_s)
        finally:
            channel.close()

    def _fire_waiting_pulses(self, channel: Channel) -> None:
        """Fire the pulses asked for meanwhile; only between commands of a job, never inside."""
        while self._pulses:
            try:
                pulse = self._pulses.popleft()
            except IndexError:
                return  # Its owner has just withdrawn it.
            try:
                send_all(channel, pulse.real_time(), stall_s=self.patience.stall_s)
            except DeviceFault as fault:
                pulse.fault = fault
                raise
            finally:
                pulse.done.set()


def _close(channel: Channel) -> DeviceFault | None:
    try:
        channel.close()
    except DeviceFault as fault:
        return fault
    return None
