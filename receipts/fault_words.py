"""What a device's fault says to the person at the counter: what happened, and the way out."""

from __future__ import annotations

from devices.check import Finding
from devices.faults import DeviceFault
from receipts.words import Language, said_fields, say, word

_WORDS = {
    "BadDeviceTable": word("config.toml: {key} = {value} is not possible here. Correct it."),
    "BadDeviceChoice": word(
        "config.toml: {key} = {value} is not possible here. It may be: {allowed}."
    ),
    "Unreachable": word("{device} cannot be reached ({reason}). Check cable, power and address."),
    "ConnectionBroken": word("{device} broke the connection ({reason}). Check cable and power."),
    "SendStalled": word("The printer takes no data. Check paper, cover and power."),
    "SpoolerUnavailable": word("The Windows printer {printer} cannot be used ({reason})."),
    "PrinterOffline": word("Printer {printer} is offline. Press its button or switch it on again."),
    "PrinterSilent": word(
        "Printer {printer} does not answer. Check it; if it never answers, set confirm = none."
    ),
    "PaperOut": word("Printer {printer} has no paper. Put in a new roll."),
    "CoverOpen": word("The cover of printer {printer} is open. Close it."),
    "CutterJam": word("The cutter of printer {printer} is stuck. Open the cover and free it."),
    "PrinterError": word("Printer {printer} reports a fault. Switch it off and on again."),
    "NotConfirmed": word("Printer {printer} did not say that it printed. Look at the paper."),
    "DrawerBusy": word("The drawer did not open: the printer was busy. Try again or use the key."),
    "ScannerLost": word("The scanner on {port} is gone. Plug it in again; typing works."),
    "PrinterShape": word("{at}: profile {profile}, {columns} columns, {codepage}, {confirm}"),
    "PrinterReady": word("Printer {printer} is ready."),
    "PrinterCannotTell": word("Printer {printer} can be reached; it cannot tell its state."),
    "PaperLow": word("Printer {printer} is ready; its paper is low."),
    "DrawerAbsent": word("No drawer is set up."),
    "DrawerCannotTell": word("The drawer is set up; it cannot tell whether it is open."),
    "DrawerOpen": word("The drawer is open."),
    "DrawerShut": word("The drawer is shut."),
    "ScannerThere": word("The scanner on {port} is there."),
    "DisplayLost": word("The customer display {device} is gone. Check cable and power."),
    "DisplayAbsent": word("No customer display is set up."),
    "DisplaySent": word("Two lines went to {device}. Look whether the display shows both."),
}

# What the system says of files, disks and lines, as os.strerror and the sockets word it.
SYSTEM = (
    word("No such file or directory"),
    word("Permission denied"),
    word("Operation not permitted"),
    word("No space left on device"),
    word("Read-only file system"),
    word("Is a directory"),
    word("Not a file on a disk"),
    word("File too large"),
    word("Not a directory"),
    word("File exists"),
    word("File name too long"),
    word("Input/output error"),
    word("Disk quota exceeded"),
    word("No such device"),
    word("No such device or address"),
    word("Device or resource busy"),
    word("Connection refused"),
    word("Connection reset by peer"),
    word("Connection timed out"),
    word("Broken pipe"),
    word("No route to host"),
    word("Network is unreachable"),
    word("Host is down"),
    word("Name or service not known"),
    word("Temporary failure in name resolution"),
    word("timed out"),
)


# These say themselves that the drawer stayed shut.
_OF_DRAWERS = ("DrawerBusy",)


def drawer_text(fault: DeviceFault, lang: Language) -> str:
    """The sentence for a fault that kept the drawer shut: the customer waits for change now."""
    told = fault_text(fault, lang)
    if fault.code in _OF_DRAWERS:
        return told
    return say("{why} The drawer did not open: use its key.", lang, why=told)


def fault_text(fault: DeviceFault | Finding, lang: Language) -> str:
    """The sentence for a fault, or for a line of a device check."""
    has_choice = fault.code == "BadDeviceTable" and fault.fields.get("allowed")
    words = _WORDS["BadDeviceChoice" if has_choice else fault.code]
    return say(words, lang, **said_fields(fault.fields, lang))
