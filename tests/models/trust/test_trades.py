"""Trades: each declares itself once, and nothing else of the program knows them one by one."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path

import pytest

from models import store
from models.base import database
from models.base.database import Row
from models.base.named import load
from models.ledger.daily import days
from models.ledger.proving import proof
from models.trust import trades, trades_used
from models.trust.operation import Job, new_uid
from models.trust.roles import CASHIER, FRONT_DESK, MANAGER, STYLIST
from models.trust.settings import SETTINGS, change_settings, declared_settings
from models.trust.shipped_names import shipped
from models.trust.staff import verbs_of
from models.trust.trades import Trade, TradeUnknown
from models.trust.users import Role
from tests.models.test_store import ANSWERS
from tests.sources import parsed
from tests.stores import FIRST_DAY, Shop
from tests.trades import added

NAMED = ("checks", "day_steps", "tenders", "ships")
DONE: list[str] = []


def step(job: Job) -> None:
    """A step of the day's close."""
    DONE.append(str(job.day))


BAKERY = Trade(
    "bakery", "Bakery", needs=("goods",), verbs={"bake": ""}, roles={"Baker": "own"},
    grants={"Baker": ("bake", ("give discount", 5_000)), CASHIER: ("bake",)},
    day_steps=(f"{__name__}:step",),
)  # fmt: skip


def switch(shop: Shop, **trades: bool) -> None:
    values = {f"trade.{name}": is_used for name, is_used in trades.items()}
    change_settings(shop.owner, values, uid=new_uid())


def test_what_is_named_is_there() -> None:
    for trade in trades.TRADES.values():
        for what in ("tables", "settings"):
            for module in getattr(trade, what):
                import_module(module)
        for name in (*trade.checks, *trade.day_steps, *trade.tenders, trade.ships):
            assert not name or load(name) is not None
        for name in (*trade.imports.values(), *trade.reports.values()):
            assert load(name).name in {*trade.imports, *trade.reports}
        for slip in trade.slips:
            assert callable(load(slip.view)) and callable(load(slip.paper))
        for kind in trade.approvals:
            assert callable(load(kind.execute))
        assert set(trade.needs) <= set(trades.TRADES)


def test_every_table_belongs_to_one_trade(root: Path) -> None:
    """Whoever writes a row class finds out that no trade names its module."""
    made = Counter(row._meta.table_name for row in trades.tables())
    assert set(made.values()) == {1}
    for path in (root / "models").rglob("*.py"):
        tree = parsed(path)
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for node in tree.body:
            if isinstance(node, ast.ClassDef) and "Row" in [ast.unparse(b) for b in node.bases]:
                row: type[Row] = getattr(import_module(module), node.name)
                known = row in trades.tables() or node.name == "SchemaMark"
                assert known, f"{module}:{node.name} is the table of no trade"


def test_every_module_with_settings_is_named_by_a_trade(root: Path) -> None:
    named = set(trades.declared("settings"))
    for path in (root / "models").rglob("*.py"):
        module = ".".join(path.relative_to(root).with_suffix("").parts)
        for node in parsed(path).body:
            is_one = isinstance(node, ast.Assign) and ast.unparse(node.value).startswith("setting(")
            assert not is_one or module in named, module


def test_kinds_and_prefixes_are_of_one_trade_only() -> None:
    for what in ("documents", "slips", "approvals"):
        names = Counter(each.name for each in trades.declared(what))
        assert set(names.values()) == {1}, names
    assert set(Counter(kind.prefix for kind in trades.declared("documents")).values()) == {1}
    for what in ("verbs", "events", "imports", "reports"):
        assert set(Counter(name for name, _ in trades.declared(what)).values()) == {1}, what
    slips = {slip.name for slip in trades.declared("slips")} | {""}
    assert {kind.slip for kind in trades.declared("documents")} <= slips


def test_a_shop_is_a_shop(shop: Shop) -> None:
    names = trades_used.used_names()
    assert names == (
        "trust", "listings", "imports", "search", "people", "money", "goods", "selling", "members",
        "stock", "buying", "shop", "any debt",
    )  # fmt: skip
    assert not Role.select().where(Role.name << [shipped(FRONT_DESK), shipped(STYLIST)]).exists()
    assert trades_used.used_names(("hotel",))[-1] == "any debt" and "shop" not in (
        trades_used.used_names(("hotel",))
    )


def test_a_trade_is_switched_on_and_off(shop: Shop) -> None:
    with added(BAKERY):
        assert "bakery" not in trades_used.used_names()
        before = verbs_of(Role.get(Role.name == shipped(MANAGER)).key)
        cashier = Role.get(Role.name == shipped(CASHIER))
        # What the owner took away stays away, and a role that got another name is not made anew.
        shop.take(shop.owner, shipped(CASHIER), "sell")
        Role.update(name="Clerks").where(Role.name == "库管员").execute()

        switch(shop, bakery=True)
        assert "bakery" in trades_used.used_names()
        baker = verbs_of(Role.get(Role.name == "Baker").key)
        assert baker == {"bake": None, "give discount": 5_000}
        assert verbs_of(Role.get(Role.name == shipped(MANAGER)).key) == before | {"bake": None}
        assert "bake" in verbs_of(cashier.key) and "sell" not in verbs_of(cashier.key)
        assert not Role.select().where(Role.name == "库管员").exists()
        roles = Role.select().count()

        switch(shop, bakery=False)
        assert "bakery" not in trades_used.used_names()
        switch(shop, bakery=True)
        assert Role.select().count() == roles
    assert "trade.bakery" not in SETTINGS and "bakery" not in trades.TRADES


def test_only_the_steps_of_trades_in_use_run(shop: Shop) -> None:
    with added(BAKERY):
        DONE.clear()
        days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
        assert DONE == []
        switch(shop, bakery=True)
        days.close_day(shop.manager, next_day=FIRST_DAY + timedelta(days=2), uid=new_uid())
        assert DONE == ["2026-03-03"]
    assert proof.verify() == []


def test_a_store_is_founded_with_its_trades(store_url: str, tmp_path: Path) -> None:
    keys = tmp_path / "keys"
    with pytest.raises(TradeUnknown) as refused:
        store.found_store(store_url, keys, replace(ANSWERS, trades=("bakery",)))
    assert refused.value.fields["known"] == "shop, hotel, salon"
    database.close()
    store.found_store(store_url, keys, replace(ANSWERS, trades=("hotel",)))
    assert "hotel" in trades_used.used_names() and "shop" not in trades_used.used_names()
    assert Role.select().where(Role.name == shipped(FRONT_DESK)).exists()
    assert proof.verify() == []
    store.close_store()
    assert declared_settings()["trade.hotel"].default is False
