"""A label printer to test against: it reads TSPL as its makers' manual tells it, strictly.

Written from the command list and not from the program's own writer: what it does not know, or what
does not end where it must, is a printer that hangs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TEXT = re.compile(r'TEXT (\d+),(\d+),"TSS24\.BF2",0,(\d),(\d),"([^"]*)"')
_BARS = re.compile(r'BARCODE (\d+),(\d+),"(EAN13|128)",(\d+),1,0,(\d),(\d),"([^"]*)"')
DOTS_A_MM = 8


class Stuck(Exception):
    """The printer waits for something, or prints what nobody meant."""


@dataclass(frozen=True)
class Picture:
    at: tuple[int, int]
    width: int
    height: int
    black: int


@dataclass
class Printed:
    """One label as it comes out, so many times."""

    size: tuple[int, int]
    gap: int
    texts: list[str] = field(default_factory=list)
    bars: list[tuple[str, str, int, int, int]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    copies: int = 0


def read_labels(data: bytes) -> list[Printed]:
    """The labels that these bytes print. Stuck where a printer would be."""
    head, at = _Head(), 0
    while at < len(data):
        if data.startswith(b"BITMAP ", at):
            picture, at = _picture(data, at)
            head.label().pictures.append(_inside(picture, head.size))
            continue
        end = data.find(b"\r\n", at)
        if end < 0:
            raise Stuck("a command without an end")
        head.obey(data[at:end].decode("gb18030"))
        at = end + 2
    if head.now is not None:
        raise Stuck("a label that is never printed")
    return head.labels


class _Head:
    """The printer's state between two commands."""

    def __init__(self) -> None:
        self.size, self.gap, self.labels = (0, 0), 0, list[Printed]()
        self.now: Printed | None = None

    def label(self) -> Printed:
        if self.now is None:
            raise Stuck("nothing was cleared before")
        return self.now

    def obey(self, line: str) -> None:
        for form, work in (
            (r"SIZE (\d+) mm,(\d+) mm", self._size), (r"GAP (\d+) mm,0 mm", self._gap),
            (r"DIRECTION 1", lambda _: None), (r"CLS", self._clear), (_TEXT, self._text),
            (_BARS, self._bars), (r"PRINT 1,(\d+)", self._print),
        ):  # fmt: skip
            if found := re.fullmatch(form, line):
                work(found)
                return
        raise Stuck(line)

    def _size(self, found: re.Match[str]) -> None:
        self.size = int(found[1]), int(found[2])

    def _gap(self, found: re.Match[str]) -> None:
        self.gap = int(found[1])

    def _clear(self, found: re.Match[str]) -> None:
        self.now = Printed(self.size, self.gap)

    def _text(self, found: re.Match[str]) -> None:
        _fits(int(found[2]) + 24 * int(found[4]), self.size[1], found[5])
        self.label().texts.append(found[5])

    def _bars(self, found: re.Match[str]) -> None:
        _bars(self.label(), found, self.size)

    def _print(self, found: re.Match[str]) -> None:
        self.label().copies = int(found[1])
        self.labels.append(self.label())
        self.now = None


def _fits(end: int, millimetres: int, what: str) -> None:
    if end > millimetres * DOTS_A_MM:
        raise Stuck(f"beyond the label: {what}")


def _picture(data: bytes, at: int) -> tuple[Picture, int]:
    found = re.compile(rb"BITMAP (\d+),(\d+),(\d+),(\d+),0,").match(data, at)
    if found is None:
        raise Stuck("BITMAP")
    x, y, wide, high = map(int, found.groups())
    end = found.end() + wide * high
    rows = data[found.end() : end]
    if data[end : end + 2] != b"\r\n" or len(rows) != wide * high:
        raise Stuck("a picture of another size than it says")
    black = sum(8 - one.bit_count() for one in rows)
    return Picture((x, y), wide * 8, high, black), end + 2


def _inside(picture: Picture, size: tuple[int, int]) -> Picture:
    _fits(picture.at[1] + picture.height, size[1], "picture")
    return picture


def _bars(label: Printed, found: re.Match[str], size: tuple[int, int]) -> None:
    x, y, kind, high, narrow, data = (
        int(found[1]), int(found[2]), found[3], int(found[4]), int(found[5]), found[7],
    )  # fmt: skip
    if kind == "EAN13":
        digits = [int(one) for one in data]
        odd, even = sum(digits[0:12:2]), sum(digits[1:12:2])
        if len(digits) != 13 or (odd + 3 * even + digits[12]) % 10:
            raise Stuck(f"no EAN-13: {data}")
        _fits(x + 95 * narrow, size[0], data)
    # The digits below the bars take a line.
    _fits(y + high + 24, size[1], data)
    label.bars.append((kind, data, x, y, narrow))
