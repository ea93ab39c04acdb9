"""Sheets: CSV and XLSX as tills and spreadsheets write them, read as rows of text; and written.

Reading takes any of the encodings and separators of the trade. Writing keeps text from becoming a
formula, and numbers numbers. Neither touches the database: the caller may do it in another thread.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from models.base.cost import UnitCost
from models.base.money import Money
from models.base.quantity import Quantity
from models.base.rates import Rate
from models.base.refusals import Refusal
from models.base.texts import is_control

# A larger file is no list of records, or one that would fill the memory of a small counter.
LARGEST_BYTES = 300 << 20
_SAMPLE = 200_000
_SEPARATORS = ",\t;|"

Cell = str | int | bool | Decimal | Money | Quantity | UnitCost | Rate | date | None


class SheetUnreadable(Refusal):
    """The file is no CSV or XLSX sheet, or it is damaged."""


class SheetTooLarge(Refusal):
    """The file is larger than a sheet can be."""


class SheetOld(Refusal):
    """The file is of the old XLS format."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a file. `encoding` and `separator` are what was found; XLSX has neither."""

    name: str
    digest: str
    encoding: str = ""
    separator: str = ""
    _content: str | bytes = field(default="", repr=False)

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number in the sheet, 1 upwards; empty rows are left out.

        Refuses: SheetUnreadable.
        """
        if isinstance(self._content, bytes):
            rows = _xlsx_rows(self.name, self._content)
        else:
            rows = _csv_rows(self.name, self._content, self.separator)
        for number, cells in enumerate(rows, 1):
            if any(cells):
                yield number, cells


@dataclass(frozen=True, slots=True)
class RowBlock:
    """Some rows of a sheet as an operation takes them: known by the digest, not by each value."""

    number: int
    digest: str
    rows: list[Any]

    def __str__(self) -> str:
        return f"{self.number} {self.digest}"


def read_sheet(path: Path, *, encoding: str = "", separator: str = "") -> Sheet:
    """Open a CSV or XLSX file; what it is made of is found out unless it is told.

    Refuses: SheetUnreadable, SheetTooLarge, SheetOld.
    """
    try:
        if path.stat().st_size > LARGEST_BYTES:
            raise SheetTooLarge(file=path.name, most=LARGEST_BYTES >> 20)
        content = path.read_bytes()
    except OSError as error:
        raise SheetUnreadable(file=path.name, why=error.strerror or "") from error
    digest = hashlib.sha256(content).hexdigest()
    if content[:4] == b"PK\x03\x04":
        _check_archive(path.name, content)
        return Sheet(path.name, digest, _content=content)
    if content[:4] == b"\xd0\xcf\x11\xe0":
        raise SheetOld(file=path.name)
    text, found = _decoded(content, encoding)
    return Sheet(path.name, digest, found, separator or _separator(text), text)


# --- CSV


def _decoded(content: bytes, encoding: str) -> tuple[str, str]:
    """The text and the encoding it was in."""
    found = encoding or _encoding(content)
    try:
        return content.decode(found, errors="replace"), found
    except LookupError as error:
        raise SheetUnreadable(file="", why=encoding) from error


def _encoding(content: bytes) -> str:
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return name
    sample = content[:_SAMPLE]
    zeros = sample.count(0)
    try:
        content.decode("utf-8")
        if zeros * 10 <= len(sample):
            return "utf-8"
    except UnicodeDecodeError:
        pass
    if zeros:
        # Commas and digits of UTF-16 are one byte and a zero; which comes first?
        return "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
    return "cp1252" if _looks_western(sample) else "gb18030"


def _looks_western(sample: bytes) -> bool:
    # Chinese bytes come in runs, accented letters stand alone between plain ones.
    runs = re.findall(rb"[\x80-\xff]+", sample)
    return sum(len(run) == 1 for run in runs) * 2 > len(runs)


def _separator(text: str) -> str:
    """The separator by which most of the first rows have equally many cells, more than one."""
    # Not splitlines: it also breaks at signs that may stand inside a cell.
    sample = list(islice(io.StringIO(text[:_SAMPLE], newline=""), 40))
    best = (0, 0, ",")
    for separator in _SEPARATORS:
        try:
            counts = [len(row) for row in csv.reader(sample, delimiter=separator)]
        except csv.Error:
            continue
        wide = [count for count in counts if count > 1]
        usual = max(set(wide), key=wide.count, default=0)
        best = max(best, (wide.count(usual), usual, separator), key=lambda score: score[:2])
    return best[2]


def _csv_rows(name: str, text: str, separator: str) -> Iterator[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for row in reader:
            yield [_plain(cell) for cell in row]
    except csv.Error as error:
        raise SheetUnreadable(file=name, why=f"{reader.line_num}: {error}") from error


# --- XLSX


def _check_archive(name: str, content: bytes) -> None:
    """A small archive can hold a file that fills the disk."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise SheetUnreadable(file=name, why=str(error)) from error
    if size > 4 * LARGEST_BYTES:
        raise SheetTooLarge(file=name, most=LARGEST_BYTES >> 20)


def _xlsx_rows(name: str, content: bytes) -> Iterator[list[str]]:
    """The rows of the first sheet that has any."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise SheetUnreadable(file=name, why=type(error).__name__) from error
    for sheet in book.worksheets:
        # Some programs write a wrong size, which would hide all rows but one.
        sheet.reset_dimensions()
        is_empty = True
        for row in sheet.iter_rows(values_only=True):
            is_empty = False
            yield [_cell_text(value) for value in row]
        if not is_empty:
            break
    book.close()


def _cell_text(value: Any) -> str:
    """A cell of a spreadsheet as a person would type it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        # A spreadsheet keeps 15 digits; the binary rest is not what somebody typed.
        return f"{Decimal(f'{value:.15g}').normalize():f}"
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return _plain(str(value))


# --- text that must not become a formula


def clean_for_sheet(text: str) -> str:
    """Text from people for CSV and XLSX: a spreadsheet must not take it for a formula.

    Only for text: an amount goes into a sheet as a number. `_plain` takes it back exactly.
    """
    if text.isascii() and text.isprintable() and text[:1].isalnum():
        return text
    kept = "".join(one for one in text if one == "\n" or not is_control(one))
    return "'" + kept if _is_risky(kept) else kept


def _plain(text: str) -> str:
    """A cell without the apostrophe that `clean_for_sheet` may have put before it."""
    text = text.strip()
    return text[1:] if text[:1] == "'" and _is_risky(text[1:]) else text


def _is_risky(text: str) -> bool:
    if text[:1] == "'":
        # So that text which came with an apostrophe keeps it.
        return _is_risky(text[1:])
    start = unicodedata.normalize("NFKC", text.lstrip()[:8]).lstrip()
    return start[:1] in ("=", "+", "-", "@", "|", "%") and bool(start)


# --- writing


def write_sheet(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    """Write a CSV or XLSX file, by its ending; how many rows. The file appears when it is whole.

    CSV is UTF-8 with a mark, which spreadsheets need to show Chinese.
    """
    part = path.with_name(f".{path.name}.part")
    write = _write_xlsx if path.suffix.lower() == ".xlsx" else _write_csv
    try:
        count = write(part, heads, rows)
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


def _write_xlsx(path: Path, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> int:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append([clean_for_sheet(head) for head in heads])
    count = 0
    for row in rows:
        sheet.append([_written(cell) for cell in row])
        count += 1
    book.save(path)
    return count


def _written(cell: Cell) -> str | int | Decimal | date | None:
    if isinstance(cell, str):
        return clean_for_sheet(cell)
    if isinstance(cell, bool):
        return int(cell)
    if isinstance(cell, Money | Quantity | UnitCost | Rate):
        return cell.decimal
    return cell
