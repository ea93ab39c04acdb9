"""Disk errors and a full disk: refused in plain words, nothing half done, and the program lives."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults import after, tracing
from tests.faults.sweeping import ran, swept
from tests.faults.tracing import Place

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(7200)]
SAMPLE = 4


def test_some_calls_fail(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.error_points(counted))
    sample = points[:: max(1, len(points) // SAMPLE)]
    assert not swept(prepared, sample, tmp_path, whole)


def test_the_same_process_goes_on_when_the_disk_has_room_again(
    prepared: Place, counted: Counter[str], tmp_path: Path
) -> None:
    """One write fails in the middle of the day; the second try with the same uid succeeds."""
    middle = counted["pwrite64"] // 2
    points = [f"pwrite64:error=ENOSPC:when={middle + 20 * n}" for n in range(2)]
    refused = 0
    for _, run in ran(prepared, points, tmp_path):
        assert run.code == 0, run.error
        refused += len(run.said("NAK"))
        assert {line.split()[-1] for line in run.said("NAK")} <= {"StoreFull"}
        assert run.acknowledged[-1] == "sale2"
    assert refused


@pytest.mark.long
def test_every_call_fails(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.error_points(counted))
    # From some point on nothing is written at all: every fourth of those is telling enough.
    once = [point for point in points if not point.endswith("+")]
    onward = [point for point in points if point.endswith("+")][::4]
    print(f"{len(once)} single and {len(onward)} lasting failures: {dict(counted)}")
    assert not swept(prepared, once + onward, tmp_path, whole)
