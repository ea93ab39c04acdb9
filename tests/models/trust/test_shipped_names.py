"""The names that a store begins with, kept in both languages or in one."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from models import store
from models.base.database import transaction
from models.trust import roles, trades, trades_used
from models.trust.settings import SETTINGS
from models.trust.shipped_names import is_called, named
from models.trust.staff import verbs_of
from models.trust.users import Role, RoleRight, User
from tests.models.test_store import ANSWERS
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


@pytest.mark.parametrize(
    ("language", "other"), [("en", "[\u4e00-\u9fff]"), ("zh", "(?<!V)(?!VIP)[A-Za-z]{2}")]
)
def test_a_store_begins_with_names_of_its_language(
    store_url: str, tmp_path: Path, language: str, other: str
) -> None:
    """In every table, also in those of a trade that is switched on later. Tenders and accounts have
    a name for each language, and are shown in that of whoever looks.
    """
    store.found_store(store_url, tmp_path / "keys", replace(ANSWERS, language=language))
    try:
        shown = names_of_all_tables()
        assert len(shown) > 60
        with transaction():
            for name in ("hotel", "salon"):
                switched_on = SETTINGS[trades_used.switch_of(name)].follow
                assert switched_on is not None
                switched_on(True)
        assert len(names_of_all_tables()) > len(shown) + 10
        assert [name for name in names_of_all_tables() if re.search(other, name)] == []
        spoken = names_of_all_tables(f"name_{language}")
        assert [name for name in spoken if re.search(other, name)] == []
    finally:
        store.close_store()


def names_of_all_tables(column: str = "name") -> list[str]:
    """Of rows that people name: in other tables the name is the key."""
    return [
        getattr(row, column)
        for table in trades.tables()
        if column in table._meta.fields
        and table is not User
        and column not in [field.name for field in table._meta.get_primary_keys()]
        for row in table.select()
    ]


@pytest.mark.parametrize("name", ["收银员", "Cashier"])
def test_a_role_in_one_language_gets_what_a_trade_grants_it(shop: Shop, name: str) -> None:
    """A trade that is switched on later knows the role by either name, and makes no second one."""
    role = Role.get(Role.name == "收银员")
    before, count = verbs_of(role.key), Role.select().count()
    assert "sell" in before
    Role.update(name=name).where(Role.key == role.key).execute()
    RoleRight.delete().where(RoleRight.role == role.key).execute()
    with transaction():
        roles.ship(trades_used.used(), trades_used.used())
    assert verbs_of(role.key) == before
    assert Role.select().count() == count
