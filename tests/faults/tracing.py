"""Runs the program under strace: counts its calls on the store's files, and makes one of them fail.

Needs strace and Linux.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
ENDINGS = ("", "-wal", "-shm", "-journal", "-last")
# Calls that change what is on the disk, or that reading depends on; mapping memory is neither.
_IGNORED = {"mmap", "munmap"}
_CHANGING = {
    "pwrite64", "write", "fdatasync", "fsync", "ftruncate", "openat", "unlink", "rename",
}  # fmt: skip
ERRORS = {
    "pwrite64": ("EIO", "ENOSPC"),
    "fdatasync": ("EIO", "ENOSPC"),
    "fsync": ("EIO",),
    "pread64": ("EIO",),
    "ftruncate": ("EIO",),
    "openat": ("ENOSPC", "EMFILE"),
    "unlink": ("EIO",),
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where one run works: its own copy of the prepared store."""

    folder: Path
    keys_folder: Path
    sheet: Path

    @property
    def file(self) -> Path:
        return self.folder / "store.db"

    @property
    def url(self) -> str:
        return f"sqlite:///{self.file}"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run said before it ended, and how it ended."""

    point: str
    code: int
    lines: tuple[str, ...]
    error: str

    def said(self, word: str) -> list[str]:
        return [line[len(word) + 1 :] for line in self.lines if line.startswith(word + " ")]

    @property
    def acknowledged(self) -> list[str]:
        return self.said("ACK")

    @property
    def pinned(self) -> dict[str, Any]:
        parts = (line.split(" ", 2) for line in self.said("TRY"))
        return {name: json.loads(values) for name, _, values in parts}

    @property
    def tried(self) -> dict[str, str]:
        return {name: uid for name, uid, *_ in (line.split(" ", 2) for line in self.said("TRY"))}


def copy_place(source: Place, folder: Path) -> Place:
    """A fresh copy of the prepared store in `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(source.folder, folder)
    return Place(folder, source.keys_folder, source.sheet)


def run(place: Place, inject: str = "", **environment: str) -> Run:
    """Run the program; with `inject` strace changes one call on the store's files."""
    named = [part for ending in ENDINGS for part in ("-P", f"{place.file}{ending}")]
    command = ["strace", "-f", "-qq", "-o", f"{place.folder}.log", *named, "-P", str(place.folder)]
    command += ["-e", f"inject={inject}"] if inject else []
    return _finished(place, command, inject, environment)


def run_recorded(place: Place, log: Path, **environment: str) -> Run:
    """Run the program and record every write, with its bytes, in `log`."""
    calls = "pwrite64,write,ftruncate,fdatasync,fsync,unlink,rename"
    command = ["strace", "-f", "-qq", "-y", "-xx", "-s", "2000000", "-e", f"trace={calls}"]
    return _finished(place, [*command, "-o", str(log)], "", environment)


def _finished(place: Place, command: list[str], point: str, environment: dict[str, str]) -> Run:
    program = [sys.executable, "-m", "tests.faults.program"]
    done = subprocess.run(
        [*command, *program, str(place.file), str(place.keys_folder), str(place.sheet)],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        capture_output=True,
        text=True,
        # A hang, not a busy machine.
        timeout=900,
        check=False,
    )
    return Run(point, done.returncode, tuple(done.stdout.splitlines()), done.stderr)


def calls(place: Place, **environment: str) -> Counter[str]:
    """How often an undisturbed run makes each call on the store's files."""
    done = run(place, **environment)
    assert done.code == 0, done.error
    text = Path(f"{place.folder}.log").read_text(errors="replace")
    found = Counter(re.findall(r"^\d+ +(\w+)\(", text, re.MULTILINE))
    return Counter({name: count for name, count in found.items() if name not in _IGNORED})


def commit_points(place: Place, count: int) -> list[str]:
    """A kill before the last write and before the sync of each of the last commits of a day."""
    done = run(place)
    assert done.code == 0, done.error
    text = Path(f"{place.folder}.log").read_text(errors="replace")
    seen: Counter[str] = Counter()
    points = []
    for name in re.findall(r"^\d+ +(pwrite64|fsync|fdatasync)\(", text, re.MULTILINE):
        seen[name] += 1
        if name != "pwrite64":
            points += [f"{each}:signal=SIGKILL:when={seen[each]}" for each in ("pwrite64", name)]
    return points[-2 * count :]


def kill_points(counted: Counter[str]) -> Iterator[str]:
    """A kill at the entry of each call that changes what is on the disk: one at a call that only
    reads leaves what the next of these leaves.
    """
    for name, count in counted.items():
        for number in range(1, count + 1 if name in _CHANGING else 1):
            yield f"{name}:signal=SIGKILL:when={number}"


def error_points_in_turn(counted: Counter[str]) -> Iterator[str]:
    """Each call failing once; of the errors that it may give, each in its turn."""
    for name, errors in ERRORS.items():
        for number in range(1, counted[name] + 1):
            yield f"{name}:error={errors[number % len(errors)]}:when={number}"


def error_points(counted: Counter[str]) -> Iterator[str]:
    """Each call failing once, and from then on, with each error that it may give."""
    for name, errors in ERRORS.items():
        for number in range(1, counted[name] + 1):
            for error in errors:
                yield f"{name}:error={error}:when={number}"
                yield f"{name}:error={error}:when={number}+"
