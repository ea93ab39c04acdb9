"""Typed texts and what becomes of them."""

from __future__ import annotations

import pytest

from models.trust.books import Field
from tui.records.values import ValueTooLong, typed


def test_a_text_is_as_long_as_its_field_and_no_longer() -> None:
    name = Field("name", "Name", limit=5)
    assert typed(name, " 农夫山泉水 ") == "农夫山泉水"
    with pytest.raises(ValueTooLong) as refused:
        typed(name, "农夫山泉水 2L")
    assert refused.value.fields == {"field": "Name", "most": 5}
