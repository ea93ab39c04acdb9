"""Planted faults: each must be seen by the tests that are named beside it.

    python -m tests.mutants                 plants every fault, one after the other
    python -m tests.mutants approvals       those whose file or text has this word
    python -m tests.mutants --sample 10     some, drawn by chance; another seed each day

A fault that no test sees is a survivor: the program fails and names it. The faults stand in
tests/mutant_list.py; a new operation adds its two likeliest mistakes there. The tree itself is
never touched: the faults are planted in a copy.
"""

from __future__ import annotations

import argparse
import os
import random
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


def copy_tree(into: Path) -> None:
    """A copy of the sources to plant faults in."""
    ignored = shutil.ignore_patterns("__pycache__", "pictures", ".venv")
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, into / folder, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, into / name)


def run_tests(tree: Path, tests: str) -> subprocess.CompletedProcess[str]:
    """Run tests of a copied tree."""
    # The tree comes first on the path, or an installed program would stand in for the copy.
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests.split()]
    return subprocess.run(
        command, cwd=tree, env=environment, capture_output=True, text=True,
        timeout=PATIENCE_S, check=False,
    )  # fmt: skip


def survives(mutant: Mutant, tree: Path) -> str:
    """Plant one fault in a tree and take it out again; what to tell when the tests pass, or else
    nothing.
    """
    path = tree / mutant.file
    source = path.read_text(encoding="utf-8")
    path.write_text(mutant.planted(source), encoding="utf-8")
    try:
        run = run_tests(tree, mutant.seen_by)
    except subprocess.TimeoutExpired:
        return ""
    finally:
        path.write_text(source, encoding="utf-8")
    # 1: tests failed. Anything else (no test found, a wrong name) has seen nothing.
    return "" if run.returncode == 1 else f"exit {run.returncode}: {run.stdout.strip()[-300:]}"


def plant(mutants: list[Mutant], jobs: int) -> int:
    """Plant each of them; how many live."""
    survivors = 0
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        trees: SimpleQueue[Path] = SimpleQueue()
        for number in range(jobs):
            tree = Path(folder) / f"{number}" / "tree"
            copy_tree(tree)
            # Real records and worked cases lie beside the checkout.
            if (ROOT.parent / "shared").exists():
                (tree.parent / "shared").symlink_to(ROOT.parent / "shared")
            trees.put(tree)

        def one(mutant: Mutant) -> tuple[Mutant, str, float]:
            tree, started = trees.get(), time.monotonic()
            try:
                return mutant, survives(mutant, tree), time.monotonic() - started
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
    parser.add_argument("--jobs", type=int, default=2)
    asked = parser.parse_args(arguments)
    chosen = [
        mutant for mutant in MUTANTS
        if not asked.words or any(w in f"{mutant.name} {mutant.seen_by}" for w in asked.words)
    ]  # fmt: skip
    if asked.sample:
        chosen = random.Random(asked.seed).sample(chosen, min(asked.sample, len(chosen)))
    survivors = plant(chosen, asked.jobs)
    print(f"{len(chosen)} faults planted, {survivors} live")
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
