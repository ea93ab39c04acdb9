"""The list of planted faults: each can still be planted, and in the long run a sample is."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests import mutants
from tests.mutant_list import MUTANTS
from tests.mutant_list_seventeen import MATTERED, SEEN_ALONE, THE_SEVENTEEN

README = "# Some program"


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


def test_the_faults_that_once_lived_through_every_test_are_planted() -> None:
    assert (len(MATTERED), len(SEEN_ALONE), len(THE_SEVENTEEN)) == (12, 5, 17)
    for name, places in THE_SEVENTEEN.items():
        assert places, name
        assert set(places) <= set(MUTANTS), name


def test_the_quick_tests_see_what_only_those_saw_that_run_alone(root: Path) -> None:
    for mutant in (each for places in SEEN_ALONE.values() for each in places):
        for name in mutant.seen_by.split():
            text = (root / name.partition("::")[0]).read_text(encoding="utf-8")
            assert "mark.alone" not in text, name


@pytest.mark.parametrize(
    ("without", "planted", "told"),
    [(0, 0, "LIVES"), (0, 4, "LIVES"), (0, 1, ""), (1, 1, "without any fault")],
    ids=["no test sees it", "no test was found", "seen", "the tests fail anyway"],
)
def test_what_no_test_has_seen_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    tmp_path: Path, without: int, planted: int, told: str,
) -> None:  # fmt: skip
    blind = mutants.Mutant("README.md", "# ", "## ", "tests/test_mutants.py")

    def run(tree: Path, *words: str, patience_s: int) -> subprocess.CompletedProcess[str]:
        source = (tree / "README.md").read_text(encoding="utf-8")
        return subprocess.CompletedProcess(words, without if source == README else planted, "")

    def copy(into: Path) -> None:
        into.mkdir(parents=True)
        (into / "README.md").write_text(README, encoding="utf-8")

    monkeypatch.setattr(mutants, "run_tests", run)
    monkeypatch.setattr(mutants, "copy_tree", copy)
    seen = mutants.Seen(tmp_path / "seen.json")
    assert mutants.plant([blind], 1, seen) == bool(told)
    assert told in capsys.readouterr().out
    # What was seen is not planted again until a file of it changes; what lives, each time.
    assert mutants.Seen(seen.path).is_known(blind) == (not told)
    assert not mutants.Seen(seen.path, is_anew=True).is_known(blind)
    monkeypatch.setattr(mutants.Mutant, "state", lambda self, tree: "another")
    assert not mutants.Seen(seen.path).is_known(blind)


@pytest.mark.long
@pytest.mark.timeout(5400)
def test_a_sample_of_the_faults_is_seen() -> None:
    assert mutants.main(["--sample", "12"]) == 0
