"""Scanned codes."""

from __future__ import annotations

import re
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from biip.checksums import gs1_price_weight_check_digit, gs1_standard_check_digit
from hypothesis import given
from hypothesis import strategies as st

from models.goods.codes import (
    CHINA_PATTERNS,
    GS,
    CodeFault,
    CodeKind,
    Scan,
    StorePattern,
    check_digit,
    gtin_forms,
    has_check_digit,
    read_code,
    read_gs1,
    upc_a,
    value_check_digit,
    wallet_of,
)

digits = st.text("0123456789", min_size=1, max_size=20)


# --- check digits


@given(digits)
def test_check_digits_are_those_of_the_library(payload: str) -> None:
    assert check_digit(payload) == str(gs1_standard_check_digit(payload))
    assert has_check_digit(payload + check_digit(payload))


@given(st.text("0123456789", min_size=4, max_size=5))
def test_value_check_digits_are_those_of_the_library(value: str) -> None:
    assert value_check_digit(value) == str(gs1_price_weight_check_digit(value))


def test_a_value_check_digit_needs_4_or_5_digits() -> None:
    with pytest.raises(ValueError, match="4 or 5 digits"):
        value_check_digit("123456")


@given(digits, st.integers(0, 19), st.integers(1, 9))
def test_a_digit_read_wrongly_is_noticed(payload: str, place: int, off: int) -> None:
    code = payload + check_digit(payload)
    place %= len(code)
    wrong = code[:place] + str((int(code[place]) + off) % 10) + code[place + 1 :]
    assert not has_check_digit(wrong)


@pytest.mark.parametrize("text", ["", "5", "69O1234567892", "６９０", "-1"])
def test_what_has_no_check_digit(text: str) -> None:
    assert not has_check_digit(text)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("04252614", "042100005264"),
        ("425261", "042100005264"),
        ("0425261", "042100005264"),
        ("12345670", "123456000070"),
        ("123453", None),
        ("123454", None),
    ],
)
def test_upc_e_expands(short: str, long: str | None) -> None:
    whole = upc_a(short)
    assert has_check_digit(whole)
    assert len(whole) == 12
    assert long is None or whole == long


@pytest.mark.parametrize("text", ["", "12345", "24252614", "04252615", "123456789", "a25261"])
def test_what_is_no_upc_e(text: str) -> None:
    with pytest.raises(ValueError, match="UPC-E"):
        upc_a(text)


def test_one_number_in_all_its_lengths() -> None:
    assert gtin_forms("73513537") == (
        "00000073513537", "0000073513537", "000073513537", "73513537",
    )  # fmt: skip
    assert gtin_forms("6901234567892") == ("06901234567892", "6901234567892")
    assert gtin_forms("16901234567899") == ("16901234567899",)


# --- what was scanned


@pytest.mark.parametrize(
    ("text", "kind", "lookup"),
    [
        ("6901234567892", CodeKind.GTIN, "06901234567892"),
        ("]E06901234567892", CodeKind.GTIN, "6901234567892"),
        ("６９０１２３４５６７８９２", CodeKind.GTIN, "6901234567892"),
        (" 6901234567892\r\n", CodeKind.GTIN, "6901234567892"),
        ("042100005264", CodeKind.GTIN, "0042100005264"),
        ("0042100005264", CodeKind.GTIN, "042100005264"),
        ("96385074", CodeKind.GTIN, "96385074"),
        ("]E496385074", CodeKind.GTIN, "96385074"),
        ("04252614", CodeKind.GTIN, "042100005264"),
        ("16901234567899", CodeKind.GTIN, "16901234567899"),
        ("]C0A-17", CodeKind.PLAIN, "A-17"),
        ("A-17", CodeKind.PLAIN, "A-17"),
        ("酱油", CodeKind.PLAIN, "酱油"),
        ("]", CodeKind.PLAIN, "]"),
        ("]C1", CodeKind.PLAIN, "]C1"),
        ("", CodeKind.PLAIN, ""),
        ("17", CodeKind.PLAIN, "17"),
        ("0425261", CodeKind.PLAIN, "0425261"),
    ],
)
def test_what_a_code_is(text: str, kind: CodeKind, lookup: str) -> None:
    scan = read_code(text)
    assert scan.kind is kind
    assert scan.fault is None
    assert lookup in scan.lookups
    assert scan.lookups[0] == scan.text


def test_a_wrong_check_digit_is_told_and_still_looked_up() -> None:
    scan = read_code("6901234567890")
    assert (scan.kind, scan.fault) == (CodeKind.PLAIN, CodeFault.CHECK_DIGIT)
    assert scan.lookups == ("6901234567890",)


def test_eight_digits_may_be_two_codes() -> None:
    ean_8, upc_e = "00000012345670", "00123456000070"
    assert [code for code in read_code("12345670").lookups if len(code) == 14] == [ean_8, upc_e]
    assert [code for code in read_code("]E012345670").lookups if len(code) == 14] == [upc_e, ean_8]
    assert upc_e not in read_code("]E412345670").lookups


# --- GS1


def test_a_gs1_code_brings_batch_and_expiry() -> None:
    scan = read_code(f"]C1010690123456789217251231310300125010LOT7{GS}21SER1")
    assert scan.kind is CodeKind.GS1
    assert scan.lookups[:2] == ("06901234567892", "6901234567892")
    assert {e.ai: str(e.day or e.number or e.value) for e in scan.elements} == {
        "01": "06901234567892",
        "17": "2025-12-31",
        "3103": "1.250",
        "10": "LOT7",
        "21": "SER1",
    }
    assert scan.element("10")
    assert scan.element("99") is None


@pytest.mark.parametrize(
    ("text", "readable"),
    [
        (f"]d20106901234567892{GS}", "(01)06901234567892"),
        ("]Q30106901234567892", "(01)06901234567892"),
        (f"{GS}0106901234567892", "(01)06901234567892"),
        ("https://id.gs1.org/01/06901234567892/10/ABC", "(01)06901234567892(10)ABC"),
        ("(01)06901234567892(10)ABC", "(01)06901234567892(10)ABC"),
        ("010690123456789210ABC", "(01)06901234567892(10)ABC"),
        ("]C1390212345", "(3902)12345"),
        ("]C139121560012345", "(3912)1560012345"),
    ],
)
def test_gs1_in_its_forms(text: str, readable: str) -> None:
    scan = read_code(text)
    assert (scan.kind, scan.readable, scan.fault) == (CodeKind.GS1, readable, None)


@pytest.mark.parametrize(
    "text", ["]C101069012345678921599000010X", "(01)12", GS, f"]C1{GS}", "https://a.b/01/x"]
)
def test_what_is_no_gs1_is_told(text: str) -> None:
    scan = read_code(text)
    assert (scan.kind, scan.fault) == (CodeKind.PLAIN, CodeFault.GS1)


def test_a_wrong_number_inside_gs1_is_told() -> None:
    scan = read_code("]C10106901234567893")
    assert (scan.kind, scan.fault) == (CodeKind.GS1, CodeFault.CHECK_DIGIT)


def test_a_web_address_is_not_gs1() -> None:
    assert read_code("https://example.com/menu").kind is CodeKind.PLAIN


def test_the_gs1_library_is_loaded_only_when_it_is_met() -> None:
    program = (
        "import sys; from models.goods.codes import read_code; read_code('6901234567892');"
        "assert 'biip' not in sys.modules; read_code(']C10106901234567892');"
        "assert 'biip' in sys.modules"
    )
    root = Path(__file__).parents[3]
    subprocess.run([sys.executable, "-c", program], cwd=root, check=True)


@given(st.text(max_size=30) | st.text(f"0123456789()]CE{GS}", max_size=40))
def test_no_text_is_refused(text: str) -> None:
    scan = read_code(text)
    assert scan.lookups
    assert isinstance(read_gs1(text), Scan)


# --- codes that carry an amount or a weight


def test_the_codes_of_scales_in_china() -> None:
    scan = read_code("2100301003507")
    assert scan.kind is CodeKind.STORE
    assert (scan.lookups[0], scan.amount, scan.weight) == ("00301", Decimal("3.50"), None)
    both = "26123450123405678"
    scan = read_code(both + check_digit(both))
    assert scan.lookups[1] == "26123450000000000" + check_digit("26123450000000000")
    assert (scan.lookups[0], scan.amount, scan.weight) == (
        "12345", Decimal("12.34"), Decimal("5.678"),
    )  # fmt: skip


def test_a_wrong_check_digit_of_a_priced_code_is_told() -> None:
    scan = read_code("2100301003501")
    assert (scan.kind, scan.fault) == (CodeKind.STORE, CodeFault.CHECK_DIGIT)


def test_the_whole_amount_is_read() -> None:
    # A till that takes four of the five digits sells a piece of 123.45 for 23.45.
    code = "210030112345"
    assert read_code(code + check_digit(code)).amount == Decimal("123.45")


@pytest.mark.parametrize(
    ("pattern", "code", "item", "amount", "weight"),
    [
        (StorePattern("22", "--IIIIAAAAAAC"), "2212341234560", "1234", "1234.56", None),
        (StorePattern("2", "IIIIIIIWWWWW-"), "2000001023109", "2000001", None, "2.310"),
        (StorePattern("2", "IIIIIIIAAAAA-"), "2000001019369", "2000001", "19.36", None),
        (StorePattern("20", "--IIIIIAAAAAC", 0), "2000301003508", "00301", "350", None),
    ],
)  # fmt: skip
def test_patterns_of_a_shop(
    pattern: StorePattern, code: str, item: str, amount: str | None, weight: str | None
) -> None:
    if pattern.layout.endswith("C"):
        code = code[:-1] + check_digit(code[:-1])
    scan = read_code(code, (pattern,))
    assert (scan.kind, scan.fault) == (CodeKind.STORE, None)
    assert scan.lookups[0] == item
    assert scan.amount == (Decimal(amount) if amount else None)
    assert scan.weight == (Decimal(weight) if weight else None)


def test_published_layouts(real_data: Path) -> None:
    """The digits of the page do not all have a check digit; the layouts are the fact."""
    page = (real_data / "devices" / "store_codes_cn.tsv").read_text("utf-8")
    rows = [row.split("\t") for row in page.splitlines() if row and row[0].isdigit()]
    found = {code: read_code(code) for code, *_ in rows if code.isdigit()}
    assert found["2100301003501"].amount == Decimal("3.50")
    assert found["2110001005008"].amount == Decimal("5.00")
    assert found["2110001005008"].fault is None


def test_every_gs1_case_is_read(real_data: Path) -> None:
    page = (real_data / "devices" / "gs1_cases.tsv").read_text("utf-8")
    rows = [row.split("\t") for row in page.splitlines() if row and not row.startswith("#")]
    assert len(rows) == 19
    kinds = {
        text: read_code(re.split(r" \(| with", text)[0].replace("<GS>", GS).replace(" ", "")).kind
        for text, _ in rows
    }
    assert [text for text, kind in kinds.items() if kind is CodeKind.PLAIN] == [
        "6901234567890",
        "0425261",
        "]C101069012345678921599000010X",
    ]


@pytest.mark.parametrize(
    "wrong",
    [("2", "IIIII"), ("2", "AAAAA"), ("21", "-I"), ("2", "IIIAAAVC"), ("2123", "IAC")],
)
def test_a_pattern_must_make_sense(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match=r"layout|digits"):
        StorePattern(*wrong)


@given(st.integers(0, 99999), st.integers(0, 99999))
def test_a_priced_code_says_what_was_written(item: int, fen: int) -> None:
    payload = f"21{item:05}{fen:05}"
    scan = read_code(payload + check_digit(payload), CHINA_PATTERNS)
    assert scan.lookups[0] == f"{item:05}"
    assert scan.amount == Decimal(fen).scaleb(-2)
    assert read_code(scan.lookups[1]).amount == 0


# --- codes that are not goods


@pytest.mark.parametrize(
    ("code", "wallet"),
    [
        ("130000000000000000", "wechat"),
        ("160000000000000000", None),
        ("250000000000000000", "alipay"),
        ("2800000000000000", "alipay"),
        ("300000000000000000000000", "alipay"),
        ("310000000000000000", None),
        ("13000000000000000", None),
        ("13000000000000000x", None),
        ("", None),
    ],
)
def test_wallets(code: str, wallet: str | None) -> None:
    assert wallet_of(code) == wallet
