"""Making and opening a store: only where there is none, only by a program that knows it."""

from __future__ import annotations

import errno
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import peewee
import pytest

from models import store
from models.base import database, log_damage, migrations
from models.base.database import Row, SqliteTooOld
from models.base.driver_errors import driver_errors
from models.base.migrations import NotAStore, StoreNewer
from models.base.store_refusals import StoreUnreadable
from models.ledger.proving import proof
from models.store import StoreExists
from models.trust import trades
from models.trust.founding import Founding
from models.trust.secrets import PasswordWeak
from models.trust.settings import SettingWrong
from tests.stores import Shop

ANSWERS = Founding(
    name="店", owner_login="o", owner_name="店主", owner_password="good enough pw",
    first_day=date(2026, 3, 2),
)  # fmt: skip


def test_there_is_one_store_in_a_database(shop: Shop) -> None:
    store.close_store()
    with pytest.raises(StoreExists):
        store.found_store(shop.url, shop.keys_folder, ANSWERS)
    store.close_store()
    shop.reopen()


@pytest.mark.parametrize("which", ["is_header_lost", "commits_lost"])
def test_a_log_that_the_disk_does_not_open_is_told(
    shop_on: Callable[[str], Shop], monkeypatch: pytest.MonkeyPatch, which: str
) -> None:
    """Before the file is opened, and behind it: too many files are open, say."""
    shop = shop_on("sqlite")
    store.close_store()

    def refuse(*of: object) -> None:
        raise OSError(errno.EMFILE, "Too many open files")

    monkeypatch.setattr(log_damage, which, refuse)
    with pytest.raises(StoreUnreadable) as told:
        store.open_store(shop.url, shop.keys_folder, register=1, keeps_last=True)
    assert told.value.fields["detail"] == "Too many open files"


def test_answers_are_checked(store_url: str, tmp_path: Path) -> None:
    import dataclasses

    with pytest.raises(PasswordWeak):
        weak = dataclasses.replace(ANSWERS, owner_password="short")
        store.found_store(store_url, tmp_path / "keys", weak)
    with pytest.raises(SettingWrong):
        nameless = dataclasses.replace(ANSWERS, name="")
        store.found_store(store_url, tmp_path / "keys", nameless)
    assert migrations.is_empty()
    store.close_store()


# Founds a store and is killed where the named function is called.
CUT_OFF = """
import os, signal, sys
from pathlib import Path
from models import store
from models.ledger.ways import tenders
from models.trust import registers
from tests.models.test_store import ANSWERS

places = {"store": store, "registers": registers, "tenders": tenders}
place, name = places[sys.argv[3]], sys.argv[4]
whole = getattr(place, name)

def killed(*given):
    if sys.argv[5] == "behind":
        whole(*given)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(place, name, killed)
store.found_store(sys.argv[1], Path(sys.argv[2]), ANSWERS)
"""


@pytest.mark.parametrize(
    ("place", "name", "when", "is_made"),
    [
        ("store", "_fill", "before", False),
        ("tenders", "ship", "behind", False),
        ("store", "_fill", "behind", False),
        ("registers", "claim", "before", True),
    ],
)
def test_a_founding_cut_off_leaves_a_whole_store_or_none(
    store_url: str, tmp_path: Path, place: str, name: str, when: str, is_made: bool
) -> None:
    keys = tmp_path / "keys"
    command = [sys.executable, "-c", CUT_OFF, store_url, str(keys), place, name, when]
    ran = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, check=False)
    assert ran.returncode == -signal.SIGKILL, ran.stderr
    if not is_made:
        store.found_store(store_url, keys, ANSWERS)
        store.close_store()
    assert store.open_store(store_url, keys, register=1).number == 1
    assert proof.verify() == []
    with pytest.raises(StoreExists):
        store.found_store(store_url, keys, ANSWERS)
    store.close_store()


def test_an_empty_database_is_no_store(store_url: str, tmp_path: Path) -> None:
    with pytest.raises(NotAStore):
        store.open_store(store_url, tmp_path, register=1)


def test_a_newer_store_is_refused(shop: Shop) -> None:
    migrations.SchemaMark.update(number=migrations.SCHEMA + 1).execute()
    with pytest.raises(StoreNewer):
        shop.reopen()


def test_a_description_that_was_whole_is_not_looked_at_again(shop: Shop) -> None:
    """All tables are loaded where the file describes itself otherwise than when it was whole."""
    if not database.is_sqlite():
        pytest.skip("a server has no file to be damaged")
    looks: list[int] = []

    def tables() -> tuple[type[Row], ...]:
        looks.append(1)
        return trades.tables()

    store.close_store()
    shop.reopen()
    migrations.look_whole(tables)
    assert not looks
    database.database.execute_sql('ALTER TABLE "unit" ADD COLUMN "colour" TEXT')
    for _ in range(2):
        migrations.look_whole(tables)
    assert len(looks) == 1
    database.database.execute_sql('ALTER TABLE "unit" RENAME COLUMN "name" TO "nane"')
    with pytest.raises(driver_errors()):
        migrations.look_whole(tables)
    assert len(looks) == 2


def test_an_old_library_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(peewee.sqlite3, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(SqliteTooOld):
        database.connect(f"sqlite:///{tmp_path / 'x.db'}")


def test_the_settings_of_the_file(shop: Shop) -> None:
    """What measured promises rest on: exclusive, written ahead, synced in full."""
    if not database.is_sqlite():
        pytest.skip("for the file of one counter")
    wanted = {
        "locking_mode": "exclusive", "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1,
        "recursive_triggers": 1,
    }  # fmt: skip
    for name, value in wanted.items():
        assert database.database.execute_sql(f"PRAGMA {name}").fetchone()[0] == value
    assert peewee.sqlite3.sqlite_version_info >= (3, 51, 3) and sqlite3
