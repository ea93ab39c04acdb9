"""Quantities, amounts and discounts as they are typed at the till."""

from __future__ import annotations

import pytest

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from tests.stores import Shop
from tui.desk.gate.numbers import NotANumber, money_of, quantity_of
from tui.desk.words import speak
from tui.shop.bill_texts import DiscountUnclear, discount_of, off_text

CNY = currency("CNY")


def test_what_is_typed_is_read(shop: Shop) -> None:
    assert quantity_of(" 1.284 ") == Quantity.parse("1.284")
    assert money_of("12.5") == Money(1250, CNY)


def test_a_discount_in_english_is_what_goes_off(shop: Shop) -> None:
    assert discount_of("10", "en") == discount_of("10 %", "en") == Rate.percent("10")
    assert discount_of("-10%", "en") == Rate.percent("10")
    assert discount_of("-2", "en") == Money(200, CNY)
    assert discount_of("0", "en") is discount_of("-0", "en") is None


@pytest.mark.parametrize(
    ("typed", "off"),
    [
        ("9", "10"), ("90", "10"), ("9折", "10"), ("90折", "10"), ("90%", "10"),
        ("85", "15"), ("8.5折", "15"), ("8.5", "15"), ("88", "12"), ("9.5", "5"),
        ("-10%", "10"), ("减10%", "10"), ("-10％", "10"), ("1", "90"),
    ],
)  # fmt: skip
def test_a_discount_in_chinese_is_what_is_left(shop: Shop, typed: str, off: str) -> None:
    assert discount_of(typed, "zh") == Rate.percent(off)


def test_an_amount_in_chinese_is_what_goes_off(shop: Shop) -> None:
    assert discount_of("-5", "zh") == discount_of("减5", "zh") == Money(500, CNY)
    assert discount_of("减0.50", "zh") == Money(50, CNY)
    for nothing in ("0", "100", "减0", "-0%"):
        assert discount_of(nothing, "zh") is None


@pytest.mark.parametrize("text", ["101", "0折", "折", "九折", "减", "减x", "-101%", "9折5", "%"])
def test_a_discount_in_chinese_that_cannot_be(shop: Shop, text: str) -> None:
    with pytest.raises(NotANumber):
        discount_of(text, "zh")


@pytest.mark.parametrize("text", ["5%", "10％", "50 %"])
def test_a_bare_per_cent_in_chinese_is_asked_about(shop: Shop, text: str) -> None:
    """5% was half the price, and 10% nine tenths off: what goes off has a sign."""
    with pytest.raises(DiscountUnclear):
        discount_of(text, "zh")


def test_discounts_are_shown_as_the_country_says_them() -> None:
    off = Rate.percent
    speak("zh")
    assert [off_text(off(x)) for x in ("10", "15", "5", "12.5", "100")] == [
        "9折", "8.5折", "9.5折", "8.75折", "-100%",
    ]  # fmt: skip
    assert off_text(Money(500, CNY)) == "-5.00"
    speak("en")
    assert [off_text(off(x)) for x in ("10", "12.5")] == ["-10%", "-12.5%"]


@pytest.mark.parametrize("text", ["", "x", "1,5", "1.2.3", "0.0001", "1e3", "--1", "٣"])
@pytest.mark.parametrize("read", [quantity_of, money_of])
def test_what_is_no_number_is_refused_by_name(shop: Shop, read: object, text: str) -> None:
    with pytest.raises(NotANumber) as refused:
        read(text)  # type: ignore[operator]
    assert refused.value.fields == {"typed": text}


@pytest.mark.parametrize("text", ["100000000", "-100000000", "6901234567892", "9" * 30])
@pytest.mark.parametrize("read", [quantity_of, money_of])
def test_what_no_till_takes_is_refused(shop: Shop, read: object, text: str) -> None:
    """A bar code in the place of an amount; sums of such would leave 64 bits."""
    with pytest.raises(NotANumber):
        read(text)  # type: ignore[operator]


@pytest.mark.parametrize("text", ["101", "100.5%", "-x", "%", "- 3 3"])
def test_no_discount_is_above_the_whole(shop: Shop, text: str) -> None:
    with pytest.raises(NotANumber):
        discount_of(text, "en")
