"""Every slip at every width and in every language is as it was looked at and found good."""

from __future__ import annotations

import pytest

from receipts.clean import cells
from tests.receipts.golden import FOLDER, slips


@pytest.mark.parametrize(("name", "text"), [pytest.param(*slip, id=slip[0]) for slip in slips()])
def test_slip(name: str, text: str) -> None:
    kept = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")

    assert text == kept, "if this is meant: python -m tests.receipts.golden, and look"


def test_no_golden_slip_is_left_over() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == {name for name, _ in slips()}


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_lines_fit_their_paper(path: object) -> None:
    from pathlib import Path

    assert isinstance(path, Path)
    columns = int(path.stem.split("-")[1])
    assert all(cells(line) <= columns for line in path.read_text(encoding="utf-8").splitlines())
