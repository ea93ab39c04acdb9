"""Sheets: CSV and spreadsheets as tills write them, read as rows of text; and written.

Reading takes any of the encodings and separators of the trade, says what it found, and can be told.
Writing keeps text from becoming a formula, and numbers numbers. Neither touches the database: the
caller may do it in another thread.
"""

from __future__ import annotations

import csv
import hashlib
import re
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from models.base.cost import UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.texts import is_control
from models.sheets.sheet_bytes import Bytes, FileChanged, Held, OnDisk, beginning, pieces
from models.sheets.sheet_text import (
    WELL_QUOTED,
    Shape,
    SheetRow,
    encoding_of,
    is_open_ended,
    shape_of,
    text_rows,
)
from models.sheets.workbooks import WorkbookUnreadable, book_sheets, is_book

# A larger file is no list of records, or one that would fill the memory of a small counter.
LARGEST_BYTES = 300 << 20
# A larger one stays on its disk while it is read, and must not be changed there.
KEPT_BYTES = 16 << 20

Cell = str | int | bool | Decimal | Money | Quantity | UnitCost | Rate | date | None


class SheetUnreadable(Refusal):
    """The file cannot be opened; `why` is what the system says."""


class SheetDamaged(Refusal):
    """The file begins as a spreadsheet does, and is damaged or was cut off."""


class SheetLocked(Refusal):
    """The spreadsheet asks for a password."""


class SheetNotFile(Refusal):
    """Only a file that lies on a disk is read: no device, no pipe, no folder."""


class SheetChanged(Refusal):
    """The file was changed while it was read: what was found out about it may not hold."""


class SheetTooLarge(Refusal):
    """The file is larger than a sheet can be."""


class SheetTooWide(Refusal):
    """Cells of the spreadsheet lie so far apart that all between them would fill the memory."""


class SheetIsPage(Refusal):
    """The file is a web page, as some programs write it under the name of a spreadsheet."""


class EncodingUnknown(Refusal):
    """There is no encoding of this name."""


class PageUnknown(Refusal):
    """The spreadsheet has no sheet of this name."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. `encoding` and `separator` are those of text, empty for a spreadsheet;
    `page` is the name of a spreadsheet's sheet, empty for text.
    """

    name: str
    digest: str
    encoding: str = ""
    separator: str = ""
    page: str = ""
    # The bytes of each page, None for an empty one; text has one page.
    _pages: Mapping[str, Bytes | None] = field(default_factory=dict, repr=False)
    _shape: Shape = field(default=WELL_QUOTED, repr=False)

    def rows(self) -> Iterator[SheetRow]:
        """Each row with its number in the sheet, 1 upwards; empty rows are left out.

        Refuses: SheetChanged, SheetUnreadable (of a large file, which stays on its disk).
        """
        source = self._pages[self.page]
        if source is None:
            return
        with _told(self.name):
            for number, cells, fault in text_rows(source, self._coded, self._shape):
                plain = [_plain(cell) for cell in cells]
                if any(plain):
                    yield SheetRow(number, plain, fault)
            # It may have been changed behind the row at hand.
            source.open().close()

    @property
    def pages(self) -> tuple[str, ...]:
        """The sheets of a spreadsheet that are not empty, in its order."""
        return tuple(name for name, source in self._pages.items() if name and source)

    @property
    def empty_pages(self) -> tuple[str, ...]:
        """Its sheets that are empty."""
        return tuple(name for name, source in self._pages.items() if name and not source)

    @property
    def is_open_ended(self) -> bool:
        """Does the text end without a line end? Its last row may be cut off."""
        source = self._pages[self.page]
        with _told(self.name):
            return source is not None and is_open_ended(source)

    def turned_to(self, page: str) -> Sheet:
        """Another sheet of the same file, by its name or its number. Refuses: PageUnknown."""
        names = list(self._pages)
        named = names[int(page) - 1] if page.isdecimal() and 0 < int(page) <= len(names) else page
        if named not in names or not named:
            raise PageUnknown(page=page, pages=", ".join(filter(None, names)))
        return replace(self, page=named)

    @property
    def _coded(self) -> str:
        return self.encoding or "utf-8"


def read_sheet(path: Path, *, encoding: str = "", separator: str = "", page: str = "") -> Sheet:
    """Open a CSV file or a spreadsheet; what it is made of is found out unless it is told. Of a
    spreadsheet the first sheet that is not empty.

    Refuses: SheetUnreadable, SheetNotFile, SheetDamaged, SheetLocked, SheetTooLarge, SheetTooWide,
    SheetIsPage, SheetChanged, EncodingUnknown, PageUnknown.
    """
    with _told(path.name):
        source = _bytes_of(path)
        digest = _digest_of(source)
        first_bytes = beginning(source, 1_000)
        if not is_book(first_bytes):
            return _text(path.name, digest, source, (encoding, separator, page))
        with source.open() as file:
            content = file.read(LARGEST_BYTES + 1)
    book = Sheet(path.name, digest, _pages=_pages_of(path.name, content))
    first = page or next(iter(book.pages), "") or next(iter(book.empty_pages), "")
    if not first:
        raise SheetDamaged(file=path.name)
    return book.turned_to(first)


def _digest_of(source: Bytes) -> str:
    found = hashlib.sha256()
    for piece in pieces(source):
        found.update(piece)
    return found.hexdigest()


def _text(name: str, digest: str, source: Bytes, told: tuple[str, str, str]) -> Sheet:
    encoding, separator, page = told
    if _PAGE.match(beginning(source, 1_000)):
        raise SheetIsPage(file=name)
    if page:
        raise PageUnknown(page=page, pages="")
    found = encoding or encoding_of(source)
    try:
        shape = shape_of(source, found, separator)
    except LookupError as error:
        raise EncodingUnknown(encoding=encoding) from error
    return Sheet(name, digest, found, shape.separator, "", {"": source}, shape)


_PAGE = re.compile(rb"[\xef\xbb\xbf\s]*<(!doctype|html|table|\?xml|head)", re.IGNORECASE)


def _bytes_of(path: Path) -> Bytes:
    """The bytes of a file. A pipe would be waited for, a device never ends."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise SheetNotFile(file=path.name)
    if found.st_size > LARGEST_BYTES:
        raise SheetTooLarge(file=path.name, most=LARGEST_BYTES >> 20)
    if found.st_size > KEPT_BYTES:
        return OnDisk(path, found.st_size, found.st_mtime_ns)
    with path.open("rb") as file:
        # It may grow while it is read.
        content = file.read(KEPT_BYTES + 1)
    if len(content) > KEPT_BYTES:
        raise SheetChanged(file=path.name)
    return Held(content)


@contextmanager
def _told(name: str) -> Iterator[None]:
    """What goes wrong with a file in words. Refuses: SheetChanged, SheetUnreadable."""
    try:
        yield
    except FileChanged as error:
        raise SheetChanged(file=name) from error
    except OSError as error:
        raise SheetUnreadable(file=name, why=error.strerror or "") from error


def _pages_of(name: str, content: bytes) -> dict[str, Bytes | None]:
    refusals = {"damaged": SheetDamaged, "locked": SheetLocked, "wide": SheetTooWide}
    try:
        found = book_sheets(content, LARGEST_BYTES)
    except WorkbookUnreadable as error:
        if refusal := refusals.get(str(error)):
            raise refusal(file=name) from error
        raise SheetTooLarge(file=name, most=LARGEST_BYTES >> 20) from error
    return {page: Held(text) if text else None for page, text in found.items()}


# --- text that must not become a formula


def clean_for_sheet(text: str) -> str:
    """Text from people for CSV and XLSX: a spreadsheet must not take it for a formula.

    Only for text: an amount goes into a sheet as a number. `_plain` takes it back exactly.
    """
    if text.isascii() and text.isprintable() and text[:1].isalnum():
        return text
    kept = "".join(one for one in text if one == "\n" or not is_control(one))
    # Some readers end a row at these.
    kept = kept.replace("\u2028", " ").replace("\u2029", " ")
    return "'" + kept if _is_risky(kept) else kept


def _plain(text: str) -> str:
    """A cell without the apostrophe that `clean_for_sheet` may have put before it, and without the
    ="..." by which spreadsheets keep zeros.
    """
    text = text.strip()
    if text[:2] == '="' and text[-1:] == '"' and len(text) > 2:
        return text[2:-1].replace('""', '"').strip()
    return text[1:] if text[:1] == "'" and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    if text[:1] == "'":
        # So that text which came with an apostrophe keeps it.
        return _is_risky(text[1:])
    start = unicodedata.normalize("NFKC", text.lstrip()[:8]).lstrip()
    return start[:1] in ("=", "+", "-", "@", "|", "%") and bool(start)


# --- writing


@dataclass(frozen=True, slots=True)
class Bars:
    """What a spreadsheet draws beside its rows: the first `rows` of them as bars, named by one
    column and measured by another, both counted from 0.
    """

    named_by: int
    measured: int
    rows: int


def write_sheet(
    path: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]], *, bars: Bars | None = None
) -> int:
    """Write a CSV or XLSX file, by its ending; how many rows. The file appears when it is whole.

    CSV is UTF-8 with a mark, which spreadsheets need to show Chinese; it has no bars.
    """
    part = path.with_name(f".{path.name}.part")
    is_book = path.suffix.lower() == ".xlsx"
    try:
        count = _write_xlsx(part, heads, rows, bars) if is_book else _write_csv(part, heads, rows)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return count


def _write_csv(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([clean_for_sheet(head) for head in heads])
        for row in rows:
            writer.writerow([_written(cell) for cell in row])
            count += 1
    return count


def _write_xlsx(
    path: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]], bars: Bars | None
) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([clean_for_sheet(head) for head in heads])
    count = 0
    for row in rows:
        sheet.append([_written(cell) for cell in row])
        count += 1
    if bars is not None:
        _draw(sheet, heads, bars)
    book.save(path)
    return count


def _draw(sheet: Any, heads: Sequence[str], bars: Bars) -> None:
    """Lying bars to the right of the rows, the first one on top as in the rows."""
    from openpyxl.chart import BarChart, Reference
    from openpyxl.utils import get_column_letter

    def column(place: int, first: int) -> Any:
        at, last = place + 1, bars.rows + 1
        return Reference(sheet, min_col=at, max_col=at, min_row=first, max_row=last)

    chart = BarChart()
    chart.type, chart.legend = "bar", None
    chart.title = clean_for_sheet(heads[bars.measured])
    chart.add_data(column(bars.measured, 1), titles_from_data=True)
    chart.set_categories(column(bars.named_by, 2))
    chart.x_axis.scaling.orientation = "maxMin"
    # Otherwise a spreadsheet leaves the axes out.
    chart.x_axis.delete = chart.y_axis.delete = False
    # Centimetres.
    chart.width, chart.height = 20, max(7.0, 2 + 0.6 * bars.rows)
    sheet.add_chart(chart, f"{get_column_letter(len(heads) + 2)}2")


def _written(cell: Cell) -> str | int | Decimal | date | None:
    if isinstance(cell, str):
        return clean_for_sheet(cell)
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, Money | Quantity | UnitCost | Rate):
        return cell.decimal
    return cell
