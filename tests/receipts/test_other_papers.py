"""The preview on the screen, PDF, words, and labels."""

from __future__ import annotations

import base64
import re
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from wcwidth import wcswidth

import devices.faults
from devices.check import Finding
from devices.faults import DeviceFault, PaperOut
from devices.profiles import PROFILES
from receipts.catalogues import texts
from receipts.fault_words import fault_text
from receipts.labels import heads, label, money_text, named
from receipts.layout import layout
from receipts.pdf import A4, ROLL_80, Paper, pdf_bytes
from receipts.preview import preview
from receipts.slip import QR, Slip, Text
from tests.receipts.slips import LANGUAGES, SLIPS
from tests.sources import parsed
from tests.stores import yuan


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_preview_line_is_as_wide_as_the_paper(kind: str, lang: str) -> None:
    sheet = layout(SLIPS[kind](lang), PROFILES["58mm"])  # type: ignore[arg-type]

    assert {wcswidth(line.text) for line in preview(sheet)} == {32}


def test_the_preview_keeps_the_columns_of_the_paper() -> None:
    """Two printer cells that a terminal shows in one are padded, so columns stay columns."""
    sheet = layout(Slip("t", "1", (Text("×“…—　x"), Text("中中中中　x"))), PROFILES["58mm"])
    first, second = (line.text for line in preview(sheet))

    assert wcswidth(first[: first.index("x")]) == wcswidth(second[: second.index("x")])


def test_preview_styles() -> None:
    styles = {line.style for line in preview(layout(SLIPS["sale"]("zh"), PROFILES["80mm"]))}

    assert styles == {"plain", "large", "code", "cut"}


@pytest.mark.parametrize("paper", [ROLL_80, A4])
def test_pdf(paper: Paper) -> None:
    slip = SLIPS["z"]("both")
    sheet = layout(Slip(slip.kind, slip.number, (*slip.parts, QR("x"))), PROFILES["80mm"])
    data = pdf_bytes(sheet, paper, title="Z1-0042")

    assert data.startswith(b"%PDF-") and b"STSong-Light" in data
    assert data == pdf_bytes(sheet, paper, title="Z1-0042"), "the same slip gives the same file"
    assert b"(8328.51)" in pdf_content(data)
    assert len(data) < 60_000


def test_a_long_slip_takes_more_than_one_page_of_a4() -> None:
    sheet = layout(Slip("t", "1", (Text("一行\n"),) * 90), PROFILES["80mm"])

    assert pdf_bytes(sheet, A4).count(b"/Type /Page\n") == 2
    assert pdf_bytes(sheet, ROLL_80).count(b"/Type /Page\n") == 1


def pdf_content(data: bytes) -> bytes:
    """What is drawn on the pages, unpacked."""
    packed = re.findall(rb">>\nstream\n(.*?)endstream", data, re.DOTALL)
    return b"".join(zlib.decompress(base64.a85decode(b"<~" + one, adobe=True)) for one in packed)


def test_labels_in_one_language_or_both() -> None:
    assert (label("Total", "zh"), label("Total", "en")) == ("合计", "Total")
    assert label("Total", "both") == "合计 Total"
    assert heads("Total", "both") == ("合计", "Total")
    assert named("现金", "Cash", "both") == "现金 Cash"
    assert named("Alipay", "", "both") == "Alipay"
    assert money_text(yuan("-1234.50")) == "-￥1234.50"


def device_codes() -> list[str]:
    faults = [
        one
        for one in vars(devices.faults).values()
        if isinstance(one, type) and issubclass(one, DeviceFault) and one is not DeviceFault
    ]
    return [fault.__name__ for fault in faults]


@pytest.mark.parametrize("code", device_codes())
def test_every_fault_has_words_in_both_languages(code: str) -> None:
    fault = Finding(code, {"printer": "receipt", "device": "tcp", "reason": "no"}, is_good=False)

    english, chinese = fault_text(fault, "en"), fault_text(fault, "zh")
    assert english.isascii() and not chinese.isascii()


def test_a_fault_names_the_printer_and_the_way_out() -> None:
    assert fault_text(PaperOut(printer="receipt"), "en") == (
        "Printer receipt has no paper. Put in a new roll."
    )


def test_every_word_on_slips_is_translated() -> None:
    """Each message id in the sources of the slips stands in the Chinese catalogue."""
    import ast

    folder = Path(__file__).resolve().parents[2] / "receipts"
    missing = []
    for path in [*folder.glob("slips/*.py"), folder / "fault_words.py"]:
        for node in ast.walk(parsed(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("label", "heads", "title", "banner", "word")
                and isinstance(node.args[0], ast.Constant)
                and node.args[0].value not in texts("zh")
            ):
                missing.append((path.name, node.args[0].value))
    assert missing == []


def test_paper_needs_no_library_until_a_pdf_is_made() -> None:
    code = (
        "import sys; import receipts.escpos, receipts.preview, receipts.pdf, receipts.slips.sale\n"
        "print([m for m in ('escpos','reportlab','rich','textual','PIL') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
