"""kill -9 at any call: the state is before or after, and what was acknowledged is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults import after, tracing
from tests.faults.sweeping import ran, swept
from tests.faults.tracing import Place

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(7200)]
SAMPLE = 4
# Syncs from a bill that is rung to the closed store: lines, the card, the sale, the checkpoint.
PAYING = 9


def test_killed_at_some_calls(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.kill_points(counted))
    sample = points[:: max(1, len(points) // SAMPLE)]
    assert not swept(prepared, sample, tmp_path, whole)


def test_killed_while_a_bill_is_paid_in_two_steps(
    prepared: Place, whole: after.State, tmp_path: Path
) -> None:
    """Around the last writes of the day: what a card has paid is there once, whatever ended."""
    points = tracing.commit_points(tracing.copy_place(prepared, tmp_path / "s"), PAYING)
    seen = []
    for place, run in ran(prepared, points[::3], tmp_path):
        assert not after.wrong_after(place, run, whole), run.point
        seen.append({"card", "sale2"} & set(run.acknowledged))
    assert set() in seen and {"card"} in seen


@pytest.mark.long
def test_killed_at_every_call(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.kill_points(counted))
    print(f"{len(points)} points: {dict(counted)}")
    assert not swept(prepared, points, tmp_path, whole)
