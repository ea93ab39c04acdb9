"""A slip as lines of cells for a certain width: pure, no device, no bytes.

Every width is decided here and nowhere else, so paper, preview, text and PDF show the same lines.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import singledispatchmethod
from typing import TYPE_CHECKING, Literal

from receipts.clean import cells, clean_for_paper
from receipts.ean13 import ean13_digits
from receipts.slip import (
    CENTRE,
    LEFT,
    QR,
    RIGHT,
    Barcode,
    Cut,
    Feed,
    Pair,
    Row,
    Rule,
    Slip,
    Table,
    Tag,
    Text,
)
from receipts.wrapping import wrap

if TYPE_CHECKING:
    from devices.profiles import PrinterProfile

GAP = 1
# A name column narrower than this holds no name; every name then gets a line of its own.
NARROWEST_NAME = 14
# With this much room for the name, the columns stand a little further apart.
ROOMY_NAME = 20


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line, its indent already in it as spaces. A wide line's cells count double."""

    text: str
    bold: bool = False
    tall: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Symbol:
    """A barcode, a QR code or a cut between lines."""

    kind: Literal["code128", "ean13", "qr", "cut"]
    data: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The laid out slip. `lost` are characters that this printer cannot print."""

    columns: int
    codepage: str
    lines: tuple[Line | Symbol, ...]
    lost: str = ""


def layout(slip: Slip, profile: PrinterProfile) -> Sheet:
    """Lay a slip out for a printer."""
    pen = _Pen(profile)
    lines: list[Line | Symbol] = []
    for part in slip.parts:
        lines += pen.draw(part)
    lost = "".join(dict.fromkeys(pen.lost))
    return Sheet(profile.columns, profile.codepage, tuple(lines), lost)


@dataclass(slots=True)
class _Pen:
    profile: PrinterProfile
    lost: list[str] = field(default_factory=list)

    @property
    def width(self) -> int:
        return self.profile.columns

    def clean(self, text: str) -> str:
        cleaned = clean_for_paper(text, self.profile.codepage)
        self.lost += cleaned.lost
        return cleaned.text

    def cells(self, text: str) -> int:
        return cells(text, self.profile.codepage)

    def wrap(self, text: str, width: int) -> list[str]:
        return wrap(text, width, self.profile.codepage)

    def aligned(self, text: str, align: str, width: int) -> str:
        room = max(0, width - self.cells(text))
        if align == RIGHT:
            return " " * room + text
        return " " * (room // 2) + text if align == CENTRE else text

    @singledispatchmethod
    def draw(self, part: object) -> Iterator[Line | Symbol]:
        raise TypeError(f"not a part of a slip: {part!r}")

    @draw.register
    def _(self, part: Text) -> Iterator[Line | Symbol]:
        text = self.clean(part.text).strip()
        if part.large and 0 < self.cells(text) <= self.width // 2:
            centred = self.aligned(text, part.align, self.width // 2)
            yield Line(centred, part.bold, tall=True, wide=True)
            return
        for line in self.wrap(text, self.width):
            yield Line(self.aligned(line, part.align, self.width), part.bold, tall=part.large)

    @draw.register
    def _(self, part: Pair) -> Iterator[Line | Symbol]:
        label, value = self.clean(part.label), self.clean(part.value)
        for text in self._pair(label, value):
            yield Line(text, part.bold, tall=part.tall)

    def _pair(self, label: str, value: str) -> list[str]:
        room = self.width - self.cells(value) - GAP
        if self.cells(label) <= room:
            return [label + " " * (self.width - self.cells(label + value)) + value]
        values = self.wrap(value, self.width)
        return self.wrap(label, self.width) + [
            self.aligned(line, RIGHT, self.width) for line in values
        ]

    @draw.register
    def _(self, part: Rule) -> Iterator[Line | Symbol]:
        yield Line(part.char * self.width)

    @draw.register
    def _(self, part: Feed) -> Iterator[Line | Symbol]:
        for _ in range(part.lines):
            yield Line("")

    @draw.register
    def _(self, part: Cut) -> Iterator[Line | Symbol]:
        yield Symbol("cut")

    @draw.register
    def _(self, part: Barcode) -> Iterator[Line | Symbol]:
        yield Symbol("code128", _ascii(part.data))

    @draw.register
    def _(self, part: Tag) -> Iterator[Line | Symbol]:
        """A label on a roll of receipts: each ends with the knife, or where it is torn off."""
        code = ean13_digits(part.code)
        symbol = Symbol("ean13", code) if code else Symbol("code128", _ascii(part.code))
        one = [
            *self.draw(Text(part.name, CENTRE, bold=True)),
            *self.draw(Text("/".join(filter(None, (part.price, part.unit))), CENTRE, large=True)),
            symbol,
            Symbol("cut"),
        ]
        for _ in range(part.copies):
            yield from one

    @draw.register
    def _(self, part: QR) -> Iterator[Line | Symbol]:
        yield Symbol("qr", _ascii(part.data))

    @draw.register
    def _(self, part: Table) -> Iterator[Line | Symbol]:
        for text in _TableDrawing(self, part).lines():
            yield Line(text)


class _TableDrawing:
    """The first column is a name, the others are amounts as wide as their widest cell."""

    def __init__(self, pen: _Pen, table: Table) -> None:
        self.pen, self.table = pen, table
        self.heads = [[pen.clean(head) for head in column.heads] for column in table.columns]
        self.rows = [[pen.clean(cell) for cell in row.cells] for row in table.rows]
        self.widths = self._widths()
        self.gap = 2 if self._room_for_name(gap=2) >= ROOMY_NAME else 1
        self.name_width = self._room_for_name(gap=self.gap)
        self.fits = self.name_width >= 0
        self.inline = self.name_width >= NARROWEST_NAME

    def _room_for_name(self, *, gap: int) -> int:
        return self.pen.width - sum(width + gap for width in self.widths)

    def _widths(self) -> list[int]:
        """Of the amount columns: the widest of heads and cells."""
        return [
            max(
                [self.pen.cells(head) for head in self.heads[index]]
                + [self.pen.cells(row[index]) for row in self.rows]
            )
            for index in range(1, len(self.table.columns))
        ]

    def lines(self) -> Iterator[str]:
        for language in zip(*self.heads, strict=True):
            yield from self._row(list(language), is_head=True)
        for row, cleaned in zip(self.table.rows, self.rows, strict=True):
            yield from self._row(cleaned, is_head=False)
            yield from self._notes(row)

    def _row(self, row: list[str], *, is_head: bool) -> Iterator[str]:
        name, amounts = row[0], row[1:]
        if not any(row):
            return
        if self.fits and self.pen.cells(name) <= self.name_width and (self.inline or is_head):
            pad = " " * (self.name_width - self.pen.cells(name))
            yield name + pad + self._amounts(amounts)
            return
        yield from self.pen.wrap(name, self.pen.width)
        if self.fits:
            yield " " * self.name_width + self._amounts(amounts)
        else:
            yield from self._stacked(amounts)

    def _amounts(self, amounts: list[str]) -> str:
        return "".join(
            " " * self.gap + self.pen.aligned(amount, RIGHT, width)
            for amount, width in zip(amounts, self.widths, strict=True)
        )

    def _stacked(self, amounts: list[str]) -> Iterator[str]:
        """Too wide for columns: as many amounts in a line as fit, none of them cut."""
        line = ""
        for amount in filter(None, amounts):
            longer = f"{line}  {amount}" if line else amount
            if line and self.pen.cells(longer) > self.pen.width:
                yield self.pen.aligned(line, RIGHT, self.pen.width)
                longer = amount
            line = longer
        for part in self.pen.wrap(line, self.pen.width):
            yield self.pen.aligned(part, RIGHT, self.pen.width)

    def _notes(self, row: Row) -> Iterator[str]:
        for note in row.notes:
            for line in self.pen.wrap(self.pen.clean(note).strip(), self.pen.width - 2):
                yield self.pen.aligned("  " + line, LEFT, self.pen.width)


def _ascii(data: str) -> str:
    return "".join(one for one in data if " " <= one <= "~")
