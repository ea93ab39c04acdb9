"""What stands on the pages of a PDF, row by row, as somebody with the paper in hand reads it."""

from __future__ import annotations

import base64
import re
import zlib
from pathlib import Path

_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_FONT = re.compile(rb"/BaseFont /([\w-]+).*?/Name /(F\d+)", re.DOTALL)
# A place is kept or taken again, moved and scaled; a text has its place, its font and its signs.
_MARK = re.compile(
    rb"\b(?P<keep>q)\b|\b(?P<back>Q)\b"
    rb"|(?P<wide>[\d.-]+) 0 0 (?P<tall>[\d.-]+) (?P<right>[\d.-]+) (?P<up>[\d.-]+) cm"
    rb"|1 0 0 1 (?P<x>[\d.-]+) (?P<y>[\d.-]+) Tm"
    rb"|/(?P<font>F\d+) [\d.]+ Tf"
    rb"|\((?P<text>(?:\\.|[^\\)])*)\) Tj",
    re.DOTALL,
)
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
# The font of the viewer whose signs have two bytes each.
_TWO_BYTES = b"STSong-Light"


def rows_of(file: Path) -> list[list[str]]:
    """The texts of each row from left to right, the rows from above to below, page by page."""
    data = file.read_bytes()
    wide = {name for font, name in _FONT.findall(data) if font == _TWO_BYTES}
    return [row for packed in _STREAM.findall(data) for row in _rows(_unpacked(packed), wide)]


def _unpacked(packed: bytes) -> bytes:
    return zlib.decompress(base64.a85decode(b"<~" + packed.strip(), adobe=True))


def _rows(page: bytes, wide: set[bytes]) -> list[list[str]]:
    placed: dict[int, list[tuple[float, str]]] = {}
    place, kept, font, at = (1.0, 1.0, 0.0, 0.0), [], b"", (0.0, 0.0)
    for mark in _MARK.finditer(page):
        if mark["keep"]:
            kept.append(place)
        elif mark["back"]:
            place = kept.pop()
        elif mark["wide"]:
            by = [float(mark[name]) for name in ("wide", "tall", "right", "up")]
            place = (
                place[0] * by[0], place[1] * by[1],
                place[2] + place[0] * by[2], place[3] + place[1] * by[3],
            )  # fmt: skip
        elif mark["x"]:
            at = (float(mark["x"]), float(mark["y"]))
        elif mark["font"]:
            font = mark["font"]
        else:
            x, y = place[2] + place[0] * at[0], place[3] + place[1] * at[1]
            plain = _ESCAPED.sub(_sign, mark["text"])
            text = plain.decode("utf-16-be" if font in wide else "latin-1")
            placed.setdefault(round(y), []).append((x, text))
    return [[text for _, text in sorted(placed[y])] for y in sorted(placed, reverse=True)]


def _sign(escaped: re.Match[bytes]) -> bytes:
    """One byte that is written as three digits, or behind a backslash."""
    code = escaped[1]
    if len(code) == 3:
        return bytes([int(code, 8)])
    return {b"n": b"\n", b"r": b"\r", b"t": b"\t"}.get(code, code)
