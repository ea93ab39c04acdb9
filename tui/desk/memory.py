"""When memory is tidied, and what must not be kept.

Python looks for garbage whenever enough was made, wherever that falls: on a slow machine the full
look took 0.2 to 0.5 s, and it fell into every third sale. Here what the program is made of is not
looked at again, and the full look waits for a pause at the counter.

Textual keeps the last 1,024 borders together with the lines of screens that are long gone, 0.3 MB a
sale; here it keeps 64. And each line that it paints in one piece remembers itself as its own only
part, so that only a full look frees it: 2,000 objects a sale; here it is not remembered.

The C library gives each thread a heap of its own, and what the proof of the books let go of there
stays with the program: 5 MB. Here all threads share one, which shrinks again; as one of them runs
at a time, they seldom wait for each other.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from typing import Any

from textual.strip import Strip

from tui.desk.textual_inside import StylesCache

PAUSE_S = 1.0
# Looks at the young before a full look is worth its while; and when it no longer waits (many
# sales without a pause of a second).
WORTH, AT_LAST = 10, 80
BORDERS_KEPT = 64
# Of glibc's mallopt: how many heaps there may be.
_ARENA_MAX = -8

_is_settled = False
_divide = Strip.divide


@contextmanager
def loading() -> Iterator[None]:
    """While the program loads: nothing is looked at until `begin`, or the end of the block. No
    thread was started before.
    """
    _share_one_heap()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _share_one_heap() -> None:
    if sys.platform == "linux":
        import ctypes

        # Other C libraries than glibc have no such thing, and no need of it.
        with suppress(OSError, AttributeError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, 1)


def begin() -> None:
    """The first screen stands: what is there now stays until the end."""
    gc.freeze()
    gc.enable()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, AT_LAST)
    borders: Any = StylesCache.get_inner_outer
    keep_few: Any = lru_cache(maxsize=BORDERS_KEPT)(borders.__wrapped__)
    StylesCache.get_inner_outer = keep_few  # type: ignore[method-assign]
    Strip.divide = _divided  # type: ignore[method-assign, assignment]


def tidy(idle_s: float) -> None:
    """Look for garbage, when nobody was here for so long that nobody notices."""
    global _is_settled
    if idle_s < PAUSE_S or gc.get_count()[2] < WORTH:
        return
    gc.collect()
    if not _is_settled:
        # By now the code of the screens in use is loaded as well.
        _is_settled = True
        gc.freeze()


def _divided(strip: Strip, cuts: Iterable[int]) -> Sequence[Strip]:
    """The parts of a strip between these cells; a whole strip is not kept in its own cache."""
    length = strip.cell_length
    inside = [cut for cut in cuts if cut <= length]
    return [strip] if inside == [length] else _divide(strip, inside)
