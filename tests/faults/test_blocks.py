"""Long work killed with -9 around each of its commits and taken up again: the books are those of
work that nobody disturbed, and `verify` finds nothing.

The day of a shop is one commit; a house's audit is an answer, the nights in blocks, then that
commit; an import and its undoing are blocks and the index between them.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from models import store
from models.base.database import sqlite_path
from models.hotel.audit.unattended import NO_SHOW_FEE
from models.imports.import_plan import plan_import
from models.imports.imports import run_import
from models.sheets.sheets import read_sheet
from models.stock.goods_import import GOODS
from models.trust.operation import new_uid
from models.trust.settings import change_settings
from tests.faults.tracing import ROOT
from tests.models.hotel.house import furnish
from tests.models.hotel.staying import arrive, day
from tests.stores import Shop

pytestmark = [
    pytest.mark.row("NFR-03"),
    pytest.mark.skipif(sys.platform != "linux", reason="forks and kills"),
]


def _a_shop(shop: Shop, sheet: Path) -> None:
    shop.open_shift()
    shop.sell("1001")
    shop.close_shift()


def _a_house(shop: Shop, sheet: Path) -> None:
    """Two who stay, one who never came; the desk works through the night."""
    house = furnish(shop)
    shop.open_shift(session=house.desk)
    arrive(house)
    arrive(house, room="202")
    house.book(day(0), day(2), name="未到")
    policies = {"hotel.unattended_arrival": NO_SHOW_FEE}
    change_settings(shop.owner, policies, uid=new_uid())


def _a_list(shop: Shop, sheet: Path) -> None:
    rows = "".join(f"K{n:04d},商品{n},1.{n:02d},{n % 5}\n" for n in range(50))
    sheet.write_text(f"编码,名称,售价,库存\n{rows}", encoding="utf-8")


def _a_list_that_is_in(shop: Shop, sheet: Path) -> None:
    _a_list(shop, sheet)
    for _ in run_import(shop.owner, plan_import(GOODS, read_sheet(sheet))):
        pass


def _a_list_of_rooms(shop: Shop, sheet: Path) -> None:
    furnish(shop)
    rows = "".join(f"{n},{'TWN' if n % 2 else 'SUI'},{n // 100}\n" for n in range(401, 451))
    sheet.write_text(f"房号,房型,楼层\n{rows}", encoding="utf-8")


def _a_list_of_bookings(shop: Shop, sheet: Path) -> None:
    """Fifty of one type; those that find no room on their nights are told, and not stored."""
    furnish(shop)
    rows = "".join(
        f"R{n:03d},客人{n},{day(n // 3)},{day(n // 3 + 1 + n % 2)},TWN,1\n" for n in range(50)
    )
    sheet.write_text(f"确认号,客人姓名,入住日期,离店日期,房型,成人\n{rows}", encoding="utf-8")


WORKS: dict[str, tuple[str, Callable[[Shop, Path], None], int]] = {
    # How it is made, and how many commits it has at least.
    "shop": ("close", _a_shop, 1),
    "house": ("close", _a_house, 4),
    "import": ("import", _a_list, 5),
    "rooms": ("rooms", _a_list_of_rooms, 5),
    "bookings": ("bookings", _a_list_of_bookings, 5),
    "undo": ("undo", _a_list_that_is_in, 5),
}


def _wrong(shop: Shop, folder: Path, name: str, *points: str) -> tuple[int, list[str]]:
    """How many commits the work has, and what is wrong after it died at these points."""
    work, made, _ = WORKS[name]
    sheet = folder / "goods.csv"
    made(shop, sheet)
    store.close_store()
    place = (str(sqlite_path(shop.url)), str(shop.keys_folder), str(sheet))
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.blocks", work, *place, *points],
        cwd=ROOT, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    first, *wrong = done.stdout.splitlines()
    commits, *at_once = first.split(" ", 1)
    return int(commits), [*at_once, *wrong]


@pytest.mark.parametrize(
    ("name", "points"),
    [
        ("shop", "0"),
        ("house", "5"),
        ("import", "4"),
        ("undo", "5"),
        ("rooms", "4"),
        ("bookings", "5"),
    ],
)
def test_killed_at_some_steps_it_is_taken_up_again(
    shop_on: Callable[[str], Shop], tmp_path: Path, name: str, points: str
) -> None:
    commits, wrong = _wrong(shop_on("sqlite"), tmp_path, name, *points.split())
    assert commits >= WORKS[name][2]
    assert not wrong


@pytest.mark.long
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", WORKS)
def test_killed_at_every_step_it_is_taken_up_again(
    shop_on: Callable[[str], Shop], tmp_path: Path, name: str
) -> None:
    commits, wrong = _wrong(shop_on("sqlite"), tmp_path, name, "all")
    assert commits >= WORKS[name][2]
    assert not wrong
