"""Which columns of a list fit, and how wide they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Column:
    """Width 0 shares the rest: `least` to `most` cells; the highest `drop` leave first. `is_name`:
    of an item; what is cut of it keeps its last word. `runs_on`: a text may go over the blank
    behind its cell.
    """

    label: str
    width: int
    align: str = "left"
    tone: str = ""
    drop: int = 0
    least: int = 8
    most: int = 48
    read: Callable[[Any], Any] | None = None
    is_name: bool = False
    runs_on: bool = False


def laid_out(columns: Sequence[Column], room: int) -> list[tuple[int, int]]:
    """Widths for columns in so many cells, one blank between; they drop out until they fit."""
    kept = list(range(len(columns)))
    while True:
        needed = sum((columns[i].width or columns[i].least) + 1 for i in kept) - 1
        droppable = [i for i in kept if columns[i].drop]
        if needed <= room or not droppable:
            break
        kept.remove(max(droppable, key=lambda i: columns[i].drop))
    flexible = [i for i in kept if not columns[i].width]
    spare = max(0, room - needed)
    widths = {i: columns[i].width or columns[i].least for i in kept}
    for place, i in enumerate(flexible):
        widths[i] += spare // len(flexible) + (place < spare % len(flexible))
        # So that what stands behind it is read as one row with it.
        if i != kept[-1]:
            widths[i] = min(widths[i], max(columns[i].most, columns[i].least))
    return [(i, widths[i]) for i in kept]
