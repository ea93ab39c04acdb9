"""A disk that really fills up: every sale is refused or done, and after making room all goes on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import store
from models.base import clock
from models.base.database import StoreFull
from models.base.quantity import Quantity
from models.ledger.documents import Document
from models.ledger.proving import proof
from models.selling import items
from models.shop import basket
from models.trust.operation import Session, new_uid
from models.trust.users import User
from tests.faults import tracing
from tests.faults.tracing import Place
from tests.stores import Shop, Ticking

pytestmark = pytest.mark.row("NFR-03")
SIZE = 4 << 20


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs root on Linux, to mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)]
    if subprocess.run(["mount", *options], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be mounted here")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=False)


def _fill(disk: Path, leave: int) -> Path:
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    ballast.write_bytes(bytes(max(0, free - leave)))
    return ballast


@pytest.mark.parametrize("leave_kib", [0, 4, 8, 16, 24, 32, 48, 64, 96, 128, 192])
def test_selling_until_the_disk_is_full(prepared: Place, small_disk: Path, leave_kib: int) -> None:
    place = tracing.copy_place(prepared, small_disk / "store")
    with clock.use(Ticking()):
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        who = Session(User.get(User.login == "owner").key, 1)
        shop = Shop(place.url, place.keys_folder, Ticking(), users={"cashier": who.user})
        ballast = _fill(small_disk, leave_kib << 10)
        done, refused = _sell_until_refused(shop)
        assert refused
        # The same process, the same uid: nothing is lost and nothing is done twice.
        ballast.unlink()
        bill = basket.open_basket(who)
        if not bill.lines:
            basket.ring(bill, items.find_item("1001"), Quantity.of(1))
        shop.pay(bill, session=who)
        assert _count() == done + 1
        assert not [str(found) for found in proof.verify()]
        store.close_store()
        # And as it is on the disk.
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        assert _count() == done + 1
        assert not [str(found) for found in proof.verify()]
        store.close_store()


def _count() -> int:
    return int(Document.select().where(Document.kind == "sale").count())


def _sell_until_refused(shop: Shop) -> tuple[int, bool]:
    """How many bills are in the books when the disk is full, and whether it ever was."""
    done = _count()
    for _ in range(400):
        try:
            uid = new_uid()
            bill = shop.bill("1001", "1002")
            shop.pay(bill, uid=uid)
            done += 1
        except StoreFull:
            assert _count() == done
            return done, True
    return done, False
