"""The store room's work under kill -9 and disk errors: a delivery, a transfer, what is scrapped
and a stocktake stand whole or not at all; taken up again, the day ends as an undisturbed one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from models import store
from models.base import clock
from tests.faults import after, tracing
from tests.faults.program import DAY
from tests.faults.sweeping import swept
from tests.faults.tracing import Place
from tests.stores import Ticking

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(7200), pytest.mark.long]


@pytest.fixture(autouse=True)
def stock_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """This process and those that it starts do the store room's work."""
    monkeypatch.setenv(DAY, "stock")


@pytest.fixture
def ended(prepared: Place, tmp_path: Path) -> Iterator[after.State]:
    """What the store holds after an undisturbed day."""
    place = tracing.copy_place(prepared, tmp_path / "whole")
    done = tracing.run(place)
    assert done.code == 0, done.error + "\n".join(done.lines)
    assert done.acknowledged[-3:] == ["post", "count", "close"]
    with clock.use(Ticking()):
        store.open_store(place.url, place.keys_folder, register=1, keeps_last=True)
        found = after.state()
        store.close_store()
    stock = {code: quantity for code, quantity, _ in found["stock"]}
    assert (stock["1001"], stock["1002"], stock["1004"]) == (108_000, 70_000, 13_000)
    yield found


def _counted(prepared: Place, folder: Path) -> Counter[str]:
    return tracing.calls(tracing.copy_place(prepared, folder / "counted"))


def test_killed_at_every_call(prepared: Place, ended: after.State, tmp_path: Path) -> None:
    points = list(tracing.kill_points(_counted(prepared, tmp_path)))
    assert not swept(prepared, points, tmp_path, ended)


def test_every_call_fails(prepared: Place, ended: after.State, tmp_path: Path) -> None:
    points = tracing.error_points_in_turn(_counted(prepared, tmp_path))
    assert not swept(prepared, points, tmp_path, ended)
