"""The list of planted faults: each can still be planted, and in the long run a sample is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import mutants
from tests.mutant_list import MUTANTS


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_each_fault_can_still_be_planted(root: Path, mutant: mutants.Mutant) -> None:
    source = (root / mutant.file).read_text(encoding="utf-8")
    assert mutant.planted(source) != source
    for name in mutant.seen_by.split():
        path, _, test = name.partition("::")
        text = (root / path).read_text(encoding="utf-8")
        assert not test or f"def {test.split('::')[-1].split('[')[0]}(" in text, name


def test_no_fault_stands_twice_in_the_list() -> None:
    planted = [(mutant.file, mutant.right, mutant.wrong) for mutant in MUTANTS]
    assert len(set(planted)) == len(planted)


def test_a_fault_that_no_test_sees_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    blind = mutants.Mutant(
        "tests/mutant_list.py", '"""The faults that', '"""The  faults that',
        "tests/test_mutants.py::test_no_fault_stands_twice_in_the_list",
    )  # fmt: skip
    assert mutants.plant([blind], jobs=1) == 1
    assert "LIVES" in capsys.readouterr().out


@pytest.mark.long
@pytest.mark.timeout(5400)
def test_a_sample_of_the_faults_is_seen() -> None:
    assert mutants.main(["--sample", "12"]) == 0
