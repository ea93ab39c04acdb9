"""The tables of docs/engineer/trust.md and once_wrong.md name tests that there are: a promise whose
test was renamed or taken away is none.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

NAMED = re.compile(r"`((?:[\w/]+/)?test_\w+\.py)(?:::(test_\w+))?`")
ATTACKS = "## Attacks from outside"
# Points of each part of once_wrong.md.
FOUND = {1: 12, 2: 7, 3: 5, 4: 10, 5: 15}


@pytest.fixture(scope="module")
def page(root: Path) -> str:
    return (root / "docs" / "engineer" / "trust.md").read_text(encoding="utf-8")


def rows_of(text: str) -> list[list[str]]:
    """The rows of a table of three columns, without its heading."""
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows[1:]]


def lacking(root: Path, text: str) -> list[str]:
    """The tests that a text names and that are not there."""
    missing = []
    for file, name in NAMED.findall(text):
        found = [path for path in (root / "tests").rglob("test_*.py") if path.match(file)]
        sources = [path.read_text(encoding="utf-8") for path in found]
        if not any(f"def {name}(" in source if name else True for source in sources):
            missing.append(f"{file}::{name}")
    return missing


def test_every_test_that_the_page_names_is_there(root: Path, page: str) -> None:
    assert lacking(root, page) == []


def test_every_attack_has_what_was_seen_and_a_test(page: str) -> None:
    rows = rows_of(page[page.index(ATTACKS) :])
    assert len(rows) > 20
    for row in rows:
        attack, seen, tests = row
        assert attack and seen, row
        assert any(name for _, name in NAMED.findall(tests)), attack


def test_what_was_once_wrong_has_a_test(root: Path) -> None:
    page = (root / "docs" / "engineer" / "once_wrong.md").read_text(encoding="utf-8")
    assert lacking(root, page) == []
    rows = [row for row in rows_of(page) if row != ["no.", "the rule", "tests"]]
    for _, rule, tests in rows:
        assert rule and NAMED.findall(tests), rule
    # Each point that was found has its row.
    points = {f"{part}.{n}" for part, last in FOUND.items() for n in range(1, last + 1)}
    assert {number for number, _, _ in rows} == points


def test_a_test_that_is_not_there_is_missed(root: Path) -> None:
    said = "`test_attacks.py::test_nobody` `models/test_nowhere.py` `test_attacks.py::test_every`"
    assert lacking(root, said) == [
        "test_attacks.py::test_nobody", "models/test_nowhere.py::", "test_attacks.py::test_every",
    ]  # fmt: skip
