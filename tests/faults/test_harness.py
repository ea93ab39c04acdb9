"""The harness can fail: a fault built into the program is seen."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.faults import after, tracing
from tests.faults.program import SPLIT
from tests.faults.sweeping import swept
from tests.faults.tracing import Place

pytestmark = pytest.mark.timeout(600)


@pytest.mark.long
def test_a_sale_in_two_transactions_is_seen(
    prepared: Place, counted: Counter[str], whole: after.State, tmp_path: Path
) -> None:
    """Between the two the sale stands without its entries: a kill there must be noticed."""
    place = tracing.copy_place(prepared, tmp_path / "counting")
    split = Counter({"fsync": tracing.calls(place, **{SPLIT: "1"})["fsync"]})
    assert split["fsync"] > counted["fsync"]
    wrong = swept(prepared, tracing.kill_points(split), tmp_path, whole, **{SPLIT: "1"})
    assert any("DocumentNotPosted" in each for each in wrong)
    assert any("could not go on" in each or "Wrong" in each or "Missing" in each for each in wrong)
