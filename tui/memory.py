"""When memory is tidied: while nobody types.

Python looks for garbage whenever enough was made, wherever that falls: on a slow machine the full
look took 0.2 to 0.5 s, and it fell into every third sale. Here what the program is made of is never
looked at again, and the full look waits for a pause at the counter.
"""

from __future__ import annotations

import gc

PAUSE_S = 3.0
# Looks at the young before a full look is worth its while; and when it no longer waits.
WORTH, AT_LAST = 10, 2000


def begin() -> None:
    """The first screen stands: what is there now stays until the end."""
    gc.freeze()
    young, middle, _ = gc.get_threshold()
    gc.set_threshold(young, middle, AT_LAST)


def tidy(idle_s: float) -> None:
    """Look for garbage, when nobody was here for so long that nobody notices."""
    if idle_s >= PAUSE_S and gc.get_count()[2] >= WORTH:
        gc.collect()
