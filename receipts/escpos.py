"""A laid out slip as the bytes of an ESC/POS printer.

Chinese goes out in the printer's own Chinese mode, entered anew after every reset: printers differ
in the mode that they wake up in. Sizes are given twice, as `GS !` and as `FS !`, because older
Chinese firmware scales Chinese characters only by the second.
"""

from __future__ import annotations

from devices.profiles import PrinterProfile
from receipts import ean13
from receipts.clean import LATIN_ENCODING, cells
from receipts.code128 import code128_command_data, module_dots
from receipts.layout import Line, Sheet, Symbol

RESET = b"\x1b@"
USA_CHARACTERS = b"\x1bR\x00"  # Some printers sold in China draw $ as ￥ otherwise.
CHINESE_ON = b"\x1c&"
CHINESE_OFF = b"\x1c."
LATIN_PAGE = b"\x1bt\x13"  # PC858
CUT = b"\x1dVB\x00"  # Feeds to the knife, then cuts.
TEAR_OFF = b"\x1bd\x04"
NARROW_PAPER_QR, WIDE_PAPER_QR = 5, 6


def escpos_bytes(sheet: Sheet, profile: PrinterProfile) -> bytes:
    """The whole job, from reset to cut; nothing in it comes from people but printable text."""
    out = bytearray(_start(profile))
    for part in sheet.lines:
        out += _line(part, profile) if isinstance(part, Line) else _symbol(part, profile)
    return bytes(out)


def _start(profile: PrinterProfile) -> bytes:
    if profile.prints_chinese:
        return RESET + USA_CHARACTERS + CHINESE_ON + b"\x1cS\x00\x00"
    return RESET + CHINESE_OFF + USA_CHARACTERS + LATIN_PAGE


def _line(line: Line, profile: PrinterProfile) -> bytes:
    text = _encoded(line.text.rstrip(), profile) + b"\n"
    on, off = _styles(line, profile)
    return on + text + off


def _styles(line: Line, profile: PrinterProfile) -> tuple[bytes, bytes]:
    """Commands before and after a line; every line leaves the printer in its plain state."""
    on = off = b""
    if line.tall or line.wide:
        on += b"\x1d!" + bytes((0x10 * line.wide + 0x01 * line.tall,))
        off += b"\x1d!\x00"
        if profile.prints_chinese:
            on += b"\x1c!" + bytes((0x04 * line.wide + 0x08 * line.tall,))
            off += b"\x1c!\x00"
    if line.bold:
        on += b"\x1bE\x01"
        off += b"\x1bE\x00"
    return on, off


def _encoded(text: str, profile: PrinterProfile) -> bytes:
    return text.encode("gb18030" if profile.prints_chinese else LATIN_ENCODING)


def _symbol(symbol: Symbol, profile: PrinterProfile) -> bytes:
    if symbol.kind == "cut":
        return CUT if profile.has_cut else TEAR_OFF
    if not symbol.data:
        return b""
    if symbol.kind == "code128":
        return _barcode(symbol.data, profile)
    if symbol.kind == "ean13":
        return _ean13(symbol.data, profile)
    return _qr(symbol.data, profile)


def _barcode(data: str, profile: PrinterProfile) -> bytes:
    width = module_dots(data, profile.dots)
    if not profile.has_barcode or not width:
        return _centred(data, profile)
    return _bars(width, b"I", code128_command_data(data))


def _ean13(data: str, profile: PrinterProfile) -> bytes:
    width = ean13.module_dots(profile.dots)
    if not profile.has_barcode or not width:
        return _centred(data, profile)
    return _bars(width, b"C", data.encode("ascii"))


def _bars(width: int, kind: bytes, coded: bytes) -> bytes:
    """Height 64 dots (8 mm), the digits beneath, and the code in the middle of the paper."""
    start = b"\x1ba\x01\x1dh\x40\x1dw" + bytes((width,)) + b"\x1dH\x02\x1df\x00"
    return start + b"\x1dk" + kind + bytes((len(coded),)) + coded + b"\n\x1ba\x00"


def _qr(data: str, profile: PrinterProfile) -> bytes:
    if not profile.has_qr:
        return _centred(data, profile)
    size = NARROW_PAPER_QR if profile.dots < 500 else WIDE_PAPER_QR
    stored = data.encode("ascii")
    return (
        b"\x1ba\x01"
        + _qr_command(b"A", b"2\x00")
        + _qr_command(b"C", bytes((size,)))
        + _qr_command(b"E", b"1")
        + _qr_command(b"P", b"0" + stored)
        + _qr_command(b"Q", b"0")
        + b"\n\x1ba\x00"
    )


def _qr_command(function: bytes, parameters: bytes) -> bytes:
    body = b"1" + function + parameters
    return b"\x1d(k" + len(body).to_bytes(2, "little") + body


def _centred(text: str, profile: PrinterProfile) -> bytes:
    """A code as text: whoever needs it types it."""
    room = max(0, profile.columns - cells(text, profile.codepage)) // 2
    return _encoded(" " * room + text, profile) + b"\n"
