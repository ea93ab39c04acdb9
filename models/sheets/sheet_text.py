"""Text of CSV files: which encoding and separator, and its rows even where a quote was left open.

Nothing is held as a whole: a list of 200 MB is read in pieces.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import NamedTuple

from models.sheets.sheet_bytes import Bytes, beginning, ending, pieces

# What is wrong with a row as it stands in the file.
BROKEN_QUOTE, CUT_OFF, UNKNOWN_SIGN = "broken_quote", "cut_off", "unknown_sign"
# What stands where bytes are no character of the encoding.
UNKNOWN = "\ufffd"

SEPARATORS = ",\t;|"
_SAMPLE = 200_000
_END = 4_096
_FIRST_LINES = 40
# UTF-8 writes nearly all its characters right even when some bytes were damaged.
_FEW = 10
_WIDE = re.compile("[^\x00-\x7f]")
_HIGH = re.compile(rb"[\x80-\xff]")
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class SheetRow(NamedTuple):
    """One row: its number in the sheet, 1 upwards, and what is wrong with it as text."""

    number: int
    cells: list[str]
    fault: str = ""


# --- the encoding


def encoding_of(source: Bytes) -> str:
    """The encoding of a text by its mark, or by what it would say in each."""
    sample = beginning(source, _SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name
    if (zeros := sample.count(0)) and (zeros * 10 > len(sample) or not _is_utf_8(source)):
        # Commas and digits of UTF-16 are one byte and a zero; which comes first?
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    if _is_utf_8(source):
        return "utf-8"
    return _of_bytes(_first_wide(source))


def _first_wide(source: Bytes) -> bytes:
    """Bytes from the first character that is not plain: it may be far down a list of codes."""
    found = b""
    for piece in pieces(source):
        at = 0 if found else next((m.start() for m in _HIGH.finditer(piece)), len(piece))
        found += piece[at:]
        if len(found) >= _SAMPLE:
            break
    return found[:_SAMPLE]


def _is_utf_8(source: Bytes) -> bool:
    """Is it UTF-8, but for a few damaged bytes?"""
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    right = damaged = 0
    is_plain = True
    for piece in pieces(source):
        if is_plain and piece.isascii():
            continue
        is_plain = False
        text = decoder.decode(piece)
        wrong = text.count(UNKNOWN)
        damaged += wrong
        right += sum(1 for _ in _WIDE.finditer(text)) - wrong
        if damaged * _FEW > right + _SAMPLE:
            return False
    return is_plain or right > _FEW * damaged


def _of_bytes(sample: bytes) -> str:
    # Chinese bytes come in runs, accented letters stand alone between plain ones.
    runs = re.findall(rb"[\x80-\xff]+", sample)
    if sum(len(run) == 1 for run in runs) * 2 > len(runs):
        return "cp1252" if not _is_big5(sample) else "big5"
    return "big5" if _is_big5(sample) else "gb18030"


def _is_big5(sample: bytes) -> bool:
    """Traditional or simplified? Each writes its common characters in a block of its own."""
    return _common(sample, "big5", range(0xA4, 0xC7)) > _common(sample, "gbk", range(0xB0, 0xD8))


def _common(sample: bytes, encoding: str, block: range) -> float:
    """How much of the characters is common, when the bytes are read in this encoding."""
    text = sample.decode(encoding, errors="replace")
    wide = [one for one in text if one > "\x7f"]
    firsts = (one.encode(encoding, errors="ignore")[:1] for one in wide if one != UNKNOWN)
    return sum(first[0] in block for first in firsts if first) / max(len(wide), 1)


# --- the separator


class Shape(NamedTuple):
    """How the first rows look: the separator, and how many cells most of them have."""

    separator: str
    width: int


# Rows that this program wrote: no quote is broken.
WELL_QUOTED = Shape(",", 0)


def shape_of(source: Bytes, encoding: str, separator: str = "") -> Shape:
    """The separator by which most of the first rows have equally many cells, more than one."""
    sample = list(islice(_lines(source, encoding), _FIRST_LINES))
    best = (0, 0, separator or ",")
    for one in separator or SEPARATORS:
        try:
            counts = [len(row) for row in csv.reader(sample, delimiter=one)]
        except csv.Error:
            continue
        wide = [count for count in counts if count > 1]
        usual = max(set(wide), key=wide.count, default=0)
        best = max(best, (wide.count(usual), usual, one), key=lambda score: score[:2])
    return Shape(best[2], best[1])


def is_open_ended(source: Bytes) -> bool:
    """Does the text end without a line end? Then nobody knows whether its last row is whole."""
    content = ending(source, _END)
    return bool(content) and not content.rstrip(b"\0").endswith((b"\n", b"\r"))


# --- the rows


def text_rows(source: Bytes, encoding: str, shape: Shape) -> Iterator[SheetRow]:
    """All rows, empty ones too. One that a broken quote begins stands alone, marked: the rows that
    the quote would swallow come by themselves.
    """
    lines = _Lines(_lines(source, encoding))
    reader = csv.reader(lines, delimiter=shape.separator)
    number, is_open = 0, is_open_ended(source)
    while True:
        lines.begin()
        try:
            cells, is_broken = next(reader), False
        except StopIteration:
            return
        except csv.Error:
            cells, is_broken = [], True
        number += 1
        fault = ""
        if is_broken or lines.is_cut or _is_swallowed(lines.taken, shape):
            fault, cells = BROKEN_QUOTE, lines.first().rstrip("\r\n").split(shape.separator)
        elif is_open and len(cells) < shape.width and not lines.taken[-1].endswith(("\n", "\r")):
            fault = CUT_OFF
        elif any(UNKNOWN in cell for cell in cells):
            fault = UNKNOWN_SIGN
        yield SheetRow(number, cells, fault)


def _is_swallowed(taken: list[str], shape: Shape) -> bool:
    """Do the lines of one row look like rows of their own? A text on several lines does not have
    as many separators in each as a row has.
    """
    if len(taken) < 2 or shape.width < 2:
        return False
    alike = [line.count(shape.separator) + 1 == shape.width for line in taken]
    return any(alike[1:-1]) or all(alike)


class _Lines:
    """The lines of a text; those that a row took too many of can be given back."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines, self._again = iter(lines), deque[str]()
        self.taken: list[str] = []
        # The text ended in the middle of a row: a quote is open.
        self.is_cut = False

    def __iter__(self) -> _Lines:
        return self

    def __next__(self) -> str:
        try:
            line = self._again.popleft() if self._again else next(self._lines)
        except StopIteration:
            self.is_cut = bool(self.taken)
            raise
        self.taken.append(line)
        return line

    def begin(self) -> None:
        self.taken, self.is_cut = [], False

    def first(self) -> str:
        """Keep only the first line that was taken."""
        self._again.extendleft(reversed(self.taken[1:]))
        return self.taken[0]


def _lines(source: Bytes, encoding: str) -> Iterator[str]:
    """The lines with their ends: at signs of the file, not at those that may stand in a cell."""
    with io.TextIOWrapper(
        source.open(), encoding=encoding, errors="replace", newline=""
    ) as lines:  # fmt: skip
        yield from lines
