"""Money, quantities and rates."""

from __future__ import annotations

import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.base.money import Currency, Money, Rounding, currencies, currency, half_away
from models.base.quantity import Quantity
from models.base.rates import Rate
from tests.stores import yuan

CNY = currency("CNY")
JPY = currency("JPY")
KWD = currency("KWD")

minors = st.integers(-(10**12), 10**12)
amounts = minors.map(lambda minor: Money(minor, CNY))


def test_money_is_whole_minor_units() -> None:
    assert yuan("12.50") == Money(1250, CNY)
    assert str(yuan("12.50")) == "12.50"
    assert str(yuan("-0.05")) == "-0.05"
    assert yuan("12.5").decimal == Decimal("12.50")
    assert str(Money.parse("1250", JPY)) == "1250"
    assert str(Money.parse("1.005", KWD)) == "1.005"


@pytest.mark.parametrize("minor", [1.0, True, Decimal(1), "1", None])
def test_money_takes_no_other_number(minor: Any) -> None:
    with pytest.raises(TypeError):
        Money(minor, CNY)
    with pytest.raises(TypeError):
        Quantity(minor)
    with pytest.raises(TypeError):
        Rate(minor)


def test_an_amount_that_the_currency_cannot_hold_is_not_read() -> None:
    with pytest.raises(ValueError, match="more than 0 decimals"):
        Money.parse("12.5", JPY)
    with pytest.raises(ValueError, match="more than 2 decimals"):
        yuan("0.001")


def test_money_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        yuan("1").minor = 5  # type: ignore[misc]
    assert not hasattr(yuan("1"), "__dict__")


def test_two_currencies_never_meet() -> None:
    hkd = Money(100, currency("HKD"))
    for meet in (
        lambda: yuan("1") + hkd,
        lambda: yuan("1") - hkd,
        lambda: yuan("1") < hkd,
        lambda: yuan("1") >= hkd,
        lambda: yuan("1").rounded_to(hkd),
        lambda: Money.total([yuan("1"), hkd], CNY),
    ):
        with pytest.raises(TypeError):
            meet()
    assert yuan("1") != hkd


@pytest.mark.parametrize("other", [1, 1.0, Decimal(1), "1", None])
def test_money_and_bare_numbers_do_not_mix(other: Any) -> None:
    with pytest.raises(TypeError):
        yuan("1") + other
    with pytest.raises(TypeError):
        other + yuan("1")
    with pytest.raises(TypeError):
        _ = yuan("1") > other
    assert yuan("1") != other


def test_arithmetic() -> None:
    assert yuan("0.10") + yuan("0.10") + yuan("0.10") == yuan("0.30")
    assert yuan("1") - yuan("3") == yuan("-2")
    assert -yuan("1") == yuan("-1")
    assert abs(yuan("-1")) == yuan("1")
    assert not Money.zero(CNY)
    assert yuan("0.01")
    assert yuan("1") < yuan("2") <= yuan("2")
    assert yuan("3") > yuan("2") >= yuan("2")
    assert max(yuan("1"), yuan("2")) == yuan("2")
    assert Money.total([yuan("1"), yuan("2.5")], CNY) == yuan("3.5")
    assert Money.total([], CNY) == Money.zero(CNY)
    assert pickle.loads(pickle.dumps(yuan("1"))) == yuan("1")


def test_a_line_is_rounded_once() -> None:
    assert yuan("8.38").times(Quantity.parse("2.31")) == yuan("19.36")
    assert yuan("0.05").times(Quantity.parse("0.5")) == yuan("0.03")
    assert yuan("0.05").times(Quantity.parse("-0.5")) == yuan("-0.03")


def test_a_part_is_rounded() -> None:
    assert yuan("37.50").part(Rate.percent("13")) == yuan("4.88")
    assert yuan("-37.50").part(Rate.percent("13")) == yuan("-4.88")


def test_cash_steps() -> None:
    assert yuan("15.72").rounded_to(yuan("0.05")) == yuan("15.70")
    assert yuan("15.72").rounded_to(yuan("0.10"), Rounding.DOWN) == yuan("15.70")
    assert yuan("15.72").rounded_to(yuan("1"), Rounding.UP) == yuan("16")


def test_half_away_stands_with_money() -> None:
    assert half_away(Decimal("2.5")) == 3


@given(amounts, st.lists(st.integers(0, 1000), min_size=1, max_size=12))
def test_split_loses_no_fen(money: Money, weights: list[int]) -> None:
    assert Money.total(money.split(weights), CNY) == money


@given(amounts, amounts)
def test_what_is_added_can_be_taken_away(a: Money, b: Money) -> None:
    assert a + b - b == a
    assert a + b == b + a
    assert -(a - b) == b - a


@given(amounts)
def test_money_is_read_as_it_is_written(money: Money) -> None:
    assert yuan(str(money)) == money


@given(amounts, st.integers(-(10**7), 10**7))
def test_a_return_line_is_the_mirror(money: Money, thousandths: int) -> None:
    quantity = Quantity(thousandths)
    assert money.times(-quantity) == -money.times(quantity)


# --- currencies


@pytest.mark.parametrize(
    ("code", "exponent"),
    [
        ("CNY", 2),
        ("HKD", 2),
        ("MOP", 2),
        ("TWD", 2),
        ("JPY", 0),
        ("KRW", 0),
        ("VND", 0),
        ("KWD", 3),
    ],
)
def test_currencies_of_a_counter(code: str, exponent: int) -> None:
    assert currency(code) == Currency(code, exponent)
    assert currency(code) is currency(code)


def test_an_unknown_currency_is_told() -> None:
    with pytest.raises(ValueError, match="unknown currency: 'cny'"):
        currency("cny")
    with pytest.raises(ValueError, match="exponent"):
        Currency("XYZ", 4)


def test_every_code_is_three_letters_and_stands_once() -> None:
    codes = [one.code for one in currencies()]
    assert codes == sorted(set(codes))
    assert all(len(code) == 3 and code.isupper() for code in codes)


# --- quantities and rates


def test_quantity() -> None:
    assert Quantity.parse("1.284") == Quantity(1284)
    assert str(Quantity.parse("1.284")) == "1.284"
    assert str(Quantity.of(2)) == "2"
    assert str(Quantity.parse("-0.5")) == "-0.5"
    assert str(Quantity.of(0)) == "0"
    assert str(Quantity.of(100)) == "100"
    assert Quantity.of(24).times(3) == Quantity.of(72)
    assert Quantity.of(2) + Quantity.parse("0.5") - Quantity.of(1) == Quantity(1500)
    assert -Quantity.of(1) < Quantity(0) < abs(Quantity.of(-1))
    assert Quantity.of(2).is_whole
    assert not Quantity(1500).is_whole
    assert not Quantity(0)
    assert Quantity(1284).decimal == Decimal("1.284")


def test_quantity_and_bare_numbers_do_not_mix() -> None:
    with pytest.raises(TypeError):
        Quantity.of(1) + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        Quantity.of(1) - 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        _ = Quantity.of(1) < 1  # type: ignore[operator]
    with pytest.raises(ValueError, match="more than 3 decimals"):
        Quantity.parse("1.2345")


def test_rate() -> None:
    assert Rate.percent("13") == Rate.parse("0.13") == Rate(130_000)
    assert Rate.percent("5.5").percent_text == "5.5"
    assert Rate.percent("13").percent_text == "13"
    assert Rate.percent("100").percent_text == "100"
    assert Rate.percent("0").percent_text == "0"
    assert str(Rate.parse("7.123456")) == "7.123456"
    assert Rate.parse("0.13").decimal == Decimal("0.13")
    assert Rate.percent("5") + Rate.percent("8") == Rate.percent("13")
    assert Rate.percent("13") - Rate.percent("8") == -Rate.percent("-5")
    assert Rate.percent("9") < Rate.percent("13")
    assert not Rate(0)
    with pytest.raises(ValueError, match="decimals"):
        Rate.parse("0.1234567")
    with pytest.raises(TypeError):
        Rate(1) + 1  # type: ignore[operator]
    with pytest.raises(TypeError):
        Rate(1) - 1  # type: ignore[operator]
