"""Initials as the dictionary reads names, and text on one line."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from models.base.pinyin import initials
from models.base.texts import narrow, one_line


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("可口可乐500ml", "kkkl"),
        ("重庆火锅底料", "cqhgdl"),
        ("重量", "zl"),
        ("银行", "yh"),
        ("长城干红", "ccgh"),
        ("生长", "sz"),
        ("Coca-Cola", ""),
        ("鹅蛋", "ed"),
        ("〇〇", "ll"),
        ("", ""),
        ("牛" * 80, "n" * 60),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_the_same_as_the_library_reads(real_data: Path) -> None:
    """Our own walk through its dictionary is three times faster and must not differ."""
    from pypinyin import Style, lazy_pinyin

    with (real_data / "goods" / "vegetable_items.csv").open(encoding="utf-8") as file:
        names = [row["单品名称"] for row in csv.DictReader(file)]
    with (real_data / "cn-reference" / "regions_areas.csv").open(encoding="utf-8") as file:
        names += [row["name"] for row in csv.DictReader(file)]
    for name in names:
        read = lazy_pinyin(name, style=Style.FIRST_LETTER, errors="ignore")
        assert initials(name) == "".join(read)[:60], name


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  two\tblanks \n", "two blanks"),
        ("a\x00b\u200bc\u202e", "abc"),
        ("全角　空格", "全角 空格"),
        ("x\ufe0f", "x"),
        ("plain", "plain"),
    ],
)
def test_one_line(text: str, plain: str) -> None:
    assert one_line(text) == plain


def test_narrow() -> None:
    assert narrow("ＡＢ１２３　（）") == "AB123 ()"
