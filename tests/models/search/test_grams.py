"""Pieces of names: what is indexed is found, and what is near enough."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from models.base.pinyin import initials, syllables
from models.search.grams import (
    LONGEST_WORD,
    Term,
    distance,
    fold,
    grams_of,
    split_further,
    terms_of,
    tokens,
)

NAMES = some.text(
    some.sampled_from("可口乐牛肉面红烧abcdeé ÉxyzＡ１２３-/·のカンนมหม한국어"),
    min_size=1,
    max_size=25,
)


@given(NAMES, some.data())
def test_every_piece_of_a_name_finds_it(name: str, data: some.DataObject) -> None:
    folded = fold(name)
    words = tokens(folded)
    if not words:
        return
    word = data.draw(some.sampled_from(words))
    is_dense = terms_of(word)[0].is_dense
    start = data.draw(some.integers(0, len(word) - 1)) if is_dense else 0
    piece = word[start : data.draw(some.integers(start + 1, len(word)))]
    (term,) = terms_of(piece)
    assert term.matches(folded, "")
    grams = grams_of(name, "")
    assert all(any(gram.startswith(each) for gram in grams) for each in term.ranges)


@given(some.text("可口乐牛肉面红烧", min_size=2, max_size=10), some.data())
def test_initials_are_found_from_any_place_on(name: str, data: some.DataObject) -> None:
    letters = initials(name)
    start = data.draw(some.integers(0, len(letters) - 2))
    typed = letters[start : start + data.draw(some.integers(2, 6))]
    assert any(gram.startswith(typed) for gram in grams_of(name, letters))


@given(some.text("可口乐牛肉面红烧", min_size=2, max_size=10), some.data())
def test_full_pinyin_is_found_from_any_syllable_on(name: str, data: some.DataObject) -> None:
    read = syllables(name)
    start = data.draw(some.integers(0, len(name) - 1))
    typed = "".join(read.split()[start:])
    typed = typed[: data.draw(some.integers(2, len(typed)))] if len(typed) > 2 else typed
    (term,) = terms_of(typed)
    assert term.matches(fold(name), "", read)
    assert any(gram.startswith(term.full) for gram in grams_of(name, "", read))


@given(NAMES, some.text("abcKL500-", max_size=20))
def test_grams_fit_their_column(name: str, others: str) -> None:
    grams = grams_of(name, initials(name), syllables(name), others)
    assert all(0 < len(gram) <= LONGEST_WORD for gram in grams)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Café CRÈME", "cafe creme"),
        ("ＡＢＣ１２３", "abc123"),
        ("ガラス", "ガラス"),
        ("นม", "นม"),
        ("Straße", "strasse"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_terms() -> None:
    assert terms_of("可乐500ML 大") == (
        Term("可乐", True),
        Term("500ml", False),
        Term("大", True),
    )
    assert terms_of(" -- ") == ()
    assert split_further(terms_of("kkkl500")) == (Term("kkkl", False), Term("500", False))


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ("", "", 0),
        ("cola", "cola", 0),
        ("cola", "coal", 1),
        ("cola", "cla", 1),
        ("cola", "colaa", 1),
        ("cola", "cora", 1),
        ("cola", "milk", 3),
        ("ab", "abcdefg", 3),
    ],
)
def test_distance(one: str, other: str, apart: int) -> None:
    assert distance(one, other, 2) == apart


@given(some.text("abc", max_size=6), some.text("abc", max_size=6))
def test_distance_is_the_same_both_ways(one: str, other: str) -> None:
    assert distance(one, other, 3) == distance(other, one, 3)
    assert (distance(one, other, 3) == 0) == (one == other)
