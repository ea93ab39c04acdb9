"""Quantities, amounts and discounts as they are typed at the till."""

from __future__ import annotations

import pytest

from models.base.money import Money, currency
from models.base.quantity import Quantity
from models.base.rates import Rate
from tests.stores import Shop
from tui.shop.bill_texts import NotANumber, discount_of, money_of, quantity_of

CNY = currency("CNY")


def test_what_is_typed_is_read(shop: Shop) -> None:
    assert quantity_of(" 1.284 ") == Quantity.parse("1.284")
    assert money_of("12.5") == Money(1250, CNY)
    assert discount_of("10") == discount_of("10 %") == Rate.percent("10")
    assert discount_of("-2") == Money(200, CNY)
    assert discount_of("0") is discount_of("-0") is None


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
        discount_of(text)
