"""kill -9 at any call: the state is before or after, and what was acknowledged is there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults import after, tracing
from tests.faults.sweeping import swept
from tests.faults.tracing import Place

pytestmark = [pytest.mark.row("NFR-03"), pytest.mark.timeout(3600)]
SAMPLE = 12


def test_killed_at_some_calls(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.kill_points(counted))
    sample = points[:: max(1, len(points) // SAMPLE)]
    assert not swept(prepared, sample, tmp_path, whole)


@pytest.mark.long
def test_killed_at_every_call(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    points = list(tracing.kill_points(counted))
    print(f"{len(points)} points: {dict(counted)}")
    assert not swept(prepared, points, tmp_path, whole)
