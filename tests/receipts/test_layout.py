"""Lines of cells: nothing too wide, nothing cut off, no amount in two pieces."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from devices.profiles import PROFILES, PrinterProfile
from models.base.money import Money
from models.base.quantity import Quantity
from models.shop.sale_view import SaleLineView
from receipts.clean import cells
from receipts.layout import Line, Sheet, layout
from receipts.slip import CENTRE, RIGHT, Column, Pair, Part, Row, Slip, Table, Text
from receipts.slips.common import Print
from receipts.slips.sale import sale_slip
from receipts.text import text_of
from receipts.wrapping import NO_END, NO_START, wrap
from tests.receipts import samples
from tests.receipts.hostile import NAMES

WIDTHS = (32, 42, 48)
MIXED = some.text(
    some.one_of(
        some.sampled_from("中文商品名称，。（）：￥×“”…—℃①"),
        some.sampled_from("abcXYZ 0123456789.,-()"),
        some.characters(),
    ),
    max_size=60,
)
HOSTILE = some.one_of(MIXED, some.sampled_from(NAMES))
FEN = some.integers(-(10**13), 10**13)


def profile_of(width: int) -> PrinterProfile:
    return replace(PROFILES["80mm"], columns=width)


def lay(*parts: Part, width: int = 32) -> Sheet:
    return layout(Slip("test", "1", parts), profile_of(width))


def texts(sheet: Sheet) -> list[str]:
    return [line.text for line in sheet.lines if isinstance(line, Line)]


def assert_fits(sheet: Sheet) -> None:
    for line in sheet.lines:
        if isinstance(line, Line):
            factor = 2 if line.wide else 1
            assert cells(line.text, sheet.codepage) * factor <= sheet.columns, line.text


@given(HOSTILE, some.integers(16, 60))
def test_wrapped_text_fits_and_loses_nothing(text: str, width: int) -> None:
    sheet = lay(Text(text), width=width)

    assert_fits(sheet)
    from receipts.clean import clean_for_paper

    kept = "".join("".join(texts(sheet)).split())
    assert kept == "".join(clean_for_paper(text).text.split())


@given(some.text("中文，。（）！ab", max_size=50), some.integers(16, 40))
def test_marks_stay_off_the_edges(text: str, width: int) -> None:
    """Except where so many marks stand in a row that nothing else can be done."""
    calm = re.sub(r"([，。！）（])[，。！）（]+", r"\1", text)
    # An opening mark right before a closing one has no good place at all.
    calm = re.sub(r"（(?=[，。！）（])", "", calm)
    lines = wrap(calm, width)

    for line in lines[1:]:
        assert line[0] not in NO_START or len(line) == 1, lines
    for line in lines[:-1]:
        assert line[-1] not in NO_END, lines


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("一二三四五六七八，九", 16, ["一二三四五六七", "八，九"]),
        ("一二三四五六七（八九）", 16, ["一二三四五六七", "（八九）"]),
        ("合计金额为人民币￥1,234.50元", 20, ["合计金额为人民币", "￥1,234.50元"]),
        ("total amount 1234.50", 16, ["total amount", "1234.50"]),
        ("one two", 20, ["one two"]),
        ("", 20, [""]),
        ("abcdefghijklmnopqrstuvwxyz", 16, ["abcdefghijklmnop", "qrstuvwxyz"]),
    ],
)
def test_wrapping(text: str, width: int, lines: list[str]) -> None:
    assert wrap(text, width) == lines


@given(HOSTILE, FEN, some.sampled_from(WIDTHS))
def test_a_pair_shows_its_amount_whole_on_the_right(label: str, fen: int, width: int) -> None:
    amount = str(Money(fen, samples.CNY))
    sheet = lay(Pair(label, amount), width=width)

    assert_fits(sheet)
    last = texts(sheet)[-1]
    assert last.endswith(amount)
    assert cells(last) == width


@settings(max_examples=60)
@given(
    some.lists(some.tuples(HOSTILE, some.integers(-(10**7), 10**7), FEN, FEN), max_size=6),
    some.sampled_from(WIDTHS),
    some.sampled_from(["zh", "en", "both"]),
)
def test_a_receipt_of_anything_fits_and_shows_every_amount(
    rows: list[tuple[str, int, int, int]], width: int, lang: str
) -> None:
    lines = tuple(
        SaleLineView(
            code="1",
            name=name,
            quantity=Quantity(thousandths),
            unit="kg",
            price=Money(price, samples.CNY),
            discount=Money(0, samples.CNY),
            amount=Money(amount, samples.CNY),
            is_weighed=False,
        )
        for name, thousandths, price, amount in rows
    )
    sale = replace(samples.SALE, lines=lines, note="".join(row[0] for row in rows)[:200])
    sheet = layout(sale_slip(sale, Print(lang)), profile_of(width))  # type: ignore[arg-type]

    assert_fits(sheet)
    words = " ".join(texts(sheet)).split()
    for line in lines:
        for value in (str(line.amount), str(line.price), str(line.quantity)):
            assert value in words, f"{value} is missing or in pieces"
            words.remove(value)


def test_columns_of_amounts_stand_below_each_other() -> None:
    columns = (Column(("品名",)), Column(("数量",)), Column(("金额",)))
    rows = (Row(("苹果", "2", "5.00")), Row(("西瓜“大”", "1.284", "1234.50")))
    lines = texts(lay(Table(columns, rows), width=42))

    assert [cells(line) for line in lines] == [42, 42, 42]
    assert lines[1].endswith("  5.00") and lines[2].endswith("1234.50")


def test_an_amount_too_wide_for_its_column_gets_a_line_of_its_own() -> None:
    huge = "123456789012345678.50"
    columns = (Column(("品名",)), Column(("数量",)), Column(("金额",)))
    lines = texts(lay(Table(columns, (Row(("苹果", huge, huge)),)), width=32))

    assert lines.count(" " * 11 + huge) == 2


def test_a_title_is_wide_where_it_fits_and_tall_where_not() -> None:
    short, long = (
        Text("晨光", CENTRE, large=True),
        Text("晨光便利店中山路旗舰店", CENTRE, large=True),
    )
    lines = lay(short, long, width=32).lines

    assert isinstance(lines[0], Line) and lines[0].wide and lines[0].tall
    assert isinstance(lines[1], Line) and not lines[1].wide and lines[1].tall
    assert lines[0].text == " " * 6 + "晨光"


def test_right_aligned_text() -> None:
    assert texts(lay(Text("右", RIGHT), width=32)) == [" " * 30 + "右"]


def test_what_cannot_be_printed_is_reported_once() -> None:
    sheet = lay(Text("𠮷野家 𠮷"), Pair("㐀", "1.00"))

    assert sheet.lost == "𠮷㐀"
    assert "□野家 □" in text_of(sheet)


def test_a_latin_printer_gets_no_chinese() -> None:
    sheet = layout(sale_slip(samples.SALE, Print("en")), PROFILES["latin-42"])

    assert all(text.encode("cp858") for text in texts(sheet) if text)
    assert "Change given" in text_of(sheet)


# --- what stands on the slips -------------------------------------------------------------------


def slip_text(lang: str = "zh", **changes: object) -> str:
    sale = replace(samples.SALE, **changes)  # type: ignore[arg-type]
    return text_of(layout(sale_slip(sale, Print(lang)), profile_of(48)))  # type: ignore[arg-type]


def test_a_slip_of_a_later_hour_names_its_business_day() -> None:
    night = samples.AT.replace(day=15, hour=1)

    assert "营业日" not in slip_text()
    assert re.search(r"营业日 +2026-03-14", slip_text(at=night))


def test_an_unpaid_bill_says_so() -> None:
    assert "NOT PAID" in slip_text("en", payments=())
    assert "NOT PAID" not in slip_text("en")


def test_a_demonstration_says_so() -> None:
    assert "DEMO" in slip_text("en", store=replace(samples.STORE, is_demo=True))
    assert "DEMO" not in slip_text("en")


@pytest.mark.parametrize("lang", ["zh", "en", "both"])
def test_a_copy_says_so_in_both_languages(lang: str) -> None:
    how = Print(lang, copy_no=3, printed_at=samples.AT.replace(hour=20))  # type: ignore[arg-type]
    text = text_of(layout(sale_slip(samples.SALE, how), profile_of(32)))

    assert "副本 COPY 3" in text
    assert "2026-03-14 20:42" in text and "2026-03-14 18:42" in text


def test_cash_shows_what_was_given_and_the_change() -> None:
    assert re.search(r"现金 +100\.00\n找零 +￥29\.60\n", slip_text())
