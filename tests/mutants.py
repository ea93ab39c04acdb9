"""Planted faults: each must be seen by the tests that are named beside it.

    python -m tests.mutants                 plants every fault, one after the other
    python -m tests.mutants approvals       those whose file or text has this word
    python -m tests.mutants --sample 10     some, drawn by chance; another seed each day
    python -m tests.mutants --sure          without a first run of the tests
    python -m tests.mutants --anew          those too that were seen before

What was seen is kept in build/mutants.json, with the test that saw it: a fault whose file and tests
have not changed since is not planted again, and of the others that test runs first.

A fault that no test sees is a survivor: the program fails and names it; a test that takes for ever
has seen nothing. First the tests are run once without a fault: those that fail then would see every
fault. The faults stand in tests/mutant_list.py; a new operation adds its two likeliest mistakes
there. The tree itself is never touched: the faults are planted in a copy.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

ROOT = Path(__file__).parents[1]
FOLDERS = ("models", "devices", "receipts", "tui", "tests", "bench", "docs")
FILES = (
    "pyproject.toml",
    "config.toml",
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "Makefile",
)
PATIENCE_S = 600
KEPT = ROOT / "build" / "mutants.json"
FAILED = re.compile(r"^(?:FAILED|ERROR) (.*?)(?: - |$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Mutant:
    """One fault: in `file` the text `right` becomes `wrong`; `seen_by` are the tests that fail."""

    file: str
    right: str
    wrong: str
    seen_by: str

    @property
    def name(self) -> str:
        """How it is told."""
        return f"{self.file}: {self.right.strip()!r} -> {self.wrong.strip()!r}"

    def planted(self, source: str) -> str:
        """The source with the fault in it. ValueError when its text does not stand there once."""
        if source.count(self.right) != 1:
            raise ValueError(
                f"{self.file}: stands there {source.count(self.right)} times: {self.right}"
            )
        return source.replace(self.right, self.wrong)

    def state(self, tree: Path) -> str:
        """What decides whether it is seen: the fault, its file, and the files of its tests."""
        files = {self.file, *(name.partition("::")[0] for name in self.seen_by.split())}
        told = hashlib.sha256(f"{self.name} {self.seen_by}".encode())
        for name in sorted(files):
            told.update((tree / name).read_bytes())
        return told.hexdigest()


class Seen:
    """The faults that were seen, from run to run: the state of each, and the test that saw it."""

    def __init__(self, path: Path, *, is_anew: bool = False) -> None:
        self.path = path
        self.is_anew = is_anew
        self.kept: dict[str, list[str]] = {}
        if path.exists():
            self.kept = json.loads(path.read_text(encoding="utf-8"))

    def is_known(self, mutant: Mutant) -> bool:
        """Whether it was seen, and nothing has changed since."""
        return not self.is_anew and self.kept.get(mutant.name, [""])[0] == mutant.state(ROOT)

    def first(self, mutant: Mutant, tree: Path) -> list[str]:
        """The test that saw it the last time, when it is still there."""
        name = self.kept.get(mutant.name, ["", ""])[1]
        path, _, test = name.partition("::")
        file = tree / path
        is_there = bool(test) and path in mutant.seen_by and file.exists()
        word = re.split(r"[\[:]", test)[0]
        return [name] if is_there and f"def {word}(" in file.read_text(encoding="utf-8") else []

    def keep(self, mutant: Mutant, test: str) -> None:
        """It was seen by this test."""
        self.kept[mutant.name] = [mutant.state(ROOT), test]
        self.path.parent.mkdir(exist_ok=True)
        self.path.write_text(json.dumps(self.kept, ensure_ascii=False, indent=1), encoding="utf-8")


def copy_tree(into: Path) -> None:
    """A copy of the sources to plant faults in."""
    # Bytecode goes with them: it is bound to the time of its source, and compiling everything anew
    # for each fault would cost more than most tests.
    ignored = shutil.ignore_patterns("pictures", ".venv")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, into / folder, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, into / name)


def run_tests(tree: Path, *words: str, patience_s: int) -> subprocess.CompletedProcess[str]:
    """Run tests of a copied tree. Raises subprocess.TimeoutExpired."""
    # The tree comes first on the path, or an installed program would stand in for the copy.
    environment = os.environ | {"PYTHONPATH": str(tree)}
    # Compiled once, not for each fault: bytecode knows its source by time and size.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    # What is broken is a rule, and rules are the same on both engines.
    options = ["-q", "-p", "no:cacheprovider", "--engine", "sqlite"]
    command = [sys.executable, "-m", "pytest", *options, *words]
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True,
        timeout=patience_s, check=False,
    )  # fmt: skip


def survives(mutant: Mutant, tree: Path, seen: Seen) -> str:
    """Plant one fault in a tree and take it out again; what to tell when the tests pass, or else
    nothing.
    """
    tests = [*seen.first(mutant, tree), *mutant.seen_by.split()]
    path = tree / mutant.file
    source, written = path.read_text(encoding="utf-8"), path.stat()
    path.write_text(mutant.planted(source), encoding="utf-8")
    try:
        run = run_tests(tree, "-x", *tests, patience_s=PATIENCE_S)
    except subprocess.TimeoutExpired:
        return f"after {PATIENCE_S} s the tests still ran"
    finally:
        path.write_text(source, encoding="utf-8")
        os.utime(path, ns=(written.st_atime_ns, written.st_mtime_ns))
    # 1: tests failed. Anything else (no test found, a wrong name) has seen nothing.
    if run.returncode != 1:
        return f"exit {run.returncode}: {run.stdout.strip()[-300:]}"
    seen.keep(mutant, next(iter(FAILED.findall(run.stdout)), ""))
    return ""


def fail_without_a_fault(mutants: list[Mutant], tree: Path) -> str:
    """What fails of the tests that should see these faults, when nothing is planted; a test that
    passes when it is run again was only slow.
    """
    names = {name for mutant in mutants for name in mutant.seen_by.split()}
    # A file that is run whole runs its single tests too.
    tests = [name for name in sorted(names) if name.partition("::")[0] not in names - {name}]
    run = run_tests(tree, *tests, patience_s=PATIENCE_S * len(tests))
    if failed := FAILED.findall(run.stdout):
        run = run_tests(tree, *failed, patience_s=PATIENCE_S * len(failed))
    return "" if run.returncode == 0 else f"exit {run.returncode}: {run.stdout.strip()[-1500:]}"


def plant(mutants: list[Mutant], jobs: int, seen: Seen, *, is_sure: bool = False) -> int:
    """Plant each of them; how many live: all of them when their tests fail anyway. `is_sure`: the
    tests have passed already.
    """
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        made = [Path(folder) / f"{number}" / "tree" for number in range(jobs)]
        for tree in made:
            copy_tree(tree)
            # Real records and worked cases lie beside the checkout.
            if (ROOT.parent / "shared").exists():
                (tree.parent / "shared").symlink_to(ROOT.parent / "shared")
            trees.put(tree)
        if not is_sure and (fails := fail_without_a_fault(mutants, made[0])):
            print(f"without any fault planted:\n{fails}", flush=True)
            return len(mutants)

        def one(mutant: Mutant) -> tuple[Mutant, str, float]:
            tree, started = trees.get(), time.monotonic()
            try:
                return mutant, survives(mutant, tree, seen), time.monotonic() - started
            finally:
                trees.put(tree)

        with ThreadPoolExecutor(jobs) as pool:
            for mutant, lives, took_s in pool.map(one, mutants):
                survivors += bool(lives)
                print(f"{'LIVES' if lives else 'seen '} {took_s:5.1f} s  {mutant.name}", flush=True)
                if lives:
                    print(f"      {mutant.seen_by}\n      {lives}", flush=True)
    return survivors


def main(arguments: list[str] | None = None) -> int:
    """Plant the chosen faults; 1 when one of them lives."""
    from tests.mutant_list import MUTANTS

    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="only faults that have one of these words")
    parser.add_argument("--sample", type=int, help="only so many, drawn by chance")
    parser.add_argument("--seed", default=f"{time.time() // 86_400:.0f}")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--anew", action="store_true", help="those too that were seen before")
    parser.add_argument("--sure", action="store_true", help="the tests have passed: begin at once")
    asked = parser.parse_args(arguments)
    chosen = [
        mutant for mutant in MUTANTS
        if not asked.words or any(w in f"{mutant.name} {mutant.seen_by}" for w in asked.words)
    ]  # fmt: skip
    if asked.sample:
        chosen = random.Random(asked.seed).sample(chosen, min(asked.sample, len(chosen)))
    seen = Seen(KEPT, is_anew=asked.anew)
    planted = [mutant for mutant in chosen if not seen.is_known(mutant)]
    survivors = plant(planted, asked.jobs, seen, is_sure=asked.sure) if planted else 0
    print(f"{len(planted)} faults planted, {survivors} live; {len(chosen) - len(planted)} known")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
