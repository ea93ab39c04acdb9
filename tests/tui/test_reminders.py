"""What home reminds of."""

from __future__ import annotations

import pytest

from models.goods.goods import Goods
from tests.stores import Shop
from tui.office.home import look

NO_GOODS = "There are no goods yet: 51 makes one, 58 takes a file."


def told(shop: Shop, login: str) -> list[str]:
    user = shop.users[login]
    return [one.msgid for one in look(user, 1, ()).waiting]


def test_a_store_without_goods_says_where_they_are_made(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NO_GOODS not in told(shop, "owner")
    none = Goods.select(Goods.key).where(Goods.key < 0)
    monkeypatch.setattr(Goods, "select", lambda *fields: none)
    assert NO_GOODS in told(shop, "owner")
    assert NO_GOODS not in told(shop, "cashier"), "he could do nothing about it"
