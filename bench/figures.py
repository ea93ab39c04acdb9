"""Figures: samples in milliseconds, the lines of the table, and how they are printed and kept."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from time import perf_counter, thread_time
from typing import TypeVar

from wcwidth import wcswidth

R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class Figure:
    """Median and 95th percentile of so many samples."""

    p50: float
    p95: float
    count: int


def figure(samples: Sequence[float]) -> Figure:
    """The figure of samples; nearest rank, so that each is a sample that was seen."""
    ordered = sorted(samples)

    def at(part: float) -> float:
        return ordered[max(0, math.ceil(part * len(ordered)) - 1)]

    return Figure(at(0.5), at(0.95), len(ordered))


_clock: list[Callable[[], float]] = [perf_counter]


def use_cpu_time() -> None:
    """From now on `timed` counts what this thread computes, and not what it waits: neither for the
    disk nor for others on the machine.
    """
    _clock[0] = thread_time


def timed(work: Callable[[], R]) -> tuple[float, R]:
    """Milliseconds that `work` took, and what it gave."""
    start = _clock[0]()
    result = work()
    return (_clock[0]() - start) * 1000, result


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. `limit` is what the engine alone needs, measured in the same run."""

    action: str
    value: float
    unit: str = "ms"
    p95: float | None = None
    limit: float | None = None
    target: str = ""
    met: bool | None = None
    note: str = ""
    count: int = 1

    @property
    def ratio(self) -> float | None:
        """How many times the limit."""
        return self.value / self.limit if self.limit else None


def line_of(action: str, found: Figure, limit: Figure | None = None, **more: object) -> Line:
    """A line from a figure, and the figure of its limit."""
    fields = {"p95": found.p95, "limit": limit.p50 if limit else None, "count": found.count}
    return Line(action, found.p50, **(fields | more))  # type: ignore[arg-type]


HEADS = ("action", "p50", "p95", "limit", "ratio", "target", "")


def table(lines: Iterable[Line]) -> str:
    """The lines as text in columns."""
    rows = [HEADS, *(_cells(line) for line in lines)]
    widths = [max(wcswidth(row[column]) for row in rows) for column in range(len(HEADS))]
    return "\n".join("  ".join(map(_padded, row, widths, range(len(row)))).rstrip() for row in rows)


def _padded(cell: str, width: int, column: int) -> str:
    blank = " " * (width - wcswidth(cell))
    return blank + cell if 0 < column < 5 else cell + blank


def _cells(line: Line) -> tuple[str, ...]:
    verdict = {True: "met", False: "MISSED", None: ""}[line.met]
    return (
        line.action,
        f"{shown(line.value)} {line.unit}",
        shown(line.p95),
        shown(line.limit),
        "" if line.ratio is None else f"{line.ratio:.2f}",
        line.target,
        verdict,
    )


def shown(value: float | None) -> str:
    """A number in three figures."""
    if value is None:
        return ""
    if value >= 100:
        return f"{value:.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def keep(path: Path, lines: Sequence[Line], about: dict[str, object]) -> None:
    """Store the results as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = [asdict(line) | {"ratio": line.ratio} for line in lines]
    path.write_text(
        json.dumps({"about": about, "lines": rows}, ensure_ascii=False, indent=1) + "\n"
    )
