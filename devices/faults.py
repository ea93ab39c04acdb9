"""What can go wrong with a device: a code and named fields, no words.

The words are in the message catalogue under `fault.<code>`. A fault is shown in the status line;
money is never rolled back for one.
"""

from __future__ import annotations


class DeviceFault(Exception):
    """A device did not do what it was asked. `code` is the class name."""

    def __init__(self, **fields: object) -> None:
        self.fields = fields
        pairs = ", ".join(f"{name}={value}" for name, value in fields.items())
        super().__init__(f"{self.code} {pairs}".strip())

    @property
    def code(self) -> str:
        return type(self).__name__


class BadDeviceTable(DeviceFault):
    """The device's table in config.toml cannot be used: `key`, `value`, and where few are possible
    `allowed`.
    """

    def inside(self, section: str) -> BadDeviceTable:
        """The same with the whole name of the key: printer.receipt.profile."""
        return BadDeviceTable(**{**self.fields, "key": f"{section}.{self.fields['key']}"})


class Unreachable(DeviceFault):
    """No connection could be opened: `device`, `reason`."""


class ConnectionBroken(DeviceFault):
    """The connection was there and is gone: `device`, `reason`."""


class SendStalled(DeviceFault):
    """The device took no bytes for a while: `device`, `seconds`."""


class SpoolerUnavailable(DeviceFault):
    """The Windows spooler cannot be used here: `printer`, `reason`."""


class PrinterOffline(DeviceFault):
    """The printer says that it is offline, without saying why."""


class PrinterSilent(DeviceFault):
    """The printer takes bytes but does not answer when asked."""


class PaperOut(DeviceFault):
    """The paper has run out."""


class CoverOpen(DeviceFault):
    """The printer's cover is open."""


class CutterJam(DeviceFault):
    """The cutter is stuck."""


class PrinterError(DeviceFault):
    """The printer reports a fault of its mechanics or electronics."""


class NotConfirmed(DeviceFault):
    """All bytes went out, but the printer never said that it printed them."""


class DrawerBusy(DeviceFault):
    """The printer was busy too long, so the drawer pulse was given up; nothing opens later."""


class ScannerLost(DeviceFault):
    """The scanner is not there (any more): `port`, `reason`."""


class DisplayLost(DeviceFault):
    """The customer's display is not there (any more): `device`, `reason`."""
