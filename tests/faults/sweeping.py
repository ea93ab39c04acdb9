"""Goes through many points of failure: runs the program at each, and looks at what it left."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
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
    """What is wrong after each point, when the day is taken up again and ended."""
    wrong = []
    for place, run in ran(prepared, points, folder, **environment):
        found = after.wrong_after(place, run, whole)
        if found:
            wrong.append(f"{run.point}: {'; '.join(found[:5])}")
        shutil.rmtree(place.folder)
    return wrong
