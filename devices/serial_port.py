"""Serial ports, real ones and those of USB and Bluetooth devices."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Mapping
from typing import Any

from devices import tables
from devices.channel import Channel, Transport, reason_of
from devices.faults import ConnectionBroken, SendStalled, Unreachable


class Serial(Transport):
    """A serial port, also the virtual one of a USB or Bluetooth device."""

    def __init__(self, port: str, baud: int = 9600, **settings: Any) -> None:
        self.port, self.baud, self.settings = port, baud, settings
        self.name = f"serial {port}"

    @classmethod
    def from_table(cls, table: Mapping[str, object]) -> Serial:
        flow = tables.choice(table, "flow", ("none", "rtscts", "dsrdtr", "xonxoff"), "none")
        settings: dict[str, Any] = {
            "bytesize": tables.whole(table, "bits", 8),
            "parity": tables.choice(table, "parity", ("N", "E", "O"), "N"),
            "stopbits": tables.whole(table, "stop_bits", 1),
        }
        if flow != "none":
            settings[flow] = True
        return cls(tables.text(table, "port"), tables.whole(table, "baud", 9600), **settings)

    def open(self) -> SerialChannel:
        import serial

        try:
            port = serial.Serial(self.port, self.baud, timeout=0, **self.settings)
        except (OSError, ValueError) as error:
            raise Unreachable(device=self.name, reason=reason_of(error)) from error
        return SerialChannel(port, self.name)


class SerialChannel(Channel):
    """An open serial port; `line` reads its control lines (a drawer's switch hangs on one)."""

    can_recall = True

    def __init__(self, port: Any, name: str) -> None:
        self._port, self._name = port, name

    def write_some(self, data: bytes, timeout_s: float) -> int:
        try:
            if not hasattr(self._port, "fd"):
                return self._write_on_windows(data, timeout_s)
            # Past pyserial, because its write does not tell how much went out before a stall.
            if not select.select([], [self._port.fd], [], timeout_s)[1]:
                raise SendStalled(device=self._name, seconds=timeout_s)
            return os.write(self._port.fd, data)
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def _write_on_windows(self, data: bytes, timeout_s: float) -> int:
        import serial

        try:
            self._port.write_timeout = timeout_s
            return int(self._port.write(data) or 0)
        except serial.SerialTimeoutException as error:
            raise SendStalled(device=self._name, seconds=timeout_s, partly=True) from error

    def read(self, timeout_s: float) -> bytes:
        try:
            self._port.timeout = timeout_s
            first: bytes = self._port.read(1)
            return first + self._port.read(self._port.in_waiting) if first else b""
        except (OSError, TypeError) as error:
            # pyserial raises TypeError when the port is closed under a read.
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def line(self, which: str) -> bool:
        """The level of a control line: cts, dsr, cd or ri."""
        try:
            return bool(getattr(self._port, which))
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def unsent(self) -> int:
        try:
            return int(self._port.out_waiting)
        except OSError as error:
            raise ConnectionBroken(device=self._name, reason=reason_of(error)) from error

    def discard(self) -> None:
        try:
            self._port.reset_output_buffer()
        except _gone():
            return  # The port is gone, and with it what it held.

    def close(self) -> None:
        self._port.close()


def _gone() -> tuple[type[Exception], ...]:
    """What a port raises that was pulled out; pyserial lets the system's own error through."""
    if sys.platform == "win32":
        return (OSError,)
    import termios

    return (OSError, termios.error)
