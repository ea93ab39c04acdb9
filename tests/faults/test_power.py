"""A power cut never corrupts and never loses what was acknowledged; and the harness can fail."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from models.base import fields
from models.base.money import currency
from models.trust import keyring
from tests.faults import after, power, tracing
from tests.faults.program import LOOSE
from tests.faults.tracing import Place

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(7200)]
STATES = 30


def recorded(prepared: Place, folder: Path, **environment: str) -> tuple[Place, list[power.Event]]:
    """An undisturbed day, and all that it wrote."""
    place = tracing.copy_place(prepared, folder / "recorded")
    log = folder / "recorded.log"
    done = tracing.run_recorded(place, log, **environment)
    assert done.code == 0, done.error
    return place, power.events(log, place.folder)


def wrong_states(
    prepared: Place, tmp_path: Path, *, tries: int, most: int | None, **environment: str
) -> tuple[int, list[str]]:
    """How many states of the disk were looked at, and what is wrong with which."""
    place, calls = recorded(prepared, tmp_path, **environment)
    start = {str(place.file): bytearray(prepared.file.read_bytes())}
    cuts = power.cuts(start, calls, seed=20260302, tries=tries)
    keyring.open_keys(prepared.keys_folder, create=False)
    fields.use_currency(currency("CNY"))
    wrong, count = [], 0
    for cut in cuts if most is None else some_of(cuts, most):
        count += 1
        left, run = power.laid_out(cut, place, tmp_path / "cut")
        try:
            found = after.lost_in(left, run)
        except Exception as error:  # noqa: BLE001 - whatever keeps a store from opening
            found = [f"cannot be opened: {error}"]
        if found:
            wrong.append(f"{run.point}: {'; '.join(found[:4])}")
    return count, wrong


def some_of(cuts: Iterable[power.Cut], most: int) -> list[power.Cut]:
    """Drawn by chance while they pass by: all states of the disk at once would fill 3 GB."""
    chance = random.Random(7)
    kept: list[power.Cut] = []
    for number, cut in enumerate(cuts):
        if number < most:
            kept.append(cut)
        elif (place := chance.randrange(number + 1)) < most:
            kept[place] = cut
    return kept


def test_some_power_cuts(prepared: Place, tmp_path: Path) -> None:
    count, wrong = wrong_states(prepared, tmp_path, tries=1, most=STATES)
    assert count == STATES
    assert not wrong


@pytest.mark.long
def test_power_cuts_at_every_call(prepared: Place, tmp_path: Path) -> None:
    count, wrong = wrong_states(prepared, tmp_path, tries=6, most=None)
    print(f"{count} states of the disk")
    assert count > 2000
    assert not wrong


@pytest.mark.long
def test_the_harness_sees_a_store_that_does_not_sync(prepared: Place, tmp_path: Path) -> None:
    """Without syncing, power cuts lose acknowledged work or break the file."""
    count, wrong = wrong_states(prepared, tmp_path, tries=2, most=40, **{LOOSE: "1"})
    assert len(wrong) > count // 10
