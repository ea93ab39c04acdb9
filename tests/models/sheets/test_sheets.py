"""Sheets as they come, and text that must not become a formula."""

from __future__ import annotations

import csv
import io
import os
import resource
import struct
import sys
import tracemalloc
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.texts import one_line
from models.sheets import sheets, workbooks
from models.sheets.sheets import (
    Cell,
    EncodingUnknown,
    PageUnknown,
    SheetChanged,
    SheetDamaged,
    SheetIsPage,
    SheetLocked,
    SheetNotFile,
    SheetTooLarge,
    SheetTooWide,
    SheetUnreadable,
    clean_for_sheet,
    read_sheet,
    write_sheet,
)

CNY = currency("CNY")
TEXT = "编码,名称,售价\r\n001,可口可乐,3.50\r\n002,牛肉面（大）,12\r\n"


def rows_of(path: Path, **options: str) -> list[list[str]]:
    return [row.cells for row in read_sheet(path, **options).rows()]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "|"])
def test_encoding_and_separator_are_found(
    tmp_path: Path, encoding: str, found: str, separator: str
) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes(TEXT.replace(",", separator).encode(encoding))
    sheet = read_sheet(path)
    assert (sheet.encoding, sheet.separator) == (found, separator)
    assert list(sheet.rows())[1] == (2, ["001", "可口可乐", "3.50"], "")


@pytest.mark.parametrize(
    ("encoding", "found", "name"),
    [
        ("utf-8", "utf-8", "可口可乐"),
        ("gbk", "gb18030", "可口可乐"),
        ("big5", "big5", "可口可樂汽水"),
        ("cp1252", "cp1252", "Café crème"),
    ],
)
def test_the_encoding_of_a_long_list_shows_in_its_first_name_however_far_down(
    tmp_path: Path, encoding: str, found: str, name: str
) -> None:
    path = tmp_path / "goods.csv"
    plain = "code,name,price\n" + "".join(f"{n:06},bolt M{n},3.50\n" for n in range(10_000))
    assert len(plain) > 200_000
    path.write_bytes((plain + f"010000,{name},3.50\n").encode(encoding))
    sheet = read_sheet(path)
    assert sheet.encoding == found
    assert list(sheet.rows())[-1] == (10_002, ["010000", name, "3.50"], "")


def test_a_western_file_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes("code;name\n1;Délices crème brûlée\n2;Käse\n".encode("cp1252"))
    assert rows_of(path)[1:] == [["1", "Délices crème brûlée"], ["2", "Käse"]]


def test_a_name_cut_in_the_middle_of_a_character_spoils_no_other(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    lines = [f"{n},商品名称{n}".encode("gbk") for n in range(300)]
    lines[7] = lines[7][:-2] + b"\n"
    path.write_bytes(b"\n".join(lines))
    rows = rows_of(path)
    assert rows[200] == ["200", "商品名称200"]
    assert len(rows) == 300


def test_what_is_told_is_not_found_out(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_bytes("編碼,名稱\n1,牛奶\n".encode("big5"))
    assert rows_of(path, encoding="big5")[1] == ["1", "牛奶"]
    with pytest.raises(EncodingUnknown):
        read_sheet(path, encoding="klingon")


def test_a_separator_is_not_guessed_from_pieces_of_cells(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text("编码,名称,售价\n1,a\x1e;b,2\n2,c\x1e;d,3\n", encoding="utf-8")
    assert read_sheet(path).separator == ","


def test_rows_keep_their_number_and_empty_ones_go(tmp_path: Path) -> None:
    path = tmp_path / "goods.csv"
    path.write_text('编码,名称\n,\n\n1,"two\nlines"\n', encoding="utf-8")
    assert list(read_sheet(path).rows()) == [
        (1, ["编码", "名称"], ""),
        (4, ["1", "two\nlines"], ""),
    ]


def test_xlsx_numbers_come_as_typed(tmp_path: Path) -> None:
    from openpyxl import Workbook

    book = Workbook()
    assert book.active is not None
    book.active.append(["编码", "价", "日期", "有", "时刻", "空"])
    book.active.append(
        [6901234567892, 0.1 + 0.2, date(2026, 3, 2), True, datetime(2026, 3, 2, 9, 30), None]
    )
    book.active.append(["0012", 12.0, 18.3333, False, datetime(2026, 3, 2), "=1+1"])
    path = tmp_path / "goods.xlsx"
    book.save(path)
    assert rows_of(path)[1:] == [
        ["6901234567892", "0.3", "2026-03-02", "1", "2026-03-02 09:30:00", ""],
        ["0012", "12", "18.3333", "0", "2026-03-02", ""],
    ]


def test_unreadable_files_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SheetUnreadable):
        read_sheet(tmp_path / "none.csv")
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    with pytest.raises(SheetDamaged):
        read_sheet(old)
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04" + b"no archive" * 20)
    with pytest.raises(SheetDamaged):
        read_sheet(broken)
    no_book = tmp_path / "other.xlsx"
    import zipfile

    with zipfile.ZipFile(no_book, "w") as archive:
        archive.writestr("a.txt", "a")
    with pytest.raises(SheetDamaged):
        read_sheet(no_book)
    monkeypatch.setattr("models.sheets.sheets.LARGEST_BYTES", 10)
    plain = tmp_path / "plain.csv"
    plain.write_text("a,b\n1,2\n3,4\n")
    with pytest.raises(SheetTooLarge):
        read_sheet(plain)


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_numbers_stay_numbers_and_text_stays_text(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"out.{ending}"
    rows: list[list[Cell]] = [
        ["=1+1", Money.parse("-12.50", CNY), Quantity.parse("1.284"), None, 7, True],
        ["'=x", Decimal("0.5"), "-5℃", "0012", "", False],
    ]
    assert write_sheet(path, ["a", "b", "c", "d", "e", "f"], rows) == 2
    first, second = rows_of(path)[1:]
    assert first == ["=1+1", "-12.50" if ending == "csv" else "-12.5", "1.284", "", "7", "1"]
    assert second == ["'=x", "0.5", "-5℃", "0012", "", "0"]
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_file_that_fails_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    write_sheet(path, ["a"], [["1"]])

    def failing() -> object:
        yield ["2"]
        raise RuntimeError("pulled out")

    with pytest.raises(RuntimeError):
        write_sheet(path, ["a"], failing())  # type: ignore[arg-type]
    assert rows_of(path) == [["a"], ["1"]]
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("  =1+1", "'  =1+1"),
        ("＝1+1", "'＝1+1"),
        ("+86 138 0000 0000", "'+86 138 0000 0000"),
        ("-2+3", "'-2+3"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("'=1", "''=1"),
        ("\x00=1", "'=1"),
        ("\u202e=1", "'=1"),
        ("\t=1", "'=1"),
        ("two\nlines", "two\nlines"),
        ("no \ufffe\uffff\ufdd0\U0001fffe sign", "no  sign"),
        ("苹果 (500g)", "苹果 (500g)"),
        ("'Prodhead'", "'Prodhead'"),
        ("", ""),
        ("a=b", "a=b"),
    ],
)
def test_no_formula_reaches_a_sheet(text: str, safe: str) -> None:
    assert clean_for_sheet(text) == safe


@given(some.text(max_size=30))
def test_no_text_at_all_begins_a_formula(text: str) -> None:
    assert not clean_for_sheet(text).lstrip().startswith(("=", "+", "-", "@"))


@given(some.lists(some.text(max_size=20).map(one_line), min_size=2, max_size=4))
def test_text_comes_back_as_it_went(cells: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([clean_for_sheet(cell) for cell in cells])
    (row,) = csv.reader(io.StringIO(file.getvalue(), newline=""))
    from models.sheets.sheets import _plain

    assert [_plain(cell) for cell in row] == cells


# --- what is no list of records


def locked_book() -> bytes:
    """An office file as one with a password is: a container whose package is encrypted."""
    free, end, fat = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    head = struct.pack(
        "<8s16s5H6xII I4x 5I", bytes.fromhex("D0CF11E0A1B11AE1"), b"", 0x3E, 3, 0xFFFE, 9, 6,
        0, 1, 1, 4096, end, 0, end, 0,
    )  # fmt: skip
    head += struct.pack("<109I", 0, *[free] * 108)
    table = struct.pack("<128I", fat, end, *range(3, 10), end, *[free] * 118)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        return struct.pack(
            "<64sHBBIII16sIQQIQ", name.encode("utf-16-le"), 2 * len(name) + 2, kind, 1, free, free,
            child, b"", 0, 0, 0, start, size,
        )  # fmt: skip

    entries = entry("Root Entry", 5, 1, end, 0) + entry("EncryptedPackage", 2, free, 2, 4096)
    return head + table + entries.ljust(512, b"\0") + bytes(4096)


def test_a_spreadsheet_with_a_password_says_so(tmp_path: Path) -> None:
    path = tmp_path / "goods.xlsx"
    path.write_bytes(locked_book())
    with pytest.raises(SheetLocked):
        read_sheet(path)


def test_a_web_page_under_the_name_of_a_spreadsheet_is_none(tmp_path: Path) -> None:
    path = tmp_path / "goods.xls"
    path.write_text("<html><table><tr><td>编码</td></tr></table></html>", encoding="utf-8")
    with pytest.raises(SheetIsPage):
        read_sheet(path)


def test_a_large_file_stays_on_its_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is read in pieces, and says what it says in memory, in every encoding."""
    rows = "".join(f"K{n},商品 {n},{n}.50\n" for n in range(12_000))
    for encoding in ("utf-8", "utf-16"):
        path = tmp_path / f"{encoding}.csv"
        path.write_text(f"code,name,price\n{rows}", encoding=encoding)
        held = read_sheet(path)
        monkeypatch.setattr(sheets, "KEPT_BYTES", 1_000)
        sheet = read_sheet(path)
        tracemalloc.start()
        try:
            count = sum(1 for _ in sheet.rows())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
        assert count == 12_001
        assert peak < 150_000 < path.stat().st_size, (encoding, peak)
        assert (sheet.digest, sheet.encoding, sheet.separator, sheet.is_open_ended) == (
            held.digest, held.encoding, held.separator, held.is_open_ended,
        )  # fmt: skip
        assert list(islice(sheet.rows(), 50)) == list(islice(held.rows(), 50))
        monkeypatch.undo()


def test_a_large_file_that_changes_or_goes_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "KEPT_BYTES", 10)
    path = tmp_path / "goods.csv"
    path.write_text("code,name\nK1,x\nK2,y\n", encoding="utf-8")
    sheet = read_sheet(path)
    reading = sheet.rows()
    next(reading)
    path.write_text("code,name\nK1,x\nK2,y\nK3,z\n", encoding="utf-8")
    with pytest.raises(SheetChanged):
        list(reading)
    with pytest.raises(SheetChanged):
        list(sheet.rows())
    path.unlink()
    with pytest.raises(SheetUnreadable):
        list(sheet.rows())


def test_only_files_are_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (tmp_path, tmp_path / "pipe.csv", Path("/dev/zero")):
        with pytest.raises(SheetNotFile):
            read_sheet(path)


def test_an_old_spreadsheet_with_a_cover_sheet(root: Path) -> None:
    old = root / "tests" / "files" / "old_till.xls"
    assert read_sheet(old).pages == ("说明", "商品")
    rows = rows_of(old, page="商品")
    assert rows[0][:3] == ["货号", "商品名称", "条码"]
    assert [row[:2] for row in rows[1:4]] == [
        ["0001", "农夫山泉"], ["0002", "散装苹果"], ["0003", "旧款雨伞"],
    ]  # fmt: skip
    assert rows_of(old, page="3") == rows
    with pytest.raises(PageUnknown):
        read_sheet(old, page="库存")
    with pytest.raises(PageUnknown):
        read_sheet(old, page="4")


@pytest.mark.parametrize("last", ["XFD1048576", "ALL100000"])
def test_two_cells_far_apart_fill_no_memory(tmp_path: Path, last: str) -> None:
    """The library makes room for each cell between them: 400 GB, and 2.4 GB."""
    from openpyxl import Workbook

    path = tmp_path / "far.xlsx"
    book = Workbook()
    book.active["A1"], book.active[last] = "x", "y"
    book.save(path)
    with pytest.raises(SheetTooWide):
        read_sheet(path)


def test_a_spreadsheet_that_becomes_too_large_is_not_called_damaged(
    monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    """A small archive of much the same text: its process gets no more memory."""

    def read(content: bytes) -> dict[str, bytes]:
        raise MemoryError

    monkeypatch.setattr(workbooks, "_read", read)
    monkeypatch.setattr(resource, "setrlimit", lambda *_: None)
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"PK")))
    workbooks.print_sheets()
    sys.stdout.flush()
    assert capfdbinary.readouterr().out == b'"large"\n'
