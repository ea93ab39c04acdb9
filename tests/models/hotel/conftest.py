"""Fixture `house`: a small house in the tests' shop."""

from __future__ import annotations

import pytest

from tests.models.hotel.house import House, furnish
from tests.stores import Shop


@pytest.fixture
def house(shop: Shop) -> House:
    """Eight rooms of two types."""
    return furnish(shop)


@pytest.fixture
def open_house(house: House) -> House:
    """A house with an open shift, in trade."""
    house.shop.open_shift(session=house.desk)
    return house
