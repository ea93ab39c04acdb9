"""What the open counter does by itself: proof at the start, backups, the day's close, the index."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import tui.trades  # noqa: F401 - lists the rooms
from models.base import clock, database
from models.ledger.daily.days import BusinessDay
from models.ledger.proving import proof
from models.trust import backup
from models.trust.audit import Audit
from models.trust.backup import Keep, Plan
from tests.stores import FIRST_DAY, Shop
from tui.desk.timed import Timed, age_text
from tui.desk.trade_screens import declared

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass
class Desk:
    """The parts of the counter's app that timed work uses, on one thread."""

    shop: Shop
    schedule: Any
    session: Any = None
    told: list[str] = field(default_factory=list)
    newest: datetime | None = None

    def __post_init__(self) -> None:
        self.database = SimpleNamespace(run=self._run)
        self.config = SimpleNamespace(
            schedule=self.schedule,
            backup=SimpleNamespace(warn_hours=24),
            register=SimpleNamespace(trades=()),
        )
        self.facts = SimpleNamespace(day=FIRST_DAY)
        self.idle_since, self.idle_s = 1.0, 0.0
        self.frame = SimpleNamespace(zone=ZONE)
        self.register = 1

    async def _run(self, function: Callable[..., Any], *args: Any, urgency: int = 0) -> Any:
        return function(*args)

    off_thread = _run

    def alarm(self, msgid: str, **fields: Any) -> None:
        self.told.append(msgid.format(**fields))

    inform = alarm

    def show_backup(self, made_at: datetime | None) -> None:
        self.newest = made_at

    async def look_again(self) -> Any:
        return SimpleNamespace(day=BusinessDay.get(BusinessDay.state == "open").date)

    def wake_paper(self) -> None:
        self.told.append("paper")


def _timed(shop: Shop, folder: Path, **at: time | None) -> tuple[Timed, Desk]:
    schedule = SimpleNamespace(**{"backup": None, "close_day": None, "verify": None, **at})
    desk = Desk(shop, schedule)
    timed = Timed(desk, Plan(folder, shop.keys_folder, "", Keep()))  # type: ignore[arg-type]
    timed._done = dict.fromkeys(("backup", "close_day", "verify"), timed._now())
    # As if the newest copy were made a moment ago and the day seen.
    timed._newest, timed._day = clock.now(), FIRST_DAY
    return timed, desk


@pytest.fixture
def one(shop_on: Callable[[str], Shop]) -> Shop:
    return shop_on("sqlite")


async def test_a_backup_is_made_once_at_its_hour(one: Shop, tmp_path: Path) -> None:
    timed, desk = _timed(one, tmp_path, backup=time(10, 30))
    await timed._look()
    assert not backup.copies(tmp_path)

    timed._newest = clock.now()
    one.clock.move(hours=2)
    await timed._look()
    await timed._look()

    (copy,) = backup.copies(tmp_path)
    assert desk.newest == copy.made_at
    assert Audit.select().where(Audit.verb == "backup proved").count() == 1


async def test_an_hour_that_passed_before_the_start_waits_for_tomorrow(
    one: Shop, tmp_path: Path
) -> None:
    timed, _ = _timed(one, tmp_path, backup=time(8, 0))
    await timed._look()
    assert not backup.copies(tmp_path)
    timed._newest = clock.now()
    one.clock.move(hours=23.5)
    await timed._look()
    assert len(backup.copies(tmp_path)) == 1


async def test_home_and_the_till_are_loaded_at_the_door_before_the_books_are_proved(
    one: Shop, tmp_path: Path
) -> None:
    timed, desk = _timed(one, tmp_path)
    desk.idle_s = 1.0
    asked: list[str] = []

    async def run(function: Callable[..., Any], *args: Any, urgency: int = 0) -> Any:
        asked.append(args[0] if function is import_module else function.__name__)
        return function(*args)

    desk.database.run = run
    await timed._first()
    proved = asked.index("next")
    # In pieces: the thread of the books is never held for all of them.
    assert proved > 10
    for name in ("tui.people.own_secrets", "tui.office.home", "tui.shop.selling"):
        assert asked.index(name) < proved
    assert not desk.told
    # Also those of trades that this store does not use.
    assert all(import_module(name) for name in declared("ahead"))


async def test_a_backup_that_cannot_be_written_is_told(one: Shop, tmp_path: Path) -> None:
    wall = tmp_path / "wall"
    wall.write_text("no folder")
    timed, desk = _timed(one, wall / "copies")
    await timed.back_up()
    assert len(desk.told) == 1
    assert not backup.copies(tmp_path)


async def test_the_start_tells_of_books_that_do_not_prove(one: Shop, tmp_path: Path) -> None:
    one.open_shift()
    one.sell("1001")
    timed, desk = _timed(one, tmp_path)
    await timed._prove(full=False)
    assert not desk.told
    with database.transaction():
        database.database.execute_sql('UPDATE "stock" SET "quantity" = "quantity" + 1')
    await timed._prove(full=True)
    assert "deskbell verify" in desk.told[0]


async def test_the_day_closes_by_the_clock_when_nobody_is_needed(one: Shop, tmp_path: Path) -> None:
    timed, desk = _timed(one, tmp_path, close_day=time(23, 0))
    desk.session = one.manager
    one.clock.move(hours=15)
    await timed._look()
    assert BusinessDay.get(BusinessDay.state == "open").date == FIRST_DAY + timedelta(days=1)
    assert "paper" in desk.told


@pytest.mark.parametrize("who", ["nobody", "cashier", "an open shift"])
async def test_the_clock_only_reminds_where_somebody_is_needed(
    one: Shop, tmp_path: Path, who: str
) -> None:
    timed, desk = _timed(one, tmp_path, close_day=time(23, 0))
    desk.session = {"nobody": None, "cashier": one.cashier, "an open shift": one.manager}[who]
    if who == "an open shift":
        one.open_shift()
    one.clock.move(hours=15)
    await timed._look()
    assert BusinessDay.get(BusinessDay.state == "open").date == FIRST_DAY
    assert desk.told == [f"Time to close the day: {FIRST_DAY}. Menu 16."]


def test_the_age_of_a_copy_is_an_hour_or_a_date(one: Shop) -> None:
    assert age_text(None, ZONE) == "-"
    assert age_text(clock.now(), ZONE) == "09:00"
    assert age_text(clock.now() - timedelta(days=1), ZONE) == "03-01"


def test_the_counter_is_told_where_copies_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.commands import counter as command
    from tui.commands.place import Place
    from tui.desk import counter

    given: dict[str, Any] = {}

    def run(*args: Any, **fields: Any) -> int:
        given.update(fields)
        return 0

    monkeypatch.setattr(counter, "run", run)
    assert command._run(Place(tmp_path)) == 0
    assert given["backups"].folder == tmp_path / "backups"


async def test_a_machine_that_is_off_at_night_copies_when_the_newest_is_old(
    one: Shop, tmp_path: Path
) -> None:
    timed, _ = _timed(one, tmp_path)
    timed._newest = clock.now() - timedelta(hours=25)
    await timed._look()
    assert len(backup.copies(tmp_path)) == 1
    await timed._look()
    assert len(backup.copies(tmp_path)) == 1


async def test_a_closed_day_is_copied(one: Shop, tmp_path: Path) -> None:
    timed, desk = _timed(one, tmp_path)
    desk.facts = SimpleNamespace(day=FIRST_DAY + timedelta(days=1))
    await timed._look()
    assert len(backup.copies(tmp_path)) == 1


async def test_a_copy_that_failed_is_tried_again_after_an_hour(one: Shop, tmp_path: Path) -> None:
    wall = tmp_path / "wall"
    wall.write_text("no folder")
    timed, desk = _timed(one, wall / "copies")
    timed._newest = None
    await timed._look()
    await timed._look()
    assert len(desk.told) == 1
    one.clock.move(hours=1.1)
    await timed._look()
    assert len(desk.told) == 2


async def test_in_a_pause_the_log_is_moved_into_the_file_once(one: Shop, tmp_path: Path) -> None:
    timed, desk = _timed(one, tmp_path)
    one.open_shift()
    one.sell("1001")
    file = Path(one.url.removeprefix("sqlite:///"))
    before = file.read_bytes()
    await timed._look()
    assert file.read_bytes() == before
    desk.idle_s = 6.0
    await timed._look()
    after = file.read_bytes()
    assert after != before
    # Nobody came since: the same pause is not used twice.
    one.sell("1001")
    await timed._look()
    assert file.read_bytes() == after
    desk.idle_since = 2.0
    await timed._look()
    assert file.read_bytes() != after
    assert not proof.verify()
