"""Rounding, sharing out and reading of whole scaled numbers."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base import exact
from models.base.exact import Rounding

numbers = st.integers(-(10**15), 10**15)
steps = st.integers(1, 10**6)


@pytest.mark.parametrize(
    ("number", "whole"),
    [("0.5", 1), ("-0.5", -1), ("1.5", 2), ("2.5", 3), ("-2.5", -3), ("0.4999", 0), ("-2.4", -2)],
)
def test_a_half_goes_away_from_zero(number: str, whole: int) -> None:
    assert exact.half_away(Decimal(number)) == whole
    assert exact.half_away(Fraction(number)) == whole


@given(numbers, st.integers(-1000, 1000).filter(bool))
def test_division_is_the_rounded_fraction(numerator: int, denominator: int) -> None:
    whole = exact.divide(numerator, denominator)
    assert abs(Fraction(numerator, denominator) - whole) <= Fraction(1, 2)
    assert exact.divide(-numerator, denominator) == -whole
    assert exact.half_away(Fraction(numerator, denominator)) == whole


@pytest.mark.parametrize(
    ("number", "mode", "expected"),
    [
        (252, Rounding.HALF_UP, 250),
        (253, Rounding.HALF_UP, 255),
        (1235, Rounding.HALF_UP, 1235),
        (1235, Rounding.HALF_DOWN, 1235),
        (251, Rounding.UP, 255),
        (254, Rounding.DOWN, 250),
        (250, Rounding.UP, 250),
    ],
)
def test_steps(number: int, mode: Rounding, expected: int) -> None:
    assert exact.to_step(number, 5, mode) == expected
    assert exact.to_step(-number, 5, mode) == -expected


def test_a_half_step_goes_where_the_mode_says() -> None:
    assert exact.to_step(15, 10, Rounding.HALF_UP) == 20
    assert exact.to_step(15, 10, Rounding.HALF_DOWN) == 10
    assert exact.to_step(-15, 10, Rounding.HALF_DOWN) == -10


def test_a_step_is_more_than_zero() -> None:
    with pytest.raises(ValueError, match="more than zero"):
        exact.to_step(5, 0)


@given(numbers, steps, st.sampled_from(Rounding))
def test_a_rounded_number_is_a_step_and_stays(number: int, step: int, mode: Rounding) -> None:
    rounded = exact.to_step(number, step, mode)
    assert rounded % step == 0
    assert abs(rounded - number) < step
    assert exact.to_step(rounded, step, mode) == rounded
    assert exact.to_step(-number, step, mode) == -rounded


@given(numbers, st.lists(st.integers(0, 10**9), min_size=1, max_size=40))
def test_shares_sum_to_the_whole(whole: int, weights: list[int]) -> None:
    parts = exact.shares(whole, weights)
    assert sum(parts) == whole
    assert [-part for part in parts] == exact.shares(-whole, weights)
    total = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        if total:
            assert abs(part - Fraction(whole * weight, total)) < 1
            assert weight or not part
        assert part * whole >= 0


def test_shares_of_no_weight_are_equal() -> None:
    assert exact.shares(10, [0, 0, 0]) == [3, 4, 3]


@pytest.mark.parametrize("weights", [[], [3, -1]])
def test_shares_need_weights(weights: list[int]) -> None:
    with pytest.raises(ValueError, match="weights"):
        exact.shares(10, weights)


@given(st.lists(numbers, max_size=30), st.integers(0, 10**6), steps)
def test_carried_parts_sum_to_the_rounded_sum(parts: list[int], over: int, under: int) -> None:
    results = exact.carried(parts, over, under)
    assert sum(results) == exact.divide(sum(parts) * over, under)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12.50", 1250),
        ("-12.5", -1250),
        ("+7", 700),
        (".5", 50),
        ("5.", 500),
        (" 3 ", 300),
        ("００１２．５０", 1250),
        ("12。5", 1250),
        ("－３", -300),
        ("−3", -300),
        ("-0", 0),
    ],
)
def test_typed_numbers(text: str, number: int) -> None:
    assert exact.scaled(text, 2) == number


@pytest.mark.parametrize(
    "text",
    [
        "", " ", ".", "-", "+-1", "1e3", "1_000", "1,000", "1.2.3", "0x10", "nan", "inf", "12²",
        "½", "٣", "1 2", "12.345", "12.500", "9" * 30, "9" * 5000, "0" * 41,
        "6901234567892012345678",
        "92233720368547758.08",
    ],
)  # fmt: skip
def test_what_is_no_number(text: str) -> None:
    with pytest.raises(ValueError, match=r"number|decimals|large"):
        exact.scaled(text, 2)


@pytest.mark.parametrize("value", [1.5, 3, None, b"1"])
def test_only_text_is_read(value: object) -> None:
    with pytest.raises(TypeError):
        exact.scaled(value, 2)  # type: ignore[arg-type]


@given(st.integers(-exact.LARGEST, exact.LARGEST), st.integers(0, 6))
def test_written_and_read_again(number: int, places: int) -> None:
    assert exact.scaled(exact.written(number, places), places) == number
    if places:
        assert exact.scaled(exact.written_short(number, places), places) == number


@given(st.text(max_size=12))
def test_any_text_is_a_number_or_a_value_error(text: str) -> None:
    try:
        number = exact.scaled(text, 3)
    except ValueError:
        return
    assert isinstance(number, int)
