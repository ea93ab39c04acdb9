"""What stands on a slip, as values: no device, no width, no bytes.

A drawer pulse is no part of a slip: slips wait in a queue, and a drawer must not open later.
"""

from __future__ import annotations

from dataclasses import dataclass

LEFT, CENTRE, RIGHT = "left", "centre", "right"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph that wraps. `large` is double size where it fits in one line, else tall."""

    text: str
    align: str = LEFT
    bold: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A label on the left and a value on the right; a value is never split or cut off."""

    label: str
    value: str
    bold: bool = False
    tall: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of amounts is right-aligned and never wraps; the first column takes the rest."""

    heads: tuple[str, ...]  # one for each language
    is_amount: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row; `notes` are small lines beneath it."""

    cells: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads. A name that is too long for its column gets lines of its own above."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper."""

    char: str = "-"


@dataclass(frozen=True, slots=True)
class Barcode:
    """CODE128; printed as text where it does not fit or the printer has none. ASCII only."""

    data: str


@dataclass(frozen=True, slots=True)
class Tag:
    """A label for a shelf or for goods, printed `copies` times; each is a piece of paper of its
    own. `code` becomes bars: EAN-13 where it is one, else CODE128.
    """

    name: str
    unit: str
    price: str
    code: str
    copies: int = 1


@dataclass(frozen=True, slots=True)
class QR:
    """A QR code; printed as text where the printer has none."""

    data: str


@dataclass(frozen=True, slots=True)
class Feed:
    """Empty lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """The end of a piece of paper."""


Part = Text | Pair | Table | Rule | Barcode | Tag | QR | Feed | Cut


@dataclass(frozen=True, slots=True)
class Slip:
    """`kind` and `number` name it in files and logs."""

    kind: str
    number: str
    parts: tuple[Part, ...]
