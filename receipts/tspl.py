"""Labels as the commands of a label printer (TSPL: TSC, Gprinter, Xprinter).

Words are drawn as pictures where this machine has a Chinese font, because printers differ in the
fonts that they bring; without one they go out in the font that printers sold in China have.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from devices.profiles import LabelSize, PrinterProfile
from receipts.clean import clean_for_paper
from receipts.code128 import code128_modules
from receipts.ean13 import MODULES, ean13_digits
from receipts.ean13 import module_dots as ean13_dots
from receipts.layout import Line, Sheet, layout
from receipts.slip import Slip, Tag
from receipts.wrapping import wrap

DOTS_A_MM = 8
# In dots: the printer's font is 24 high; what is read from afar is twice that.
SMALL, LARGE, MARGIN, LINE = 24, 48, 8, 28
# Bars below this height no scanner finds; the digits below them take a line.
LEAST_BARS, MOST_BARS = 24, 120
PRINTERS_FONT = "printer"
_RESIDENT = "TSS24.BF2"
_FONTS = (
    "C:/Windows/Fonts/simhei.ttf", "C:/Windows/Fonts/msyh.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/System/Library/Fonts/PingFang.ttc",
)  # fmt: skip


def tspl_bytes(slip: Slip, profile: PrinterProfile) -> bytes:
    """The whole job: labels, and whatever else stands on the slip on labels of its own."""
    assert profile.label is not None
    pen = _Pen(profile.label, font_file(profile.font))
    out = bytearray(pen.start())
    for part in slip.parts:
        if isinstance(part, Tag):
            out += pen.label(part)
    rest = Slip(
        slip.kind, slip.number, tuple(one for one in slip.parts if not isinstance(one, Tag))
    )
    out += pen.pages(layout(rest, profile))
    return bytes(out)


@lru_cache(maxsize=4)
def font_file(named: str) -> str:
    """The file of the font that words are drawn with; empty for the printer's own."""
    if named:
        return "" if named == PRINTERS_FONT else named
    return next((one for one in _FONTS if Path(one).is_file()), "")


class _Pen:
    def __init__(self, size: LabelSize, font: str) -> None:
        self.size, self.font = size, font
        self.width, self.height = size.width_mm * DOTS_A_MM, size.height_mm * DOTS_A_MM

    def start(self) -> bytes:
        size = self.size
        return _command(
            f"SIZE {size.width_mm} mm,{size.height_mm} mm", f"GAP {size.gap_mm} mm,0 mm",
            "DIRECTION 1",
        )  # fmt: skip

    def label(self, label: Tag) -> bytes:
        """Name, price and bars from top to bottom; of a long name as much as leaves room."""
        cells = (self.width - 2 * MARGIN) // (SMALL // 2)
        name = wrap(_clean(label.name), cells, "gb18030")
        room = (self.height - MARGIN - LARGE - LINE - LEAST_BARS - 2 * MARGIN) // LINE
        shown, y = name[: max(1, min(2, room))], MARGIN
        out = bytearray(_command("CLS"))
        for line in shown:
            out += self.words(MARGIN, y, line, SMALL)
            y += LINE
        price = _clean(f"{label.price}/{label.unit}" if label.unit else label.price)
        out += self.words(MARGIN, y, price, LARGE if self._fits(price, LARGE) else SMALL)
        out += self._bars(label.code, y + LARGE + MARGIN)
        return bytes(out) + _command(f"PRINT 1,{label.copies}")

    def pages(self, sheet: Sheet) -> bytes:
        """Lines of text on as many labels as they need."""
        lines = [part.text.rstrip() for part in sheet.lines if isinstance(part, Line)]
        while lines and not lines[-1]:
            lines.pop()
        out, rows = bytearray(), max(1, (self.height - 2 * MARGIN) // LINE)
        for at in range(0, len(lines), rows):
            out += _command("CLS")
            for row, line in enumerate(lines[at : at + rows]):
                if line:
                    out += self.words(MARGIN, MARGIN + row * LINE, line, SMALL)
            out += _command("PRINT 1,1")
        return bytes(out)

    def words(self, x: int, y: int, text: str, size: int) -> bytes:
        """A line of text of that height, from its upper left corner."""
        if self.font:
            return _picture(x, y, _drawn(self.font, size, text))
        times, plain = size // SMALL, text.replace('"', "'")
        command = f'TEXT {x},{y},"{_RESIDENT}",0,{times},{times},"{plain}"\r\n'
        return command.encode("gb18030")

    def _fits(self, text: str, size: int) -> bool:
        """Does it fit in one line of that height?"""
        return len(text.encode("gb18030")) * size // 2 <= self.width - 2 * MARGIN

    def _bars(self, code: str, y: int) -> bytes:
        """The bars in the middle with their digits below; a code that does not fit as text."""
        high = min(self.height - y - LINE - MARGIN, MOST_BARS)
        digits, data = ean13_digits(code), "".join(c for c in code if " " <= c <= "~" and c != '"')
        if digits:
            kind, modules, narrow = "EAN13", MODULES, ean13_dots(self.width)
            data = digits
        else:
            kind, modules = "128", code128_modules(data)
            narrow = next((n for n in (2, 1) if (modules + 20) * n <= self.width), 0)
        if not data or not narrow or high < LEAST_BARS:
            return self.words(MARGIN, min(y, self.height - LINE), data, SMALL) if data else b""
        x = (self.width - modules * narrow) // 2
        return _command(f'BARCODE {x},{y},"{kind}",{high},1,0,{narrow},{narrow},"{data}"')


def _clean(text: str) -> str:
    return clean_for_paper(text).text


def _command(*lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in lines).encode("ascii")


def _drawn(font: str, size: int, text: str) -> Any:
    """The text as a picture in black and white; the library is loaded for the first label."""
    from PIL import Image, ImageDraw

    face = _face(font, size)
    right = max(1, int(face.getlength(text)) + 1)
    image = Image.new("1", (-(-right // 8) * 8, size + size // 6), 1)
    ImageDraw.Draw(image).text((0, 0), text, font=face, fill=0)
    return image


@lru_cache(maxsize=4)
def _face(font: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(font, size)


def _picture(x: int, y: int, image: Any) -> bytes:
    """A picture; a bit of 0 is a black dot, as in the rows of the image itself."""
    wide, high = image.width // 8, image.height
    return f"BITMAP {x},{y},{wide},{high},0,".encode("ascii") + image.tobytes() + b"\r\n"
