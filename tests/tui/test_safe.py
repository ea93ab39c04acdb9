"""Text from people, made fit for the screen."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from receipts.terminal import broken
from tui.desk.safe import clean, cut, cut_inside, fit

HOSTILE = [
    "[/oops]",
    "[@click=app.exit]x[/]",
    "\x1b[31mred",
    "\x9b31m",
    "a\u202eb\u2066c",
    "tab\there",
    "line\nbreak\r\nand more",
    "nul\x00",
    "\ufeffmark",
]


def test_markup_is_letters() -> None:
    assert clean("[b]X[/b] [/oops]") == "[b]X[/b] [/oops]"


def test_controls_and_bidi_marks_are_gone() -> None:
    for text in HOSTILE:
        for character in clean(text):
            assert unicodedata.category(character) not in ("Cc", "Cf", "Zl", "Zp"), text
    assert clean("☎\ufe0f") == "☎"
    assert clean("line\nbreak\r\nand") == "line break and"


@given(st.text(), st.integers(1, 30))
def test_fitted_text_has_exactly_its_cells(text: str, width: int) -> None:
    for align in ("left", "right", "center"):
        assert cell_len(fit(text, width, align)) == width


@given(st.text(), st.integers(1, 30))
def test_cut_text_is_never_too_wide_and_clean(text: str, width: int) -> None:
    assert cell_len(cut(text, width)) <= width
    assert cut(text, width).isprintable() or not cut(text, width).strip()


def test_wide_characters_are_never_halved() -> None:
    assert cut("农夫山泉", 8) == "农夫山泉"
    assert cut("农夫山泉", 7) == "农夫山…"
    assert cut("农夫山泉", 6) == "农夫…"
    assert fit("农夫山泉", 6) == "农夫… "
    assert cut("Coca Cola 330 ml", 8, "~") == "Coca Co~"


def test_a_name_that_is_cut_keeps_its_size() -> None:
    assert cut_inside("Qingling Spring water 550ml", 20) == "Qingling Sprin…550ml"
    assert cut_inside("农夫山泉 天然水 550ml", 16) == "农夫山泉 …550ml"
    # One word, a long last word, and what fits.
    assert cut_inside("农夫山泉天然水", 8) == "农夫山…"
    assert cut_inside("Tea Leaves-of-the-mountain", 12) == "Tea Leaves-…"
    assert cut_inside("Apples 1kg", 10) == "Apples 1kg"


@given(st.text(), st.text(), st.integers(1, 30))
def test_a_name_is_never_too_wide(name: str, size: str, width: int) -> None:
    assert cell_len(cut_inside(f"{name} {size}", width)) <= width


def test_blanks_that_stand_over_are_not_told_as_cut() -> None:
    assert fit("农夫  ", 5) == "农夫 "
    assert fit("Save    ", 4) == "Save"


def test_a_number_that_does_not_fit_is_no_other_number() -> None:
    assert fit("12345.67", 6, "right") == "######"
    assert fit("345.67", 8, "right") == "  345.67"


def test_rows_break_at_blanks_and_between_wide_characters() -> None:
    assert broken("one two three", 8) == ["one two", "three"]
    assert broken("收银员不能退货，请经理输入密码。", 10) == [
        "收银员不能",
        "退货，请经",
        "理输入密",
        "码。",
    ]
    assert broken("a\nb", 8) == ["a", "b"]
    # A word that no row can hold.
    assert broken("see /srv/desk/store.db now", 8) == ["see", "/srv/des", "k/store.", "db now"]
