"""Making the demonstration store: in a folder beside its place, which takes its name at the end.

Whatever kills the making, the next call begins anew; a finished store is never made again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from time import time as seconds_since_1970
from zoneinfo import ZoneInfo

from models import store
from models.base import clock
from models.base.database import transaction
from models.base.refusals import Refusal
from models.config.config import FILE_NAME
from models.trust import sign_in
from models.trust.founding import Founding
from models.trust.operation import Session
from receipts.words import Language
from tui.demo import goods, people, tongue, week
from tui.demo.door import REGISTER
from tui.demo.tongue import own

DAYS = 7
ZONE = "Asia/Shanghai"
# A making that was killed leaves its folder; after this long nobody works on it any more.
ABANDONED_S = 120.0

CONFIG = """\
# The demonstration counter: its slips go into the folder slips/ beside this file.
# 演示收银台：小票写入旁边的 slips 文件夹。
[printer.receipt]
connect = "folder"
path = "slips"
profile = "80mm"
"""

# Told after each step: how many steps are done, of how many.
Progress = Callable[[int, int], None]


class DemoFolderTaken(Refusal):
    """Something else lies where the demonstration store belongs."""


def make(
    folder: Path, progress: Progress = lambda done, total: None, *, lang: Language = "zh"
) -> None:
    """Make the store at `folder`, all of it in one language. Refuses: DemoFolderTaken."""
    tongue.speak(lang)
    if folder.exists() and any(folder.iterdir()):
        raise DemoFolderTaken(folder=str(folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    place = folder.with_name(f"{folder.name}.making-{os.getpid()}")
    place.mkdir()
    try:
        _fill(place, _Steps(progress))
        store.close_store()
        if folder.exists():
            folder.rmdir()
        place.rename(folder)
    finally:
        store.close_store()
        shutil.rmtree(place, ignore_errors=True)


def _sweep(folder: Path) -> None:
    for left in folder.parent.glob(f"{folder.name}.making-*"):
        if seconds_since_1970() - left.stat().st_mtime > ABANDONED_S:
            shutil.rmtree(left, ignore_errors=True)


@dataclass(slots=True)
class _Steps:
    progress: Progress
    done: int = 0
    total: int = 3 + DAYS

    def __call__(self) -> None:
        self.done += 1
        self.progress(self.done, self.total)


def _fill(place: Path, told: Callable[[], None]) -> None:
    (place / FILE_NAME).write_text(CONFIG, encoding="utf-8")
    today = clock.now().astimezone(ZoneInfo(ZONE)).date()
    first = today - timedelta(days=DAYS)
    early = datetime.combine(first, time(6), ZoneInfo(ZONE)).astimezone(UTC)
    with clock.use(lambda: early):
        _found(place, first)
        manager = sign_in.sign_in(REGISTER, people.MANAGER.login, people.MANAGER.password)
        people.add_departments(manager)
        people.add_staff(manager)
        for person in people.STAFF:
            # Who was here before finds the department chosen already.
            sign_in.sign_in(REGISTER, person.login, person.pin or person.password)
        told()
        # A further trade is set up here, and adds what happens in it to the days of week.py.
        shop = _set_up_shop(manager, place / "imports", told)
    week.live(shop, first=first, today=today, told=told)


def _set_up_shop(manager: Session, folder: Path, told: Callable[[], None]) -> week.Shop:
    listed = goods.listed()
    told()
    # In one transaction: a slow disk then waits once, and not for each block.
    with transaction():
        goods.take_in(manager, listed, folder)
        told()
        people.owe_supplier(manager)
        return week.Shop(
            listed, goods.popularity(listed), people.open_accounts(manager),
            people.know_customers(manager),
        )  # fmt: skip


def _found(place: Path, first: date) -> None:
    boss = people.MANAGER
    store.found_store(
        f"sqlite:///{place / 'store.db'}",
        place / "keys",
        Founding(
            name=own("柜铃演示店/Deskbell Demo"),
            owner_login=boss.login,
            owner_name=own(boss.name),
            owner_password=boss.password,
            first_day=first,
            trades=("shop", "hotel", "salon"),
            address=own("演示路 1 号/1 Demo Road"),
            phone="010-5550-0100",
            tax_number="91DEMO000000000000",
            zone=ZONE,
            language=tongue.spoken(),
            is_demo=True,
        ),
    )
