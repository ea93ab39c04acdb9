"""What reaches paper and spreadsheets of a text that a person typed."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some
from wcwidth import wcwidth

from receipts.clean import LATIN_ENCODING, cells, clean_for_paper
from tests.receipts.hostile import NAMES


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("codepage", ["gb18030", "latin"])
def test_hostile_names_become_plain_printable_text(name: str, codepage: str) -> None:
    text = clean_for_paper(name, codepage).text
    data = text.encode("gb18030" if codepage == "gb18030" else LATIN_ENCODING)

    assert not any(byte < 0x20 or byte == 0x7F for byte in data)
    assert not any(unicodedata.category(one) in ("Cc", "Cf", "Cs", "Co") for one in text)
    assert cells(text, codepage) == len(data)


@given(some.text(max_size=40))
def test_any_text_is_made_of_one_and_two_byte_characters(text: str) -> None:
    cleaned = clean_for_paper(text).text

    assert all(len(one.encode("gb18030")) <= 2 for one in cleaned)
    assert clean_for_paper(cleaned).text == cleaned, "clean text stays as it is"


@pytest.mark.parametrize(
    ("text", "printed", "lost"),
    [
        ("¥12.50", "￥12.50", ""),
        ("𠮷野家", "□野家", "𠮷"),
        ("㐀", "□", "㐀"),
        ("Ma\u00f1ana Łódź straße", "Manana Lódz strasse", ""),
        ("café", "café", ""),
        ("e\u0301", "é", ""),
        ("😀", "□", "😀"),
        ("a\u00a0b\tc\nd", "a b c d", ""),
        ("中\u3000文", "中\u3000文", ""),
        ("\x1b@\x1dV\x00x", "@Vx", ""),
        ("\ue000", "□", "\ue000"),
    ],
)
def test_what_comes_out(text: str, printed: str, lost: str) -> None:
    cleaned = clean_for_paper(text)

    assert (cleaned.text, cleaned.lost) == (printed, lost)


def test_latin_printers_get_their_own_signs() -> None:
    assert clean_for_paper("￥5 £3 é（中）", "latin").text == "¥5 £3 é(?)"


def test_all_common_chinese_characters_print() -> None:
    """The 20,902 of the first Unicode are two bytes each."""
    all_of_them = "".join(map(chr, range(0x4E00, 0x9FA6)))

    assert clean_for_paper(all_of_them).lost == ""
    assert cells(all_of_them) == 2 * 20_902


def test_448_characters_are_wider_on_paper_than_in_a_terminal() -> None:
    def differs(one: str) -> bool:
        return (
            unicodedata.category(one) not in ("Cn", "Co", "Cs", "Cc", "Mn")
            and len(one.encode("gb18030")) == 2
            and wcwidth(one) == 1
        )

    found = [one for one in map(chr, range(0x80, 0x10000)) if not 0xD800 <= ord(one) < 0xE000]
    wider = "".join(filter(differs, found))

    assert len(wider) == 448, f"of Python {sys.version_info}"
    # ¥ is not among them: it has four bytes and goes out as ￥.
    assert all(cells(clean_for_paper(one).text) == 2 for one in wider)
