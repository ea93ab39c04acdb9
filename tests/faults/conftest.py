"""The prepared store that each fault begins with, and how an undisturbed day ends."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from models import store
from models.base import clock
from models.base.database import sqlite_path
from models.trust.operation import Session
from models.trust.users import User
from tests.databases import Stores
from tests.faults import after, tracing
from tests.faults.tracing import Place
from tests.stores import Shop, Ticking, prepare

ROWS = 60


@pytest.fixture(scope="session")
def prepared(stores: Stores, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A shop with an open shift and a sale, closed, and a sheet of goods to bring in."""
    if sys.platform != "linux" or not shutil.which("strace"):
        pytest.skip("needs strace")
    folder = tmp_path_factory.mktemp("prepared")
    keys_folder = stores.folder / "keys-sqlite"
    url = stores.copy_of("sqlite", "shop", lambda empty: prepare(empty, keys_folder))
    with clock.use(ticking := Ticking()):
        store.open_store(url, keys_folder, register=1, keeps_last=True)
        users = {user.login: user.key for user in User.select()}
        shop = Shop(url, keys_folder, ticking, users=users)
        shop.open_shift(session=shop.owner)
        shop.sell("1001", session=Session(users["owner"], 1))
        store.close_store()
    shutil.copyfile(sqlite_path(url), folder / "store.db")
    return Place(folder, keys_folder, _sheet(folder.parent / "goods.csv"))


def _sheet(path: Path) -> Path:
    rows = [f"5{n:04d},商品 {n},{n % 90 + 1}.50,{n % 7}" for n in range(ROWS)]
    path.write_text("编号,名称,售价,库存\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def counted(prepared: Place, tmp_path_factory: pytest.TempPathFactory) -> Counter[str]:
    """How often an undisturbed day makes each call on the store's files."""
    return tracing.calls(tracing.copy_place(prepared, tmp_path_factory.mktemp("counted") / "s"))


@pytest.fixture(scope="session")
def whole(prepared: Place, tmp_path_factory: pytest.TempPathFactory) -> after.State:
    """What the store holds after an undisturbed day."""
    place = tracing.copy_place(prepared, tmp_path_factory.mktemp("whole") / "s")
    done = tracing.run(place)
    assert done.code == 0, done.error + "\n".join(done.lines)
    with clock.use(Ticking()):
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        found = after.state()
        store.close_store()
    return found
