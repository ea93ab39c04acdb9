"""The bytes for the printer, read back by a decoder that knows nothing of the encoder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from devices.profiles import PROFILES, PrinterProfile
from receipts.code128 import module_dots
from receipts.escpos import escpos_bytes
from receipts.labels import PaperLanguage
from receipts.layout import Line, layout
from receipts.slip import QR, Barcode, Cut, Pair, Slip, Text
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from tests.receipts import samples
from tests.receipts.decoder import Paper, PrinterWouldErr, decode
from tests.receipts.hostile import NAMES
from tests.receipts.slips import LANGUAGES, SLIPS

GB_PROFILES = ("80mm", "80mm-42", "58mm", "58mm-codes", "epson")
EXAMPLES = Path(__file__).resolve().parents[3] / "shared" / "data" / "escpos"
with_examples = pytest.mark.skipif(
    not EXAMPLES.is_dir(), reason="the recorded printer streams are not on this machine"
)


def printed(slip: Slip, profile: PrinterProfile) -> Paper:
    encoding = "gb18030" if profile.prints_chinese else "cp858"
    return decode(escpos_bytes(layout(slip, profile), profile), encoding=encoding)


@pytest.mark.parametrize("kind", SLIPS)
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", GB_PROFILES)
def test_the_printer_gets_exactly_the_lines_of_the_layout(
    kind: str, lang: PaperLanguage, name: str
) -> None:
    profile = PROFILES[name]
    slip = SLIPS[kind](lang)
    paper = printed(slip, profile)
    laid = [line.text.rstrip() for line in layout(slip, profile).lines if isinstance(line, Line)]

    codes = [line for line in paper.lines if line.strip() in paper.barcodes]
    assert [line for line in paper.lines if line not in codes][: len(laid)] == laid or (
        not profile.has_barcode and set(laid) <= set(paper.lines)
    )
    assert paper.cuts == (1 if profile.has_cut else 0)
    assert paper.pulses == 0, "a slip never opens a drawer"
    for line, (width, _) in zip(paper.lines, paper.factors, strict=True):
        assert len(line.encode("gb18030")) * width <= profile.columns


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("profile", ["80mm", "58mm", "latin"])
def test_hostile_names_are_inert(name: str, profile: str) -> None:
    """Same commands as with a harmless name: nothing in a name acts."""
    plain = replace(samples.STORE, name="x", footer="x")
    hostile = replace(samples.STORE, name=name or "x", footer=name or "x")
    line = replace(samples.LINES[0], name=name, unit=name)

    def sale(store: object, lines: object) -> Slip:
        view = replace(samples.SALE, store=store, lines=lines, barcode="", note=name or "x")  # type: ignore[arg-type]
        return sale_slip(view, Print("en"))

    paper = printed(sale(hostile, (line,)), PROFILES[profile])
    harmless = printed(sale(plain, (samples.LINES[0],)), PROFILES[profile])

    sizes = (b"\x1d!", b"\x1c!", b"\x1bE")  # A long title takes more lines, each with its size.
    assert [one for one in paper.commands if one not in sizes] == [
        one for one in harmless.commands if one not in sizes
    ]
    assert (paper.cuts, paper.pulses) == (harmless.cuts, harmless.pulses)


def test_chinese_mode_is_entered_before_the_first_chinese_byte() -> None:
    data = escpos_bytes(layout(SLIPS["sale"]("zh"), PROFILES["80mm"]), PROFILES["80mm"])

    with pytest.raises(PrinterWouldErr, match="outside Chinese mode"):
        decode(data.replace(b"\x1c&", b""))
    with pytest.raises(PrinterWouldErr, match="outside Chinese mode"):
        decode(data.replace(b"\n", b"\n\x1b@", 1))


def test_the_bill_number_comes_out_of_the_barcode() -> None:
    assert printed(SLIPS["sale"]("zh"), PROFILES["80mm"]).barcodes == ["R1000123"]
    assert "R1000123" in [
        line.strip() for line in printed(SLIPS["sale"]("zh"), PROFILES["58mm"]).lines
    ]


@pytest.mark.parametrize("data", ["R1-000123", "000123", "12345", "{B}{{C", '~ !"#', "9" * 24])
def test_barcodes_of_any_text(data: str) -> None:
    slip = Slip("test", "1", (Barcode(data),))

    assert printed(slip, PROFILES["80mm"]).barcodes == [data]


def test_a_barcode_too_wide_for_the_paper_is_printed_as_text() -> None:
    data = "A" * 40
    assert module_dots(data, 384) == 0
    paper = printed(Slip("test", "1", (Barcode(data),)), PROFILES["58mm-codes"])

    assert paper.barcodes == []
    assert "".join(line.strip() for line in paper.lines) == data


def test_qr_codes() -> None:
    slip = Slip("test", "1", (QR("https://example.com/?a=1&b=(k)"), Cut()))

    assert printed(slip, PROFILES["80mm"]).qr_codes == ["https://example.com/?a=1&b=(k)"]
    assert printed(slip, PROFILES["58mm"]).qr_codes == []


def test_codes_are_the_same_bytes_as_python_escpos_makes(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """An independent encoder agrees on what stores and prints a QR code and a barcode."""
    escpos = pytest.importorskip("escpos.printer")
    dummy = escpos.Dummy(profile="TM-T20II")
    dummy.qr("R1000123", native=True, size=6, ec=1)
    dummy.barcode("{BR1000123", "CODE128", function_type="B", height=64, width=3, font="A")
    capsys.readouterr()  # The library prints a notice.
    slip = Slip("test", "1", (QR("R1000123"), Barcode("R1000123")))
    ours = escpos_bytes(layout(slip, PROFILES["80mm"]), PROFILES["80mm"])

    for command in (
        b"\x1d(k\x0b\x001P0R1000123",
        b"\x1d(k\x03\x001Q0",
        b"\x1d(k\x03\x001C\x06",
        b"\x1d(k\x04\x001A2\x00",
        b"\x1dkI\x0a{BR1000123",
    ):
        assert command in dummy.output
        assert command in ours


def test_sizes_are_set_for_chinese_and_latin_and_taken_back() -> None:
    slip = Slip("test", "1", (Pair("合计", "1.00", tall=True), Text("x")))
    data = escpos_bytes(layout(slip, PROFILES["80mm"]), PROFILES["80mm"])
    before, after = data.split(b"1.00\n")

    assert before.index(b"\x1d!\x01") < before.index(b"\x1c!\x08")
    assert after.startswith(b"\x1d!\x00\x1c!\x00")


def test_a_latin_printer_is_taken_out_of_chinese_mode() -> None:
    data = escpos_bytes(layout(SLIPS["sale"]("en"), PROFILES["latin"]), PROFILES["latin"])

    assert data.startswith(b"\x1b@\x1c.")
    assert b"\x1c&" not in data and b"\xbe120.40" in data


# --- recorded streams ----------------------------------------------------------------------------


@with_examples
def test_the_recorded_bill_reads_as_it_was_printed() -> None:
    """A real bill proves the decoder, and that a printer's columns are GB18030 bytes."""
    paper = decode((EXAMPLES / "real_bill_gb2312.bin").read_bytes())
    text = "\n".join(paper.lines)

    assert "健怡雪碧         4            瓶       40.00" in text
    assert "应收金额：68.00" in text
    widths = [len(line.rstrip().encode("gb18030")) for line in paper.lines]
    assert max(widths) == 44 and "—" * 22 in paper.lines


@with_examples
@pytest.mark.parametrize(
    "name", ["generated-here_receiptline-4.0.4_gb18030.bin", "generated-here_handmade_gb18030.bin"]
)
def test_four_byte_characters_are_caught(name: str) -> None:
    with pytest.raises(PrinterWouldErr, match="no two-byte character"):
        decode((EXAMPLES / name).read_bytes(), tolerant=True)


@with_examples
@pytest.mark.parametrize(
    ("name", "images", "qr_codes"),
    [
        ("bit-image.bin", 4, 0),
        ("graphics.bin", 8, 0),
        ("receipt-with-logo.bin", 2, 0),
        ("qr-code.bin", 0, 19),
        ("text-size.bin", 0, 0),
    ],
)
def test_the_decoder_consumes_recorded_streams(name: str, images: int, qr_codes: int) -> None:
    paper = decode((EXAMPLES / name).read_bytes(), tolerant=True)

    assert (paper.images, len(paper.qr_codes)) == (images, qr_codes)
