"""`deskbell devices`: the devices that config.toml names; with a name, tests one."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from devices.abilities import FILE_NAME, Remembered
from devices.check import Finding, check_device
from models.base.refusals import Refusal
from receipts.fault_words import fault_text
from receipts.words import word
from tui.commands.place import Place
from tui.commands.terminal import speech
from tui.commands.terminal.speech import out, out_json, t
from tui.commands.terminal.table import print_table

KIND_WORDS = {
    "printer": word("printer"),
    "drawer": word("cash drawer"),
    "scanner": word("scanner"),
    "display": word("customer display"),
}

# What is found without asking the device.
FOUND_WORDS = {
    "ScannerTypes": word("The scanner types like a keyboard: scan something into an empty line."),
    "FolderThere": word("Slips go into the folder {path}."),
}


class DeviceUnknown(Refusal):
    """No device of this name is set up."""


@dataclass(frozen=True, slots=True)
class Device:
    """A device as config.toml names it; all but printers are called by their kind."""

    name: str
    kind: str
    table: Mapping[str, object]

    @property
    def address(self) -> str:
        """How it hangs on the machine."""
        names = ("host", "port", "path", "printer")
        parts = [str(self.table[name]) for name in names if name in self.table]
        return " ".join([str(self.table.get("connect", "")), ":".join(parts)]).strip()


def run(place: Place, options: argparse.Namespace) -> int:
    """List the devices, or test one; 1 when the test found a fault. Refuses: DeviceUnknown."""
    devices = list(devices_of(place))
    if options.name is None:
        _list(devices, as_json=options.json)
        return 0
    found = next((each for each in devices if each.name == options.name), None)
    if found is None:
        known = ", ".join(each.name for each in devices)
        raise DeviceUnknown(device=options.name, known=known)
    findings = tested(place, found)
    if options.json:
        out_json([_plain(finding) for finding in findings])
    else:
        for finding in findings:
            out(finding_text(finding))
    return 0 if all(finding.is_good for finding in findings) else 1


def devices_of(place: Place) -> Iterator[Device]:
    """Every device that config.toml names. Refuses: ConfigRefusal."""
    config = place.config
    for name, table in config.printers.items():
        yield Device(name, "printer", table)
    for kind in ("drawer", "scanner", "display"):
        table = getattr(config, kind)
        if table is not None:
            yield Device(kind, kind, table)


def tested(place: Place, device: Device) -> list[Finding]:
    """What the test of a device found, without printing or opening anything."""
    if device.kind == "scanner" and device.table.get("connect") != "serial":
        return [Finding("ScannerTypes", {}, is_good=True)]
    if device.table.get("connect") == "folder":
        path = place.folder / str(device.table.get("path", "slips"))
        return [Finding("FolderThere", {"path": path}, is_good=True)]
    real = {
        name: table
        for name, table in place.config.printers.items()
        if table.get("connect") != "folder"
    }
    if device.table.get("printer") in place.config.printers.keys() - real.keys():
        return [Finding("DrawerAbsent", {}, is_good=True)]
    known = Remembered(place.folder / FILE_NAME)
    return check_device(device.kind, device.name, device.table, real, known=known)


def finding_text(finding: Finding) -> str:
    """A line of a test in words."""
    if own := FOUND_WORDS.get(finding.code):
        return t(own, **finding.fields)
    return fault_text(finding, speech.language())


def _list(devices: list[Device], *, as_json: bool) -> None:
    if as_json:
        out_json([{"name": d.name, "kind": d.kind, **_texts(d.table)} for d in devices])
        return
    heads = [t("Name"), t("Device"), t("Connected by")]
    print_table(heads, [[each.name, t(KIND_WORDS[each.kind]), each.address] for each in devices])
    out(t("To test one: deskbell devices NAME"))
    if ports := _ports():
        out()
        print_table([t("Port"), t("What hangs there")], ports)


def _ports() -> list[list[str]]:
    from devices.check import serial_ports

    return [list(port) for port in serial_ports()]


def _texts(table: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in table.items() if isinstance(value, str | int | float)}


def _plain(finding: Finding) -> dict[str, object]:
    return {
        "code": finding.code,
        "is_good": finding.is_good,
        "fields": {name: str(value) for name, value in finding.fields.items()},
    }
