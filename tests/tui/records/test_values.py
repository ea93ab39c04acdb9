"""Typed texts and what becomes of them."""

from __future__ import annotations

from datetime import date

import pytest

from models.listings.listings import Field, Kind
from tests.stores import Shop
from tui.desk.words import t
from tui.records.values import ValueTooLong, ValueWrong, day_of, typed


def test_a_text_is_as_long_as_its_field_and_no_longer() -> None:
    name = Field("name", "Name", limit=5)
    assert typed(name, " 农夫山泉水 ") == "农夫山泉水"
    with pytest.raises(ValueTooLong) as refused:
        typed(name, "农夫山泉水 2L")
    assert refused.value.fields == {"field": t("Name"), "most": 5}


@pytest.mark.parametrize("kind", ["money", "quantity", "cost"])
@pytest.mark.parametrize("text", ["100000000", "-100000000", "6901234567892", "9" * 18])
def test_a_bar_code_is_no_amount(shop: Shop, kind: Kind, text: str) -> None:
    """A slipped scan; sums of such would leave 64 bits."""
    with pytest.raises(ValueWrong):
        typed(Field("price", "Price", kind, limit=20), text)


@pytest.mark.parametrize("text", ["2027-03-31", "20270331", "270331", "2027.3.31"])
def test_a_day_is_typed_as_it_is_printed_on_a_box(text: str) -> None:
    assert day_of(text) == date(2027, 3, 31)
