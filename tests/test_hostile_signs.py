"""Signs that break files, printers, terminals and databases, sent to every place that text leaves
the program by, and into every kind of text that comes in. Each place writes them as something
harmless, or refuses in words; a sheet that cannot be opened again is a fault of the first.
"""

from __future__ import annotations

import csv
import io
import json
import logging
import re
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest

from devices.display import Line, Panel
from devices.profiles import PROFILES
from models.base.canonical import TextUnstorable
from models.base.money import Money
from models.base.refusals import Refusal
from models.config.config_text import ConfigNotChanged, with_table
from models.goods.search import search_goods
from models.ledger import folio_kinds, folios
from models.ledger.daily import drawer, shift_life
from models.ledger.proving import proof
from models.people.finding import find_people
from models.reports.report import Column, Period, Report, ReportKind
from models.selling.items import find_item
from models.sheets.sheets import read_sheet, write_sheet
from models.trust.audit import Audit
from models.trust.operation import new_uid
from models.trust.sign_in import SignInFailed, sign_in
from receipts.escpos import escpos_bytes
from receipts.layout import Sheet, layout
from receipts.outputs import Delivery, file_stem
from receipts.pdf import A4, ROLL_80, pdf_bytes
from receipts.preview import preview
from receipts.report_forms import json_text
from receipts.report_pdf import Heading
from receipts.report_pdf import pdf_bytes as report_pdf
from receipts.slip import QR, Barcode, Pair, Row, Slip, Table, Tag, Text
from receipts.slip import Column as Head
from receipts.text import text_of
from receipts.tspl import PRINTERS_FONT, tspl_bytes
from tests.stores import CNY, Shop
from tui.commands.place import WithoutValues
from tui.commands.terminal import speech
from tui.desk.safe import clean, fit
from tui.records.files import target_of
from tui.records.report_files import content_of

SIGNS = {
    "U+FFFE": "\ufffe", "U+FFFF": "\uffff", "U+1FFFE": "\U0001fffe", "half": "\ud800",
    "NUL": "\0", "ESC": "\x1b[2J\x1b@\x1bp\0", "CSI": "\x9b31m", "BEL": "\a", "DEL": "\x7f",
    "U+2028": "\u2028", "line": "\r\n", "markup": "[/oops][red]", "RLO": "\u202egnp.exe",
    "four bytes": "𠮷😀", "equals": "=1+1", "plus": "+1", "minus": "-1", "at": "@SUM(A1)",
    "fields": "{amount} %s", "path": "../../etc/passwd",
}  # fmt: skip
UNSTORABLE = ("half", "NUL", "ESC")
# In front, where spreadsheets look, and between words.
TEXTS = {name: (f"{sign}甲", f"甲 {sign} end") for name, sign in SIGNS.items()}
PROFILE = PROFILES["80mm"]
DAY = date(2026, 11, 22)


def assert_inert(text: str, *, but: str = "\n") -> None:
    """Nothing in it that a terminal or a reader of files obeys, or that is no character."""
    wrong = {
        one for one in text
        if one not in but
        and (
            unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp")
            or ord(one) & 0xFFFE == 0xFFFE
        )
    }  # fmt: skip
    assert not wrong, [hex(ord(one)) for one in wrong]


def sheet_of(text: str) -> Sheet:
    table = Table((Head((text,), is_amount=False), Head(("a",))), (Row((text, "1"), (text,)),))
    parts = (Text(text, large=True), Text(text), Pair(text, text), table, Barcode(text), QR(text))
    return layout(Slip("sale", text, parts), PROFILE)


def report_of(text: str) -> Report:
    kind = ReportKind("toy", "Toy", "", (Column("Item"),), lambda period, scope: iter(()))
    return Report(kind, Period(DAY, DAY), [(text,)], ())


# --- the places


def on_paper(text: str, folder: Path) -> None:
    sheet = sheet_of(text)
    assert escpos_bytes(sheet, PROFILE)
    assert_inert(text_of(sheet))
    assert_inert("".join(str(row) for row in preview(sheet)))


def in_pdf(text: str, folder: Path) -> None:
    for paper in (ROLL_80, A4):
        assert pdf_bytes(sheet_of(text), paper, title=text)[:5] == b"%PDF-"
    assert report_pdf(report_of(text), "zh", Heading(text, False))[:5] == b"%PDF-"


def in_csv(text: str, folder: Path) -> None:
    write_sheet(folder / "a.csv", [text], [[text]])
    written = (folder / "a.csv").read_bytes().decode("utf-8-sig")
    assert_inert(written, but="\r\n")
    for (cell,) in csv.reader(io.StringIO(written, newline="")):
        assert cell.lstrip()[:1] not in ("=", "+", "-", "@", "|", "%")
    assert list(read_sheet(folder / "a.csv").rows())


def in_xlsx(text: str, folder: Path) -> None:
    from openpyxl import load_workbook

    write_sheet(folder / "a.xlsx", [text], [[text]])
    with zipfile.ZipFile(folder / "a.xlsx") as packed:
        for name in packed.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(packed.read(name))
    for row in load_workbook(folder / "a.xlsx").active.iter_rows():
        for cell in row:
            assert cell.data_type != "f"
            assert_inert(str(cell.value), but="\n")
    assert list(read_sheet(folder / "a.xlsx").rows())


def in_json(text: str, folder: Path) -> None:
    written = json_text(report_of(text), "zh")
    assert_inert(written)
    assert json.loads(written)["rows"] == [[text]]
    assert content_of(report_of(text), "json", "zh", (text, False))
    out, sys.stdout = sys.stdout, io.StringIO()
    try:
        speech.out_json({"name": text})
        told = sys.stdout.getvalue()
    finally:
        sys.stdout = out
    assert_inert(told)
    assert json.loads(told) == {"name": text}


def on_labels(text: str, folder: Path) -> None:
    """With the printer's own font each line is one command, and a quote ends none early."""
    slip = Slip("label", text, (Tag(text, text, text, text), Text(text)))
    printers_own = replace(PROFILES["label"], font=PRINTERS_FONT)
    for line in tspl_bytes(slip, printers_own).decode("gb18030").split("\r\n"):
        assert_inert(line, but="")
        assert re.fullmatch(
            r"|CLS|PRINT 1,1|DIRECTION 1|(SIZE|GAP) [\d m,]+|"
            r'(TEXT|BARCODE) [\d,]+("[\w.]+",[\d,]*)"[^"]*"', line,
        ), line  # fmt: skip
    tspl_bytes(slip, PROFILES["label"])


def on_screen(text: str, folder: Path) -> None:
    assert_inert(speech.harmless(text), but="")
    assert_inert(clean(text) + fit(text, 20), but="")
    assert_inert(content_of(report_of(text), "text", "zh", (text, False)).decode(), but="\n\t")


def on_display(text: str, folder: Path) -> None:
    for codepage in ("ascii", "gb18030"):
        panel = Panel(codepage=codepage)
        shown = panel.drawn(Line(text, "1.00", plain=text))
        assert len(shown) == 20
        assert not any(byte < 0x20 or byte == 0x7F for byte in shown)


def in_log(text: str, folder: Path) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("a", 20, "", 1, "Read %s", (text,), sys.exc_info())
    written = WithoutValues("%(message)s").format(record)
    assert_inert(written, but="\n")
    written.encode()


def in_file_names(text: str, folder: Path) -> None:
    job: Any = SimpleNamespace(key=1, copy_no=0)
    stem = file_stem(Delivery(job, Slip("sale", text, ()), lambda: None))
    assert stem.isascii() and "/" not in stem and stem.isprintable()
    try:
        target_of(Path(f"{text}.csv"), forms=("csv",), exports=folder / "exports", base=folder)
    except Refusal:
        return


def in_config(text: str, folder: Path) -> None:
    try:
        assert "text" in with_table("", ("printer",), {"text": text}, file="config.toml")
    except ConfigNotChanged:
        return


SINKS: dict[str, Callable[[str, Path], None]] = {
    each.__name__: each for each in (
        on_paper, on_labels, in_pdf, in_csv, in_xlsx, in_json, on_screen, on_display, in_log,
        in_file_names, in_config,
    )
}  # fmt: skip


@pytest.mark.parametrize("sink", SINKS)
def test_no_place_hands_a_hostile_sign_on(sink: str, tmp_path: Path) -> None:
    for texts in TEXTS.values():
        for text in texts:
            SINKS[sink](text, tmp_path)


# --- into the store, its log, and its searches


def test_a_store_holds_each_sign_or_says_that_it_cannot(shop: Shop) -> None:
    """What is typed, on either engine: stored and told in the audit log, or refused in words; the
    books are sound after it.
    """
    shift_life.open_shift(shop.who("cashier"), {100: 0}, uid=new_uid())
    for name, (text, _) in TEXTS.items():
        assert _stored(shop, text) == (name not in UNSTORABLE), name
    logged = Audit.select().where(Audit.verb == "pay_in").count()
    assert logged == len(SIGNS) - len(UNSTORABLE)
    assert not proof.verify()


def _stored(shop: Shop, text: str) -> bool:
    """Write a text wherever one may be written, and look for it; False when it was refused."""
    works: tuple[Callable[[], object], ...] = (
        lambda: drawer.pay_in(shop.owner, Money(100, CNY), reason=text, uid=new_uid()),
        lambda: folios.open_folio(
            shop.owner, kind=folio_kinds.COMPANY, name=text, limit=Money(0, CNY), uid=new_uid()
        ),
    )  # fmt: skip
    refused = []
    for work in works:
        try:
            work()
            refused.append(False)
        except TextUnstorable:
            refused.append(True)
    assert len(set(refused)) == 1
    for look in (find_item, search_goods, find_people):
        with suppress(Refusal):
            look(text)
    if refused[0]:
        # A wrong password is slow to look at.
        with pytest.raises(SignInFailed):
            sign_in(1, text, text)
    return not refused[0]


WRITES = re.compile(
    r"^def (\w+_bytes|write_\w+|out\w*|\w+_json|json_\w+|text_of\w*|content_of|\w+_stem)\(", re.M
)
# What writes no text of people, or is looked at through another one that does.
OTHERS = {"po_bytes", "mo_bytes", "free_bytes", "_of_bytes", "write_own", "text_of_part", "out"}
OTHERS |= {"plain_json", "to_json", "storable_bytes"}


def test_every_place_that_writes_text_is_looked_at(root: Path) -> None:
    own = Path(__file__).read_text(encoding="utf-8")
    rooms = ("receipts", "devices", "models/base", "tui/commands", "tui/records")
    found = {
        name
        for room in rooms
        for path in (root / room).rglob("*.py")
        for name in WRITES.findall(path.read_text(encoding="utf-8"))
    }
    assert len(found) > 10
    missing = {name for name in found - OTHERS if not re.search(rf"\b{name}\b", own)}
    assert not missing
