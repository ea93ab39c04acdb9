"""Trades: declared once, switched on per store, and nowhere where they are not."""

from __future__ import annotations

import pytest

from models.hotel.services import Service
from models.store import TABLES, TRADES
from models.trust import roles, trades
from models.trust.operation import new_uid
from models.trust.settings import SettingWrong, change_settings, settings_version
from models.trust.staff import verbs_of
from models.trust.users import Role
from tests.stores import Shop

pytestmark = pytest.mark.row("SYS-03")


def switch(shop: Shop, names: str) -> None:
    change_settings(shop.owner, {"store.trades": names}, version=settings_version(), uid=new_uid())


def test_a_shop_knows_nothing_of_rooms_until_it_is_a_house(shop: Shop) -> None:
    assert trades.in_use() == ("shop",)
    assert "check in" not in trades.verbs_in_use() and "sell" in trades.verbs_in_use()
    switch(shop, "shop hotel")
    assert trades.in_use() == ("shop", "hotel") and "check in" in trades.verbs_in_use()
    assert Service.select().count() == 10
    switch(shop, "hotel")
    assert "keep rooms" in trades.verbs_in_use()


@pytest.mark.parametrize("names", ["", "bakery", "shop shop", "shop,hotel"])
def test_trades_that_cannot_be(shop: Shop, names: str) -> None:
    with pytest.raises(SettingWrong):
        switch(shop, names)
    assert trades.in_use() == ("shop",)


def test_shipped_roles_have_what_the_trades_give_them(shop: Shop) -> None:
    front = verbs_of(Role.get(Role.name == "前台 Front desk").key)
    assert front["adjust charge"] == 5_000 and "check in" in front and "sell" in front
    cashier = verbs_of(Role.get(Role.name == "收银员 Cashier").key)
    assert "check in" not in cashier
    manager = verbs_of(Role.get(Role.name == roles.MANAGER).key)
    assert set(manager) == set(roles.VERBS) - {"grant rights"}


def test_each_table_and_verb_is_of_one_trade() -> None:
    assert len(set(TABLES)) == len(TABLES)
    verbs = [verb for trade in TRADES for verb in trade.verbs]
    assert len(set(verbs)) == len(verbs)
