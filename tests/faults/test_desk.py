"""The desk's own work under kill -9 and disk errors: check-in, transfer, check-out and each step of
the night audit stand whole or not at all; taken up again, the evening ends as an undisturbed one.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import store
from models.base import clock
from models.base.database import sqlite_path
from models.hotel.charges.postings import post_to_folio
from models.hotel.desk.arrivals import Guest, check_in
from models.hotel.folios.deposits import take_deposit
from models.ledger.folio_kinds import CONTROL
from models.ledger.folios import open_folio
from models.ledger.ways.tender_kinds import Paying
from models.trust.operation import new_uid
from models.trust.users import User
from tests.databases import Stores
from tests.faults import after, tracing
from tests.faults.desk_day import ABSENT, COMES, LEAVES, STAYS_ON
from tests.faults.program import DAY
from tests.faults.sweeping import swept
from tests.faults.tracing import Place
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import day
from tests.stores import Shop, Ticking, prepare, yuan

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(7200)]
SAMPLE = 3


@pytest.fixture(autouse=True)
def desk_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process and those that it starts do the desk's work."""
    monkeypatch.setenv(DAY, "desk")


@pytest.fixture(scope="module")
def house(stores: Stores, prepared: Place, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """A house with an open shift: two live there, two are expected, one of them with a deposit, and
    a call is nobody's.
    """
    folder = tmp_path_factory.mktemp("house")
    keys_folder = stores.folder / "keys-sqlite"
    url = stores.copy_of("sqlite", "shop", lambda empty: prepare(empty, keys_folder))
    with clock.use(ticking := Ticking()):
        store.open_store(url, keys_folder, register=1, keeps_last=True)
        users = {user.login: user.key for user in User.select()}
        made = furnish(Shop(url, keys_folder, ticking, users=users))
        made.shop.open_shift(session=made.shop.owner)
        for name, room, nights in ((LEAVES, "201", 2), (STAYS_ON, "203", 1)):
            stay = made.book(day(0), day(nights), name=name)
            check_in(
                made.shop.owner, stay, [Guest(name)], version=stay.version, room=made.room(room),
                uid=new_uid(),
            )  # fmt: skip
        made.book(day(0), day(2), name=COMES)
        absent = made.book(day(0), day(1), name=ABSENT)
        take_deposit(made.shop.owner, absent.booking, [Paying(1, yuan("400"))], uid=new_uid())
        unknown = open_folio(
            made.shop.owner, kind=CONTROL, name="电话待查", limit=yuan("99"), uid=new_uid()
        )
        post_to_folio(made.shop.owner, unknown, "3000", yuan("8"), uid=new_uid())
        store.close_store()
    shutil.copyfile(sqlite_path(url), folder / "store.db")
    return Place(folder, keys_folder, prepared.sheet)


@pytest.fixture
def ended(house: Place, tmp_path: Path) -> Iterator[after.State]:
    """What the store holds after an undisturbed evening."""
    place = tracing.copy_place(house, tmp_path / "whole")
    done = tracing.run(place)
    assert done.code == 0, done.error + "\n".join(done.lines)
    assert done.acknowledged[-1] == "open"
    with clock.use(Ticking()):
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        found = after.state()
        store.close_store()
    assert [row[1] for row in found["stays"]] == ["departed", "in house", "in house", "no show"]
    # Of him who comes and of him who stays on; the room that nobody came into is free again.
    assert [row[1:] for row in found["nights"] if row[3]] == [
        ("2026-03-02", 32_000, "2026-03-02"),
    ] * 3  # fmt: skip
    yield found


def _counted(house: Place, folder: Path) -> Counter[str]:
    return tracing.calls(tracing.copy_place(house, folder / "counted"))


def test_killed_at_some_calls_of_the_desk(house: Place, ended: after.State, tmp_path: Path) -> None:
    points = list(tracing.kill_points(_counted(house, tmp_path)))
    assert not swept(house, points[:: len(points) // SAMPLE], tmp_path, ended)


def test_some_calls_of_the_desk_fail(house: Place, ended: after.State, tmp_path: Path) -> None:
    points = list(tracing.error_points(_counted(house, tmp_path)))
    assert not swept(house, points[:: len(points) // SAMPLE], tmp_path, ended)


@pytest.mark.long
def test_killed_at_every_call_of_the_desk(house: Place, ended: after.State, tmp_path: Path) -> None:
    points = list(tracing.kill_points(_counted(house, tmp_path)))
    print(f"{len(points)} kills")
    assert not swept(house, points, tmp_path, ended)


@pytest.mark.long
def test_every_call_of_the_desk_fails(house: Place, ended: after.State, tmp_path: Path) -> None:
    points = list(tracing.error_points_in_turn(_counted(house, tmp_path)))
    print(f"{len(points)} failures")
    assert not swept(house, points, tmp_path, ended)
