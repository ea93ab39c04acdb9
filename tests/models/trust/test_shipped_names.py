"""The names that a store begins with, kept in both languages or in one."""

from __future__ import annotations

import pytest

from models.base.database import transaction
from models.trust import roles, trades_used
from models.trust.shipped_names import is_called, named
from models.trust.staff import verbs_of
from models.trust.users import Role, RoleRight
from tests.stores import Shop


@pytest.mark.parametrize(
    ("shipped", "chinese", "english"),
    [
        ("总台 Front", "总台", "Front"),
        ("日租钟点房 Day use", "日租钟点房", "Day use"),
        ("VIP", "VIP", "VIP"),
        ("北京", "北京", "北京"),
        ("Front desk", "Front desk", "Front desk"),
    ],
)
def test_of_a_name_in_both_languages_one_is_kept(
    shipped: str, chinese: str, english: str
) -> None:  # fmt: skip
    assert (named(shipped, "zh"), named(shipped, "en")) == (chinese, english)
    assert all(is_called(stored, shipped) for stored in (shipped, chinese, english))
    assert not is_called("x", shipped)


@pytest.mark.parametrize("name", ["收银员", "Cashier"])
def test_a_role_in_one_language_gets_what_a_trade_grants_it(shop: Shop, name: str) -> None:
    """A trade that is switched on later knows the role by either name, and makes no second one."""
    role = Role.get(Role.name == "收银员 Cashier")
    before, count = verbs_of(role.key), Role.select().count()
    assert "sell" in before
    Role.update(name=name).where(Role.key == role.key).execute()
    RoleRight.delete().where(RoleRight.role == role.key).execute()
    with transaction():
        roles.ship(trades_used.used(), trades_used.used())
    assert verbs_of(role.key) == before
    assert Role.select().count() == count
