"""Signing in, selling and paying as they look, in both languages: any change shows here.

A change that is meant is taken over with `pytest tests/flows/test_snapshots.py --snapshot-update`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from models import store
from models.base import clock
from models.config.config import read_config
from models.ledger.daily import shift_life
from models.trust import sign_in
from models.trust.operation import new_uid
from receipts.words import Language
from tests.flows.counter_program import (
    APPLES,
    COLA,
    MANAGER,
    MANAGER_PASSWORD,
    TISSUES,
    WATER,
    make_floor,
)
from tui.desk.counter_app import CounterApp
from tui.desk.database import DatabaseThread
from tui.desk.gate.scan import ScanRules
from tui.desk.keys import KeyMap
from tui.money.opening import open_selling
from tui.shop.bill_texts import discount_of
from tui.shop.selling import Selling

AT = datetime(2026, 11, 22, 6, 5, tzinfo=UTC)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


@pytest.fixture
def app_in(tmp_path: Path) -> Iterator[Callable[[Language], CounterApp]]:
    """The counter's app over a small shop, without devices, at a fixed hour."""
    opened: list[DatabaseThread] = []
    with clock.use(lambda: AT):

        def make(lang: Language) -> CounterApp:
            folder = tmp_path / "store"
            make_floor(folder, language=lang, first_day=date(2026, 11, 22))
            url = f"sqlite:///{folder / 'store.db'}"
            opening = lambda: store.open_store(url, folder / "keys", register=1)  # noqa: E731
            opened.append(DatabaseThread(opening, store.close_store))
            return CounterApp(
                config=read_config(folder), folder=folder, database=opened[0],
                keymap=KeyMap.shipped(), rules=ScanRules(),
            )  # fmt: skip

        yield make
        for database in opened:
            database.close()


async def shown(pilot: Any) -> None:
    """Wait for what the database thread still has to say, and for its painting."""
    for _ in range(5):
        await pilot.pause()
        await asyncio.sleep(0.05)


async def to_the_bill(pilot: Any) -> Selling:
    """A bill of four lines, one with a discount, as the manager rings it."""
    app: CounterApp = pilot.app
    await shown(pilot)
    session = await app.in_books(sign_in.sign_in, 1, MANAGER, MANAGER_PASSWORD)
    await app.in_books(lambda: shift_life.open_shift(session, {10_000: 3}, uid=new_uid()))
    await app.signed_in(session)
    await open_selling(app, instead=True)
    selling = app.screen
    assert isinstance(selling, Selling)
    for typed in (WATER.code, f"6*{COLA.code}", f"1.284*{APPLES.code}", TISSUES.code):
        await selling.on_entry(typed)
    from models.shop import bill_changes

    line = selling.basket.lines[1]
    await selling.operate(
        bill_changes.discount_line, selling.basket.draft, line.number, discount_of("10", "en")
    )
    await selling.changed(line.number)
    await shown(pilot)
    return selling


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.row("UIX-15", "UIX-16", "SYS-35")
def test_signing_in(snap_compare: Any, app_in: Callable[..., CounterApp], lang: Language) -> None:
    assert snap_compare(app_in(lang), terminal_size=(80, 24), run_before=shown)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.row("UIX-15", "UIX-16")
def test_selling(snap_compare: Any, app_in: Callable[..., CounterApp], lang: Language) -> None:
    async def before(pilot: Any) -> None:
        await to_the_bill(pilot)

    assert snap_compare(app_in(lang), terminal_size=(80, 24), run_before=before)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.row("UIX-15", "UIX-16")
def test_paying(snap_compare: Any, app_in: Callable[..., CounterApp], lang: Language) -> None:
    async def before(pilot: Any) -> None:
        selling = await to_the_bill(pilot)
        await selling.do_pay()
        await shown(pilot)

    assert snap_compare(app_in(lang), terminal_size=(80, 24), run_before=before)
