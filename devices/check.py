"""Tries one device by its table and says what it found, in codes: the words come later."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from devices.abilities import Remembered
from devices.display import try_display
from devices.drawer import drawer_from_table
from devices.faults import BadDeviceTable, DeviceFault
from devices.printer import Printer
from devices.scanner import framing_from_table
from devices.serial_port import Serial


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a check; `code` has its words under `device.<code>`, a fault under `fault.`."""

    code: str
    fields: Mapping[str, object]
    is_good: bool


def check_device(
    kind: str,
    name: str,
    table: Mapping[str, object],
    printers: Mapping[str, Mapping[str, object]] | None = None,
    *,
    known: Remembered | None = None,
) -> list[Finding]:
    """Check a "printer", "drawer", "scanner" or "display" without printing or opening anything; a
    display shows a text to look at.

    A drawer on a printer needs the tables of all printers; `known` is what printers were found able
    to tell.
    """
    try:
        if kind == "printer":
            return _check_printer(Printer.from_table(name, table, known))
        if kind == "drawer":
            return _check_drawer(table, printers or {})
        if kind == "scanner":
            return _check_scanner(table)
        if kind == "display":
            return _check_display(table)
    except BadDeviceTable as wrong:
        fault = wrong.inside(f"printer.{name}" if kind == "printer" else kind)
        return [Finding(fault.code, fault.fields, is_good=False)]
    except DeviceFault as fault:
        return [Finding(fault.code, fault.fields, is_good=False)]
    raise ValueError(f"no such kind of device: {kind}")


def serial_ports() -> list[tuple[str, str]]:
    """Path and description of every serial port, and of USB printers as device files."""
    from serial.tools import list_ports

    ports = [(port.device, str(port.description)) for port in list_ports.comports()]
    return ports + [(str(path), "usb printer") for path in sorted(Path("/dev/usb").glob("lp*"))]


def _check_printer(printer: Printer) -> list[Finding]:
    profile = printer.profile
    shape: dict[str, object] = {
        "profile": profile.name,
        "columns": profile.columns,
        "codepage": profile.codepage,
        "confirm": profile.confirm,
        "at": printer.transport.name,
    }
    findings = [Finding("PrinterShape", shape, is_good=True)]
    status = printer.status()
    if fault := status.fault(printer.name):
        return [*findings, Finding(fault.code, fault.fields, is_good=False)]
    if status.online is None:
        return [*findings, Finding("PrinterCannotTell", {"printer": printer.name}, is_good=True)]
    if status.paper == "low":
        return [*findings, Finding("PaperLow", {"printer": printer.name}, is_good=True)]
    return [*findings, Finding("PrinterReady", {"printer": printer.name}, is_good=True)]


def _check_drawer(
    table: Mapping[str, object], printers: Mapping[str, Mapping[str, object]]
) -> list[Finding]:
    made = {name: Printer.from_table(name, one) for name, one in printers.items()}
    drawer = drawer_from_table(table, made)
    if drawer is None:
        return [Finding("DrawerAbsent", {}, is_good=True)]
    is_open = drawer.is_open()
    code = {None: "DrawerCannotTell", True: "DrawerOpen", False: "DrawerShut"}[is_open]
    return [Finding(code, {}, is_good=True)]


def _check_scanner(table: Mapping[str, object]) -> list[Finding]:
    framing_from_table(table)
    serial = Serial.from_table(table)
    serial.open().close()
    return [Finding("ScannerThere", {"port": serial.port}, is_good=True)]


def _check_display(table: Mapping[str, object]) -> list[Finding]:
    if table.get("connect") == "none":
        return [Finding("DisplayAbsent", {}, is_good=True)]
    return [Finding("DisplaySent", {"device": try_display(table)}, is_good=True)]
