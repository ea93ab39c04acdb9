"""Spreadsheets, new (XLSX, ODS) and old (XLS): their sheets as text rows.

They are read in a process of their own: what a damaged file does to the library that reads it
(it may stop the process, or ask for all memory) is not done to the counter.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from models.base.apart import run_apart

# So much larger than its bytes may a spreadsheet become: a small archive can hold a huge file.
MOST_UNPACKED = 4
# A spreadsheet keeps so many digits of a number; of a longer code the last ones are lost.
_DIGITS = 15
# The part of an office file that a password hides; the library tells it from damage only by path.
_LOCKED = "EncryptedPackage".encode("utf-16-le")
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class WorkbookUnreadable(ValueError):
    """The bytes are no spreadsheet that can be read. The argument is "damaged", "locked", "large",
    or "wide" when two cells lie so far apart that all between them would fill the memory.
    """


def is_book(content: bytes) -> bool:
    """Do the bytes begin as a spreadsheet does?"""
    return content[:4] in (_ZIP, _OLE)


def book_sheets(content: bytes, largest: int) -> dict[str, bytes]:
    """The visible sheets by name, each as comma separated UTF-8; empty ones have no bytes.

    Raises WorkbookUnreadable.
    """
    _check_size(content, largest)
    if content[:4] == _OLE and _LOCKED in content:
        raise WorkbookUnreadable("locked")
    try:
        run = run_apart(_PROGRAM, content=content, timeout_s=_PATIENCE_S)
        if run.returncode == -_ABORTED:
            # What the library does that gets no more memory.
            raise WorkbookUnreadable("wide")
        sizes = json.loads(run.stdout.partition(b"\n")[0])
    except WorkbookUnreadable:
        raise
    except (subprocess.TimeoutExpired, ValueError) as error:
        raise WorkbookUnreadable("damaged") from error
    if isinstance(sizes, str):
        raise WorkbookUnreadable(sizes)
    at, found = run.stdout.index(b"\n") + 1, {}
    for name, size in sizes:
        found[name] = run.stdout[at : at + size]
        at += size
    return found


_PROGRAM = "from models.sheets.workbooks import print_sheets; print_sheets()"
_PATIENCE_S = 300.0
# A process that reads a spreadsheet of 100,000 rows takes 200 MB. The library makes room for every
# cell between the first and the last one, used or not: a file of 1.5 KB once took 3.3 GB.
_MOST_MEMORY = 3 << 29
_ABORTED = 6


def print_sheets() -> None:
    """The other process: a spreadsheet from standard input, as text to standard output; before it
    one line of JSON, the names and sizes of its sheets or why there are none.
    """
    with suppress(ImportError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    try:
        sheets = _read(sys.stdin.buffer.read())
    except (WorkbookUnreadable, MemoryError) as error:
        why = str(error) if isinstance(error, WorkbookUnreadable) else "large"
        sys.stdout.buffer.write(json.dumps(why).encode() + b"\n")
        return
    sizes = [(name, len(text)) for name, text in sheets.items()]
    sys.stdout.buffer.write(json.dumps(sizes).encode() + b"\n")
    for text in sheets.values():
        sys.stdout.buffer.write(text)


def _read(content: bytes) -> dict[str, bytes]:
    from python_calamine import (
        CalamineError,
        CalamineWorkbook,
        PasswordError,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        shown = [
            one.name for one in book.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]  # fmt: skip
        return {name: _text(book.get_sheet_by_name(name).iter_rows()) for name in shown}
    except PasswordError as error:
        raise WorkbookUnreadable("locked") from error
    except (CalamineError, OSError, ValueError) as error:
        raise WorkbookUnreadable("damaged") from error


def _check_size(content: bytes, largest: int) -> None:
    if content[:4] != _ZIP:
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        raise WorkbookUnreadable("damaged") from error
    if size > MOST_UNPACKED * largest:
        raise WorkbookUnreadable("large")


def _text(rows: Iterable[list[Any]]) -> bytes:
    written = io.StringIO()
    writer, is_empty = csv.writer(written, lineterminator="\n"), True
    for row in rows:
        cells = [cell_text(value) for value in row]
        is_empty = is_empty and not any(cells)
        writer.writerow(cells)
    return b"" if is_empty else written.getvalue().encode("utf-8", errors="replace")


def cell_text(value: Any) -> str:
    """A cell of a spreadsheet as a person would type it. A number that lost digits is written
    1.5E+17, which is no code and no amount.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, int | float):
        # The binary rest behind fifteen digits is not what somebody typed.
        number = Decimal(f"{value:.{_DIGITS}g}").normalize()
        return f"{number:f}" if abs(value) < 10**_DIGITS else f"{value:.{_DIGITS - 1}E}"
    if isinstance(value, datetime):
        at_midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return value.date().isoformat() if at_midnight else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
