"""A salon with an open shift."""

from __future__ import annotations

import pytest

from tests.models.salon.salon import open_salon
from tests.stores import Shop


@pytest.fixture
def salon(shop: Shop) -> Shop:
    open_salon(shop)
    shop.open_shift()
    return shop
