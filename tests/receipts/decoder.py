"""Reads ESC/POS bytes the way a printer does, from the makers' command lists and not from our
encoder: text comes out as lines, and whatever a Chinese printer would get wrong is an error.

A byte of 0x81 or more that arrives outside Chinese mode is such an error: `FS &` must stand after
every `ESC @` and `FS .` before it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

# Bytes of parameters after the two bytes of the command.
FIXED = {
    b"\x1bR": 1, b"\x1bt": 1, b"\x1bE": 1, b"\x1bG": 1, b"\x1ba": 1, b"\x1bd": 1, b"\x1bJ": 1,
    b"\x1b!": 1, b"\x1bp": 3, b"\x1b2": 0, b"\x1b3": 1, b"\x1bM": 1, b"\x1b-": 1, b"\x1b ": 1,
    b"\x1b{": 1, b"\x1bV": 1, b"\x1b$": 2, b"\x1b\\": 2, b"\x1br": 1, b"\x1bm": 0, b"\x1bi": 0,
    b"\x1d!": 1, b"\x1dh": 1, b"\x1dw": 1, b"\x1dH": 1, b"\x1df": 1, b"\x1dr": 1, b"\x1da": 1,
    b"\x1dL": 2, b"\x1dW": 2, b"\x1dB": 1, b"\x1db": 1, b"\x1dI": 1, b"\x1dP": 2,
    b"\x1c!": 1, b"\x1cS": 2, b"\x1c-": 1, b"\x1cW": 1,
    b"\x10\x04": 1, b"\x10\x14": 3,
}  # fmt: skip


class PrinterWouldErr(Exception):
    """What a real printer would print wrongly or not understand."""


@dataclass
class Paper:
    """What came out: lines of text, and their factors of width and height."""

    lines: list[str] = field(default_factory=list)
    factors: list[tuple[int, int]] = field(default_factory=list)
    barcodes: list[str] = field(default_factory=list)
    qr_codes: list[str] = field(default_factory=list)
    cuts: int = 0
    pulses: int = 0
    images: int = 0
    commands: list[bytes] = field(default_factory=list)


class Decoder:
    """Feed it a whole job with `decode`."""

    def __init__(self, *, encoding: str = "gb18030", tolerant: bool = False) -> None:
        self.encoding, self.tolerant = encoding, tolerant
        self.paper = Paper()
        self.is_chinese = False
        self.text = bytearray()
        self.width = self.height = 1
        self.widest = (1, 1)
        self.stored_qr = b""

    def decode(self, data: bytes) -> Paper:
        at = 0
        while at < len(data):
            at = self._step(data, at)
        if self.text:
            self._end_line()
        return self.paper

    def _step(self, data: bytes, at: int) -> int:
        byte = data[at]
        if byte in (0x10, 0x1B, 0x1C, 0x1D):
            return self._command(data, at)
        if byte == 0x0A:
            self._end_line()
        elif byte >= 0x80:
            return self._high(data, at)
        elif byte >= 0x20:
            self._put(data[at : at + 1])
        elif byte not in (0x00, 0x0D) and not self.tolerant:
            raise PrinterWouldErr(f"control byte {byte:#04x} in text")
        return at + 1

    def _high(self, data: bytes, at: int) -> int:
        if self.encoding != "gb18030":
            self._put(data[at : at + 1])
            return at + 1
        if not self.is_chinese and not self.tolerant:
            raise PrinterWouldErr(f"byte {data[at]:#04x} outside Chinese mode")
        pair = data[at : at + 2]
        if len(pair) < 2 or not (0x40 <= pair[1] <= 0xFE and pair[1] != 0x7F):
            raise PrinterWouldErr(f"{pair.hex()} is no two-byte character")
        self._put(pair)
        return at + 2

    def _put(self, one: bytes) -> None:
        self.text += one
        self.widest = max(self.widest, (self.width, self.height))

    def _end_line(self) -> None:
        self.paper.lines.append(self.text.decode(self.encoding))
        self.paper.factors.append(self.widest)
        self.text.clear()
        self.widest = (1, 1)

    def _command(self, data: bytes, at: int) -> int:
        name = data[at : at + 2]
        if name in (b"\x1b@", b"\x1c&", b"\x1c."):
            self._mode(name)
            return at + 2
        if name in FIXED:
            end = at + 2 + FIXED[name]
            self._fixed(name, data[at + 2 : end])
            return end
        for read in (self._cut, self._code, self._function, self._image):
            behind = read(data, at)
            if behind is not None:
                return behind
        raise PrinterWouldErr(f"unknown command {data[at : at + 6].hex(' ')}")

    def _mode(self, name: bytes) -> None:
        self.paper.commands.append(name)
        self.is_chinese = name == b"\x1c&"
        if name == b"\x1b@":
            if self.text:
                self._end_line()
            self.width = self.height = 1

    def _fixed(self, name: bytes, parameters: bytes) -> None:
        self.paper.commands.append(name)
        if name == b"\x1d!":
            self.width, self.height = (parameters[0] >> 4) + 1, (parameters[0] & 7) + 1
        elif name in (b"\x1bp", b"\x10\x14"):
            self.paper.pulses += 1

    def _cut(self, data: bytes, at: int) -> int | None:
        if data[at : at + 2] != b"\x1dV":
            return None
        self.paper.cuts += 1
        return at + (4 if data[at + 2] in (65, 66) else 3)

    def _code(self, data: bytes, at: int) -> int | None:
        if data[at : at + 2] != b"\x1dk":
            return None
        kind = data[at + 2]
        if kind <= 6:
            end = data.index(b"\0", at + 3)
            self.paper.barcodes.append(data[at + 3 : end].decode("ascii"))
            return end + 1
        end = at + 4 + data[at + 3]
        coded = data[at + 4 : end]
        self.paper.barcodes.append(_code128(coded) if kind == 73 else coded.decode("latin-1"))
        return end

    def _function(self, data: bytes, at: int) -> int | None:
        if data[at : at + 2] not in (b"\x1d(", b"\x1c("):
            return None
        end = at + 5 + int.from_bytes(data[at + 3 : at + 5], "little")
        body = data[at + 5 : end]
        if data[at : at + 3] == b"\x1d(k" and body[:3] == b"1P0":
            self.stored_qr = body[3:]
        elif data[at : at + 3] == b"\x1d(k" and body[:2] == b"1Q":
            self.paper.qr_codes.append(self.stored_qr.decode("ascii"))
        elif data[at : at + 3] == b"\x1d(L":
            self.paper.images += 1
        return end

    def _image(self, data: bytes, at: int) -> int | None:
        if data[at : at + 3] != b"\x1dv0":
            return None
        width, height = (int.from_bytes(data[at + n : at + n + 2], "little") for n in (4, 6))
        self.paper.images += 1
        return at + 8 + width * height


def _code128(coded: bytes) -> str:
    """The text of CODE128 data in one code set; `{{` stands for a brace."""
    if coded[:2] == b"{C":
        return "".join(f"{pair:02d}" for pair in coded[2:])
    if coded[:2] != b"{B":
        raise PrinterWouldErr("CODE128 data must begin with its code set")
    rest = coded[2:].decode("ascii")
    if "{" in rest.replace("{{", ""):
        raise PrinterWouldErr("a brace in CODE128 data that is no command")
    return rest.replace("{{", "{")


def decode(data: bytes, *, encoding: str = "gb18030", tolerant: bool = False) -> Paper:
    """What a printer makes of a job; PrinterWouldErr where it would go wrong."""
    return Decoder(encoding=encoding, tolerant=tolerant).decode(data)
