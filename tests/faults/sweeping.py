"""Goes through many points of failure: runs the program at each, and looks at what it left."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from tests.faults import after, tracing
from tests.faults.tracing import Place, Run

# Programs that run at once: they wait for the disk and for strace most of the time.
_AT_ONCE = 2

Judge = Callable[[Place, Run], list[str]]


def ran(
    prepared: Place, points: Iterable[str], folder: Path, **environment: str
) -> Iterator[tuple[Place, Run]]:
    """Run the program at each point, each time with a fresh copy of the prepared store."""

    def one(numbered: tuple[int, str]) -> tuple[Place, Run]:
        place = tracing.copy_place(prepared, folder / str(numbered[0]))
        return place, tracing.run(place, numbered[1], **environment)

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(one, enumerate(points))


def swept(
    prepared: Place, points: Iterable[str], folder: Path, whole: after.State, **environment: str
) -> list[str]:
    """What is wrong after each point, when the day is taken up again and ended. Most points leave
    the same as another one: what was found right once is not looked at again.
    """
    wrong, right = list[str](), set[object]()
    for place, run in ran(prepared, points, folder, **environment):
        mark = left_by(place, run)
        if mark is None or mark not in right:
            found = after.wrong_after(place, run, whole)
            if found:
                wrong.append(f"{run.point}: {'; '.join(found[:5])}")
            else:
                right.add(mark)
        shutil.rmtree(place.folder)
    return wrong


def left_by(place: Place, run: Run) -> object:
    """What a run left, to be compared: what it said, and its files as SQLite reads them, the log
    that was not finished apart. None for a store that cannot be read.
    """
    with tempfile.TemporaryDirectory() as copied:
        for file in place.folder.iterdir():
            shutil.copyfile(file, Path(copied) / file.name)
        try:
            with closing(sqlite3.connect(Path(copied) / place.file.name)) as books:
                books.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error:
            return None
        files = [
            (file.name, hashlib.sha256(file.read_bytes()).hexdigest())
            for file in sorted(Path(copied).iterdir())
            if not file.name.endswith("-shm")
        ]
    return (run.code, run.lines, *files)
