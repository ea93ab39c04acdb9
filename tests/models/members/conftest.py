"""An open shop that sells cards."""

from __future__ import annotations

import pytest

from models.members.card_kinds import CardKind
from tests.models.members.carded import kind
from tests.stores import Shop, yuan


@pytest.fixture
def open_till(shop: Shop) -> Shop:
    shop.open_shift(session=shop.owner)
    return shop


@pytest.fixture
def loose(open_till: Shop) -> CardKind:
    """Stored value of nobody: 1000 gives 200."""
    line = {"amount": yuan("1000"), "bonus": yuan("200")}
    return kind(open_till, is_named=False, bonus_days=30, parts=[line])
