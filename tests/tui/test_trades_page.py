"""The toy trade of docs/engineer/trades.md: taken from the page, switched on, used, taken away."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Iterator
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import models
import receipts.slips
import tui.trades  # lists the rooms
from devices.profiles import PROFILES
from models import reports, store
from models.base import clock
from models.base.hot import query
from models.config.config import read_config
from models.ledger.daily import days, shift_life, shifts
from models.ledger.parts import PARTS
from models.ledger.proving import proof
from models.ledger.ways.tender_kinds import Paying
from models.reports.report import ReportUnknown, kind_named, make, this_month
from models.trust import trades_used
from models.trust.operation import OPERATIONS, Session, new_uid
from models.trust.print_queue import PrintJob
from models.trust.roles import CASHIER
from models.trust.settings import SETTINGS, change_settings
from models.trust.shipped_names import shipped
from models.trust.staff import verbs_of
from models.trust.trades import TRADES
from models.trust.users import Role, rights_of
from receipts.layout import layout
from receipts.slip_of_job import slip_of_job
from receipts.text import text_of
from tests.databases import Stores
from tests.models.worked import codes, planting
from tests.stores import FIRST_DAY, Shop, Ticking, prepare, yuan
from tests.tui.counters import day_at_home
from tui.desk.counter import key_map, scan_rules
from tui.desk.counter_app import CounterApp
from tui.desk.database import DatabaseThread
from tui.desk.menu import entries_for, menu_of
from tui.desk.standing import Tile
from tui.desk.trade_screens import SCREENS
from tui.office.home import Home

PAGE = "docs/engineer/trades.md"
FILE = re.compile(r"^`([\w/]+\.py)`\n```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# The packages whose folders the page's files go to.
PACKAGES = (models, reports, receipts.slips, tui)


@pytest.fixture(scope="module")
def toy(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The files of the page, importable as if they lay in the program."""
    folder = tmp_path_factory.mktemp("toy")
    files = dict(FILE.findall((root / PAGE).read_text(encoding="utf-8")))
    assert len(files) == 8
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for package in PACKAGES:
        package.__path__.append(str(folder / package.__name__.replace(".", "/")))
    yield
    for package in PACKAGES:
        package.__path__.pop()
    # What others declared meanwhile stays.
    for name in [each for each in OPERATIONS if each.startswith("models.hire.")]:
        del OPERATIONS[name]
    for name in ("hire.fee", "trade.hire"):
        SETTINGS.pop(name, None)
    PARTS[:] = [part for part in PARTS if not part.table.startswith("hire")]
    for name in files:
        sys.modules.pop(name.removesuffix(".py").removesuffix("/__init__").replace("/", "."), None)


@pytest.fixture
def added(toy: None) -> Iterator[None]:
    """The toy in the two lists, before any store is made."""
    trade = import_module("models.hire.trade").UMBRELLAS
    screens = import_module("tui.hire.trade").UMBRELLAS
    trades_used.add(trade)
    SCREENS.append(screens)
    yield
    SCREENS.remove(screens)
    trades_used.remove(trade)


@pytest.fixture
def hire(added: None, store_url: str, tmp_path: Path) -> Iterator[Shop]:
    """A shop of its own, made with the toy's tables; umbrellas are not yet lent."""
    with clock.use(Ticking()):
        prepare(store_url, tmp_path / "keys")
        store.open_store(store_url, tmp_path / "keys", register=1)
        shop = Shop(store_url, tmp_path / "keys", Ticking())
        shop.users |= dict(query('SELECT "login", "key" FROM "user"'))
        yield shop
        store.close_store()


def switch(shop: Shop, is_used: bool) -> None:
    change_settings(shop.owner, {"trade.hire": is_used}, uid=new_uid())


def numbers(shop: Shop) -> set[int]:
    rights = rights_of(shop.users["owner"])
    menu = entries_for(rights, trades_used.used_names())
    return {entry.number for group in menu for entry in group.entries}


def lend(shop: Shop, umbrella: int) -> Any:
    operation = import_module("models.hire.hires").lend
    return operation(shop.cashier, umbrella, [Paying(1, yuan("5"))], due=yuan("5"), uid=new_uid())


def test_an_umbrella_is_lent_printed_counted_and_proved(hire: Shop) -> None:
    switch(hire, True)
    assert "lend" in verbs_of(Role.get(Role.name == shipped(CASHIER)).key)
    hire.open_shift()
    assert lend(hire, 7).label == "UH01-000001"
    refusal = import_module("models.hire.hires").UmbrellaUnknown
    with pytest.raises(refusal):
        lend(hire, 0)

    job = PrintJob.select().where(PrintJob.kind == "hire").get()
    paper = text_of(layout(slip_of_job(job, "en"), PROFILES["80mm"]))
    assert "UMBRELLA HIRE" in paper and "UH01-000001" in paper and "5.00" in paper

    assert {801, 802} <= numbers(hire)
    made = make(hire.owner, kind_named("hires"), this_month())
    assert [str(cell) for cell in made.rows[0]] == ["2026-03-02", "1", "5.00"]
    tiles = day_at_home(hire.users["owner"])
    assert Tile("Umbrellas today", "1") in tiles

    shifts_closed(hire)
    days.close_day(hire.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    (detail,) = query('SELECT "detail" FROM "audit" WHERE "verb" = \'close_day\'')[0]
    assert '"lent":1' in detail
    assert proof.verify() == []
    with planting() as plant:
        plant('UPDATE "hire" SET "umbrella" = -1')
        assert codes() == {"UmbrellaWrong", "PartsAltered"}


def shifts_closed(shop: Shop) -> None:
    shop.close_shift()
    assert shifts.current_shift(1) is None


def test_switched_off_it_is_nowhere(hire: Shop) -> None:
    assert not {801, 802} & numbers(hire)
    with pytest.raises(ReportUnknown) as refused:
        kind_named("hires")
    assert "hires" not in refused.value.fields["known"]
    assert "lend" not in trades_used.verbs_in_use()
    tiles = day_at_home(hire.users["owner"])
    assert tiles and "Umbrellas today" not in {getattr(one, "label", "") for one in tiles}
    days.close_day(hire.manager, next_day=FIRST_DAY + timedelta(days=1), uid=new_uid())
    (detail,) = query('SELECT "detail" FROM "audit" WHERE "verb" = \'close_day\'')[0]
    assert "lent" not in detail
    # What is not in use is proved all the same.
    assert proof.verify() == []


def test_taken_away_it_leaves_nothing() -> None:
    assert "hire" not in TRADES and "trade.hire" not in SETTINGS
    assert not [group for group in menu_of() for entry in group.entries if entry.number == 801]


async def test_at_the_counter_the_menu_lends_one(added: None, stores: Stores) -> None:
    keys = stores.folder / "keys-toy"
    url = stores.copy_of("sqlite", "toy", lambda empty: prepare(empty, keys))
    with clock.use(Ticking()):

        def opening() -> Session:
            store.open_store(url, keys, register=1)
            owner = Session(query('SELECT "key" FROM "user" WHERE "login" = \'owner\'')[0][0], 1)
            change_settings(owner, {"trade.hire": True}, uid=new_uid())
            shift_life.open_shift(owner, {10_000: 1}, uid=new_uid())
            return owner

        database = DatabaseThread(opening, store.close_store)
        config = read_config(stores.folder)
        try:
            session: Any = await asyncio.wrap_future(database.opened)
            app = CounterApp(
                config=config, folder=stores.folder, database=database, keymap=key_map(config),
                rules=scan_rules(config),
            )  # fmt: skip
            async with app.run_test(size=(80, 24)) as pilot:
                await pilot.pause()
                await app.signed_in(session)
                app.speak("en")
                await app.go(home := Home(), instead=True)
                await typed(pilot, "801")
                await typed(pilot, "12")
                assert "Umbrella 12 is lent." in app.notices.message
                for _ in range(200):
                    if home.figures.tiles:
                        break
                    await asyncio.sleep(0.02)
                assert "Umbrellas today" in [tile.label for tile in home.figures.tiles]
                lent = await app.in_books(lambda: query('SELECT "umbrella" FROM "hire"'))
                assert lent == [(12,)]
        finally:
            database.close()
    stores.drop_made()


async def typed(pilot: Any, text: str) -> None:
    await pilot.press(*text, "enter")
    for _ in range(40):
        await pilot.pause(0.05)
        if pilot.app.gate.is_idle:
            break
