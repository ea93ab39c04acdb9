"""While work is done Python looks for no garbage: what it makes is in use until it is done, and the
lines of a long bill would be looked at again and again. That is a tenth of such a sale.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def untidied() -> Iterator[None]:
    """Around a piece of work; where nothing is looked for already, it stays so afterwards."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
