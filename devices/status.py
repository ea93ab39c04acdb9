"""Understands what a printer says of itself, however its bytes arrive.

Three kinds of answer share one line and may be split anywhere: one byte for `DLE EOT n`, four
bytes that the printer sends by itself (automatic status back, ASB), and answers in the order of
the printed data (`GS r`: one byte, `GS ( H`: a block that ends in NUL). Each kind has its own
fixed bits, as the makers' command lists give them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from devices.faults import (
    CoverOpen,
    CutterJam,
    DeviceFault,
    PaperOut,
    PrinterError,
    PrinterOffline,
)

_BLOCK_HEADS = b"\x35\x37\x3b\x3d\x5f"
_LONGEST_BLOCK = 80


@dataclass(frozen=True, slots=True)
class RealTime:
    """The answer to `DLE EOT n`; the byte does not say to which n."""

    byte: int


@dataclass(frozen=True, slots=True)
class Unasked:
    """Four bytes of automatic status."""

    data: bytes


@dataclass(frozen=True, slots=True)
class InOrder:
    """The answer to `GS r`: everything before it is printed."""

    byte: int


@dataclass(frozen=True, slots=True)
class Block:
    """A block without its closing NUL, such as the answer to `GS ( H`."""

    data: bytes


Reply = RealTime | Unasked | InOrder | Block


class ReplyReader:
    """Turns bytes into replies; bytes that fit nothing are dropped."""

    def __init__(self) -> None:
        self._status = bytearray()
        self._block = bytearray()

    def feed(self, data: bytes) -> list[Reply]:
        """The replies completed by these bytes, in order."""
        return [reply for byte in data if (reply := self._take(byte)) is not None]

    def _take(self, byte: int) -> Reply | None:
        if self._block:
            if byte == 0:
                done, self._block = Block(bytes(self._block)), bytearray()
                return done
            if 0x20 <= byte < 0x7F and len(self._block) < _LONGEST_BLOCK:
                self._block.append(byte)
                return None
            self._block.clear()  # The block was noise or was cut off; the byte may be more.
        if byte & 0x93 == 0x12:
            return RealTime(byte)
        if byte & 0x93 == 0x10:
            self._status[:] = [byte]
            return None
        if byte & 0x90 == 0:
            return self._plain(byte)
        if byte in _BLOCK_HEADS:
            self._block.append(byte)
        return None

    def _plain(self, byte: int) -> Reply | None:
        """A byte with both marker bits clear: the rest of an ASB, or an answer by itself."""
        if not self._status:
            return InOrder(byte)
        self._status.append(byte)
        if len(self._status) < 4:
            return None
        done = Unasked(bytes(self._status))
        self._status.clear()
        return done


@dataclass(frozen=True, slots=True)
class PrinterStatus:
    """What is known of a printer; None is not known. `drawer_pin` is the level of its switch."""

    online: bool | None = None
    paper: Literal["ok", "low", "out"] | None = None
    cover_open: bool | None = None
    cutter_jam: bool = False
    error: bool = False
    drawer_pin: bool | None = None

    def with_real_time(self, number: int, byte: int) -> PrinterStatus:
        """This status after the answer to `DLE EOT number`."""
        if number == 1:
            return replace(self, online=not byte & 0x08, drawer_pin=bool(byte & 0x04))
        if number == 2:
            out = "out" if byte & 0x20 else self.paper
            return replace(self, cover_open=bool(byte & 0x04), paper=out, error=bool(byte & 0x40))
        if number == 3:
            # A fault that the printer overcomes by itself (a hot head) is none for the cashier.
            return replace(self, cutter_jam=bool(byte & 0x08), error=bool(byte & 0x28))
        return replace(self, paper="out" if byte & 0x60 else "low" if byte & 0x0C else "ok")

    def with_unasked(self, data: bytes) -> PrinterStatus:
        """This status after four bytes of automatic status."""
        first, second, third = data[:3]
        return PrinterStatus(
            online=not first & 0x08,
            paper="out" if third & 0x0C else "low" if third & 0x03 else "ok",
            cover_open=bool(first & 0x20),
            cutter_jam=bool(second & 0x08),
            error=bool(second & 0x28),
            drawer_pin=bool(first & 0x04),
        )

    @classmethod
    def of_labels(cls, byte: int) -> PrinterStatus:
        """The status that a label printer answers: a bit for each thing that is wrong. A jam, a
        ribbon that ended and a head too hot are errors.
        """
        return cls(
            online=not byte & 0x10,
            paper="out" if byte & 0x04 else "ok",
            cover_open=bool(byte & 0x41),
            error=bool(byte & 0x8A),
        )

    def fault(self, printer: str) -> DeviceFault | None:
        """Why this printer cannot print now: the cause that a person can mend comes first."""
        if self.cover_open:
            return CoverOpen(printer=printer)
        if self.paper == "out":
            return PaperOut(printer=printer)
        if self.cutter_jam:
            return CutterJam(printer=printer)
        if self.error:
            return PrinterError(printer=printer)
        if self.online is False:
            return PrinterOffline(printer=printer)
        return None
