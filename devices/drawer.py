"""The cash drawer: opened through the printer or a serial line, and asked whether it is open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from devices import tables
from devices.channel import send_all
from devices.faults import BadDeviceTable
from devices.printer import Printer
from devices.serial_port import Serial

LEVELS = ("high", "low", "unknown")


class Drawer(Protocol):
    """What the counter needs of any drawer; both raise DeviceFault."""

    def kick(self) -> None:
        """Open it now."""

    def is_open(self) -> bool | None:
        """None when this drawer cannot tell."""


class PrinterDrawer:
    """Hangs on the printer's drawer socket; pin 2 or 5 of that socket."""

    def __init__(
        self, printer: Printer, *, pin: int = 2, pulse_ms: int = 100, open_level: str = "unknown"
    ) -> None:
        self.printer, self.pin, self.pulse_ms = printer, pin, pulse_ms
        self.open_level = open_level

    def kick(self) -> None:
        self.printer.pulse(pin=0 if self.pin == 2 else 1, on_ms=self.pulse_ms)

    def is_open(self) -> bool | None:
        if self.open_level == "unknown":
            return None
        return _is_open(self.printer.status().drawer_pin, self.open_level)


class SerialDrawer:
    """A drawer with a port of its own: any bytes open it, and a control line may tell."""

    def __init__(
        self, serial: Serial, pulse: bytes, *, sense: str = "none", open_level: str = "high"
    ) -> None:
        self.serial, self.pulse = serial, pulse
        self.sense, self.open_level = sense, open_level

    def kick(self) -> None:
        channel = self.serial.open()
        try:
            send_all(channel, self.pulse, stall_s=1.0)
        finally:
            channel.close()

    def is_open(self) -> bool | None:
        if self.sense == "none":
            return None
        channel = self.serial.open()
        try:
            return _is_open(channel.line(self.sense), self.open_level)
        finally:
            channel.close()


def drawer_from_table(
    table: Mapping[str, object], printers: Mapping[str, Printer]
) -> Drawer | None:
    """The drawer of `[drawer]`; None where the table says that there is none."""
    connect = tables.choice(table, "connect", ("printer", "serial", "none"), "printer")
    if connect == "none":
        return None
    if connect == "serial":
        return _serial_drawer(table)
    name = tables.text(table, "printer", "receipt")
    if name not in printers:
        raise BadDeviceTable(key="printer", value=name)
    pin = tables.whole(table, "pin", 2)
    if pin not in (2, 5):
        raise BadDeviceTable(key="pin", value=pin)
    return PrinterDrawer(
        printers[name],
        pin=pin,
        pulse_ms=tables.whole(table, "pulse_ms", 100),
        open_level=tables.choice(table, "open_level", LEVELS, "unknown"),
    )


def _serial_drawer(table: Mapping[str, object]) -> SerialDrawer:
    pulse = tables.text(table, "pulse_bytes", "07")
    try:
        data = bytes.fromhex(pulse)
    except ValueError as error:
        raise BadDeviceTable(key="pulse_bytes", value=pulse) from error
    return SerialDrawer(
        Serial.from_table(table),
        data,
        sense=tables.choice(table, "sense", ("none", "cts", "dsr", "cd", "ri"), "none"),
        open_level=tables.choice(table, "open_level", LEVELS, "high"),
    )


def _is_open(level: bool | None, open_level: str) -> bool | None:
    if level is None or open_level == "unknown":
        return None
    return level == (open_level == "high")
