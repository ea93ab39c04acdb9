"""Printers by their Windows name."""

from __future__ import annotations

import importlib
import os
from typing import Any

from devices.channel import Channel, Transport
from devices.faults import ConnectionBroken, SpoolerUnavailable, Unreachable


class WindowsSpooler(Transport):
    """A printer by its Windows name, raw bytes; the spooler never says what became of them."""

    def __init__(self, printer: str) -> None:
        self.printer = printer
        self.name = f"spooler {printer}"

    def open(self) -> Channel:
        if os.name != "nt":
            raise SpoolerUnavailable(printer=self.printer, reason="this is not Windows")
        try:
            spool = importlib.import_module("win32print")
        except ImportError as error:
            raise SpoolerUnavailable(printer=self.printer, reason="pywin32 is absent") from error
        try:
            handle = spool.OpenPrinter(self.printer)
            spool.StartDocPrinter(handle, 1, ("Deskbell", None, "RAW"))
        except spool.error as error:
            raise Unreachable(device=self.name, reason=str(error)) from error
        return _SpoolerChannel(spool, handle, self.name)


class _SpoolerChannel(Channel):
    can_read = False

    def __init__(self, spool: Any, handle: Any, name: str) -> None:
        self._spool, self._handle, self._name = spool, handle, name

    def write_some(self, data: bytes, timeout_s: float) -> int:
        try:
            return int(self._spool.WritePrinter(self._handle, data))
        except self._spool.error as error:
            raise ConnectionBroken(device=self._name, reason=str(error)) from error

    def discard(self) -> None:
        self._spool.AbortPrinter(self._handle)

    def close(self) -> None:
        try:
            self._spool.EndDocPrinter(self._handle)
            self._spool.ClosePrinter(self._handle)
        except self._spool.error as error:
            raise ConnectionBroken(device=self._name, reason=str(error)) from error
