"""The layouts of scale labels as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from models.goods.codes import CHINA_PATTERNS, StorePattern, read_code
from models.goods.scale_labels import (
    CHINA_LABELS,
    LabelLayoutWrong,
    are_label_layouts,
    label_layouts,
)


def test_what_chinese_scales_print_as_people_write_it() -> None:
    found = label_layouts(CHINA_LABELS)
    assert [(p.prefix, p.layout) for p in found] == [(p.prefix, p.layout) for p in CHINA_PATTERNS]
    assert [(p.amount_decimals, p.weight_decimals) for p in found] == [(2, 3), (2, 0)]


@pytest.mark.parametrize(
    ("text", "layout"),
    [
        ("25iiiiiww.wwwc", StorePattern("25", "--IIIIIWWWWWC", 0, 3)),
        ("22IIIIIAAAAA.C", StorePattern("22", "--IIIIIAAAAAC", 0, 0)),
        ("[23]IIIIIAAA.AAC", StorePattern("23", "IIIIIIIAAAAAC", 2, 0)),
        ("20IIIIIVAAA.AAC", StorePattern("20", "--IIIIIVAAAAAC", 2, 0)),
        ("28XIIIIWW.WWWXX", StorePattern("28", "--XIIIIWWWWWXX", 0, 3)),
    ],
)
def test_a_layout_is_read(text: str, layout: StorePattern) -> None:
    assert label_layouts(text) == (layout,)


def test_the_point_decides_what_is_paid() -> None:
    code = "2100123012347"
    read = {text: read_code(code, label_layouts(text)).amount for text in (
        "21IIIIIAAA.AAC", "21IIIIIAAAA.AC", "21IIIIIAAAAA.C",
    )}  # fmt: skip
    assert list(read.values()) == [Decimal("12.34"), Decimal("123.4"), Decimal("1234")]


@pytest.mark.parametrize("gap", [" ", ", ", "，", "；", "\n"])
def test_several_layouts(gap: str) -> None:
    assert len(label_layouts(f" 21IIIIIAAA.AAC{gap}26IIIIIAAA.AAWW.WWWC ")) == 2
    assert label_layouts("  ") == ()


@pytest.mark.parametrize(
    "text",
    [
        "21IIIIIAAAAAC",  # without a point
        "21IIIIIAAA.AA.C",
        "21IIIII.AAAAAC",
        "21IIIIIAA.AWWW.WAC",  # the amount in two runs
        "21IIIIIC",  # neither amount nor weight
        "21AAA.AAC",  # no item
        "2IIIIIIAAA.AAC",  # one digit: half of all codes
        "IIIIIIIAAA.AAC",
        "21IIIIIAAA.AACX",
        "21IIIIIAAA.AAZ",
        "[21IIIIIAAA.AAC",
        "21IA.AC",
        "21" + "I" * 30 + "AAA.AAC",
        "20IIIIVAA.AC",  # the inner check digit is for four or five digits
        "21IIIIIAAA.AAC 21IIIIIWW.WWWC",  # the second would never be used
        "21IIIIIAAA.AAC 213IIIIAAA.AAC",
        "𝟚𝟙IIIIIAAA.AAC\u202e",
    ],
)
def test_what_is_no_layout_is_refused(text: str) -> None:
    with pytest.raises(LabelLayoutWrong) as refused:
        label_layouts(text)
    assert refused.value.fields["layout"] in text
    assert not are_label_layouts(text)
    # One wrong layout keeps the right ones out as well.
    assert not are_label_layouts(f"29IIIIIWW.WWWC {text}")
