"""Is it slower than another commit? Both are measured in turn, in one run, on this machine.

python -m bench.against HEAD~40                     start, memory and the sale, three rounds
python -m bench.against v1.0 search people          these parts
python -m bench.against HEAD~1 start --rounds 5 --most 3

Of each line the best round counts: what else the machine does only adds. It fails when a line is
slower, or takes more memory, by more than `--most` per cent. Both run with this environment.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
PARTS = ("start", "memory", "pay", "commit")

Values = dict[str, float]


def best_of(rounds: Sequence[Values]) -> Values:
    """Of each line its smallest value; lines that are not in every round are left out."""
    common = set(rounds[0]).intersection(*rounds[1:])
    return {name: min(each[name] for each in rounds) for name in rounds[0] if name in common}


def worse(now: Values, before: Values, most: float) -> list[str]:
    """The lines that grew by more than `most` per cent."""
    return [
        name
        for name, value in now.items()
        if name in before and value > before[name] * (1 + most / 100)
    ]


def main() -> int:
    """Measure both and print the table; 1 when something is worse."""
    reading = argparse.ArgumentParser(
        prog="python -m bench.against", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    reading.add_argument("commit")
    reading.add_argument("parts", nargs="*", default=PARTS)
    reading.add_argument("--rounds", type=int, default=3)
    reading.add_argument("--most", type=float, default=3.0, metavar="PER_CENT")
    reading.add_argument("--tiny", action="store_true", help="small sizes: does it work at all")
    asked = reading.parse_args()
    more = [*asked.parts, *(["--tiny"] if asked.tiny else [])]
    with tempfile.TemporaryDirectory(prefix="against-") as folder:
        tree = Path(folder) / "before"
        _put_there(asked.commit, tree)
        rounds = [(_measured(ROOT, more), _measured(tree, more)) for _ in range(asked.rounds)]
    now, before = (best_of(side) for side in zip(*rounds, strict=True))
    found = worse(now, before, asked.most)
    for name in (name for name in now if name in before):
        change = (now[name] / before[name] - 1) * 100 if before[name] else 0.0
        verdict = "WORSE" if name in found else ""
        print(
            f"{before[name]:10.2f} {now[name]:10.2f} {change:+6.1f} %  {name}  {verdict}".rstrip()
        )
    return 1 if found or not now else 0


def _put_there(commit: str, tree: Path) -> None:
    """The sources of a commit, without a worktree to take away again."""
    packed = subprocess.run(["git", "archive", commit], cwd=ROOT, check=True, capture_output=True)
    # Where its bench keeps stores: some commits took it to be there.
    (tree / "build" / "bench").mkdir(parents=True)
    subprocess.run(["tar", "x"], cwd=tree, input=packed.stdout, check=True)


def _measured(tree: Path, more: Sequence[str]) -> Values:
    # The tree comes first on the path, or the installed program would stand in for it.
    # Compiled once, as an installation is: without it each start would compile it anew, and the
    # larger tree for longer.
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": ""}
    with tempfile.NamedTemporaryFile(suffix=".json") as kept:
        subprocess.run(
            [sys.executable, "-m", "bench", *more, "--json", kept.name],
            cwd=tree, env=environment, check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        lines = json.loads(Path(kept.name).read_text(encoding="utf-8"))["lines"]
    return {line["action"]: line["value"] for line in lines if line["unit"] in ("ms", "s", "MiB")}


if __name__ == "__main__":
    sys.exit(main())
