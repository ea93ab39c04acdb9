"""What every way of carrying bytes has in common: a transport opens a channel for each job.

An idle connection dies quietly (routers, printers that sleep), and bytes written into a dead one
are lost without an error, so nothing is kept open between jobs.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod

from devices.faults import DeviceFault, SendStalled

CHUNK = 1024


class Channel(ABC):
    """An open connection. All errors come as DeviceFault."""

    can_read = True
    # Whether `discard` surely takes back everything that `unsent` counts. A network connection
    # counts what is not acknowledged, and that may have been printed all the same.
    can_recall = False

    @abstractmethod
    def write_some(self, data: bytes, timeout_s: float) -> int:
        """Hand over at least one byte and say how many, or raise SendStalled."""

    def read(self, timeout_s: float) -> bytes:
        """Whatever has come within the time, b"" for silence; ConnectionBroken when it is gone."""
        time.sleep(timeout_s)
        return b""

    def unsent(self) -> int:
        """Bytes handed over that have not left this machine yet, or not surely."""
        return 0

    def discard(self) -> None:
        """Throw away what has not left yet, so that it cannot come out later by itself."""
        return

    @abstractmethod
    def close(self) -> None:
        """End it; a fault here means that the last bytes may not have arrived."""


class Transport(ABC):
    """Where a device is. `name` is for people, `open` gives a Channel."""

    name: str

    @abstractmethod
    def open(self) -> Channel:
        """Connect, or raise Unreachable."""


def send_all(channel: Channel, data: bytes, *, stall_s: float) -> int:
    """Write everything in small chunks; on a fault, its `sent` field says how much went out."""
    sent = 0
    try:
        while sent < len(data):
            sent += channel.write_some(data[sent : sent + CHUNK], stall_s)
        _wait_until_left(channel, stall_s)
    except DeviceFault as fault:
        # A chunk that went out partly counts: better to ask the cashier than to print twice.
        partly = 1 if fault.fields.get("partly") else 0
        recalled = _unsent(channel) if channel.can_recall else 0
        fault.fields["sent"] = max(partly, sent - recalled)
        channel.discard()
        raise
    return sent


def _wait_until_left(channel: Channel, stall_s: float) -> None:
    """A stuck serial line still fills the system's buffer, so acceptance alone proves nothing."""
    left, moved_at = channel.unsent(), time.monotonic()
    while left:
        time.sleep(0.005)
        now_left = channel.unsent()
        if now_left < left:
            left, moved_at = now_left, time.monotonic()
        elif time.monotonic() - moved_at > stall_s:
            raise SendStalled(seconds=stall_s)


def _unsent(channel: Channel) -> int:
    try:
        return channel.unsent()
    except DeviceFault:
        return 0


def reason_of(error: BaseException) -> str:
    """A short reason for people who read logs; the program goes by the fault's code."""
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
