"""What home reminds of."""

from __future__ import annotations

import pytest

from models.goods.goods import Goods
from models.trust.trades_used import used_names
from models.trust.users import rights_of
from tests.stores import Shop
from tui.desk.standing import Standing
from tui.office.home import waiting

NO_GOODS = "There are no goods yet: 51 makes one, 58 takes a file."


def told(shop: Shop, login: str) -> list[str]:
    user = shop.users[login]
    rights = rights_of(user)
    assert rights is not None
    return [one.msgid for one in waiting(Standing(user, 1, rights), used_names())]


def test_a_store_without_goods_says_where_they_are_made(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert NO_GOODS not in told(shop, "owner")
    none = Goods.select(Goods.key).where(Goods.key < 0)
    monkeypatch.setattr(Goods, "select", lambda *fields: none)
    assert NO_GOODS in told(shop, "owner")
    assert NO_GOODS not in told(shop, "cashier"), "he could do nothing about it"
