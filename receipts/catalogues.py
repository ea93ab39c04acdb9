"""Keeping the message catalogues: adding words, and compiling .po to .mo. Needs Babel.

Run as `python -m receipts.words merge FILE ...` or `... compile`; nothing here is loaded by the
program itself.
"""

from __future__ import annotations

import io
import os
import struct
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from receipts.words import LANGUAGES, LOCALE, Language

IN_BOTH = ("refusal.", "help.")
COUNT = "{count}"
MO_MAGIC = 0x950412DE
MO_HEADER = struct.Struct("<7I")
HEADER = """# The words of Deskbell. Add rows with: python -m receipts.words merge FILE
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
ROW_FORM = (
    "a row is: message id <TAB> Chinese, or with {count} <TAB> English of one behind it, or "
    "refusal.Code <TAB> Chinese <TAB> English"
)


def main(words: list[str]) -> int:
    """The command line; 0 done, 2 wrong usage."""
    if words[:1] == ["compile"] and len(words) == 1:
        compile_all()
        return 0
    if words[:1] == ["merge"] and len(words) > 1:
        for name in words[1:]:
            print(f"{name}: {merge(Path(name))} rows")  # noqa: T201
        return 0
    if words[:1] == ["drop"] and len(words) > 1:
        drop(words[1:])
        return 0
    print(f"usage: merge FILE ... | drop MESSAGE ... | compile\n{ROW_FORM}", file=sys.stderr)  # noqa: T201
    return 2


def merge(path: Path) -> int:
    """Add the rows of a file to the catalogues and compile them; how many rows there were."""
    rows = list(read_rows(path.read_text(encoding="utf-8").splitlines()))
    with _alone():
        catalogues = {lang: read_catalogue(lang) for lang in LANGUAGES}
        for msgid, chinese, english in rows:
            put(catalogues["zh"], msgid, chinese)
            if english is not None and msgid.startswith(IN_BOTH):
                put(catalogues["en"], msgid, english)
            elif english is not None:
                put_one(catalogues["en"], msgid, english)
        for lang, catalogue in catalogues.items():
            po_path(lang).write_bytes(po_bytes(catalogue))
            mo_path(lang).write_bytes(mo_bytes(catalogue))
    return len(rows)


def drop(msgids: Iterable[str]) -> None:
    """Take messages out of both catalogues."""
    with _alone():
        for lang in LANGUAGES:
            catalogue = read_catalogue(lang)
            for msgid in msgids:
                catalogue.delete(msgid)
            po_path(lang).write_bytes(po_bytes(catalogue))
    compile_all()


def compile_all() -> None:
    """Write each .mo from its .po."""
    for lang in LANGUAGES:
        mo_path(lang).write_bytes(mo_bytes(read_catalogue(lang)))


def read_rows(lines: Iterable[str]) -> Iterator[tuple[str, str, str | None]]:
    """The rows of a word file; ValueError with the line number for one that is none."""
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip().replace("\\n", "\n") for cell in line.split("\t")]
        can_be = {3} if cells[0].startswith(IN_BOTH) else {2, 3} if COUNT in cells[0] else {2}
        if len(cells) not in can_be or not all(cells):
            raise ValueError(f"line {number}: {ROW_FORM}: {line!r}")
        yield cells[0], cells[1], cells[2] if len(cells) == 3 else None


def po_path(lang: Language) -> Path:
    """Where the words of a language are kept for people."""
    return LOCALE / lang / "LC_MESSAGES" / "deskbell.po"


def mo_path(lang: Language) -> Path:
    """Where they are for the program."""
    return po_path(lang).with_suffix(".mo")


def read_catalogue(lang: Language) -> Catalog:
    """The catalogue as it stands, or an empty one."""
    path = po_path(lang)
    if not path.exists():
        return Catalog(locale=lang, project="Deskbell", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=lang)


@cache
def texts(lang: Language) -> dict[str, str]:
    """All texts of a language as they are written, by message id."""
    return {key: text for key, text in all_texts(read_catalogue(lang)) if "\0" not in key}


def all_texts(catalogue: Catalog) -> Iterator[tuple[str, str]]:
    """Ids and texts as a .mo has them: that of one and that of many with a zero byte between."""
    for message in catalogue:
        if isinstance(message.id, str) and message.id:
            yield message.id, str(message.string)
        elif message.id:
            yield "\0".join(message.id), "\0".join(message.string or ())


def put(catalogue: Catalog, msgid: str, text: str) -> None:
    """Set the text of one message."""
    catalogue.delete(msgid)
    # No format flags: our fields are {named}, and a per cent sign is a per cent sign.
    catalogue.add(msgid, text).flags.clear()


def put_one(catalogue: Catalog, msgid: str, text: str) -> None:
    """Set the text of a message where its {count} is one."""
    catalogue.delete(msgid)
    catalogue.add((msgid, msgid), (text, msgid)).flags.clear()


def po_bytes(catalogue: Catalog) -> bytes:
    """The .po file: one order and no dates, so that the same words give the same bytes."""
    out = io.BytesIO()
    write_po(out, catalogue, width=0, sort_output=True, omit_header=True)
    return HEADER.format(language=catalogue.locale).encode() + out.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    """The .mo file of the gettext manual; Babel's own carries the hour it was written."""
    texts = {"": "Content-Type: text/plain; charset=utf-8\n"}
    texts |= dict(all_texts(catalogue))
    # gettext wants the ids sorted by their bytes.
    rows = sorted((key.encode(), text.encode()) for key, text in texts.items())
    keys, values = zip(*rows, strict=True)
    originals = MO_HEADER.size
    translations = originals + 8 * len(rows)
    body = translations + 8 * len(rows)
    out = MO_HEADER.pack(MO_MAGIC, 0, len(rows), originals, translations, 0, body)
    strings = b""
    for text in (*keys, *values):
        out += struct.pack("<2I", len(text), body + len(strings))
        strings += text + b"\0"
    return out + strings


@contextmanager
def _alone() -> Iterator[None]:
    """Two merges at one time would lose the words of one of them."""
    lock = LOCALE / ".merging"
    until = time.monotonic() + 20
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL))
            break
        except FileExistsError:
            if time.monotonic() > until:
                raise TimeoutError(f"another merge is running; if not, delete {lock}") from None
            time.sleep(0.05)
    try:
        yield
    finally:
        lock.unlink()
